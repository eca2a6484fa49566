#include "explain/tell.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/units.h"
#include "explain/witness.h"

namespace outlast::explain {

std::string spaced(std::string_view id) {
  std::string words(id);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string number(double value) {
  return fmt::format("{:.{}g}", value, kDigits);
}

std::string a_year(double share) {
  return base::format_duration({share * base::kSecondsPerYear}) + " a year";
}

findings::Explanation begin_number(std::string_view id, std::string claim) {
  findings::Explanation out;
  out.kind = "number";
  out.id = id;
  out.title = spaced(id);
  out.claim = std::move(claim);
  return out;
}

void add_wide_events(const Subject& subject,
                     const std::function<bool(failure::EventKind)>& is_meant, Ground& ground,
                     findings::Explanation& out) {
  const pipeline::Cases& cases = subject.workings.cases;
  std::vector<std::pair<double, failure::EventId>> stopping;
  for (const failure::EventId id : base::ids<failure::EventId>(cases.events.size())) {
    double users = 0;
    for (const auto& path : cases.impacts[id].paths) {
      users += path.is_down_for_good ? subject.workings.paths[path.path].weight : 0;
    }
    if (users > 0 && is_meant(cases.events[id].kind)) {
      stopping.emplace_back(users, id);
    }
  }
  std::stable_sort(stopping.begin(), stopping.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [users, id] : stopping) {
    if (out.witnesses.size() == kMostWitnesses) {
      ++out.further_witnesses;
      continue;
    }
    out.witnesses.push_back(witness_of(subject, id));
    ground.add(id);
  }
}

}  // namespace outlast::explain
