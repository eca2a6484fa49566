provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m6g.large"
  multi_az                = true
  storage_encrypted       = true
  backup_retention_period = 7
}
resource "aws_db_instance" "copy" {
  provider            = aws.west
  replicate_source_db = aws_db_instance.orders.arn
  instance_class      = "db.m6g.large"
}
resource "aws_instance" "east" {
  ami               = "ami-1"
  instance_type     = "m6i.large"
  availability_zone = "us-east-1a"
  user_data         = "DB=${aws_db_instance.orders.address}"
}
resource "aws_instance" "west" {
  provider          = aws.west
  ami               = "ami-1"
  instance_type     = "m6i.large"
  availability_zone = "us-west-2a"
  user_data         = "DB=${aws_db_instance.copy.address}"
}
resource "aws_route53_zone" "z" { name = "example.com" }
resource "aws_route53_health_check" "h" {
  type       = "HTTP"
  port       = 80
  ip_address = aws_instance.east.public_ip
}
resource "aws_route53_record" "first" {
  zone_id         = aws_route53_zone.z.id
  name            = "app"
  type            = "A"
  ttl             = 60
  set_identifier  = "first"
  health_check_id = aws_route53_health_check.h.id
  records         = [aws_instance.east.public_ip]
  failover_routing_policy { type = "PRIMARY" }
}
resource "aws_route53_record" "second" {
  zone_id        = aws_route53_zone.z.id
  name           = "app"
  type           = "A"
  ttl            = 60
  set_identifier = "second"
  records        = [aws_instance.west.public_ip]
  failover_routing_policy { type = "SECONDARY" }
}
