#include "pipeline/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/units.h"
#include "findings/data_lost.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using failure::Casualty;
using failure::DataLoss;
using failure::Event;
using failure::EventKind;
using failure::Impact;
using failure::Path;
using failure::PathImpact;
using findings::Verdict;

namespace {

/// Loss beyond this is more than the objective allows; both ends count as within.
bool is_over(double value, double limit) {
  return value > limit * (1 + 1e-9);
}

class Judge {
 public:
  Judge(const Blueprint& bp, const Event& event, const Impact& impact,
        const std::vector<Path>& paths)
      : bp_(bp),
        event_(event),
        impact_(impact),
        paths_(paths),
        objective_(blueprint::objective_of(bp.objectives(), event.fault_class)) {}

  Judgement judge() {
    for (const PathImpact& path : impact_.paths) {
      look_at(path);
    }
    add_data();
    if (impact_.paths.empty() || !is_felt()) {
      out_.verdict = Verdict::not_exposed;
      return out_;
    }
    out_.verdict = verdict();
    const bool fails_by_data = out_.verdict == Verdict::no && !fails_ && !out_.stops_a_path;
    out_.because = fails_by_data ? what_is_lost() : reasons(bp_, event_, impact_);
    return out_;
  }

 private:
  void look_at(const PathImpact& path) {
    const double median = path.down_median_s;
    const bool is_down = path.down_p90_s > 0;
    const double share = is_down ? 1 : path.masked_share;
    const double down = is_down ? median : (path.masked_share > 0 ? path.masked_s : 0);
    const double weight = paths_[path.path].weight;
    out_.users += share * weight;
    out_.user_minutes += weight * share * down / 60;
    if (down > out_.down_s) {
      out_.down_s = down;
    }
    out_.down_p90_s = std::max(out_.down_p90_s, is_down ? path.down_p90_s : down);
    out_.stops_a_path = out_.stops_a_path || path.is_down_for_good;
    const bool is_low = bp_[paths_[path.path].journey].importance == blueprint::Importance::low;
    if (is_down && is_over(median, objective_.rto.value)) {
      (is_low ? loses_a_little_ : fails_) = true;
    }
    if (path.soft_loss_high > 0 && is_over(path.soft_s, objective_.rto.value)) {
      loses_a_little_ = true;
    }
    if (!is_down && path.masked_share >= 1 && is_over(path.masked_s, objective_.rto.value)) {
      (is_low ? loses_a_little_ : fails_) = true;
    }
  }

  /// Users feel it, or something that serves them is gone although they do not.
  [[nodiscard]] bool is_felt() const {
    return out_.users > 0 || !impact_.casualties.empty() || !impact_.bystanders.empty();
  }

  /// The worst of what stores lose, and those that lose as much.
  void add_data() {
    for (const Casualty& casualty : impact_.casualties) {
      findings::add(out_.data, casualty.data, bp_[casualty.component].id);
    }
  }

  /// The stores that make the verdict: those of which nothing is left, else those that lose some.
  [[nodiscard]] std::vector<std::string> what_is_lost() const {
    std::vector<std::string> lost;
    for (const Casualty& casualty : impact_.casualties) {
      if (casualty.data.kind == out_.data.kind) {
        const std::string& name = bp_[casualty.component].name;
        lost.push_back(out_.data.kind == DataLoss::Kind::all
                           ? "no copy of " + name + " is left"
                           : name + " loses what was written last");
      }
    }
    return lost;
  }

  [[nodiscard]] bool may(std::string_view action) const {
    const auto& may = bp_.operators().may;
    return std::find(may.begin(), may.end(), action) != may.end();
  }

  [[nodiscard]] bool needs_undeclared_people() const {
    return std::any_of(
        impact_.casualties.begin(), impact_.casualties.end(),
        [&](const Casualty& c) { return c.needs_people && c.is_down_for_good && !may(c.action); });
  }

  [[nodiscard]] bool loses_capacity() const {
    return std::any_of(impact_.casualties.begin(), impact_.casualties.end(),
                       [&](const Casualty& c) {
                         return c.lost_capacity > 0 && is_over(c.lost_for_s, objective_.rto.value);
                       });
  }

  [[nodiscard]] Verdict verdict() const {
    const bool loses_data =
        out_.data.kind == DataLoss::Kind::all || (out_.data.kind == DataLoss::Kind::seconds &&
                                                  is_over(out_.data.seconds, objective_.rpo.value));
    // A copy that no input tells of would bring it back, and how soon is not known either.
    if (event_.kind == EventKind::data_deleted && out_.data.kind == DataLoss::Kind::unknown) {
      return Verdict::unknown;
    }
    if (fails_ || loses_data || (out_.stops_a_path && needs_undeclared_people())) {
      return Verdict::no;
    }
    if (out_.data.kind == DataLoss::Kind::unknown) {
      return Verdict::unknown;
    }
    return loses_a_little_ || loses_capacity() ? Verdict::degraded : Verdict::yes;
  }

