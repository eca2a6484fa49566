provider "aws" {
  region = "eu-west-1"
}
module "net" {
  source  = "acme/net/aws"
  version = "~> 2.0"
  zones   = ["eu-west-1a", "eu-west-1b"]
}
module "queue" {
  source  = "acme/queue/aws"
  version = "1.4.0"
}
resource "aws_instance" "web" {
  count         = 2
  instance_type = "t3.small"
  subnet_id     = module.net.subnets[count.index]
  user_data     = "queue=${module.queue.url}"
}
