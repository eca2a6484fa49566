# Two networks with a server that has a public address: one has no gateway at all, of the other's
# nobody says who routes to it. A database names no firewall.
provider "aws" { region = "eu-west-1" }

resource "aws_vpc" "shut" { cidr_block = "10.1.0.0/16" }

resource "aws_subnet" "shut" {
  vpc_id            = aws_vpc.shut.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_vpc" "gated" { cidr_block = "10.2.0.0/16" }

resource "aws_internet_gateway" "gated" { vpc_id = aws_vpc.gated.id }

resource "aws_subnet" "gated" {
  vpc_id            = aws_vpc.gated.id
  cidr_block        = "10.2.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_security_group" "open" {
  for_each = { shut = aws_vpc.shut.id, gated = aws_vpc.gated.id }
  vpc_id   = each.value
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "shut" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.shut.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open["shut"].id]
}

resource "aws_instance" "gated" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.gated.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.open["gated"].id]
}

resource "aws_db_instance" "unnamed" {
  engine                  = "postgres"
  instance_class          = "db.t3.micro"
  allocated_storage       = 20
  publicly_accessible     = true
  storage_encrypted       = true
  backup_retention_period = 7
}
