#include "incidents/archive.h"

#include <algorithm>

namespace outlast::incidents {

const Incident* find_incident(std::string_view id) {
  const auto& all = archive();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Incident& incident) { return incident.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace outlast::incidents
