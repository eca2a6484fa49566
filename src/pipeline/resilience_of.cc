#include "pipeline/resilience_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/as_printed.h"
#include "pipeline/cuts.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Strength;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::Path;
using findings::FaultSet;
using findings::PlannedWork;

namespace {

constexpr std::size_t kMostShown = 20;
constexpr std::size_t kMostVendors = 3;

std::string words_of(const Event& event) {
  return fmt::format("{} {}", event.what, failure::verb_of(event.kind));
}

/// Each once, in the order of paths.
std::vector<std::string> journeys_of(const Blueprint& bp, const std::vector<Path>& paths,
                                     const Cut& cut) {
  std::vector<std::string> names;
  std::vector<bool> is_told(bp.journeys().size(), false);
  for (const std::size_t path : cut.paths) {
    const blueprint::JourneyId journey = paths[path].journey;
    if (!is_told[journey.index]) {
      is_told[journey.index] = true;
      names.push_back(bp[journey].name);
    }
  }
  return names;
}

/// What counts in a year; one work at its usual length is told by the median.
double mean_s(const catalog::Figure& work) {
  return catalog::duration_of(work).mean_s();
}

class FaultSetFinder {
 public:
  FaultSetFinder(const Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
                 const std::vector<Path>& paths)
      : bp_(bp), catalog_(catalog), cases_(cases), paths_(paths) {}

  /// in  size  of the sets that are told: one event or two
  findings::FaultSets find(const Cuts& cuts, std::size_t size) {
    for (const Cut& cut : cuts.all) {
      if (cut.events.size() != size) {
        continue;
      }
      add(cut, fault_of(cut));
      if (size == 2) {
        add_while_patched(cut, 0);
        add_while_patched(cut, 1);
      }
    }
    for (Found& found : found_) {
      found.user_time = base::as_printed(found.fault.users * found.fault.share_of_time);
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return a.user_time != b.user_time ? a.user_time > b.user_time
                                        : a.fault.events < b.fault.events;
    });
    findings::FaultSets out;
    out.count = found_.size();
    out.is_complete = cuts.is_complete;
    for (const auto& [fault, cut, user_time] : found_) {
      out.minutes +=
          fault.is_planned ? 0 : fault.users * fault.share_of_time * base::kMinutesPerYear;
    }
    found_.resize(std::min(found_.size(), kMostShown));
    for (auto& [fault, cut, user_time] : found_) {
      fault.journeys = journeys_of(bp_, paths_, *cut);
      out.worst.push_back(std::move(fault));
    }
    return out;
  }

 private:
  struct Found {
    FaultSet fault;  ///< without its journeys: those are told of the worst alone
    const Cut* cut;
    double user_time = 0;  ///< share of all, as it is told
  };

  [[nodiscard]] FaultSet fault_of(const Cut& cut) const {
    FaultSet fault;
    for (const EventId id : cut.events) {
      fault.events.push_back(words_of(cases_.events[id]));
    }
    fault.users = std::min(1.0, cut.users);
    fault.share_of_time = cut.share_of_time;
    fault.every_years = cut.per_year > 0 ? 1 / cut.per_year : 0;
    if (cut.events.size() == 1) {  // a shock hits one service in one cut, another in the next
      fault.every_years = 1 / cases_.events[cut.events.front()].per_year;
    }
    return fault;
  }

  /// The same pair, with one replica out because it is being worked on.
  void add_while_patched(const Cut& cut, std::size_t patched) {
    const Event& replica = cases_.events[cut.events[patched]];
    const Event& other = cases_.events[cut.events[1 - patched]];
    if (replica.kind != EventKind::instance || other.kind == EventKind::instance) {
      return;
    }
    const auto* patch = patch_of(catalog_, bp_[replica.component]);
    const double lasting = lasting_share(cases_, cut.events[patched]);
    if (patch == nullptr || lasting <= 0) {
      return;
    }
    FaultSet fault = fault_of(cut);
    fault.is_planned = true;
    fault.events[patched] = patched_words(replica);
    const double other_share = cut.share_of_time / lasting;
    fault.share_of_time = other_share * patched_share(*patch);
    const double other_s = other_share * base::kSecondsPerYear / other.per_year;
    const double begins =
        fault.share_of_time * (1 / mean_s(*patch) + 1 / other_s) * base::kSecondsPerYear;
    fault.every_years = begins > 0 ? 1 / begins : 0;
    add(cut, std::move(fault));
  }

  /// Sets of replicas of the same components are alike: the first stands for all.
  void add(const Cut& cut, FaultSet fault) {
    std::vector<Struck> key;
    for (const EventId id : cut.events) {
      const Event& event = cases_.events[id];
      key.emplace_back(event.kind, event.component, event.group);
    }
    const auto [at, is_new] = first_.try_emplace({fault.is_planned, std::move(key)}, found_.size());
    if (is_new) {
      found_.push_back({std::move(fault), &cut});
      return;
    }
    FaultSet& known = found_[at->second].fault;
    ++known.alike;
    known.share_of_time += fault.share_of_time;
    if (known.every_years > 0 && fault.every_years > 0) {
      known.every_years = 1 / (1 / known.every_years + 1 / fault.every_years);
    }
  }

