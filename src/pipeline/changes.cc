// Bad releases and configurations: who gets them, and what they do before they are stopped.
//
// Everything that runs what users came for gets releases; what is known to take a configuration of
// its own (names, edges, what a blueprint says so of) gets those. What shares an artifact or a
// channel (`fate: {release: …}`) gets it as one. As an event a change stands for “it has reached
// everyone”; what it does before is the rollout's, and is laid over the judgement of the whole.

#include "pipeline/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "clock/load_model.h"
#include "pipeline/change_plans.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Rollout;
using clock::load_model_of;
using clock::LoadModel;
using clock::Strain;
using engines::rollout::Outcome;
using engines::rollout::Reach;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using findings::Verdict;

namespace {

bool is_said(const Rollout& rollout) {
  return !rollout.strategy.is_unset() || !rollout.steps.empty() || !rollout.every.is_unset();
}

const Rollout& rollout_of(const Component& c, EventKind kind) {
  return kind == EventKind::release ? c.rollout : c.configuration;
}

bool gets(const Component& c, EventKind kind) {
  const bool is_ours = c.kind != blueprint::Kind::external;
  return is_said(rollout_of(c, kind)) || (is_ours && c.is_workload);
}

class ChangeLister {
 public:
  ChangeLister(const Blueprint& bp, const catalog::Catalog& catalog,
               base::IdVector<EventId, Event>& events)
      : bp_(bp), catalog_(catalog), figures_(catalog), events_(events), ways_(figures_.ways()) {}

  RolledOuts list() {
    for (const EventKind kind : {EventKind::release, EventKind::config_push}) {
      list(kind, kind == EventKind::release ? FateKind::release : FateKind::config_channel);
    }
    return std::move(out_);
  }

 private:
  void list(EventKind kind, FateKind shared) {
    std::map<FateGroupId, std::vector<ComponentId>> groups;
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      const auto of = groups_of(bp_[id], shared);
      for (const FateGroupId group : of) {
        groups[group].push_back(id);
      }
      if (of.empty() && gets(bp_[id], kind)) {
        Event event;
        event.component = id;
        event.what = bp_[id].name;
        add(kind, std::move(event), {id});
      }
    }
    for (const auto& [group, members] : groups) {
      Event event;
      event.group = group;
      event.what = bp_[group].title.empty() ? bp_[group].name : bp_[group].title;
      add(kind, std::move(event), members);
    }
  }

  [[nodiscard]] std::set<FateGroupId> groups_of(const Component& c, FateKind kind) const {
    std::set<FateGroupId> groups;
    const auto take = [&](const std::vector<FateGroupId>& all) {
      std::copy_if(all.begin(), all.end(), std::inserter(groups, groups.end()),
                   [&](const FateGroupId id) { return bp_[id].kind == kind; });
    };
    take(c.fate_groups);
    for (const auto& replica : c.replicas) {
      take(replica.fate_groups);
    }
    return groups;
  }

  void add(EventKind kind, Event event, const std::vector<ComponentId>& members) {
    const auto said = std::find_if(members.begin(), members.end(), [&](const ComponentId id) {
      return is_said(rollout_of(bp_[id], kind));
    });
    const ComponentId first = said == members.end() ? members.front() : *said;
    const Rollout& rollout = rollout_of(bp_[first], kind);
    RolledOut change;
    change.change = described(rollout, event.what, kind);
    const auto load = rollout.watched.value_or(false) ? requests_at(first) : std::nullopt;
    change.change.unknown = open_points(rollout, load.has_value());
    change.reaches = reaches_of(rollout, load);
    const Reaches& reaches = out_.reaches[change.reaches];
    tell(reaches.best, change.change.best);
    tell(reaches.worst, change.change.worst);
    event.kind = kind;
    event.fault_class = blueprint::FaultClass::software;
    take_rate(rollout, kind, reaches.worst, change, event);
    change.event = events_.push_back(std::move(event));
    out_.all.push_back(std::move(change));
  }

  static findings::Change described(const Rollout& rollout, const std::string& what,
                                    EventKind kind) {
    findings::Change change;
    change.what = what;
    change.is_release = kind == EventKind::release;
    change.strategy = rollout.strategy.value_or("");
    for (const auto step : rollout.steps) {
      change.steps.push_back(step.value);
    }
    change.is_watched = rollout.watched.value_or(false);
    return change;
  }

  static void tell(const ReachSummary& reach, findings::ChangeReach& out) {
    out = {reach.reached, reach.everyone, reach.harm_s};
  }

  /// out  index of the reaches of a rollout: many things are rolled out alike
  std::size_t reaches_of(const Rollout& rollout, std::optional<double> load) {
    using engines::rollout::reach_of;
    const std::pair plans{figures_.plan(rollout, load, ChangeEnd::best),
                          figures_.plan(rollout, load, ChangeEnd::worst)};
    const auto [known, is_new] = known_.emplace(plans, out_.reaches.size());
    if (is_new) {
      out_.reaches.push_back({ReachSummary(reach_of(plans.first, ways_)),
                              ReachSummary(reach_of(plans.second, ways_))});
    }
    return known->second;
  }

