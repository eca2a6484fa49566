#include "report/json_stores.h"

namespace outlast::report {
namespace {

void write_store(base::JsonWriter& json, const findings::StoreRisk& store) {
  json.begin_object();
  json.member("id", store.component);
  json.member("name", store.name);
  json.key("copies");
  json.begin_array();
  for (const auto& copy : store.copies) {
    json.begin_object();
    json.member("name", copy.name);
    json.member("kind", blueprint::name_of(copy.kind));
    json.member("restorable", copy.restorable);
    json.end_object();
  }
  json.end_array();
  json.member("restorable", store.restorable);
  json.member("restorable_low", store.restorable_low);
  json.member("restorable_high", store.restorable_high);
  json.key("cut_sets");
  json.begin_array();
  for (const auto& cut : store.cuts) {
    json.value(cut);
  }
  json.end_array();
  json.member("has_all_cut_sets", store.has_all_cuts);
  json.end_object();
}

}  // namespace

void write_stores(base::JsonWriter& json, const std::vector<findings::StoreRisk>& stores) {
  json.key("stores");
  json.begin_array();
  for (const auto& store : stores) {
    write_store(json, store);
  }
  json.end_array();
}

}  // namespace outlast::report
