#include "replay/prevention.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "base/units.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::Prevention;
using findings::ReplayOutcome;
using findings::Verdict;
using incidents::Incident;

namespace {

/// Further from harm is smaller.
int harm(const ReplayOutcome& outcome) {
  return outcome.survives == Verdict::no ? 2 : outcome.survives == Verdict::degraded ? 1 : 0;
}

/// Names outlast the outage of names where connections live through all of it.
double longest_unresolved(const Incident& incident) {
  double longest = 0;
  for (const auto& phase : incident.phases) {
    const bool is_of_names =
        phase.fault == incidents::Fault::unresolve || phase.fault == incidents::Fault::invalidate;
    longest = std::max(
        longest, is_of_names ? incidents::ending_of(incident, phase).until_s - phase.at.value : 0);
  }
  return longest;
}

/// Where else a second one must be so that the same does not hit it.
std::string elsewhere(const Incident& incident) {
  if (incident.roles.contains("facility") || incident.roles.contains("room")) {
    return "in another building";
  }
  const bool is_regional = incident.roles.contains("region");
  return is_regional ? "in another region, with data of its own" : "at another provider";
}

/// Components, and how many times what they cost now is paid again.
using Additions = std::map<std::string, double>;

class Trials {
 public:
  Trials(const Blueprint& bp, const Player& player, const Staging& staging,
         const ReplayOutcome& outcome)
      : bp_(bp), player_(player), staging_(staging), outcome_(outcome), together_(staging) {}

  std::vector<Prevention> run() {
    std::set<ComponentId> hit;
    for (const Blow& blow : player_.blows()) {
      if (player_.counts(blow, staging_)) {
        hit.insert(blow.component);
      }
    }
    for (const Struck& struck : player_.struck()) {
      hit.insert(struck.component);
    }
    try_capacity(hit);
    try_pools();
    together_.without.insert(hit.begin(), hit.end());
    try_each({hit.begin(), hit.end()});
    if (helping_.empty() && hit.size() > 1) {
      Additions ids;
      for (const ComponentId id : hit) {
        ids.emplace(bp_[id].id, 1);
      }
      attempt(fmt::format("a second one of all that was hit {}", elsewhere(player_.incident())),
              ids, together_);
    }
    return std::move(helping_);
  }

 private:
  /// So many are tried one by one; of more, halves that do not help together are passed over whole.
  static constexpr std::size_t kFew = 32;

  /// What does not help although more is spared does not help alone.
  void try_each(const std::vector<ComponentId>& hit) {
    if (hit.size() > kFew) {
      Staging other = staging_;
      other.without.insert(hit.begin(), hit.end());
      if (harm(outcome_of(bp_, player_, other)) < harm(outcome_)) {
        const auto middle = hit.begin() + static_cast<std::ptrdiff_t>(hit.size() / 2);
        try_each({hit.begin(), middle});
        try_each({middle, hit.end()});
      }
      return;
    }
    for (const ComponentId id : hit) {
      Staging other = staging_;
      other.without.insert(id);
      attempt(fmt::format("a second {} {}, switched to by what does not rest on it", bp_[id].name,
                          elsewhere(player_.incident())),
              {{bp_[id].id, 1}}, other);
    }
  }

  void try_capacity(const std::set<ComponentId>& hit) {
    Additions short_of;
    for (const ComponentId id : hit) {
      if (const Shortage shortage = player_.shortage(id, staging_); !shortage.lost.is_never()) {
        short_of.emplace(bp_[id].id,
                         shortage.missing / static_cast<double>(bp_[id].replicas.size()));
      }
    }
    if (!short_of.empty()) {
      Staging other = staging_;
      other.has_busy_capacity = true;
      attempt("replicas for the busy hours standing before they begin", short_of, other);
    }
  }

  void try_pools() {
    const double longest = longest_unresolved(player_.incident());
    if (longest <= 0) {
      return;
    }
    Staging other = staging_;
    other.pool_s = longest;
    attempt(fmt::format("connections that live longer than {}", base::format_duration({longest})),
            {}, other);
  }

  void attempt(std::string what, const Additions& adds, const Staging& other) {
    ReplayOutcome after = outcome_of(bp_, player_, other);
    after.survives = after.survives == Verdict::not_exposed ? Verdict::yes : after.survives;
    if (harm(after) < harm(outcome_)) {
      std::vector<std::string> components;
      for (const auto& [id, times] : adds) {
        components.push_back(id);
      }
      helping_.push_back({std::move(what), std::move(components), after, adds, {}});
    }
  }

  const Blueprint& bp_;
  const Player& player_;
  const Staging& staging_;
  const ReplayOutcome& outcome_;
  Staging together_;
  std::vector<Prevention> helping_;
};

}  // namespace

std::vector<Prevention> preventions(const Blueprint& bp, const Player& player,
                                    const Staging& staging, const ReplayOutcome& outcome) {
  return harm(outcome) == 0 ? std::vector<Prevention>{}
                            : Trials(bp, player, staging, outcome).run();
}

}  // namespace outlast::replay
