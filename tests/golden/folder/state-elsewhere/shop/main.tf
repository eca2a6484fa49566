terraform {
  backend "gcs" {
    bucket = "shop-state"
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "shop" {
  function_name = "shop"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.shop.repository_url}:1"
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.shop.function_name
  authorization_type = "NONE"
}

resource "aws_ecr_repository" "shop" {
  name = "shop"
}
