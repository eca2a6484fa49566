provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "web" {
  instance_type     = "m5.large"
  availability_zone = "us-east-1a"
  user_data         = "db=${aws_db_instance.orders.address}"
}
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  availability_zone = "us-east-1a"
}
moved {
  from = aws_db_instance.main
  to   = aws_db_instance.orders
}
