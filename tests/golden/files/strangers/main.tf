# web
resource "aws_instance" "web" {
}
