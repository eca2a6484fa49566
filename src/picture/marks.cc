#include "picture/marks.h"

#include <algorithm>

namespace outlast::picture {

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

}  // namespace outlast::picture
