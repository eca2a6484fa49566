# Backups in several regions are deleted with their instance all the same; a backup vault keeps its own.
resource "google_sql_database_instance" "ledger" {
  name                = "ledger"
  region              = "europe-west1"
  database_version    = "POSTGRES_15"
  deletion_protection = true
  settings {
    tier              = "db-custom-2-7680"
    availability_type = "REGIONAL"
    backup_configuration {
      enabled                        = true
      location                       = "eu"
      point_in_time_recovery_enabled = true
    }
  }
}
resource "google_sql_database_instance" "vaulted" {
  name             = "vaulted"
  region           = "europe-west1"
  database_version = "POSTGRES_15"
  settings {
    tier              = "db-custom-2-7680"
    availability_type = "REGIONAL"
    backup_configuration {
      enabled  = true
      location = "eu"
    }
  }
}
resource "google_backup_dr_backup_plan_association" "vaulted" {
  location    = "europe-west1"
  resource    = google_sql_database_instance.vaulted.id
  backup_plan = "projects/shop/locations/europe-west1/backupPlans/daily"
}
resource "google_service_account" "books" {
  account_id = "books"
}
resource "google_project_iam_member" "books" {
  project = "shop"
  role    = "roles/cloudsql.admin"
  member  = "serviceAccount:${google_service_account.books.email}"
}
resource "google_cloud_run_v2_service" "books" {
  name     = "books"
  location = "europe-west1"
  template {
    service_account = google_service_account.books.email
    containers { image = "europe-docker.pkg.dev/shop/books:1" }
  }
}
