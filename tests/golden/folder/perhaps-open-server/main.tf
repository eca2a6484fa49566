# Of four machines two have a public address and a firewall of which nothing is known: one lies
# outside of the inputs, of the other the ranges are a variable without value. No door of them is
# open for sure, and none is shut. The third lets nobody on the internet in, the last has no address.
provider "aws" { region = "us-east-1" }

variable "admins" {}

resource "aws_security_group" "admins" {
  name = "admins"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.admins
  }
}

resource "aws_security_group" "office" {
  name = "office"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/28"]
  }
}

resource "aws_instance" "elsewhere" {
  ami                         = "ami-1"
  instance_type               = "t3.small"
  associate_public_ip_address = true
  vpc_security_group_ids      = ["sg-0a1b2c3d"]
}

resource "aws_instance" "variable" {
  ami                         = "ami-1"
  instance_type               = "t3.small"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.admins.id]
}

resource "aws_instance" "shut" {
  ami                         = "ami-1"
  instance_type               = "t3.small"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.office.id]
}

resource "aws_instance" "private" {
  ami                         = "ami-1"
  instance_type               = "t3.small"
  associate_public_ip_address = false
  vpc_security_group_ids      = ["sg-0a1b2c3d"]
}