  using Struck = std::tuple<EventKind, ComponentId, blueprint::FateGroupId>;
  using Key = std::pair<bool, std::vector<Struck>>;
  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Cases& cases_;
  const std::vector<Path>& paths_;
  std::vector<Found> found_;
  std::map<Key, std::size_t> first_;
};

/// Only vendors fail: each as a whole, with all of its services.
std::vector<findings::VendorSets> vendor_sets(const Blueprint& bp, const catalog::Catalog& catalog,
                                              const failure::Dependence& dependence,
                                              const Cases& cases, const std::vector<Path>& paths) {
  auto events = cases.events;
  for (Event& event : events) {
    const bool is_vendor =
        event.kind == EventKind::provider_outage || event.kind == EventKind::third_party;
    event.per_year = is_vendor ? 1 : -1;
  }
  const failure::Structure structure(bp, catalog, dependence, events, cases.impacts, paths, {});
  const Cuts cuts = minimal_cuts(structure, paths, kMostVendors);
  std::vector<findings::VendorSets> out;
  for (const auto& journey : bp.journeys()) {
    out.push_back({journey.name, {}});
  }
  std::vector<std::size_t> smallest(out.size(), kMostVendors + 1);
  for (const Cut& cut : cuts.all) {
    std::vector<std::string> vendors;
    for (const EventId id : cut.events) {
      const Event& event = events[id];
      vendors.push_back(event.component.exists() ? bp[event.component].id : event.what);
    }
    std::set<std::size_t> journeys;
    for (const std::size_t path : cut.paths) {
      journeys.insert(paths[path].journey.index);
    }
    for (const std::size_t journey : journeys) {
      if (vendors.size() < smallest[journey]) {
        smallest[journey] = vendors.size();
        out[journey].sets.clear();
      }
      if (vendors.size() == smallest[journey]) {
        out[journey].sets.push_back(vendors);
      }
    }
  }
  for (auto& journey : out) {
    std::sort(journey.sets.begin(), journey.sets.end());
  }
  return out;
}

/// What is needed to come back, to change or to see, and not to run.
bool is_for_recovery(Strength strength) {
  return strength == Strength::startup || strength == Strength::refresh ||
         strength == Strength::control || strength == Strength::observe;
}

std::string vendor_of(const Component& c) {
  return c.kind == blueprint::Kind::external || c.provider.empty() ? c.id : c.provider;
}

std::vector<findings::RecoveryNeed> recovery_needs(const Blueprint& bp) {
  std::map<std::tuple<std::string, ComponentId, Strength>, std::set<ComponentId>> needed_by;
  for (const blueprint::Need& need : bp.needs()) {
    if (!is_for_recovery(need.strength) || need.confidence == blueprint::Confidence::inferred) {
      continue;
    }
    for (const ComponentId target : need.any_of) {
      needed_by[{vendor_of(bp[target]), target, need.strength}].insert(need.from);
    }
  }
  std::vector<findings::RecoveryNeed> out;
  for (const auto& [key, from] : needed_by) {
    const auto& [vendor, target, strength] = key;
    findings::RecoveryNeed need{vendor, bp[target].id, strength, {}};
    for (const ComponentId id : from) {
      need.needed_by.push_back(bp[id].id);
    }
    out.push_back(std::move(need));
  }
  return out;
}

/// The cases, found by the component that they strike.
class Strikes {
 public:
  Strikes(const Cases& cases, std::size_t components)
      : cases_(cases), instance_(components), emptied_(components) {
    for (const EventId event : base::ids<EventId>(cases.events.size())) {
      const Event& about = cases.events[event];
      if (!about.component.exists()) {
        continue;
      }
      if (about.kind == EventKind::instance && !instance_[about.component.index].exists()) {
        instance_[about.component.index] = event;  // replicas are alike
      } else if (about.kind == EventKind::data_deleted) {
        emptied_[about.component.index].push_back(event);
      }
    }
  }

  /// Share of all users that the loss of one replica of a component leaves unserved.
  double users_without_one(const std::vector<Path>& paths, ComponentId id, double& switch_s) const {
    const EventId event = instance_[id.index];
    double users = 0;
    if (!event.exists()) {
      return users;
    }
    for (const auto& impact : cases_.impacts[event].paths) {
      users += impact.is_down_for_good ? paths[impact.path].weight : 0;
      switch_s = std::max(switch_s, impact.is_down_for_good ? 0 : impact.down_mean_s);
    }
    return std::min(1.0, users);
  }

