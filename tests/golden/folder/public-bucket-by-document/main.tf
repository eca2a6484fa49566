provider "aws" { region = "eu-west-1" }
resource "aws_s3_bucket" "open" { bucket = "open-to-all" }
data "aws_iam_policy_document" "open" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.open.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket_policy" "open" {
  bucket = aws_s3_bucket.open.id
  policy = data.aws_iam_policy_document.open.json
}

# Everybody of one organization is not everybody.
resource "aws_s3_bucket" "ours" { bucket = "open-to-us" }
data "aws_iam_policy_document" "ours" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.ours.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-1"]
    }
  }
}
resource "aws_s3_bucket_policy" "ours" {
  bucket = aws_s3_bucket.ours.id
  policy = data.aws_iam_policy_document.ours.json
}
