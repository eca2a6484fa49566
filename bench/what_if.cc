// How many changes a second an architecture of 1,000 events is asked about: probabilities of single
// events, and redundancy of groups. Three zones of two causes each and a region; groups of three
// replicas of which two are needed, each with a host and a disk; every group but the first two
// calls the group before it or, every tenth, either of the two before; three journeys.
// Seconds are those the processor worked, so that other programs on the machine do not count.
//
// usage: what_if

#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <vector>

#include "base/gates.h"
#include "engines/faulttree/what_if.h"

namespace {

using namespace outlast;
using base::GateId;
using engines::faulttree::Solution;
using engines::faulttree::WhatIf;

constexpr std::size_t kZones = 3;
constexpr std::size_t kGroups = 165;
constexpr std::size_t kJourneys = 3;

class Architecture {
 public:
  Architecture() {
    region_ = event(1e-4);
    for (std::size_t zone = 0; zone < kZones; ++zone) {
      zones_.push_back(gates.any({event(1e-3), event(3e-4)}));
    }
    for (std::size_t group = 0; group < kGroups; ++group) {
      replicas_.emplace_back();
      for (const GateId zone : zones_) {
        replicas_.back().push_back(gates.any({event(host(group)), event(1e-3), zone, region_}));
      }
    }
    for (std::size_t journey = 0; journey < kJourneys; ++journey) {
      third_parties_.push_back(event(2e-4));
    }
    spare_ = gates.any({event(2e-3), event(1e-3), zones_.front(), region_});
  }

  /// With one group that needs `needed` replicas, and perhaps has a fourth one.
  GateId top(std::size_t changed, std::size_t needed, bool has_spare) {
    std::vector<GateId> down;
    std::vector<GateId> tops;
    for (std::size_t group = 0; group < kGroups; ++group) {
      std::vector<GateId> replicas = replicas_[group];
      const bool is_changed = group == changed;
      if (is_changed && has_spare) {
        replicas.push_back(spare_);
      }
      const std::size_t needs = is_changed ? needed : 2;
      std::vector<GateId> causes{gates.at_least(replicas.size() + 1 - needs, replicas)};
      if (group > 1) {
        const bool has_choice = group % 10 == 0;
        causes.push_back(has_choice ? gates.all({down[group - 1], down[group - 2]})
                                    : down[group - 1]);
      }
      down.push_back(gates.any(causes));
      if (group % (kGroups / kJourneys) == kGroups / kJourneys - 1) {
        tops.push_back(gates.any({down.back(), third_parties_[tops.size()]}));
      }
    }
    return gates.any(tops);
  }

  base::Gates gates;
  std::vector<double> p;

 private:
  GateId event(double probability) {
    p.push_back(probability);
    return gates.variable(gates.add_variable());
  }
  static double host(std::size_t group) { return 1e-3 * (1 + static_cast<double>(group % 7)); }

  GateId region_, spare_;
  std::vector<GateId> zones_, third_parties_;
  std::vector<std::vector<GateId>> replicas_;
};

/// Calls `change` until it has worked for a second; prints how many a second.
template <class Change>
void time_changes(const char* what, Change change) {
  const std::clock_t begin = std::clock();
  std::size_t count = 0;
  double took_s = 0;
  double last = 0;
  while (took_s < 1) {
    last = change(count++);
    took_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  fmt::print("what if, 1,000 events, {:<22} {:10.0f} changes a second   p = {:.6g}\n", what,
             static_cast<double>(count) / took_s, last);
}

}  // namespace

int main() {
  Architecture a;
  const GateId top = a.top(kGroups, 2, false);
  const Solution solution = Solution::of(a.gates, top, {}, a.p);
  fmt::print("what if: {} events, {} modules, {} diagram nodes\n", a.p.size(),
             solution.module_count(), solution.node_count());
  WhatIf what_if(solution, a.p);
  time_changes("a probability", [&](std::size_t i) {
    const std::size_t event = i * 7919 % a.p.size();
    return what_if.set(base::VariableId(event), a.p[event] * (1 + static_cast<double>(i % 5))).high;
  });
  time_changes("redundancy of a group", [&](std::size_t i) {
    const GateId changed = a.top(i * 31 % kGroups, 1 + i % 2, i % 3 == 0);
    return solution.changed(a.gates, changed, {}, a.p).probability(a.p).high;
  });
  time_changes("the same, solved anew", [&](std::size_t i) {
    const GateId changed = a.top(i * 31 % kGroups, 1 + i % 2, i % 3 == 0);
    return Solution::of(a.gates, changed, {}, a.p).probability(a.p).high;
  });
}
