# A shelf of books: two containers behind nothing, their database, and a mailer in a swarm elsewhere.
terraform {
  required_providers {
    docker = { source = "kreuzwerker/docker" }
  }
}

provider "docker" {}

provider "docker" {
  alias = "swarm"
  host  = "ssh://ops@swarm.example.com"
}

resource "docker_network" "inside" {
  name = "inside"
}

resource "docker_volume" "books" {
  name = "books"
}

data "docker_registry_image" "postgres" {
  name = "postgres:16"
}

resource "docker_image" "postgres" {
  name = data.docker_registry_image.postgres.name
}

resource "docker_image" "shelf" {
  name = "registry.example.com/shelf:4"
}

resource "docker_container" "catalogue" {
  name    = "catalogue"
  image   = docker_image.postgres.image_id
  restart = "always"
  networks_advanced {
    name = docker_network.inside.name
  }
  volumes {
    volume_name    = docker_volume.books.name
    container_path = "/var/lib/postgresql/data"
  }
}

# Makes the tables and ends.
resource "docker_container" "tables" {
  name     = "tables"
  image    = docker_image.shelf.image_id
  command  = ["migrate", "--database", "postgres://catalogue:5432/books"]
  must_run = false
  networks_advanced {
    name = docker_network.inside.name
  }
}

resource "docker_container" "shelf" {
  count = 2
  name  = "shelf-${count.index}"
  image = docker_image.shelf.image_id
  env = [
    "DATABASE_HOST=${docker_container.catalogue.name}",
    "REVIEWS_URL=http://reviews:8080",
  ]
  networks_advanced {
    name = docker_network.inside.name
  }
  healthcheck {
    test     = ["CMD", "wget", "-q", "http://localhost:8080/"]
    interval = "5s"
    retries  = 2
  }
  ports {
    internal = 8080
    external = 8080 + count.index
  }
}

# Answers only inside, and on another network: not what the shelf names.
resource "docker_container" "reviews" {
  name    = "reviews"
  image   = "registry.example.com/reviews:1"
  restart = "unless-stopped"
}

resource "docker_service" "mailer" {
  provider = docker.swarm
  name     = "mailer"
  task_spec {
    container_spec {
      image = "registry.example.com/mailer:2"
      env = {
        BOUNCES_HOST = "bounces"
      }
    }
  }
  mode {
    replicated {
      replicas = 3
    }
  }
  update_config {
    parallelism    = 1
    delay          = "30s"
    failure_action = "rollback"
  }
  endpoint_spec {
    ports {
      target_port    = 2525
      published_port = 25
    }
  }
}

resource "docker_service" "bounces" {
  provider = docker.swarm
  name     = "bounces"
  task_spec {
    container_spec {
      image = "registry.example.com/bounces:2"
    }
    placement {
      constraints = ["node.hostname==mail-1"]
    }
  }
}
