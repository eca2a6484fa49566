# A bucket that is still to be made has no name yet: which one a right is for only the configuration
# tells. Where one policy speaks of two, either may be meant.
provider "aws" { region = "us-east-1" }
resource "aws_s3_bucket" "one" { bucket_prefix = "customers" }
resource "aws_s3_bucket" "two" { bucket_prefix = "payments" }
resource "aws_iam_role" "of_one" {
  name               = "of-one"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "of_one" {
  role   = aws_iam_role.of_one.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.one.arn}/*" }] })
}
resource "aws_iam_role" "of_both" {
  name               = "of-both"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "of_both" {
  role = aws_iam_role.of_both.id
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.one.arn}/*" },
  { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.two.arn}/*" }] })
}
