// Whether a scenario that is well written makes sense.

#include "import/scenario_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace outlast::import {

using base::Span;
using blueprint::Fault;
using blueprint::Match;
using blueprint::Remedy;
using blueprint::Scenario;
using blueprint::ScenarioFault;
using blueprint::ScenarioRecovery;

namespace {

bool is_over_at_once(Fault fault) {
  return fault == Fault::surge;
}

/// Does it end by itself where nobody says when: by a repair, a failover, a restore?
bool has_an_end_of_its_own(const ScenarioFault& fault) {
  return (fault.fault == Fault::down || fault.fault == Fault::destroy) &&
         fault.plane == blueprint::Plane::data && !fault.error.is_known();
}

/// A text for comparing whom two faults hit.
std::string key_of(const ScenarioFault& fault) {
  const auto text = [](const auto& value) { return value.is_known() ? *value : std::string(); };
  const Match& m = fault.match;
  std::string key =
      fmt::format("{}|{}|{}|{}|{}|{}|{}", static_cast<int>(fault.plane), text(m.component),
                  text(m.zone), text(m.region), text(m.type), text(m.service), text(m.provider));
  for (const auto operation : fault.operations) {
    key += blueprint::name_of(operation);
  }
  for (const std::string& operation : fault.own_operations) {
    key += " " + operation;
  }
  return key + text(fault.from.component) + text(fault.from.zone);
}

class Checker {
 public:
  explicit Checker(const Scenario& scenario, base::Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void check() {
    check_recoveries();
    check_ends();
    refuse_contradictions();
  }

 private:
  void tell(std::string code, Span span, std::string message, std::string_view help) {
    diagnostics_.error(std::move(code), span, std::move(message), std::string(help));
  }

  void check_recoveries() {
    std::vector<std::string_view> known;
    for (const ScenarioFault& fault : scenario_.faults) {
      known.push_back(fault.id);
    }
    std::sort(known.begin(), known.end());
    for (const ScenarioRecovery& recovery : scenario_.recoveries) {
      for (const std::string& id : recovery.ends) {
        const auto fault = std::find_if(scenario_.faults.begin(), scenario_.faults.end(),
                                        [&](const auto& f) { return f.id == id; });
        if (fault == scenario_.faults.end()) {
          tell("OUT-E1809", recovery.span, fmt::format("there is no fault \"{}\" to end", id),
               base::suggest(id, known));
        } else if (recovery.at < fault->at) {
          tell("OUT-E1809", recovery.span, fmt::format("it ends \"{}\" before that begins", id),
               "let it come later");
        } else if (fault->fault == Fault::surge) {
          tell("OUT-E1809", recovery.span, "users do not go by a recovery",
               "a further surge tells when they go; a throttle lets fewer in");
        }
      }
      check_what_it_does(recovery);
    }
  }

  void check_what_it_does(const ScenarioRecovery& recovery) {
    const bool adds = recovery.remedy == Remedy::add_capacity;
    const bool throttles = recovery.remedy == Remedy::throttle;
    const bool only_tells =
        recovery.remedy == Remedy::detect || recovery.remedy == Remedy::diagnose;
    if (recovery.replicas.is_known() && *recovery.replicas == 0) {
      tell("OUT-E1808", recovery.replicas.span(), "no replica more is no capacity",
           "write such as `replicas: 4`");
    }
    const auto says_nothing = [&](bool is_known, Span span, std::string_view key,
                                  std::string_view of) {
      if (is_known) {
        tell("OUT-E1808", span,
             fmt::format("{} says nothing of a recovery of the kind {}", key,
                         blueprint::name_of(recovery.remedy)),
             fmt::format("leave it out; {} has it", of));
      }
    };
    if (!adds) {
      says_nothing(recovery.replicas.is_known(), recovery.replicas.span(), "replicas",
                   "add_capacity");
    }
    if (!throttles) {
      says_nothing(recovery.users.is_known(), recovery.users.span(), "users", "throttle");
    }
    if (adds && (recovery.match.is_empty() || !recovery.replicas.is_known())) {
      tell("OUT-E1808", recovery.span, "added capacity needs to know where and how much",
           "add `match: {component: web}` and `replicas: 4`");
    } else if (throttle_is_open(recovery)) {
      tell("OUT-E1808", recovery.span, "a throttle needs to know how many users it lets in",
           "add `users: 5000`");
    } else if (!adds && !throttles && !only_tells && recovery.ends.empty()) {
      tell("OUT-E1808", recovery.span,
           fmt::format("a {} ends something", blueprint::name_of(recovery.remedy)),
           "add `ends: [ID]`, the id of a fault");
    }
  }

  static bool throttle_is_open(const ScenarioRecovery& recovery) {
    return recovery.remedy == Remedy::throttle && !recovery.users.is_known();
  }

  /// What nobody ends and nothing bounds would be watched for ever.
  void check_ends() {
    for (const ScenarioFault& fault : scenario_.faults) {
      const bool is_ended = std::any_of(
          scenario_.recoveries.begin(), scenario_.recoveries.end(), [&](const auto& recovery) {
            return std::find(recovery.ends.begin(), recovery.ends.end(), fault.id) !=
                   recovery.ends.end();
          });
      if (!fault.lasts.is_known() && !fault.lasts.is_unknown() && !is_ended &&
          !is_over_at_once(fault.fault) && !has_an_end_of_its_own(fault) &&
          scenario_.until.is_unset()) {
        tell("OUT-E1810", fault.span, "it never ends, and neither does the scenario",
             "add `for: 10m`, a recovery that ends it, or `until: 1h` to the scenario");
      }
    }
  }

  [[nodiscard]] double end_of(const ScenarioFault& fault) const {
    double end =
        fault.lasts.is_known() ? fault.at.value + fault.lasts->value : kLongestScenario.value;
    for (const auto& recovery : scenario_.recoveries) {
      if (std::find(recovery.ends.begin(), recovery.ends.end(), fault.id) != recovery.ends.end()) {
        end = std::min(end, recovery.at.value);
      }
    }
    return is_over_at_once(fault.fault) ? fault.at.value + fault.within.value_or({0}).value : end;
  }

  /// The same of the same thing twice at one time cannot both hold.
  void refuse_contradictions() {
    for (std::size_t i = 0; i < scenario_.faults.size(); ++i) {
      const ScenarioFault& first = scenario_.faults[i];
      for (std::size_t j = i + 1; j < scenario_.faults.size(); ++j) {
        const ScenarioFault& next = scenario_.faults[j];
        const bool is_same = next.fault == first.fault && key_of(next) == key_of(first) &&
                             !next.match.is_empty() == !first.match.is_empty();
        const bool is_at_once = next.at == first.at || next.at.value < end_of(first);
        if (is_same && is_at_once) {
          tell("OUT-E1811", next.span,
               fmt::format("it contradicts \"{}\", which still holds then", first.id),
               "let the earlier one end before, by `for` or by a recovery");
        }
      }
    }
  }

  const Scenario& scenario_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

void check_amounts(const ScenarioFault& fault, base::Diagnostics& diagnostics) {
  const auto tell = [&](std::string code, Span span, std::string message, std::string_view help) {
    diagnostics.error(std::move(code), span, std::move(message), std::string(help));
  };
  if (fault.slower.is_known() && (*fault.slower <= 1 || *fault.slower > 1e6)) {
    tell("OUT-E1807", fault.slower.span(),
         *fault.slower == 1  ? "slower: 1 changes nothing"
         : *fault.slower < 1 ? "slower: less than 1 would make it faster"
                             : "slower: how many times as long it takes, up to 1e6",
         "write such as `slower: 4` for four times as long");
  }
  if (fault.replicas.is_known() && *fault.replicas == 0 && fault.fault != Fault::limit) {
    tell("OUT-E1807", fault.replicas.span(), "replicas: 0 hits nobody",
         "write how many are hit, or leave it out for all");
  }
  if (fault.share.is_known() && fault.share->value <= 0) {
    tell("OUT-E1807", fault.share.span(), "share: 0 hits nobody",
         "write such as `share: 50%`, or leave it out for all");
  }
  if (fault.error.is_known() && fault.error->value <= 0) {
    tell("OUT-E1807", fault.error.span(), "error: 0 loses no request",
         "write such as `error: 20%`");
  }
  if (fault.users.is_known() && *fault.users > 1e12) {
    tell("OUT-E1807", fault.users.span(), "more users than can be told", "from 0 to 1e12");
  }
  if (fault.from.zone.is_known() && fault.match.zone.is_known() &&
      *fault.from.zone == *fault.match.zone) {
    tell("OUT-E1807", fault.from.zone.span(), "both sides of the cut are the same zone",
         "name two zones, or leave `from` out to cut the zone off from all else");
  }
  if (fault.replicas.is_known() && fault.share.is_known()) {
    tell("OUT-E1807", fault.share.span(), "replicas and share say the same twice",
         "leave one of them out");
  }
}

void check_scenario(const Scenario& scenario, base::Diagnostics& diagnostics) {
  Checker(scenario, diagnostics).check();
}

}  // namespace outlast::import
