provider "aws" { region = "us-east-1" }
resource "aws_secretsmanager_secret" "open" { name = "open" }
resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = aws_secretsmanager_secret.open.arn
  policy     = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
resource "aws_secretsmanager_secret" "shut" { name = "shut" }
resource "aws_secretsmanager_secret_policy" "shut" {
  secret_arn          = aws_secretsmanager_secret.shut.arn
  block_public_policy = true
  policy              = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}

# Any repository of anybody may act as the first, those of one owner as the second.
resource "aws_iam_role" "deploys" {
  name               = "deploys"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } } }] })
}
resource "aws_iam_role_policy" "deploys" {
  role   = aws_iam_role.deploys.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds:*", Resource = "*" }] })
}
resource "aws_iam_role" "ours" {
  name               = "ours"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }, Action = "sts:AssumeRoleWithWebIdentity", Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:shop/web:*" } } }] })
}
resource "aws_iam_role_policy" "ours" {
  role   = aws_iam_role.ours.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds:*", Resource = "*" }] })
}

# Its public address makes it no website.
resource "aws_db_instance" "main" {
  identifier          = "customers"
  engine              = "mysql"
  instance_class      = "db.m5.large"
  allocated_storage   = 100
  storage_encrypted   = true
  publicly_accessible = true
}
