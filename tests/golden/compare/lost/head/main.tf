provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "web" {
  instance_type     = "m5.large"
  availability_zone = "us-east-1a"
  user_data         = "db=${aws_db_instance.main.address}"
}
