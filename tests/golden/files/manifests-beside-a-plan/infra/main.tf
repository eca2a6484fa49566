provider "aws" {
  region = "eu-west-1"
}
resource "aws_subnet" "nodes" {
  for_each          = toset(["eu-west-1a", "eu-west-1b"])
  availability_zone = each.key
}
resource "aws_eks_cluster" "shop" {
  name = "shop"
}
resource "aws_eks_node_group" "plain" {
  cluster_name   = aws_eks_cluster.shop.name
  instance_types = ["m5.large"]
  subnet_ids     = [for s in aws_subnet.nodes : s.id]
  scaling_config {
    desired_size = 2
    min_size     = 2
    max_size     = 6
  }
}
