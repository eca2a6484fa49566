# Three machines whose account reads the bucket; the scopes of one let it do all, of one read objects,
# of one only write logs.
resource "google_compute_network" "main" {
  name = "main"
}
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = google_compute_network.main.id
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["web"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}
resource "google_storage_bucket" "customers" {
  name     = "customers"
  location = "EU"
}
resource "google_service_account" "full" {
  account_id = "full"
}
resource "google_storage_bucket_iam_member" "full" {
  bucket = google_storage_bucket.customers.name
  role   = "roles/storage.admin"
  member = "serviceAccount:${google_service_account.full.email}"
}
resource "google_compute_instance" "full" {
  name         = "full"
  machine_type = "e2-medium"
  zone         = "europe-west1-b"
  tags         = ["web"]
  boot_disk {
    initialize_params {
      image = "debian-12"
    }
  }
  network_interface {
    network = google_compute_network.main.id
    access_config {
    }
  }
  service_account {
    email  = google_service_account.full.email
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
  }
}
resource "google_service_account" "reader" {
  account_id = "reader"
}
resource "google_storage_bucket_iam_member" "reader" {
  bucket = google_storage_bucket.customers.name
  role   = "roles/storage.admin"
  member = "serviceAccount:${google_service_account.reader.email}"
}
resource "google_compute_instance" "reader" {
  name         = "reader"
  machine_type = "e2-medium"
  zone         = "europe-west1-b"
  tags         = ["web"]
  boot_disk {
    initialize_params {
      image = "debian-12"
    }
  }
  network_interface {
    network = google_compute_network.main.id
    access_config {
    }
  }
  service_account {
    email  = google_service_account.reader.email
    scopes = ["storage-ro", "logging-write"]
  }
}
resource "google_service_account" "logger" {
  account_id = "logger"
}
resource "google_storage_bucket_iam_member" "logger" {
  bucket = google_storage_bucket.customers.name
  role   = "roles/storage.admin"
  member = "serviceAccount:${google_service_account.logger.email}"
}
resource "google_compute_instance" "logger" {
  name         = "logger"
  machine_type = "e2-medium"
  zone         = "europe-west1-b"
  tags         = ["web"]
  boot_disk {
    initialize_params {
      image = "debian-12"
    }
  }
  network_interface {
    network = google_compute_network.main.id
    access_config {
    }
  }
  service_account {
    email  = google_service_account.logger.email
    scopes = ["https://www.googleapis.com/auth/logging.write"]
  }
}
