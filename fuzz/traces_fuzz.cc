#include <cstdint>
#include <string>

#include "whole_way.h"

/// No bytes taken for traces crash the program, and what comes out of them holds together.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  outlast::go_whole_way("fuzz.json", std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
