#include "replay/prevention.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "blueprint/reached.h"
#include "failure/dependence.h"
#include "failure/reading.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::Prevention;
using findings::ReplayOutcome;
using findings::Verdict;
using incidents::Incident;

namespace {

bool is_graver(const ReplayOutcome& a, const ReplayOutcome& b) {
  return findings::is_graver(a.survives, b.survives);
}

bool is_harmed(const ReplayOutcome& outcome) {
  return findings::is_graver(outcome.survives, Verdict::yes);
}

bool is_of_a_building(const Incident& incident) {
  return incident.roles.contains("facility") || incident.roles.contains("room");
}

bool is_regional(const Incident& incident) {
  return incident.roles.contains("region") && !is_of_a_building(incident);
}

/// Where else a second one must be so that the same does not hit it.
std::string elsewhere(const Incident& incident) {
  return is_of_a_building(incident) ? "in another building"
         : is_regional(incident)    ? "in another region, with data of its own"
                                    : "at another provider";
}

/// From this share of lost requests on a switch acts that is told to act early.
constexpr double kEarly = 0.05;

/// What a second one of something brings along: all below it that it needs, and what hands requests to
/// it, as far as that lies where it happens.
class Company {
 public:
  Company(const Blueprint& bp, const Player& player) : bp_(bp), player_(player) {}

  /// out  the component first
  [[nodiscard]] std::vector<ComponentId> of(ComponentId id) const {
    std::vector<ComponentId> all = {id};
    std::vector<ComponentId> below = {id};
    const auto add = [&](ComponentId other) {
      if (std::find(all.begin(), all.end(), other) == all.end() && lies_there(other)) {
        all.push_back(other);
      }
    };
    const auto look_below = [&](ComponentId other) {
      if (std::find(below.begin(), below.end(), other) == below.end()) {
        below.push_back(other);
        add(other);
      }
    };
    for (std::size_t i = 0; i < below.size(); ++i) {
      for (const blueprint::NeedId need : blueprint::all_needs(bp_[below[i]])) {
        if (failure::stops(bp_[need].strength)) {
          std::for_each(bp_[need].any_of.begin(), bp_[need].any_of.end(), look_below);
        }
      }
    }
    for (const ComponentId above : player_.dependence().needed_by(id)) {
      if (bp_[above].forwards) {
        add(above);
      }
    }
    return all;
  }

 private:
  [[nodiscard]] bool lies_there(ComponentId id) const {
    const blueprint::Component& c = bp_[id];
    const auto role = [&](const char* name) {
      const auto found = player_.incident().roles.find(name);
      return found == player_.incident().roles.end() ? std::string() : found->second;
    };
    const bool is_hit = !player_.blows_at(id).empty() || !player_.struck_at(id).empty();
    const bool is_in_region = c.scope != blueprint::Scope::global && c.region.is_known() &&
                              *c.region == role("region") && c.provider == role("provider");
    return is_hit || (is_regional(player_.incident()) && is_in_region);
  }

  const Blueprint& bp_;
  const Player& player_;
};

/// Components, and how many times what they cost now is paid again.
using Additions = std::map<std::string, double>;

class Trials {
 public:
  Trials(const Blueprint& bp, const Player& player, const Staging& staging, const Ending& ending)
      : bp_(bp),
        player_(player),
        staging_(staging),
        ending_(ending),
        outcome_(ending.outcome),
        company_(bp, player),
        together_(staging) {}

