provider "aws" { region = "us-east-1" }
module "db" { source = "./db" }
resource "aws_instance" "web" { instance_type = "m5.large" }
