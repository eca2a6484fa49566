#pragma once

#include <string>

namespace outlast::findings {

/// Knowledge that is compiled in, and the day that it is of.
struct DataPack {
  std::string name;   ///< "catalog", "prices"
  std::string as_of;  ///< "2026-06-30"
};

}  // namespace outlast::findings
