variable "zones" {
  type = list(string)
}
resource "aws_subnet" "all" {
  count             = length(var.zones)
  availability_zone = var.zones[count.index]
}
output "subnets" {
  value = aws_subnet.all[*].id
}
