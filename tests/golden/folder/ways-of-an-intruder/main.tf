# Several ways in, and several things that look like one and are none.
provider "aws" { region = "eu-west-1" }

resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "out" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.${count.index}.0/24"
  availability_zone       = "eu-west-1${count.index == 0 ? "a" : "b"}"
  map_public_ip_on_launch = true
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}
resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "lb" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.lb.id]
  }
  # Nothing listens at port 0.
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  # The office.
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/28"]
  }
}
resource "aws_security_group" "bastion" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
# Let in by nobody: no finding.
resource "aws_security_group" "unused" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "front" {
  name            = "front"
  subnets         = aws_subnet.public[*].id
  security_groups = [aws_security_group.lb.id]
}
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "web" {
  role   = aws_iam_role.web.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
resource "aws_iam_instance_profile" "web" {
  name = "web"
  role = aws_iam_role.web.name
}
resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public[0].id
  vpc_security_group_ids = [aws_security_group.web.id]
  iam_instance_profile   = aws_iam_instance_profile.web.name
}
resource "aws_instance" "bastion" {
  ami                    = "ami-1"
  instance_type          = "t3.nano"
  subnet_id              = aws_subnet.public[0].id
  vpc_security_group_ids = [aws_security_group.bastion.id]
}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.t3.small"
  multi_az                = true
  publicly_accessible     = true
  storage_encrypted       = false
  backup_retention_period = 7
  vpc_security_group_ids  = [aws_security_group.db.id]
}

resource "aws_s3_bucket" "customers" { bucket = "acme-customers" }

resource "aws_s3_bucket" "exports" {
  bucket = "acme-exports"
  acl    = "public-read"
}
resource "aws_s3_object" "master" {
  bucket = aws_s3_bucket.exports.id
  key    = "2026/customer-master.xlsx"
  source = "customer-master.xlsx"
}
# Public by its list, and shut all the same.
resource "aws_s3_bucket" "reports" {
  bucket = "acme-reports"
  acl    = "public-read"
}
resource "aws_s3_bucket_public_access_block" "reports" {
  bucket             = aws_s3_bucket.reports.id
  ignore_public_acls = true
}

# For everybody of one organisation, which is not everybody.
resource "aws_sqs_queue" "jobs" { name = "jobs" }
resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } }] })
}
