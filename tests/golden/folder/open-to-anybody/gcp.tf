provider "google" {
  project = "shop"
  region  = "us-central1"
}
resource "google_bigquery_dataset" "open" {
  dataset_id = "customers_open"
  location   = "EU"
  access {
    role          = "READER"
    special_group = "allAuthenticatedUsers"
  }
}
resource "google_bigquery_dataset" "own" {
  dataset_id = "customers_own"
  location   = "EU"
  access {
    role          = "READER"
    special_group = "projectReaders"
  }
}
