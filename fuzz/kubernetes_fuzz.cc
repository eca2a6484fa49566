#include <cstdint>
#include <string>

#include "whole_way.h"

/// No bytes taken for manifests crash the program, and what comes out of them holds together.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  outlast::go_whole_way("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
