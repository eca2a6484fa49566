#include <gtest/gtest.h>

#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using Lines = std::vector<std::string>;

/// Who calls whom, by short names, and what nobody answers to.
Lines calls_of(const Reading& reading) {
  Lines all;
  for (const auto& resource : reading.draft().resources) {
    for (const auto& call : resource.calls) {
      std::string line = resource.name + " → " + call.host;
      for (const auto id : call.targets) {
        line += reading.draft().resources[id].name;
      }
      all.push_back(line);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Types of all that runs, by short names.
Lines services_of(const Reading& reading) {
  Lines all;
  for (const auto& resource : reading.draft().resources) {
    if (resource.type.starts_with("compose ")) {
      all.push_back((resource.name.empty() ? resource.address : resource.name) + ": " +
                    resource.type);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

constexpr const char* kContainers = R"(
resource "docker_network" "n" { name = "n" }
resource "docker_volume" "v" { name = "v" }
resource "docker_image" "db" { name = "postgres:16" }
resource "docker_container" "db" {
  name  = "db"
  image = docker_image.db.image_id
  networks_advanced {
    name    = docker_network.n.name
    aliases = ["rows"]
  }
  volumes {
    volume_name    = docker_volume.v.name
    container_path = "/data"
  }
}
resource "docker_container" "web" {
  name  = "web"
  image = "web"
  env   = ["DB_HOST=rows", "MAIL_URL=smtp://mail:25"]
  networks_advanced { name = docker_network.n.name }
  ports {
    internal = 80
    external = 80
  }
}
)";

TEST(TerraformDocker, ContainersAreReadAsTheEqualServices) {
  const Reading blocks(Reading::Files{{"main.tf", kContainers}});
  const Reading services(Reading::Files{{"compose.yaml", R"(
services:
  db:
    image: postgres:16
    networks: { n: { aliases: [rows] } }
    volumes: ["v:/data"]
  web:
    image: web
    environment: { DB_HOST: rows, MAIL_URL: "smtp://mail:25" }
    networks: [n]
    ports: ["80:80"]
volumes: { v: }
networks: { n: }
)"}});
  EXPECT_EQ(calls_of(blocks), calls_of(services));
  EXPECT_EQ(calls_of(blocks), (Lines{"web → db", "web → mail"}));
  EXPECT_EQ(services_of(blocks),
            (Lines{"db: compose service with volume", "docker/host: compose host",
                   "docker/site: compose site", "web: compose service"}));
  EXPECT_EQ(blocks.resource("docker_container.db").attributes["image"].text(), "postgres:16");
}

TEST(TerraformDocker, WhatNoNetworkJoinsIsNotCalled) {
  std::string apart(kContainers);
  apart.replace(apart.rfind("docker_network.n.name"), 21, "\"other\"");
  EXPECT_EQ(calls_of(Reading(Reading::Files{{"main.tf", apart}})),
            (Lines{"web → mail", "web → rows"}));
}

TEST(TerraformDocker, WhoIsNamedByAReferenceIsCalledThoughItsNameIsNotKnown) {
  const Reading reading(Reading::Files{{"main.tf", R"(
resource "docker_container" "db" {
  name  = "db"
  image = "postgres"
}
resource "aws_db_instance" "rows" { engine = "mysql" }
resource "docker_container" "web" {
  name  = "web"
  image = "web"
  env   = ["DB=${docker_container.db.id}", "ROWS=${aws_db_instance.rows.endpoint}"]
}
)"}});
  EXPECT_EQ(calls_of(reading), (Lines{"web → db"}));
  EXPECT_EQ(reading.targets("docker_container.web", "settings"), (Lines{"aws_db_instance.rows"}));
}

TEST(TerraformDocker, ServicesRunInASwarmAndEachConfigurationHasMachinesOfItsOwn) {
  const Reading reading(Reading::Files{{"main.tf", R"(
provider "docker" {
  alias = "swarm"
}
resource "docker_service" "web" {
  provider = docker.swarm
  name     = "web"
  task_spec {
    container_spec { image = "web" }
  }
  mode {
    replicated { replicas = 3 }
  }
}
resource "docker_container" "tables" {
  name     = "tables"
  image    = "web"
  must_run = false
}
)"}});
  EXPECT_EQ(services_of(reading), (Lines{"docker/host: compose host", "docker/site: compose site",
                                         "tables: compose job", "web: compose swarm service"}));
  EXPECT_EQ(reading.resource("docker_service.web").attributes["deploy"]["replicas"].text(), "3");
}

}  // namespace
}  // namespace outlast::import
