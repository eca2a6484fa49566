#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "catalog/meaning.h"
#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::catalog {

using import::created;
using import::Lines;

/// Inputs, and what the catalog understands of them.
struct Understanding {
  /// A plan that creates these resources, and an overlay.
  explicit Understanding(const std::vector<std::string>& resources,
                         const std::string& overlay = "outlast: 1\n")
      : Understanding(AsFiles{{{"a.json", import::plan_text(resources)}, {"b.yaml", overlay}}}) {}
  static Understanding of(const import::Reading::Files& files) {
    return Understanding(AsFiles{files});
  }

  [[nodiscard]] const blueprint::Draft& draft() const { return reading.draft(); }
  [[nodiscard]] const blueprint::DraftComponent& at(const std::string& id) const {
    for (const auto& component : draft().components) {
      if (component.id == id) {
        return component;
      }
    }
    ADD_FAILURE() << "there is no component " << id;
    static const blueprint::DraftComponent kNone;
    return kNone;
  }
  [[nodiscard]] Lines components() const {
    Lines ids;
    for (const auto& component : draft().components) {
      ids.push_back(component.id);
    }
    return ids;
  }
  /// "db: hard service stated" for each need of a component; alternatives with a stroke.
  [[nodiscard]] Lines needs(const std::string& id) const { return lines_of(at(id).needs); }
  /// "zone or label: need, need" for each place of a component.
  [[nodiscard]] Lines places(const std::string& id) const {
    Lines lines;
    for (const auto& place : at(id).placements) {
      std::string line = place.zone.is_known() ? *place.zone : "somewhere in " + place.label;
      for (const std::string& need : lines_of(place.local_needs)) {
        line += " → " + need;
      }
      lines.push_back(line);
    }
    return lines;
  }
  [[nodiscard]] Lines journeys() const {
    Lines lines;
    for (const auto& journey : draft().journeys) {
      std::string line = journey.name + ":";
      for (const auto& cohort : journey.cohorts) {
        line += " " + cohort.enters;
      }
      lines.push_back(line);
    }
    return lines;
  }

  import::Reading reading;

 private:
  struct AsFiles {
    import::Reading::Files files;
  };
  explicit Understanding(const AsFiles& as) : reading(as.files) {
    EXPECT_FALSE(reading.diagnostics.has_errors()) << reading.text();
    read_meaning(reading.imported.draft, Catalog::built_in(), reading.diagnostics);
  }

  static Lines lines_of(const std::vector<blueprint::DraftNeed>& needs) {
    Lines lines;
    for (const auto& need : needs) {
      std::string line;
      for (const std::string& target : need.any_of) {
        line += (line.empty() ? "" : " | ") + target;
      }
      using blueprint::name_of;
      line += ": ";
      line += name_of(need.strength.value_or(blueprint::Strength::hard));
      line += " ";
      line += name_of(need.kind.value_or(blueprint::EdgeKind::service));
      line += " ";
      line += name_of(need.confidence);
      lines.push_back(line);
    }
    return lines;
  }
};

inline std::string subnet(const std::string& name, const std::string& zone) {
  return created("aws_subnet." + name, "aws_subnet",
                 R"({"id": "subnet-000)" + name + R"(", "availability_zone": ")" + zone + "\"}");
}
inline std::string instance(const std::string& name, const std::string& more = "") {
  return created("aws_instance." + name, "aws_instance",
                 R"({"id": "i-00000000)" + name + "\"" + (more.empty() ? "" : ", " + more) + "}");
}

}  // namespace outlast::catalog
