#include "picture/marks.h"

#include <algorithm>

namespace outlast::picture {

using blueprint::ComponentId;

SinglePoints find_single_points(const findings::Analysis& analysis) {
  static constexpr std::string_view kRules[] = {"single_instance", "one_machine", "shared_supply",
                                                "single_zone",     "one_region",  "one_provider",
                                                "third_party"};
  SinglePoints points;
  std::set<std::string> cuts;
  for (const findings::Finding& finding : analysis.findings) {
    if (finding.cut.size() == 1 &&
        std::find(std::begin(kRules), std::end(kRules), finding.name) != std::end(kRules)) {
      cuts.insert(finding.cut.front());
    }
  }
  // A single thing that no journey uses has a finding too, and no instance that touches users.
  for (const findings::Instance& instance : analysis.instances) {
    if (instance.survives == findings::Verdict::not_exposed || instance.mode == "destroyed") {
      continue;
    }
    const bool is_component =
        instance.worst_case == "server" || instance.worst_case == "third_party";
    if (is_component && cuts.contains(instance.key)) {
      points.components.insert(instance.key);
    } else if (!is_component && cuts.contains(instance.scope)) {
      points.places.insert({instance.worst_case, instance.key});
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
