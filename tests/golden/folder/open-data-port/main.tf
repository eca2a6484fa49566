provider "azurerm" {
  features {}
}
variable "loc" {
  default = "westus"
}
resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = var.loc
}
resource "azurerm_virtual_network" "v" {
  name                = "v"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "s" {
  name                 = "s"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = azurerm_virtual_network.v.name
  address_prefixes     = ["10.0.0.0/24"]
}
resource "azurerm_availability_set" "as" {
  name                = "as"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  platform_fault_domain_count = 2
}
resource "azurerm_public_ip" "lb" {
  name                = "lb"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  allocation_method   = "Static"
  sku                 = "Basic"
}
resource "azurerm_lb" "lb" {
  name                = "lb"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  frontend_ip_configuration {
    name                 = "f"
    public_ip_address_id = azurerm_public_ip.lb.id
  }
}
resource "azurerm_lb_backend_address_pool" "p" {
  name            = "p"
  loadbalancer_id = azurerm_lb.lb.id
}
resource "azurerm_lb_rule" "r" {
  name                           = "r"
  loadbalancer_id                = azurerm_lb.lb.id
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 80
  frontend_ip_configuration_name = "f"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.p.id]
}
resource "azurerm_network_interface" "n" {
  count               = 2
  name                = "n${count.index}"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  ip_configuration {
    name                          = "i"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Dynamic"
  }
}
resource "azurerm_network_interface_backend_address_pool_association" "a" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.n[count.index].id
  ip_configuration_name   = "i"
  backend_address_pool_id = azurerm_lb_backend_address_pool.p.id
}
resource "azurerm_windows_virtual_machine" "w" {
  count               = 2
  name                = "w${count.index}"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  size                = "Standard_B2s"
  admin_username      = "a"
  admin_password      = "Sup3rSecret!!"
  availability_set_id = azurerm_availability_set.as.id
  network_interface_ids = [azurerm_network_interface.n[count.index].id]
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Standard_LRS"
  }
}
resource "azurerm_network_interface" "db" {
  name                = "db"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  ip_configuration {
    name                          = "i"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "10.0.0.10"
    public_ip_address_id          = azurerm_public_ip.db.id
  }
}
resource "azurerm_public_ip" "db" {
  name                = "db"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  allocation_method   = "Static"
}
resource "azurerm_linux_virtual_machine" "db" {
  name                = "sql"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  size                = "Standard_E4s_v5"
  admin_username      = "a"
  network_interface_ids = [azurerm_network_interface.db.id]
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}
resource "azurerm_managed_disk" "data" {
  name                 = "data"
  location             = var.loc
  resource_group_name  = azurerm_resource_group.rg.name
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 512
}
resource "azurerm_virtual_machine_data_disk_attachment" "d" {
  managed_disk_id    = azurerm_managed_disk.data.id
  virtual_machine_id = azurerm_linux_virtual_machine.db.id
  lun                = 0
  caching            = "None"
}
resource "azurerm_network_security_group" "nsg" {
  name                = "nsg"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  security_rule {
    name                       = "sql"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "1433"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}
resource "azurerm_network_interface_security_group_association" "d" {
  network_interface_id      = azurerm_network_interface.db.id
  network_security_group_id = azurerm_network_security_group.nsg.id
}
resource "azurerm_key_vault" "kv" {
  name                = "kv"
  location            = var.loc
  resource_group_name = azurerm_resource_group.rg.name
  tenant_id           = "t"
  sku_name            = "standard"
}
resource "azurerm_express_route_circuit" "er" {
  name                  = "er"
  location              = var.loc
  resource_group_name   = azurerm_resource_group.rg.name
  service_provider_name = "Equinix"
  peering_location      = "Silicon Valley"
  bandwidth_in_mbps     = 50
  sku {
    tier   = "Standard"
    family = "MeteredData"
  }
}
