# The identity of a container app reads three accounts: one open to all networks, one closed, and one
# closed that it may open itself.
resource "azurerm_resource_group" "main" {
  name     = "main"
  location = "westeurope"
}
resource "azurerm_user_assigned_identity" "app" {
  name                = "app"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_container_app_environment" "main" {
  name                = "main"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_container_app" "app" {
  name                         = "app"
  resource_group_name          = azurerm_resource_group.main.name
  container_app_environment_id = azurerm_container_app_environment.main.id
  revision_mode                = "Single"
  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.app.id]
  }
  template {
    container {
      name   = "app"
      image  = "app:1"
      cpu    = 0.5
      memory = "1Gi"
    }
  }
}
resource "azurerm_storage_account" "customersopen" {
  name                          = "customersopen"
  resource_group_name           = azurerm_resource_group.main.name
  location                      = azurerm_resource_group.main.location
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = true
}
resource "azurerm_role_assignment" "customersopen" {
  scope                = azurerm_storage_account.customersopen.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.app.principal_id
}
resource "azurerm_storage_account" "customersclosed" {
  name                          = "customersclosed"
  resource_group_name           = azurerm_resource_group.main.name
  location                      = azurerm_resource_group.main.location
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = false
}
resource "azurerm_role_assignment" "customersclosed" {
  scope                = azurerm_storage_account.customersclosed.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_user_assigned_identity.app.principal_id
}
resource "azurerm_storage_account" "customersown" {
  name                          = "customersown"
  resource_group_name           = azurerm_resource_group.main.name
  location                      = azurerm_resource_group.main.location
  account_tier                  = "Standard"
  account_replication_type      = "ZRS"
  public_network_access_enabled = false
}
resource "azurerm_role_assignment" "customersown" {
  scope                = azurerm_storage_account.customersown.id
  role_definition_name = "Storage Account Contributor"
  principal_id         = azurerm_user_assigned_identity.app.principal_id
}
