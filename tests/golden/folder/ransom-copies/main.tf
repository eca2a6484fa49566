# Two credentials: one may do everything to databases, backups and objects; one only delete databases.
# What keeps a copy from the first is another account, or a lock that nobody lifts; from the second
# also whatever asks for another action.
provider "aws" { region = "us-east-1" }
locals {
  trust = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role" "all" {
  name               = "all"
  assume_role_policy = local.trust
}
resource "aws_iam_role_policy" "all" {
  role   = aws_iam_role.all.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["rds:*", "backup:*", "s3:*"], Resource = "*" }] })
}
resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = aws_iam_role.all.arn
  runtime       = "python3.12"
  handler       = "x"
}
resource "aws_iam_role" "narrow" {
  name               = "narrow"
  assume_role_policy = local.trust
}
resource "aws_iam_role_policy" "narrow" {
  role   = aws_iam_role.narrow.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["rds:DeleteDBInstance", "rds:DeleteDBCluster"], Resource = "*" }] })
}
resource "aws_lambda_function" "night" {
  function_name = "night"
  role          = aws_iam_role.narrow.arn
  runtime       = "python3.12"
  handler       = "x"
}

# The second may delete both: its source, and what follows that.

resource "aws_db_instance" "followed" {
  identifier              = "followed"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_db_instance" "follower" {
  identifier          = "follower"
  replicate_source_db = aws_db_instance.followed.identifier
  instance_class      = "db.m5.large"
  storage_encrypted   = true
}

# The first alone: by lifting the protection, deleting the snapshot, the backups elsewhere or kept on.

resource "aws_db_instance" "protected" {
  identifier              = "protected"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
  deletion_protection     = true
}

resource "aws_db_instance" "kept_on" {
  identifier              = "kept_on"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
  delete_automated_backups = false
}

resource "aws_db_instance" "pictured" {
  identifier              = "pictured"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_db_snapshot" "pictured" {
  db_instance_identifier = aws_db_instance.pictured.identifier
  db_snapshot_identifier = "before-the-move"
}

resource "aws_db_instance" "elsewhere" {
  identifier              = "elsewhere"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_db_instance_automated_backups_replication" "elsewhere" {
  region                 = "us-west-2"
  source_db_instance_arn = aws_db_instance.elsewhere.arn
}

resource "aws_db_instance" "planned" {
  identifier              = "planned"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_backup_vault" "planned" {
  name = "planned"
}
resource "aws_backup_plan" "planned" {
  name = "planned"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.planned.name
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "planned" {
  name         = "planned"
  plan_id      = aws_backup_plan.planned.id
  iam_role_arn = "arn:aws:iam::111111111111:role/backup"
  resources    = [aws_db_instance.planned.arn]
}

resource "aws_db_instance" "governed" {
  identifier              = "governed"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_backup_vault" "governed" {
  name = "governed"
}
resource "aws_backup_plan" "governed" {
  name = "governed"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.governed.name
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "governed" {
  name         = "governed"
  plan_id      = aws_backup_plan.governed.id
  iam_role_arn = "arn:aws:iam::111111111111:role/backup"
  resources    = [aws_db_instance.governed.arn]
}
resource "aws_backup_vault_lock_configuration" "governed" {
  backup_vault_name  = aws_backup_vault.governed.name
  min_retention_days = 7
}

# Nobody.

resource "aws_db_instance" "locked" {
  identifier              = "locked"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_backup_vault" "locked" {
  name = "locked"
}
resource "aws_backup_plan" "locked" {
  name = "locked"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.locked.name
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "locked" {
  name         = "locked"
  plan_id      = aws_backup_plan.locked.id
  iam_role_arn = "arn:aws:iam::111111111111:role/backup"
  resources    = [aws_db_instance.locked.arn]
}
resource "aws_backup_vault_lock_configuration" "locked" {
  backup_vault_name   = aws_backup_vault.locked.name
  changeable_for_days = 3
  min_retention_days  = 7
}

resource "aws_db_instance" "copied" {
  identifier              = "copied"
  engine                  = "mysql"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_encrypted       = true
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_backup_vault" "copied" {
  name = "copied"
}
resource "aws_backup_plan" "copied" {
  name = "copied"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.copied.name
    lifecycle { delete_after = 30 }
    copy_action {
      destination_vault_arn = "arn:aws:backup:us-east-1:222222222222:backup-vault:far"
    }
  }
}
resource "aws_backup_selection" "copied" {
  name         = "copied"
  plan_id      = aws_backup_plan.copied.id
  iam_role_arn = "arn:aws:iam::111111111111:role/backup"
  resources    = [aws_db_instance.copied.arn]
}

# A cluster: the first lifts its protection; the second may delete the other with its instance.
resource "aws_rds_cluster" "guarded" {
  cluster_identifier      = "guarded"
  engine                  = "aurora-mysql"
  storage_encrypted       = true
  backup_retention_period = 7
  deletion_protection     = true
}
resource "aws_rds_cluster" "plain" {
  cluster_identifier      = "plain"
  engine                  = "aurora-mysql"
  storage_encrypted       = true
  backup_retention_period = 7
}
resource "aws_rds_cluster_instance" "plain" {
  identifier         = "plain-1"
  cluster_identifier = aws_rds_cluster.plain.id
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

# Objects with older versions: the first deletes those, too, but not what is locked.

resource "aws_s3_bucket" "customer-records" {
  bucket = "customer-records"
}
resource "aws_s3_bucket_versioning" "customer-records" {
  bucket = aws_s3_bucket.customer-records.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "customer-archive" {
  bucket = "customer-archive"
  object_lock_enabled = true
}
resource "aws_s3_bucket_versioning" "customer-archive" {
  bucket = aws_s3_bucket.customer-archive.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_object_lock_configuration" "customer-archive" {
  bucket = aws_s3_bucket.customer-archive.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 30
    }
  }
}

resource "aws_s3_bucket" "customer-invoices" {
  bucket = "customer-invoices"
  object_lock_enabled = true
}
resource "aws_s3_bucket_versioning" "customer-invoices" {
  bucket = aws_s3_bucket.customer-invoices.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_object_lock_configuration" "customer-invoices" {
  bucket = aws_s3_bucket.customer-invoices.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 30
    }
  }
}

resource "aws_s3_bucket" "customer-keys" {
  bucket = "customer-keys"
}
resource "aws_s3_bucket_versioning" "customer-keys" {
  bucket = aws_s3_bucket.customer-keys.id
  versioning_configuration {
    status = "Enabled"
    mfa_delete = "Enabled"
  }
}

resource "aws_s3_bucket" "thumbnails" {
  bucket = "thumbnails"
}
resource "aws_s3_bucket_versioning" "thumbnails" {
  bucket = aws_s3_bucket.thumbnails.id
  versioning_configuration {
    status = "Enabled"
  }
}
