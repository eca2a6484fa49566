#include <cstdint>
#include <string>

#include "whole_way.h"

/// No bytes taken for a file of Terraform's language, JSON too, crash the program or keep it busy without end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  outlast::go_whole_way(text.starts_with('{') ? "fuzz.tf.json" : "fuzz.tf", text);
  return 0;
}