  std::vector<Prevention> run() {
    const auto all = hit_by(player_, staging_);
    const std::set<ComponentId> hit(all.begin(), all.end());
    try_noticing();
    try_more();
    try_enough_left(all);
    try_capacity(hit);
    together_.doubled.insert(hit.begin(), hit.end());
    try_each({hit.begin(), hit.end()});
    const bool is_enough = std::any_of(helping_.begin(), helping_.end(), [](const Prevention& one) {
      return !is_harmed(one.outcome);
    });
    if (!is_enough && hit.size() > 1) {
      Additions ids;
      for (const ComponentId id : hit) {
        for (const ComponentId more : company_.of(id)) {
          ids.emplace(bp_[more].id, 1);
        }
      }
      attempt_early(
          fmt::format("a second one of all that was hit {}", elsewhere(player_.incident())), ids,
          together_);
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
      other.doubled.insert(hit.begin(), hit.end());
      other.notices = kEarly;
      if (is_graver(outcome_, outcome_at(other))) {
        const auto middle = hit.begin() + static_cast<std::ptrdiff_t>(hit.size() / 2);
        try_each({hit.begin(), middle});
        try_each({middle, hit.end()});
      }
      return;
    }
    for (const ComponentId id : hit) {
      Staging other = staging_;
      other.doubled.insert(id);
      Additions ids;
      std::vector<std::string> names;
      for (const ComponentId more : company_.of(id)) {
        if (ids.emplace(bp_[more].id, 1).second) {
          names.push_back(bp_[more].name);
        }
      }
      attempt_early(fmt::format("a second {} {}, switched to by what does not rest on it",
                                base::join_words(names, 4), elsewhere(player_.incident())),
                    ids, other);
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

  [[nodiscard]] ReplayOutcome outcome_at(const Staging& staging) const {
    return ending_of(bp_, player_, staging).outcome;
  }

  /// Switches of the input that say nothing of when they act: what they lead to may lose less than half.
  void try_noticing() {
    std::set<std::string> names;
    for (const blueprint::Need& need : bp_.needs()) {
      if (need.via.exists() && need.any_of.size() > 1 && !need.switching.notices.is_known()) {
        names.insert(bp_[need.from].name);
      }
    }
    if (!names.empty()) {
      Staging other = staging_;
      other.switches_notice = kEarly;
      attempt(fmt::format("switching of {} once {:.0f} % is lost (notices: {:.0f}%)",
                          base::join_words(std::vector(names.begin(), names.end())), 100 * kEarly,
                          100 * kEarly),
              {}, other);
    }
  }

  /// Replicas of what is full in what is left: twice as many until all are carried, then as few of each
  /// as still do so, within a tenth.
  void try_more() {
    std::map<ComponentId, std::int64_t> more;
    const auto staged = [&] {
      Staging other = staging_;
      other.more = more;
      return other;
    };
    Ending now = ending_;
    std::vector<FullPart> full = now.played.full;
    for (int doublings = 0; !now.outcome.by_load.empty(); ++doublings) {
      constexpr int kMostDoublings = 12;
      // At the likely end none may be full any more, where at the worse one they still are.
      full = now.played.full.empty() ? full : now.played.full;
      if (!grow(full, more) || doublings >= kMostDoublings) {
        return;
      }
      now = ending_of(bp_, player_, staged());
    }
    if (more.empty()) {
      return;
    }
    ReplayOutcome after = now.outcome;
    for (auto& [id, replicas] : more) {
      std::int64_t too_few = replicas > 1 ? replicas / 4 : 0;
      while (replicas - too_few > std::max<std::int64_t>(1, replicas / 10)) {
        const std::int64_t enough = replicas;
        replicas = (too_few + enough) / 2;
        ReplayOutcome fewer = outcome_at(staged());
        if (fewer.by_load.empty()) {
          after = std::move(fewer);
        } else {
          too_few = replicas;
          replicas = enough;
        }
      }
    }
    tell_more(more, after);
  }

  /// Replicas where it does not happen, of all that has too few left there to carry the load.
  void try_enough_left(const std::vector<ComponentId>& hit) {
    Staging other = staging_;
    for (const ComponentId id : hit) {
      std::set<std::size_t> struck;
      for (const std::size_t at : player_.struck_at(id)) {
        struck.insert(player_.struck()[at].replica);
      }
      const blueprint::Component& c = bp_[id];
      const std::size_t left = c.replicas.size() - struck.size();
      const std::size_t needed = failure::Reading().replicas_needed(c);
      if (c.redundancy == blueprint::Redundancy::active_active && left > 0 && left < needed) {
        other.more[id] = static_cast<std::int64_t>(needed - left);
      }
    }
    if (!other.more.empty()) {
      tell_more(other.more, outcome_at(other));
    }
  }

  /// out  some of them can be more: each carries a part of the requests
  bool grow(const std::vector<FullPart>& full, std::map<ComponentId, std::int64_t>& more) const {
    bool has_grown = false;
    for (const FullPart& part : full) {
      const bool shares_work = part.component.exists() && bp_[part.component].redundancy ==
                                                              blueprint::Redundancy::active_active;
      if (shares_work) {
        const auto stands = static_cast<std::int64_t>(bp_[part.component].replicas.size());
        std::int64_t& added = more[part.component];
        added += stands + added;
        has_grown = true;
      }
    }
    return has_grown;
  }

  void tell_more(const std::map<ComponentId, std::int64_t>& more, const ReplayOutcome& after) {
    Additions adds;
    std::string what;
    for (const auto& [id, replicas] : more) {
      const auto stands = std::max<std::size_t>(1, bp_[id].replicas.size());
      adds.emplace(bp_[id].id, static_cast<double>(replicas) / static_cast<double>(stands));
      what += what.empty() ? fmt::format("{} replicas more of {}", replicas, bp_[id].name)
                           : fmt::format(" and {} of {}", replicas, bp_[id].name);
    }
    tell(what + " in what is left", adds, after);
  }

  /// A switch notices what half of the requests lose, unless it is told to act before: that is told
  /// where it is better.
  void attempt_early(const std::string& what, const Additions& adds, Staging other) {
    const ReplayOutcome usual = outcome_at(other);
    if (is_harmed(usual)) {
      other.notices = kEarly;
      const ReplayOutcome early = outcome_at(other);
      if (is_graver(usual, early)) {
        tell(what + fmt::format(" once {:.0f} % is lost (notices: {:.0f}%)", 100 * kEarly,
                                100 * kEarly),
             adds, early);
        return;
      }
    }
    tell(what, adds, usual);
  }

  void attempt(std::string what, const Additions& adds, const Staging& other) {
    tell(std::move(what), adds, outcome_at(other));
  }

  void tell(std::string what, const Additions& adds, const ReplayOutcome& after) {
    if (!is_graver(outcome_, after)) {
      return;
    }
    std::vector<std::string> components;
    for (const auto& [id, times] : adds) {
      components.push_back(id);
    }
    helping_.push_back({std::move(what), std::move(components), after, adds, {}});
  }

  const Blueprint& bp_;
  const Player& player_;
  const Staging& staging_;
  const Ending& ending_;
  const ReplayOutcome& outcome_;
  Company company_;
  Staging together_;
  std::vector<Prevention> helping_;
};

}  // namespace

std::vector<Prevention> preventions(const Blueprint& bp, const Player& player,
                                    const Staging& staging, const Ending& ending) {
  return is_harmed(ending.outcome) ? Trials(bp, player, staging, ending).run()
                                   : std::vector<Prevention>{};
}

}  // namespace outlast::replay
