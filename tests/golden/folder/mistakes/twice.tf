resource "aws_instance" "web" {}
resource "aws_instance" "web" {}
locals {
  a = local.b
  b = local.a
}
module "again" {
  source = "./"
}
