// From the faults of a scenario to what they hit.
//
// Problem. "The zone us-east-1a is down for ten minutes" must become replicas that are gone, each
// until it is back in its own way: waited for, started elsewhere, restored by people.
//
// Method. A match picks components and, by a zone, a number or a share, replicas of them. What kills
// is an event as `failure` knows it, with the length that the scenario states or else the catalog's;
// so a scenario's fault comes back as the survival table has it. What slows, cuts, freezes or turns
// away is kept as what it is, for the engine.

#include "clock/damage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "clock/fail_open.h"
#include "clock/kinds.h"
#include "clock/match.h"
#include "clock/quorum.h"
#include "clock/severed.h"
#include "failure/events.h"
#include "failure/recovery.h"
#include "failure/timed.h"
#include "replay/timeline.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Fault;
using blueprint::Match;
using blueprint::Operation;
using blueprint::Plane;
using blueprint::ScenarioFault;
using failure::Event;
using failure::EventKind;

namespace {

class DamageFinder {
 public:
  DamageFinder(const Blueprint& bp, const catalog::Catalog& catalog,
               const blueprint::Scenario& scenario, Luck luck, base::Diagnostics& diagnostics)
      : bp_(bp),
        catalog_(catalog),
        scenario_(scenario),
        luck_(luck),
        diagnostics_(diagnostics),
        recoveries_(bp, catalog, 1),
        events_(failure::list_events(bp, catalog)) {}

  Damage find() {
    for (at_ = 0; at_ < scenario_.faults.size(); ++at_) {
      const ScenarioFault& fault = scenario_.faults[at_];
      if (fault.fault == Fault::surge) {
        continue;
      }
      const auto hit = matched(bp_, fault.match, diagnostics_);
      check_operations(bp_, fault, diagnostics_);
      if (!hit.empty()) {
        const std::size_t before = felt();
        strike(fault, hit);
        if (felt() == before && fault.is_of_some() && !is_about_launching(fault)) {
          out_.unasked.push_back({hit.size() == 1 ? hit.front() : ComponentId(), at_});
        }
      }
    }
    return std::move(out_);
  }

 private:
  /// What has been hit so far.
  [[nodiscard]] std::size_t felt() const {
    return out_.wounds.size() + out_.slow.size() + out_.severed.size() + out_.frozen.size() +
           out_.aside.size();
  }

  [[nodiscard]] static bool is_about_launching(const ScenarioFault& fault) {
    return is_about(fault, Operation::launch) || is_about(fault, Operation::scale);
  }

  /// So many replicas of each are hit: somebody has as many.
  void check_replicas(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    if (!fault.replicas.is_known() || fault.fault == Fault::limit) {
      return;
    }
    std::size_t most = 0;
    for (const ComponentId id : hit) {
      most = std::max(most, replicas_within(fault, id).size());
    }
    if (static_cast<std::size_t>(*fault.replicas) > most) {
      diagnostics_.error(
          "OUT-E1814", fault.replicas.span(),
          fmt::format("{} replicas are hit, and {} has {}", *fault.replicas,
                      hit.size() == 1 ? bp_[hit.front()].name : "none of what it names", most),
          hit.size() == 1
              ? "leave `replicas` out where all of them are hit"
              : fmt::format("none has more than {}; leave `replicas` out for all", most));
    }
  }

  void strike(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    check_replicas(fault, hit);
    if (fault.plane != Plane::data) {
      for (const ComponentId id : hit) {
        out_.aside.push_back({id, at_});
      }
    }
    if (fault.plane == Plane::observe || fault.plane == Plane::human) {
      return;  // nobody is served less; recoveries that need it wait
    }
    if (fault.plane == Plane::control || is_about_launching(fault) || fault.fault == Fault::limit) {
      freeze(fault, hit);
      return;
    }
    const bool is_about_ways = fault.fault == Fault::unresolve ||
                               fault.fault == Fault::invalidate || fault.fault == Fault::cut ||
                               is_about(fault, Operation::connect_new) ||
                               is_about(fault, Operation::poll) || is_about(fault, Operation::auth);
    const bool isolates_zone =
        fault.fault == Fault::cut && fault.match.zone.is_known() && fault.from.is_empty();
    if (is_about_ways && !isolates_zone) {
      sever(bp_, {fault, at_, static_cast<std::size_t>(luck_)}, hit, out_, diagnostics_);
      part_stores(fault);
      return;
    }
    for (const ComponentId id : hit) {
      const auto replicas = replicas_of(fault, id);
      if (fault.slower.is_known()) {
        out_.slow.push_back({id, replicas, at_, *fault.slower});
      }
      if (!fault.slower.is_known() || fault.error.is_known()) {
        wound(fault, id, replicas);
      }
    }
  }

