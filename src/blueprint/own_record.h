#pragma once

#include <string>

#include "base/source.h"
#include "base/units.h"

namespace outlast::blueprint {

/// What the owners themselves saw fail: a number of failures over a time of running.
struct OwnRecord {
  std::string of;          ///< a component (id or name), a type ("aws.rds"), a place or service
  double failures = 0;     ///< that were nobody else's: no zone and no region took it along
  base::Seconds exposure;  ///< of all that is counted, added up; more than 0
  base::Span span;
};

}  // namespace outlast::blueprint
