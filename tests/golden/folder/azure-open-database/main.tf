provider "azurerm" {
  features {}
}
locals {
  loc = "Korea Central"
}
resource "azurerm_resource_group" "rg" {
  name     = "shop"
  location = local.loc
}
resource "azurerm_service_plan" "p" {
  name                = "plan"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  os_type             = "Linux"
  sku_name            = "P1v3"
  worker_count        = 1
}
resource "azurerm_linux_web_app" "w" {
  name                = "web"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  service_plan_id     = azurerm_service_plan.p.id
  site_config {}
  app_settings = {
    "SQL"   = "Server=tcp:${azurerm_mssql_server.s.fully_qualified_domain_name};Database=${azurerm_mssql_database.d.name}"
    "CACHE" = azurerm_redis_cache.r.primary_connection_string
    "BUS"   = azurerm_servicebus_namespace.b.default_primary_connection_string
  }
}
resource "azurerm_mssql_server" "s" {
  name                         = "sql"
  location                     = azurerm_resource_group.rg.location
  resource_group_name          = azurerm_resource_group.rg.name
  version                      = "12.0"
  administrator_login          = "adm"
  administrator_login_password = "P@ssw0rd1234"
}
resource "azurerm_mssql_firewall_rule" "all" {
  name             = "all"
  server_id        = azurerm_mssql_server.s.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
resource "azurerm_mssql_database" "d" {
  name        = "orders"
  server_id   = azurerm_mssql_server.s.id
  sku_name    = "S1"
}
resource "azurerm_redis_cache" "r" {
  name                = "cache"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  capacity            = 1
  family              = "C"
  sku_name            = "Basic"
}
resource "azurerm_servicebus_namespace" "b" {
  name                = "bus"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  sku                 = "Standard"
}
resource "azurerm_cdn_frontdoor_profile" "f" {
  name                = "fd"
  resource_group_name = azurerm_resource_group.rg.name
  sku_name            = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "e" {
  name                     = "ep"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.f.id
}
resource "azurerm_cdn_frontdoor_origin_group" "g" {
  name                     = "og"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.f.id
  load_balancing {}
}
resource "azurerm_cdn_frontdoor_origin" "o" {
  name                          = "o"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  host_name                     = azurerm_linux_web_app.w.default_hostname
  certificate_name_check_enabled = true
}
resource "azurerm_cdn_frontdoor_route" "r" {
  name                          = "r"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.e.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.g.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.o.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
}
