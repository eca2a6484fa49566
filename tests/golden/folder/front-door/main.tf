resource "azurerm_cdn_frontdoor_profile" "p" {
  name     = "p"
  sku_name = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "e" {
  name                     = "e"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.p.id
}
resource "azurerm_cdn_frontdoor_origin_group" "g" {
  name                     = "g"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.p.id
  health_probe {
    interval_in_seconds = 30
    protocol            = "Https"
  }
  load_balancing {
    successful_samples_required = 3
  }
}
resource "azurerm_cdn_frontdoor_origin" "standby" {
  name                          = "standby"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  host_name                     = azurerm_linux_web_app.north.default_hostname
  priority                      = 2
}
resource "azurerm_cdn_frontdoor_origin" "active" {
  name                          = "active"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  host_name                     = azurerm_linux_web_app.west.default_hostname
  priority                      = 1
}
resource "azurerm_cdn_frontdoor_origin" "off" {
  name                          = "off"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  host_name                     = "old.example.net"
  priority                      = 3
  enabled                       = false
}
resource "azurerm_cdn_frontdoor_route" "r" {
  name                          = "r"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.e.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.active.id, azurerm_cdn_frontdoor_origin.standby.id]
}
resource "azurerm_service_plan" "west" {
  name     = "west"
  location = "westeurope"
  sku_name = "P1v3"
  os_type  = "Linux"
}
resource "azurerm_service_plan" "north" {
  name     = "north"
  location = "northeurope"
  sku_name = "P1v3"
  os_type  = "Linux"
}
resource "azurerm_linux_web_app" "west" {
  name            = "west"
  location        = "westeurope"
  service_plan_id = azurerm_service_plan.west.id
}
resource "azurerm_linux_web_app" "north" {
  name            = "north"
  location        = "northeurope"
  service_plan_id = azurerm_service_plan.north.id
}
