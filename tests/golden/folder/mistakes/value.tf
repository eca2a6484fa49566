resource "aws_instance" "web" {
  ami = [1, 2
  subnet_id = "s"
}
