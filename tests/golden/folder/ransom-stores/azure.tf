provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "main" {
  name     = "main"
  location = "westeurope"
}
resource "azurerm_resource_group" "locked" {
  name     = "locked"
  location = "westeurope"
}
resource "azurerm_management_lock" "group" {
  name       = "group"
  scope      = azurerm_resource_group.locked.id
  lock_level = "CanNotDelete"
}

# Whoever deletes the server of a database is rid of its backups; a lock on its group only who may
# give rights takes away.
resource "azurerm_mssql_server" "open" {
  name                = "sales-open"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  version             = "12.0"
}
resource "azurerm_mssql_database" "open" {
  name      = "sales"
  server_id = azurerm_mssql_server.open.id
  sku_name  = "S0"
}
resource "azurerm_mssql_server" "locked" {
  name                = "sales-locked"
  resource_group_name = azurerm_resource_group.locked.name
  location            = azurerm_resource_group.locked.location
  version             = "12.0"
}
resource "azurerm_mssql_database" "locked" {
  name      = "ledger"
  server_id = azurerm_mssql_server.locked.id
  sku_name  = "S0"
}

# Copies in another region go with the account; what is deleted stays unless that was turned off.
resource "azurerm_storage_account" "plain" {
  name                     = "customersplain"
  resource_group_name      = azurerm_resource_group.main.name
  location                 = azurerm_resource_group.main.location
  account_tier             = "Standard"
  account_replication_type = "GRS"
}
resource "azurerm_storage_account" "kept" {
  name                     = "customerskept"
  resource_group_name      = azurerm_resource_group.main.name
  location                 = azurerm_resource_group.main.location
  account_tier             = "Standard"
  account_replication_type = "GRS"
  blob_properties {
    versioning_enabled = true
    delete_retention_policy { days = 30 }
  }
}
resource "azurerm_storage_account" "worm" {
  name                     = "customersworm"
  resource_group_name      = azurerm_resource_group.main.name
  location                 = azurerm_resource_group.main.location
  account_tier             = "Standard"
  account_replication_type = "GRS"
}
resource "azurerm_storage_container" "plain" {
  name               = "customers"
  storage_account_id = azurerm_storage_account.plain.id
}
resource "azurerm_storage_container" "kept" {
  name               = "customers"
  storage_account_id = azurerm_storage_account.kept.id
}
resource "azurerm_storage_container" "worm" {
  name               = "customers"
  storage_account_id = azurerm_storage_account.worm.id
}
resource "azurerm_storage_container_immutability_policy" "worm" {
  storage_container_resource_manager_id = azurerm_storage_container.worm.resource_manager_id
  immutability_period_in_days           = 30
  locked                                = true
}

resource "azurerm_user_assigned_identity" "writer" {
  name                = "writer"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_role_assignment" "writer" {
  for_each             = { plain = azurerm_storage_account.plain.id, kept = azurerm_storage_account.kept.id, worm = azurerm_storage_account.worm.id }
  scope                = each.value
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.writer.principal_id
}
resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_role_assignment" "deployer" {
  for_each             = { main = azurerm_resource_group.main.id, locked = azurerm_resource_group.locked.id }
  scope                = each.value
  role_definition_name = "Contributor"
  principal_id         = azurerm_user_assigned_identity.deployer.principal_id
}
resource "azurerm_user_assigned_identity" "databases" {
  name                = "databases"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_role_assignment" "databases" {
  scope                = azurerm_mssql_server.open.id
  role_definition_name = "SQL DB Contributor"
  principal_id         = azurerm_user_assigned_identity.databases.principal_id
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
    identity_ids = [azurerm_user_assigned_identity.writer.id, azurerm_user_assigned_identity.deployer.id, azurerm_user_assigned_identity.databases.id]
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
