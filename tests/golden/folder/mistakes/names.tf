variable "size" {}
resource "aws_instance" "web" {
  count         = "many"
  ami           = local.image
  instance_type = var.sice
  user_data     = "a"
  user_data     = "b"
}