  void part_stores(const ScenarioFault& fault) {
    for (const CutStore& cut : stores_cut_by(bp_, fault)) {
      if (!cut.fenced.empty()) {
        wound(fault, cut.store, cut.fenced);
      }
      if (cut.may_split) {
        out_.split.push_back({cut.store, at_});
      }
    }
  }

  void freeze(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    Freeze freeze;
    freeze.fault = at_;
    if (fault.replicas.is_known()) {
      freeze.most = static_cast<std::size_t>(*fault.replicas);
    }
    // A limit, and a fault of launching alone, leave what is there to be promoted.
    freeze.stops_promotion =
        fault.plane == Plane::control && !fault.is_of_some() && fault.fault != Fault::limit;
    const bool is_felt = !fault.error.is_known() || fault.error->value >= replay::kDown;
    for (const ComponentId id : hit) {
      if (!is_felt || (fault.match.zone.is_known() && has_other_zone(fault, id))) {
        continue;  // who asks again, or elsewhere, gets one
      }
      freeze.component = id;
      out_.frozen.push_back(freeze);
      // A function is launched as requests come: what fails to launch is a request that fails.
      if (bp_[id].service_model == blueprint::ServiceModel::faas && fault.fault == Fault::down) {
        wound(fault, id, {});
      }
    }
  }

  [[nodiscard]] bool has_other_zone(const ScenarioFault& fault, ComponentId id) const {
    const auto& zones = bp_[id].zones;
    return zones.empty() || std::any_of(zones.begin(), zones.end(), [&](FateGroupId zone) {
             return !is_zone_called(bp_, zone, *fault.match.zone);
           });
  }

  /// Replicas of a component that a fault's match is about.
  [[nodiscard]] std::vector<std::size_t> replicas_within(const ScenarioFault& fault,
                                                         ComponentId id) const {
    std::vector<std::size_t> replicas;
    for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
      if (!fault.match.zone.is_known() ||
          is_zone_called(bp_, bp_[id].replicas[r].zone, *fault.match.zone)) {
        replicas.push_back(r);
      }
    }
    return replicas;
  }

  /// Which of them are hit; empty: all of the component, as a whole.
  [[nodiscard]] std::vector<std::size_t> replicas_of(const ScenarioFault& fault,
                                                     ComponentId id) const {
    const auto& c = bp_[id];
    std::vector<std::size_t> replicas = replicas_within(fault, id);
    const double part = fault.share.is_known() ? fault.share->value : 1;
    auto most = static_cast<std::size_t>(std::ceil(part * static_cast<double>(replicas.size())));
    if (fault.replicas.is_known()) {
      most = static_cast<std::size_t>(*fault.replicas);
    }
    const bool is_whole = !fault.match.zone.is_known() && most >= replicas.size() &&
                          !(fault.match.component.is_known() && fault.fault == Fault::down &&
                            c.kind != blueprint::Kind::external);
    replicas.resize(std::min(most, replicas.size()));
    return is_whole ? std::vector<std::size_t>{} : replicas;
  }

  /// The event that a fault is to a component, as the survival table knows it.
  Event event_of(const ScenarioFault& fault, ComponentId id,
                 const std::vector<std::size_t>& replicas) const {
    const Match& match = fault.match;
    const bool destroys = fault.fault == Fault::destroy;
    Event event;
    event.component = id;
    event.replica = replicas.empty() ? 0 : replicas.front();
    event.what = bp_[id].id;
    const FateGroupId zone = bp_[id].replicas[event.replica].zone;
    if (match.zone.is_known() || (destroys && match.component.is_known() && zone.exists())) {
      event.kind = destroys ? EventKind::zone_destroyed : EventKind::zone_outage;
      event.group = zone;
    } else if (match.component.is_known() && !destroys) {
      event.kind =
          bp_[id].kind == blueprint::Kind::external ? EventKind::third_party : EventKind::instance;
    } else if (match.region.is_known()) {
      event.kind = destroys ? EventKind::region_destroyed : EventKind::region_outage;
      event.group = failure::group_of(bp_, id, FateKind::region);
    } else if (match.provider.is_known() && !match.service.is_known()) {
      event.kind = destroys ? EventKind::account_lost : EventKind::provider_outage;
      event.group = failure::group_of(bp_, id, FateKind::provider);
    } else {
      event.kind = destroys ? EventKind::data_deleted : EventKind::service;
      event.group = failure::group_of(bp_, id, FateKind::service);
    }
    event.duration = length_of(fault, event);
    return event;
  }

  /// As long as the scenario says; else until a recovery ends it; else as the catalog has it.
  base::Duration length_of(const ScenarioFault& fault, const Event& event) const {
    if (fault.lasts.is_known()) {
      return base::Duration::fixed(*fault.lasts);
    }
    const bool is_ended = std::any_of(
        scenario_.recoveries.begin(), scenario_.recoveries.end(), [&](const auto& recovery) {
          return std::find(recovery.ends.begin(), recovery.ends.end(), fault.id) !=
                 recovery.ends.end();
        });
    const auto known = std::find_if(events_.begin(), events_.end(), [&](const Event& other) {
      const bool is_one = other.kind == EventKind::instance || other.kind == EventKind::third_party;
      return other.kind == event.kind &&
             (is_one ? other.component == event.component : other.group == event.group);
    });
    return is_ended || known == events_.end() || failure::destroys(event.kind)
               ? base::Duration::unbounded()
               : known->duration;
  }

