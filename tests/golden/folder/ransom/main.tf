# Backups that go with their database, and two roles that may delete it. Of two databases one role may
# delete one alone: it may not lift a protection against deletion, nor delete what a backup plan keeps.
provider "aws" { region = "us-east-1" }
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine = "mysql"
  instance_class = "db.m5.large"
  allocated_storage = 100
  storage_encrypted = true
  multi_az = true
  backup_retention_period = 7
}
resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "ops" {
  role = aws_iam_role.ops.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds:*", Resource = "*" }] })
}
resource "aws_lambda_function" "job" {
  function_name = "job"
  role = aws_iam_role.ops.arn
  runtime = "python3.12"
  handler = "x"
  environment { variables = { DB = aws_db_instance.orders.address } }
}
resource "aws_lambda_function_url" "u" {
  function_name = aws_lambda_function.job.function_name
  authorization_type = "NONE"
}

resource "aws_db_instance" "locked" {
  identifier = "locked"
  engine = "mysql"
  instance_class = "db.m5.large"
  allocated_storage = 100
  storage_encrypted = true
  multi_az = true
  backup_retention_period = 7
  deletion_protection = true
}
resource "aws_db_instance" "planned" {
  identifier = "planned"
  engine = "mysql"
  instance_class = "db.m5.large"
  allocated_storage = 100
  storage_encrypted = true
  multi_az = true
  backup_retention_period = 7
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name = "daily"
    target_vault_name = "Default"
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "planned" {
  name = "planned"
  plan_id = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111111111111:role/backup"
  resources = [aws_db_instance.planned.arn]
}
resource "aws_iam_role" "cleaner" {
  name = "cleaner"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "cleaner" {
  role = aws_iam_role.cleaner.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds:DeleteDBInstance", Resource = "*" }] })
}
resource "aws_lambda_function" "night" {
  function_name = "night"
  role = aws_iam_role.cleaner.arn
  runtime = "python3.12"
  handler = "x"
}
