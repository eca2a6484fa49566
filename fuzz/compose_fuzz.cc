#include <cstdint>
#include <string>

#include "whole_way.h"

/// No bytes taken for a Compose file crash the program or keep it busy without end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  outlast::go_whole_way("compose.yaml", std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