  void wound(const ScenarioFault& fault, ComponentId id, const std::vector<std::size_t>& replicas) {
    Wound wound;
    wound.component = id;
    wound.replicas = replicas;
    wound.fault = at_;
    wound.begins_s = fault.at.value;
    wound.rises_s = fault.reaches.value_or({0}).value;
    wound.lost = fault.error.is_known() ? fault.error->value : 1;
    if (fault.is_of_some()) {
      wound.operations = operations_of(bp_, fault) & asked_of(bp_, id);
      wound.of_users = users_taking(bp_, wound.operations);
    }
    wound.over_s = fault.lasts.is_known() ? fault.lasts->value : failure::kForGood;
    const bool kills = (fault.fault == Fault::down || fault.fault == Fault::destroy) &&
                       !fault.error.is_known() && !fault.is_of_some();
    if (kills) {
      const Event event = event_of(fault, id, replicas);
      come_back(event, wound);
      lose_data(event, id, replicas);
    }
    const bool is_all = replicas.empty() || replicas.size() == bp_[id].replicas.size();
    const bool is_asked_all_the_same =
        fault.fault == Fault::missense && is_all && is_asked_when_all_seem_dead(bp_, catalog_, id);
    wound.lost = is_asked_all_the_same ? 0 : wound.lost;
    if ((wound.lost > 0 || is_asked_all_the_same) && wound.of_users > 0) {
      out_.wounds.push_back(std::move(wound));
    }
  }

  void come_back(const Event& event, Wound& wound) {
    const auto recovery = recoveries_.of(event, wound.component);
    const auto in_place =
        recoveries_.of(event, wound.component, failure::Bound::evidence, failure::Launching::never);
    std::vector<std::size_t> order(failure::kDraws);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return recovery.over_s[a] + recovery.work_s[a] < recovery.over_s[b] + recovery.work_s[b];
    });
    const std::size_t draw = order[luck_ == Luck::likely ? (failure::kDraws - 1) / 2
                                   : luck_ == Luck::good ? failure::kDraws / 10
                                                         : failure::kDraws * 9 / 10];
    wound.over_s = in_place.over_s[draw];
    wound.work_s = in_place.work_s[draw];
    const bool is_elsewhere = recovery.over_s[draw] != in_place.over_s[draw] ||
                              recovery.work_s[draw] != in_place.work_s[draw];
    if (is_elsewhere) {
      wound.launch_s = recovery.over_s[draw] + recovery.work_s[draw];
    }
    wound.is_built_anew = failure::destroys(event.kind);
    wound.needs_people = recovery.needs_people && !is_elsewhere;
    wound.action = recovery.action;
    // What a group starts elsewhere it does not repair.
    const bool is_own = event.kind == EventKind::instance;
    if (is_own && is_elsewhere && !scenario_.faults[wound.fault].lasts.is_known()) {
      wound.over_s = failure::kForGood;
    }
    // A repair's own length is the cause's: a recovery may end it.
    if (is_own && wound.work_s == failure::kForGood) {
      std::swap(wound.over_s, wound.work_s);
    }
  }

  /// As the survival table has it: where no replica is spared.
  void lose_data(const Event& event, ComponentId id, const std::vector<std::size_t>& replicas) {
    const bool is_all = replicas.empty() || replicas.size() == bp_[id].replicas.size();
    if (!bp_[id].is_store || !is_all) {
      return;
    }
    const failure::DataLoss loss = recoveries_.of(event, id).is_promoted
                                       ? recoveries_.lag_of(id, event)
                                       : recoveries_.data_loss(event, id);
    if (loss.kind != failure::DataLoss::Kind::none) {
      out_.data.push_back({id, at_, loss});
    }
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const blueprint::Scenario& scenario_;
  Luck luck_;
  base::Diagnostics& diagnostics_;
  failure::Recoveries recoveries_;
  base::IdVector<failure::EventId, Event> events_;
  std::size_t at_ = 0;
  Damage out_;
};

}  // namespace

std::string told_of(const blueprint::ScenarioFault& fault) {
  return fault.what.empty() ? fmt::format("fault \"{}\" of the scenario", fault.id) : fault.what;
}

Damage damage_of(const Blueprint& bp, const catalog::Catalog& catalog,
                 const blueprint::Scenario& scenario, Luck luck, base::Diagnostics& diagnostics) {
  return DamageFinder(bp, catalog, scenario, luck, diagnostics).find();
}

}  // namespace outlast::clock
