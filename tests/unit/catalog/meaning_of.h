#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "catalog/meaning.h"
#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::catalog {

/// What the built-in catalog makes of one plan.
struct MeaningOf {
  explicit MeaningOf(const std::string& plan) : reading({{"plan.json", plan}}) {
    read_meaning(reading.imported.draft, Catalog::built_in(), reading.diagnostics);
  }

  [[nodiscard]] const blueprint::DraftComponent& component(const std::string& id) const {
    for (const auto& c : reading.draft().components) {
      if (c.id == id) {
        return c;
      }
    }
    ADD_FAILURE() << "there is no component " << id;
    static const blueprint::DraftComponent kNone;
    return kNone;
  }
  /// Of all components.
  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const auto& c : reading.draft().components) {
      ids.push_back(c.id);
    }
    return ids;
  }
  /// The zones a component lies in, as far as they are known.
  [[nodiscard]] std::vector<std::string> zones(const std::string& id) const {
    std::vector<std::string> zones;
    for (const auto& placement : component(id).placements) {
      zones.push_back(placement.zone.value_or("?"));
    }
    return zones;
  }
  /// "a b" for each need on which the answer rests: the ends, of which any suffices.
  [[nodiscard]] std::vector<std::string> needs(const std::string& id) const {
    std::vector<std::string> all;
    for (const auto& need : component(id).needs) {
      std::string ends;
      for (const std::string& end : need.any_of) {
        ends += (ends.empty() ? "" : " ") + end;
      }
      if (need.confidence != blueprint::Confidence::inferred) {
        all.push_back(ends);
      }
    }
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] bool is_marked(const std::string& id, const std::string& finding) const {
    const auto& marks = component(id).marks;
    return std::any_of(marks.begin(), marks.end(),
                       [&](const auto& mark) { return mark.finding == finding; });
  }

  import::Reading reading;
};

/// A plan of resources whose values are all known: pairs of address and attributes.
inline std::string plan_of(const std::vector<std::pair<std::string, std::string>>& resources) {
  std::vector<std::string> changes;
  for (const auto& [address, attributes] : resources) {
    changes.push_back(import::created(address, address.substr(0, address.find('.')), attributes));
  }
  return import::plan_text(changes);
}

}  // namespace outlast::catalog