  /// Share of all users that the loss of all of a store leaves unserved.
  [[nodiscard]] double users_without_all(const std::vector<Path>& paths, ComponentId id) const {
    double users = 0;
    for (const EventId event : emptied_[id.index]) {
      for (const auto& impact : cases_.impacts[event].paths) {
        const bool is_out = impact.is_down_for_good || impact.down_mean_s > 0;
        users += is_out ? paths[impact.path].weight : 0;
      }
    }
    return std::min(1.0, users);
  }

 private:
  const Cases& cases_;
  std::vector<EventId> instance_;              ///< by component
  std::vector<std::vector<EventId>> emptied_;  ///< by component
};

/// What the provider does by itself within a year of `as_of`, ready or not.
std::optional<PlannedWork> forced_upgrade(const Blueprint& bp, ComponentId id,
                                          const catalog::Catalog& catalog, const Strikes& strikes,
                                          const std::vector<Path>& paths, base::Date as_of) {
  const Component& c = bp[id];
  const auto* type = catalog.type_of(c);
  const auto* upgrade = type == nullptr ? nullptr : catalog.figure(*type, "upgrade");
  const auto due = std::find_if(c.lifetimes.begin(), c.lifetimes.end(), [&](const auto& lifetime) {
    return lifetime.forced && *lifetime.forced >= as_of &&
           *lifetime.forced <= base::a_year_after(as_of);
  });
  if (upgrade == nullptr || due == c.lifetimes.end()) {
    return std::nullopt;
  }
  PlannedWork work;
  work.component = c.id;
  work.service_model = c.service_model;
  work.on = due->forced;
  work.per_year = 1;
  work.lasts_s = upgrade->median_s;
  work.downtime_minutes_per_year = mean_s(*upgrade) * strikes.users_without_all(paths, id) / 60;
  work.source = catalog::cite(upgrade->citation);
  return work;
}

std::vector<PlannedWork> planned_work(const Blueprint& bp, const catalog::Catalog& catalog,
                                      const Cases& cases, const std::vector<Path>& paths,
                                      base::Date as_of) {
  const Strikes strikes(cases, bp.components().size());
  std::vector<PlannedWork> out;
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Component& c = bp[id];
    if (auto work = forced_upgrade(bp, id, catalog, strikes, paths, as_of)) {
      out.push_back(std::move(*work));
    }
    const auto* patch = patch_of(catalog, c);
    if (patch == nullptr) {
      continue;
    }
    PlannedWork work;
    work.component = c.id;
    work.service_model = c.service_model;
    work.per_year = 1 / patch->every_years;
    work.lasts_s = patch->median_s;
    work.source = catalog::cite(patch->citation);
    double switch_s = 0;
    const double users = strikes.users_without_one(paths, id, switch_s);
    const auto replicas = static_cast<double>(c.replicas.size());
    const double one_s = users > 0 ? mean_s(*patch) * replicas : switch_s;
    const double weight = users > 0 ? users : switch_s > 0 ? 1 : 0;
    work.downtime_minutes_per_year = work.per_year * one_s * weight / 60;
    out.push_back(std::move(work));
  }
  std::stable_sort(out.begin(), out.end(), [](const PlannedWork& a, const PlannedWork& b) {
    return a.downtime_minutes_per_year > b.downtime_minutes_per_year;
  });
  return out;
}

}  // namespace

double lasting_share(const Cases& cases, EventId event) {
  double longest = 0;
  for (const auto& [component, seconds] : cases.impacts[event].mean_out_s) {
    longest = std::max(longest, std::min(seconds, failure::kRestOfYear_s));
  }
  const double mttf_s = base::kSecondsPerYear / cases.events[event].per_year;
  return longest / (mttf_s + longest);
}

double patched_share(const catalog::Figure& patch) {
  return mean_s(patch) / (patch.every_years * base::kSecondsPerYear);
}

std::string patched_words(const Event& replica) {
  return replica.what + " is being patched";
}

const catalog::Figure* patch_of(const catalog::Catalog& catalog, const Component& component) {
  const auto* type = catalog.type_of(component);
  const auto* patch = type == nullptr ? nullptr : catalog.figure(*type, "patch");
  return patch != nullptr && patch->every_years > 0 ? patch : nullptr;
}

findings::Resilience resilience_of(const Blueprint& bp, const catalog::Catalog& catalog,
                                   const failure::Dependence& dependence, const Cases& cases,
                                   const std::vector<Path>& paths, base::Date as_of) {
  findings::Resilience out;
  const failure::Structure structure(bp, catalog, dependence, cases.events, cases.impacts, paths,
                                     {});
  const Cuts cuts = minimal_cuts(structure, paths, 2);
  out.single_faults = FaultSetFinder(bp, catalog, cases, paths).find(cuts, 1);
  out.double_faults = FaultSetFinder(bp, catalog, cases, paths).find(cuts, 2);
  out.vendor_sets = vendor_sets(bp, catalog, dependence, cases, paths);
  out.recovery_needs = recovery_needs(bp);
  out.planned = planned_work(bp, catalog, cases, paths, as_of);
  return out;
}

}  // namespace outlast::pipeline
