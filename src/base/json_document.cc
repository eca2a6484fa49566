#include "base/json_document.h"

#include "base/version.h"

namespace outlast::base {

void begin_document(JsonWriter& json, int schema_version) {
  json.begin_object();
  json.member("schema_version", schema_version);
  json.key("tool");
  json.begin_object();
  json.member("name", "outlast");
  json.member("version", kVersion);
  json.end_object();
}

}  // namespace outlast::base