  const Blueprint& bp_;
  const Event& event_;
  const Impact& impact_;
  const std::vector<Path>& paths_;
  blueprint::RecoveryObjective objective_;
  Judgement out_;
  bool fails_ = false;
  bool loses_a_little_ = false;
};

/// Why the loss of this one by this event stops users.
std::string reason_down(const Blueprint& bp, const Event& event, const Casualty& casualty) {
  const Component& c = bp[casualty.component];
  const std::size_t count = c.replicas.size();
  switch (event.kind) {
    case EventKind::instance:
    case EventKind::shared_hardware:
      return count == 1 ? c.name + " is one instance"
                        : fmt::format("{} needs {} of {}", c.name, c.at_least, count);
    case EventKind::zone_outage:
    case EventKind::zone_destroyed:
      return count == 1 ? c.name + " is in that zone alone"
             : casualty.replicas_lost == count
                 ? fmt::format("all {} {} are in that zone", count, c.name)
                 : fmt::format("{} needs {} of {}", c.name, c.at_least, count);
    case EventKind::region_outage:
    case EventKind::region_destroyed:
      return c.name + " is in that region only";
    case EventKind::provider_outage:
    case EventKind::account_lost:
      return c.name + " is there only";
    case EventKind::service:
      return c.name + " runs on it";
    case EventKind::name_service:
      return "users find " + c.name + " by it";
    case EventKind::third_party:
      return c.name + " is needed";
    case EventKind::release:
    case EventKind::config_push:
      return c.name + " gets it";
    case EventKind::data_deleted:
      return casualty.data.kind == DataLoss::Kind::all ? "no copy of " + c.name + " is left"
             : casualty.data.kind == DataLoss::Kind::unknown
                 ? "no input tells of a copy of " + c.name
                 : c.name + " is restored from a copy";
  }
  return c.name;
}

/// How what is left of this one carries on; empty where there is nothing to say.
std::string reason_carried(const Blueprint& bp, const Casualty& casualty) {
  const Component& c = bp[casualty.component];
  const std::size_t count = c.replicas.size();
  if (casualty.is_down && casualty.lost_capacity >= 1) {
    return c.name + " is lost, others like it carry on";
  }
  if (casualty.replicas_lost == 0 || casualty.replicas_lost >= count) {
    return "";
  }
  return c.redundancy == blueprint::Redundancy::primary_standby
             ? c.name + " fails over"
             : fmt::format("{} of {} {} left", count - casualty.replicas_lost, count, c.name);
}

}  // namespace

std::vector<std::string> reasons(const Blueprint& bp, const Event& event, const Impact& impact) {
  std::vector<std::string> down;
  std::vector<std::string> carried;
  std::vector<std::string> softly;
  bool people = false;
  // A machine that fails is the reason, and not what lies on it, where users are seen to need it.
  const bool is_machines = std::any_of(
      impact.casualties.begin(), impact.casualties.end(), [&](const Casualty& casualty) {
        return event.kind == EventKind::instance && casualty.component == event.component &&
               casualty.is_root && casualty.stops_users;
      });
  for (const Casualty& casualty : impact.casualties) {
    if (is_machines && casualty.component != event.component) {
      continue;
    }
    if (casualty.is_root && casualty.stops_users) {
      down.push_back(reason_down(bp, event, casualty));
      const bool may_be_restored =
          event.kind == EventKind::data_deleted && casualty.data.kind == DataLoss::Kind::unknown;
      people = people || (casualty.needs_people && casualty.is_down_for_good && !may_be_restored);
    } else if (casualty.is_root && casualty.lost_capacity < 1) {
      softly.push_back(bp[casualty.component].name + " is lost");
    } else if (std::string reason = reason_carried(bp, casualty); !reason.empty()) {
      carried.push_back(std::move(reason));
    }
  }
  if (down.size() > 1) {
    if (event.kind == EventKind::region_outage || event.kind == EventKind::region_destroyed) {
      return {"everything is in " + event.what};
    }
    if (event.kind == EventKind::provider_outage || event.kind == EventKind::account_lost) {
      return {"everything is at " + event.what};
    }
  }
  const bool stops = std::any_of(impact.paths.begin(), impact.paths.end(),
                                 [](const auto& path) { return path.is_down_for_good; });
  if (!stops) {
    return carried.empty() ? softly : carried;
  }
  if (people) {
    down.insert(down.begin(), "nothing brings it back but people");
  }
  return down;
}

Judgement judge(const Blueprint& bp, const Event& event, const Impact& impact,
                const std::vector<Path>& paths) {
  return Judge(bp, event, impact, paths).judge();
}

}  // namespace outlast::pipeline
