# Whether the server answers the internet is a variable that nobody gave a value; the rule would let
# everybody in. That is no open door, and no shut one.
variable "public" {}

resource "azurerm_postgresql_flexible_server" "orders" {
  name                          = "orders"
  location                      = "westeurope"
  sku_name                      = "GP_Standard_D4s_v3"
  public_network_access_enabled = var.public
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "all" {
  server_id        = azurerm_postgresql_flexible_server.orders.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
