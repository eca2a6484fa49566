provider "google" {
  project = "p"
  region  = "us-central1"
  zone    = "us-central1-a"
}
resource "google_compute_network" "n" {
  name = "n"
}
resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = google_compute_network.n.name
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["22", "3306"]
  }
}
resource "google_compute_firewall" "iap" {
  name          = "iap"
  network       = google_compute_network.n.name
  source_ranges = ["35.235.240.0/20"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
resource "google_compute_instance" "web" {
  count        = 2
  name         = "web-${count.index}"
  machine_type = "e2-small"
  zone         = count.index == 0 ? "us-central1-a" : "us-central1-b"
  boot_disk {
    initialize_params {
      image = "debian"
    }
  }
  network_interface {
    network = google_compute_network.n.name
    access_config {}
  }
  service_account {
    email  = google_service_account.sa.email
    scopes = ["cloud-platform"]
  }
}
resource "google_service_account" "sa" {
  account_id = "web"
}
resource "google_project_iam_member" "ed" {
  project = "p"
  role    = "roles/editor"
  member  = "serviceAccount:${google_service_account.sa.email}"
}
resource "google_compute_instance_group" "g" {
  name      = "g"
  zone      = "us-central1-a"
  instances = [google_compute_instance.web[0].self_link]
}
resource "google_compute_instance_group" "h" {
  name      = "h"
  zone      = "us-central1-b"
  instances = [google_compute_instance.web[1].self_link]
}
resource "google_compute_health_check" "hc" {
  name = "hc"
  tcp_health_check {
    port = 80
  }
}
resource "google_compute_region_backend_service" "b" {
  name          = "b"
  region        = "us-central1"
  health_checks = [google_compute_health_check.hc.id]
  load_balancing_scheme = "EXTERNAL"
  backend {
    group = google_compute_instance_group.g.id
  }
  backend {
    group = google_compute_instance_group.h.id
  }
}
resource "google_compute_forwarding_rule" "f" {
  name            = "f"
  region          = "us-central1"
  backend_service = google_compute_region_backend_service.b.id
  port_range      = "80"
}
resource "google_filestore_instance" "nfs" {
  name     = "nfs"
  tier     = "BASIC_HDD"
  location = "us-central1-a"
  file_shares {
    name        = "s"
    capacity_gb = 1024
  }
  networks {
    network = google_compute_network.n.name
    modes   = ["MODE_IPV4"]
  }
}
resource "google_spanner_instance" "s" {
  config       = "regional-us-central1"
  display_name = "s"
  num_nodes    = 1
}
resource "google_bigtable_instance" "bt" {
  name = "bt"
  cluster {
    cluster_id   = "c"
    zone         = "us-central1-a"
    num_nodes    = 1
    storage_type = "SSD"
  }
}
resource "google_alloydb_cluster" "al" {
  cluster_id = "al"
  location   = "us-central1"
  network_config {
    network = google_compute_network.n.id
  }
}
resource "google_alloydb_instance" "ali" {
  cluster           = google_alloydb_cluster.al.name
  instance_id       = "i"
  instance_type     = "PRIMARY"
  availability_type = "ZONAL"
}
