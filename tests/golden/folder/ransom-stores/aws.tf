provider "aws" { region = "us-east-1" }

# Of two roles that delete tables only one may turn recovery off.
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
}
resource "aws_docdb_cluster" "profiles" {
  cluster_identifier      = "profiles"
  backup_retention_period = 7
  storage_encrypted       = true
}
resource "aws_docdb_cluster_instance" "profiles" {
  count              = 2
  identifier         = "profiles-${count.index}"
  cluster_identifier = aws_docdb_cluster.profiles.id
  instance_class     = "db.r5.large"
}
resource "aws_neptune_cluster" "graph" {
  cluster_identifier      = "graph"
  backup_retention_period = 7
  storage_encrypted       = true
  deletion_protection     = true
}
# Its snapshots lie with AWS Backup, which the roles may not touch.
resource "aws_neptune_cluster" "planned" {
  cluster_identifier      = "planned"
  backup_retention_period = 7
  storage_encrypted       = true
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "planned" {
  name         = "planned"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = aws_iam_role.clusters.arn
  resources    = [aws_neptune_cluster.planned.arn]
}

resource "aws_iam_role" "tables" {
  name               = "tables"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "tables" {
  role   = aws_iam_role.tables.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["dynamodb:DeleteTable", "dynamodb:DeleteItem"], Resource = aws_dynamodb_table.orders.arn }] })
}
resource "aws_iam_role" "keeper" {
  name               = "keeper"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "keeper" {
  role   = aws_iam_role.keeper.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = aws_dynamodb_table.orders.arn }] })
}
# This one deletes clusters without instances, and those it may not delete.
resource "aws_iam_role" "clusters" {
  name               = "clusters"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "clusters" {
  role   = aws_iam_role.clusters.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds:DeleteDBCluster", Resource = "*" }] })
}
resource "aws_iam_role" "operator" {
  name               = "operator"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "operator" {
  role   = aws_iam_role.operator.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:ModifyDBCluster"], Resource = ["arn:aws:rds:us-east-1:123456789012:cluster:profiles", "arn:aws:rds:us-east-1:123456789012:cluster:graph", "arn:aws:rds:us-east-1:123456789012:cluster:planned", "arn:aws:rds:us-east-1:123456789012:db:profiles-*"] }] })
}
resource "aws_lambda_function" "job" {
  for_each      = { tables = aws_iam_role.tables.arn, keeper = aws_iam_role.keeper.arn, clusters = aws_iam_role.clusters.arn, operator = aws_iam_role.operator.arn }
  function_name = each.key
  role          = each.value
  runtime       = "python3.12"
  handler       = "x"
}