  /// Requests a second that users bring to a component; absent where no load is stated.
  std::optional<double> requests_at(ComponentId id) {
    const auto& users = bp_.objectives().users;
    if (!users.now.is_known()) {
      return std::nullopt;
    }
    if (!load_) {
      load_ = load_model_of(bp_, catalog_, Strain::likely);
    }
    const auto part = std::find_if(load_->parts.begin(), load_->parts.end(),
                                   [&](const LoadModel::Part& p) { return p.component == id; });
    const double visits = part == load_->parts.end() ? 0 : part->visits;
    return *users.now * load_->requests_per_user_s * visits;
  }

  /// The rate and length of “everyone is reached”, in time of all requests failing.
  void take_rate(const Rollout& rollout, EventKind kind, const ReachSummary& worst,
                 RolledOut& change, Event& event) const {
    event.duration = worst.failing > 0
                         ? base::Duration::exponential({worst.lasts_s / worst.failing})
                         : base::Duration::fixed({0});
    if (!rollout.every.is_known() || rollout.every->value <= 0) {
      return;
    }
    const double bad = rollout.bad.is_known() ? rollout.bad->value : figures_.bad_share(kind);
    change.change.bad_per_year = bad * base::kSecondsPerYear / rollout.every->value;
    event.per_year = *change.change.bad_per_year * worst.failing;
    event.source = "how often it is changed: stated by the blueprint";
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  ChangeFigures figures_;
  base::IdVector<EventId, Event>& events_;
  std::vector<engines::rollout::Badness> ways_;
  std::map<std::pair<engines::rollout::Plan, engines::rollout::Plan>, std::size_t> known_;
  std::optional<LoadModel> load_;
  RolledOuts out_;
};

/// Why it ends as it does, in words.
std::string reason(const findings::Change& change, const ReachSummary& reach) {
  if (change.strategy == "all_at_once") {
    return change.what + ": everyone at once";
  }
  const std::string how = change.strategy == "blue_green" ? "blue-green" : change.strategy;
  const std::string first =
      change.steps.empty() ? "" : " from " + base::format_percent(change.steps.front());
  const std::string stops =
      !change.is_watched ? "nothing stops a step that fails requests"
      : reach.everyone >= 0.995
          ? "its steps see too few requests"
          : fmt::format("{} of the bad ones reach everyone", base::format_percent(reach.everyone));
  return fmt::format("{}: {}{}, {}", change.what, how, first, stops);
}

Judgement judged(const Judgement& whole, const ReachSummary& reach, double rto_s) {
  Judgement out = whole;
  if (whole.verdict == Verdict::not_exposed || whole.users <= 0) {
    return out;
  }
  out.down_s = reach.down_s;
  out.down_p90_s = reach.down_p90_s;
  out.users = whole.users * reach.median.reached;
  out.user_minutes = whole.users * reach.harm_s / 60;
  out.data = {};
  out.verdict = reach.down_s <= rto_s                ? Verdict::yes
                : whole.verdict == Verdict::degraded ? Verdict::degraded
                                                     : Verdict::no;
  return out;
}

}  // namespace

ReachSummary::ReachSummary(const Reach& reach)
    : everyone(reach.everyone),
      harm_s(reach.harm_s),
      reached(reach.reached),
      median(reach.at(0.5)),
      down_s(reach.down_s_at(0.5)),
      down_p90_s(reach.down_s_at(0.9)) {
  for (const Outcome& outcome : reach.outcomes) {
    if (outcome.reached >= 1) {
      failing += outcome.probability * outcome.hit;
      lasts_s += outcome.probability * outcome.hit * outcome.down_s;
    }
  }
}

RolledOuts add_changes(const Blueprint& bp, const catalog::Catalog& catalog,
                       base::IdVector<EventId, Event>& events) {
  return ChangeLister(bp, catalog, events).list();
}

void judge_changes(const Blueprint& bp, RolledOuts changes, Cases& cases) {
  const double rto_s =
      blueprint::objective_of(bp.objectives(), blueprint::FaultClass::software).rto.value;
  for (RolledOut& rolled : changes.all) {
    const EventId id = rolled.event;
    const Reaches& reaches = changes.reaches[rolled.reaches];
    const Judgement whole = cases.judgements[id];
    const auto ends = cases.ends.find(id);
    const Judgement& most = ends == cases.ends.end() ? whole : ends->second.first;
    const Judgement& least = ends == cases.ends.end() ? whole : ends->second.second;
    const Judgement worst = judged(most, reaches.worst, rto_s);
    const Judgement best = judged(least, reaches.best, rto_s);
    Judgement& evident = cases.judgements[id];
    evident = judged(whole, reaches.worst, rto_s);
    if (evident.verdict != Verdict::not_exposed && whole.users > 0) {
      const auto& open = rolled.change.unknown;
      evident.because = {
          open.empty() || worst.verdict == best.verdict
              ? reason(rolled.change, reaches.worst)
              : fmt::format("it is not known how {} reaches {}: {}",
                            rolled.change.is_release ? "a release" : "a configuration",
                            rolled.change.what, base::join_words(open, 2))};
    }
    rolled.change.users = std::min(1.0, whole.users);
    if (rolled.change.bad_per_year && std::isfinite(evident.user_minutes)) {
      rolled.change.minutes_per_year = *rolled.change.bad_per_year * evident.user_minutes;
    }
    cases.ends.insert_or_assign(id, std::pair(worst, best));
    cases.changes.emplace(id, std::move(rolled.change));
  }
}

}  // namespace outlast::pipeline
