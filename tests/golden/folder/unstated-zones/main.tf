provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "rg" {
  name = "rg"
  location = "westeurope"
}
resource "azurerm_virtual_network" "vn" {
  name = "vn"
  location = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  address_space = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "s" {
  count = 2
  name = "s${count.index}"
  virtual_network_name = azurerm_virtual_network.vn.name
  resource_group_name = azurerm_resource_group.rg.name
  address_prefixes = ["10.0.${count.index}.0/24"]
}
resource "azurerm_public_ip" "ip" {
  name = "ip"
  location = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  allocation_method = "Static"
  sku = "Standard"
}
resource "azurerm_network_interface" "nic" {
  count = 2
  name = "nic${count.index}"
  location = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  ip_configuration {
    name = "c"
    subnet_id = azurerm_subnet.s[1].id
    private_ip_address_allocation = "Dynamic"
  }
}
resource "azurerm_linux_virtual_machine" "vm" {
  count = 2
  name = "vm${count.index}"
  location = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  zone = tostring(count.index + 1)
  size = "Standard_D2s_v5"
  admin_username = "x"
  network_interface_ids = [azurerm_network_interface.nic[count.index].id]
  os_disk {
    caching = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}
resource "azurerm_application_gateway" "gw" {
  name = "gw"
  location = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  sku {
    name = "Standard_v2"
    tier = "Standard_v2"
    capacity = 2
  }
  gateway_ip_configuration {
    name = "g"
    subnet_id = azurerm_subnet.s[0].id
  }
  frontend_port {
    name = "p"
    port = 80
  }
  frontend_ip_configuration {
    name = "f"
    public_ip_address_id = azurerm_public_ip.ip.id
  }
  backend_address_pool {
    name = "b" 
  }
  backend_http_settings {
    name = "h"
    cookie_based_affinity = "Disabled"
    port = 80
    protocol = "Http"
  }
  http_listener {
    name = "l"
    frontend_ip_configuration_name = "f"
    frontend_port_name = "p"
    protocol = "Http"
  }
  request_routing_rule {
    name = "r"
    rule_type = "Basic"
    http_listener_name = "l"
    backend_address_pool_name = "b"
    backend_http_settings_name = "h"
    priority = 1
  }
}
resource "azurerm_network_interface_application_gateway_backend_address_pool_association" "a" {
  count = 2
  network_interface_id = azurerm_network_interface.nic[count.index].id
  ip_configuration_name = "c"
  backend_address_pool_id = tolist(azurerm_application_gateway.gw.backend_address_pool)[0].id
}
