#include "picture/marks.h"

#include <algorithm>

namespace outlast::picture {

using blueprint::ComponentId;

SinglePoints find_single_points(const findings::Analysis& analysis) {
  static constexpr std::string_view kRules[] = {"single_instance", "shared_supply", "third_party"};
  SinglePoints points;
  std::set<std::string> cuts;
  for (const findings::Finding& finding : analysis.findings) {
    if (finding.cut.size() == 1 &&
        std::find(std::begin(kRules), std::end(kRules), finding.name) != std::end(kRules)) {
      cuts.insert(finding.cut.front());
    }
  }
  for (const findings::Instance& instance : analysis.instances) {
    const std::string& what = instance.worst_case;
    // A single thing that no journey uses has a finding too, and no instance that touches users.
    if (instance.survives != findings::Verdict::not_exposed &&
        (what == "server" || what == "third_party") && cuts.contains(instance.key)) {
      points.components.insert(instance.key);
    }
    if (!instance.stops_users || instance.mode == "destroyed") {
      continue;
    }
    if (what == "service") {
      points.services.insert(instance.scope);
    } else if (what == "server" || what == "zone" || what == "region" || what == "provider") {
      points.places.insert({what, instance.key});
    }
  }
  return points;
}

std::vector<bool> find_on_journeys(const blueprint::Blueprint& bp) {
  std::vector<std::vector<ComponentId>> rests_on(bp.components().size());
  for (const blueprint::Need& need : bp.needs()) {
    auto& all = rests_on[need.from.index];
    all.insert(all.end(), need.any_of.begin(), need.any_of.end());
    if (need.via.exists()) {
      all.push_back(need.via);
    }
  }
  std::vector<bool> is_reached(bp.components().size());
  std::vector<ComponentId> open;
  const auto reach = [&](ComponentId id) {
    if (!is_reached[id.index]) {
      is_reached[id.index] = true;
      open.push_back(id);
    }
  };
  for (const blueprint::Journey& journey : bp.journeys()) {
    for (const blueprint::Cohort& cohort : journey.cohorts) {
      reach(cohort.enters);
    }
  }
  while (!open.empty()) {
    const ComponentId id = open.back();
    open.pop_back();
    std::for_each(rests_on[id.index].begin(), rests_on[id.index].end(), reach);
  }
  return is_reached;
}

}  // namespace outlast::picture
