provider "aws" { region = "eu-west-1" }

resource "aws_instance" "wiki" {
  ami                         = "ami-1"
  instance_type               = "t3.small"
  availability_zone           = "eu-west-1a"
  associate_public_ip_address = true
  user_data                   = "mount ${aws_efs_file_system.uploads.dns_name}; aws s3 sync s3://${aws_s3_bucket.documents.bucket} /srv"
}

resource "aws_ebs_volume" "wiki" {
  availability_zone = "eu-west-1a"
  size              = 20
}

resource "aws_volume_attachment" "wiki" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.wiki.id
  volume_id   = aws_ebs_volume.wiki.id
}

resource "aws_efs_file_system" "uploads" {
  encrypted = true
}

resource "aws_efs_file_system" "kept" {
  encrypted = true
}

resource "aws_efs_backup_policy" "kept" {
  file_system_id = aws_efs_file_system.kept.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_s3_bucket" "documents" {
  bucket = "example-documents"
}

resource "aws_s3_bucket" "customers" {
  bucket = "example-customers"
}

resource "aws_s3_bucket_versioning" "customers" {
  bucket = aws_s3_bucket.customers.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "example-invoices"
}

resource "aws_s3_bucket" "access_logs" {
  bucket = "example-access-logs-of-customers"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "example-build-artifacts"
}
