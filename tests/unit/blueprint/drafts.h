#pragma once

#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"

namespace outlast::blueprint {

template <class T>
Value<T> stated(T value) {
  return Value<T>::of(std::move(value));
}
inline Value<std::string> stated(const char* text) {
  return Value<std::string>::of(text);
}

inline DraftNeed need_of(std::vector<std::string> any_of) {
  DraftNeed need;
  need.any_of = std::move(any_of);
  return need;
}

/// A component in a region of one provider, in these zones, a replica for each.
inline DraftComponent component(const std::string& id, const std::vector<std::string>& zones = {},
                                std::vector<DraftNeed> needs = {}) {
  DraftComponent c;
  c.id = id;
  c.provider = stated("acme");
  c.region = stated("north");
  for (const std::string& zone : zones) {
    c.placements.push_back({stated(zone.c_str()), zone, {}});
  }
  c.replicas = stated<std::int64_t>(zones.empty() ? 1 : static_cast<std::int64_t>(zones.size()));
  c.needs = std::move(needs);
  c.evidence.address = id;
  return c;
}

inline DraftJourney journey(const std::string& name, const std::string& enters) {
  DraftJourney j;
  j.name = name;
  j.cohorts = {{name, {}, enters}};
  return j;
}

/// A draft, validated: the blueprint, and every diagnostic in a line.
struct Validated {
  explicit Validated(const Draft& draft) : bp(validate(draft, diagnostics)) {
    for (const base::Diagnostic& d : diagnostics.items()) {
      told.push_back(d.code + " " + d.message + (d.help.empty() ? "" : " | " + d.help));
    }
  }
  explicit Validated(std::vector<DraftComponent> components)
      : Validated(of(std::move(components))) {}

  static Draft of(std::vector<DraftComponent> components) {
    Draft draft;
    draft.components = std::move(components);
    return draft;
  }

  [[nodiscard]] const Component& at(std::string_view id) const { return (*bp)[bp->find(id)]; }
  [[nodiscard]] std::string zone(std::string_view id, std::size_t replica) const {
    return (*bp)[at(id).replicas.at(replica).zone].name;
  }

  base::Diagnostics diagnostics;
  std::optional<Blueprint> bp;
  std::vector<std::string> told;
};

using Lines = std::vector<std::string>;

}  // namespace outlast::blueprint
