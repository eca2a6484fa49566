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
#include <functional>
#include <numeric>

#include "base/text.h"
#include "failure/events.h"
#include "failure/recovery.h"
#include "failure/timed.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Fault;
using blueprint::Match;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operation;
using blueprint::Plane;
using blueprint::ScenarioFault;
using failure::Event;
using failure::EventKind;

namespace {

bool is_zone_called(const Blueprint& bp, FateGroupId zone, std::string_view name) {
  return zone.exists() && (bp[zone].name == name || bp[zone].title == name ||
                           bp[zone].region + bp[zone].name == name ||
                           bp[zone].name == bp[zone].region + std::string(name));
}

bool is_of_type(std::string_view type, std::string_view wanted) {
  return type == wanted ||
         (type.starts_with(wanted) && type.substr(wanted.size()).starts_with('.'));
}

bool has_group(const Blueprint& bp, ComponentId id, FateKind kind, std::string_view name) {
  const auto& groups = bp[id].fate_groups;
  return std::any_of(groups.begin(), groups.end(), [&](FateGroupId group) {
    return bp[group].kind == kind && bp[group].name == name;
  });
}

/// One key of a match: its word, whom it fits, and every word that would have fitted somebody.
struct Key {
  const blueprint::Value<std::string>& word;
  std::string_view name;
  std::function<bool(ComponentId)> fits;
  std::function<void(ComponentId, std::vector<std::string>&)> words;
};

std::vector<Key> keys_of(const Blueprint& bp, const Match& m) {
  const auto word = [](const auto& value) { return value.value_or(""); };
  const auto groups = [&bp](FateKind kind, ComponentId id, std::vector<std::string>& out) {
    for (const FateGroupId group : bp[id].fate_groups) {
      if (bp[group].kind == kind) {
        out.push_back(bp[group].name);
      }
    }
  };
  return {
      {m.component, "component",
       [&bp, w = word(m.component)](ComponentId id) { return bp[id].id == w || bp[id].name == w; },
       [&bp](ComponentId id, auto& out) {
         out.push_back(bp[id].id);
         out.push_back(bp[id].name);
       }},
      {m.zone, "zone",
       [&bp, w = word(m.zone)](ComponentId id) {
         const auto& replicas = bp[id].replicas;
         return std::any_of(replicas.begin(), replicas.end(), [&](const auto& replica) {
           return is_zone_called(bp, replica.zone, w);
         });
       },
       [&bp](ComponentId id, auto& out) {
         for (const auto& replica : bp[id].replicas) {
           if (replica.zone.exists()) {
             out.push_back(bp[replica.zone].name);
           }
         }
       }},
      {m.region, "region",
       [&bp, w = word(m.region)](ComponentId id) { return bp[id].region.value_or("") == w; },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].region.value_or("")); }},
      {m.type, "type",
       [&bp, w = word(m.type)](ComponentId id) {
         return is_of_type(bp[id].type, w) || bp[id].written_type == w;
       },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].type); }},
      {m.service, "service",
       [&bp, w = word(m.service)](ComponentId id) {
         return has_group(bp, id, FateKind::service, w);
       },
       [groups](ComponentId id, auto& out) { groups(FateKind::service, id, out); }},
      {m.provider, "provider",
       [&bp, w = word(m.provider)](ComponentId id) { return bp[id].provider == w; },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].provider); }}};
}

class DamageFinder {
 public:
  DamageFinder(const Blueprint& bp, const catalog::Catalog& catalog,
               const blueprint::Scenario& scenario, Luck luck, base::Diagnostics& diagnostics)
      : bp_(bp),
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
      if (!hit.empty()) {
        strike(fault, hit);
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] static bool is_about(const ScenarioFault& fault, Operation operation) {
    return std::find(fault.operations.begin(), fault.operations.end(), operation) !=
           fault.operations.end();
  }

  void strike(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    const bool launches = fault.plane == Plane::control || is_about(fault, Operation::launch) ||
                          is_about(fault, Operation::scale) || fault.fault == Fault::limit;
    if (fault.plane == Plane::observe || fault.plane == Plane::human) {
      return;  // nobody is served less; what recoveries need of it they name
    }
    if (launches) {
      freeze(fault, hit);
      return;
    }
    const bool is_about_ways = fault.fault == Fault::unresolve ||
                               fault.fault == Fault::invalidate || fault.fault == Fault::cut ||
                               is_about(fault, Operation::connect_new) ||
                               is_about(fault, Operation::auth);
    const bool isolates_zone =
        fault.fault == Fault::cut && fault.match.zone.is_known() && fault.from.is_empty();
    if (is_about_ways && !isolates_zone) {
      sever(fault, hit);
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

  void freeze(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    for (const ComponentId id : hit) {
      out_.frozen.push_back({id, at_});
      // A function is launched as requests come: what fails to launch is a request that fails.
      if (bp_[id].service_model == blueprint::ServiceModel::faas && fault.fault == Fault::down) {
        wound(fault, id, {});
      }
    }
  }

  /// Which replicas of a component; empty: all of it, as a whole.
  std::vector<std::size_t> replicas_of(const ScenarioFault& fault, ComponentId id) const {
    const auto& c = bp_[id];
    std::vector<std::size_t> replicas;
    for (std::size_t r = 0; r < c.replicas.size(); ++r) {
      if (!fault.match.zone.is_known() ||
          is_zone_called(bp_, c.replicas[r].zone, *fault.match.zone)) {
        replicas.push_back(r);
      }
    }
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
    wound.lost = (fault.error.is_known() ? fault.error->value : 1) * share_of_operations(fault);
    wound.over_s = fault.lasts.is_known() ? fault.lasts->value : failure::kForGood;
    const bool kills = (fault.fault == Fault::down || fault.fault == Fault::destroy) &&
                       !fault.error.is_known() && fault.operations.empty();
    if (kills) {
      come_back(event_of(fault, id, replicas), wound);
    }
    if (wound.lost > 0) {
      out_.wounds.push_back(std::move(wound));
    }
  }

  /// Of reads or writes alone: the share of users whose journeys take them.
  [[nodiscard]] double share_of_operations(const ScenarioFault& fault) const {
    blueprint::Operations hit = 0;
    for (const Operation operation : fault.operations) {
      const bool reads = operation == Operation::read || operation == Operation::list;
      hit |= bp_.operation_called(reads ? "read" : blueprint::name_of(operation));
    }
    if (fault.operations.empty()) {
      return 1;
    }
    double share = 0;
    for (const auto& journey : bp_.journeys()) {
      share += (journey.operations & hit) != 0 ? journey.weight : 0;
    }
    return share;
  }

  void come_back(const Event& event, Wound& wound) {
    const auto recovery = recoveries_.of(event, wound.component);
    std::vector<std::size_t> order(failure::kDraws);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return recovery.over_s[a] + recovery.work_s[a] < recovery.over_s[b] + recovery.work_s[b];
    });
    const std::size_t rank = luck_ == Luck::likely ? (failure::kDraws - 1) / 2
                             : luck_ == Luck::good ? failure::kDraws / 10
                                                   : failure::kDraws * 9 / 10;
    wound.over_s = recovery.over_s[order[rank]];
    wound.work_s = recovery.work_s[order[rank]];
    wound.needs_people = recovery.needs_people;
    wound.action = recovery.action;
    // A repair's own length is the cause's: a recovery may end it.
    if (event.kind == EventKind::instance && wound.work_s == failure::kForGood) {
      std::swap(wound.over_s, wound.work_s);
    }
  }

  /// Needs whose way leads to what is hit, or away from it.
  void sever(const ScenarioFault& fault, const std::vector<ComponentId>& hit) {
    const auto others =
        fault.from.is_empty() ? std::vector<ComponentId>() : matched(bp_, fault.from, diagnostics_);
    const auto is_among = [](const std::vector<ComponentId>& all, ComponentId id) {
      return std::find(all.begin(), all.end(), id) != all.end();
    };
    const std::size_t before = out_.severed.size();
    for (const NeedId id : base::ids<NeedId>(bp_.needs().size())) {
      const Need& need = bp_[id];
      for (std::size_t t = 0; t < need.any_of.size(); ++t) {
        const ComponentId to = need.any_of[t];
        const bool leads_in = is_among(hit, to) && (others.empty() || is_among(others, need.from));
        const bool leads_out = fault.fault == Fault::cut && is_among(hit, need.from) &&
                               (others.empty() || is_among(others, to));
        if (leads_in || leads_out) {
          sever_way(fault, id, t);
        }
      }
    }
    if (out_.severed.size() == before) {
      diagnostics_.error("OUT-E1813", fault.match.span, "nothing here calls what it names",
                         "name what others need, or both ends of the call: match and from");
    }
  }

  void sever_way(const ScenarioFault& fault, NeedId id, std::size_t target) {
    const Need& need = bp_[id];
    const bool is_sign_in = is_about(fault, Operation::auth);
    if (is_sign_in && need.strength != blueprint::Strength::auth) {
      return;
    }
    Severance severance;
    severance.need = id;
    severance.target = target;
    severance.fault = at_;
    severance.begins_s = fault.at.value;
    severance.rises_s = fault.reaches.value_or({0}).value;
    severance.lost = fault.error.is_known() ? fault.error->value : 1;
    const bool is_cut = fault.fault == Fault::cut;
    if (is_cut && fault.match.zone.is_known() && fault.from.zone.is_known()) {
      const ComponentId to = need.any_of[target];
      const auto share = [&](ComponentId of, const Match& match) {
        return share_in_zone(bp_, of, *match.zone);
      };
      severance.lost *= share(need.from, fault.match) * share(to, fault.from) +
                        share(need.from, fault.from) * share(to, fault.match);
    } else if (!is_cut && !is_sign_in) {
      const double ttl = fault.fault == Fault::unresolve ? need.ttl.value_or({}).value : 0;
      severance.begins_s += need.pool.value_or({}).value;
      severance.rises_s += ttl;
      severance.falls_s = ttl;
    }
    if (severance.lost > 0) {
      out_.severed.push_back(severance);
    }
  }

  const Blueprint& bp_;
  const blueprint::Scenario& scenario_;
  Luck luck_;
  base::Diagnostics& diagnostics_;
  failure::Recoveries recoveries_;
  base::IdVector<failure::EventId, Event> events_;
  std::size_t at_ = 0;
  Damage out_;
};

}  // namespace

std::vector<ComponentId> matched(const Blueprint& bp, const Match& match,
                                 base::Diagnostics& diagnostics) {
  std::vector<ComponentId> all;
  std::vector<bool> is_in(bp.components().size(), true);
  for (const Key& key : keys_of(bp, match)) {
    if (!key.word.is_known()) {
      continue;
    }
    bool fits_any = false;
    std::vector<std::string> words;
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      const bool fits = key.fits(id);
      fits_any = fits_any || fits;
      is_in[id.index] = is_in[id.index] && fits;
      key.words(id, words);
    }
    if (!fits_any) {
      std::erase(words, "");
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      const std::vector<std::string_view> known(words.begin(), words.end());
      diagnostics.error("OUT-E1812", key.word.span(),
                        fmt::format("there is no {} \"{}\" here", key.name, *key.word),
                        base::suggest(*key.word, known));
      return {};
    }
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (is_in[id.index]) {
      all.push_back(id);
    }
  }
  if (all.empty()) {
    diagnostics.error("OUT-E1812", match.span, "nothing here fits all of it",
                      "each key narrows the match: leave one out");
  }
  return all;
}

double share_in_zone(const Blueprint& bp, ComponentId id, std::string_view zone) {
  const auto& c = bp[id];
  if (c.redundancy == blueprint::Redundancy::primary_standby) {
    return is_zone_called(bp, c.replicas.front().zone, zone) ? 1 : 0;
  }
  const auto in = std::count_if(c.replicas.begin(), c.replicas.end(), [&](const auto& replica) {
    return is_zone_called(bp, replica.zone, zone);
  });
  return static_cast<double>(in) / static_cast<double>(c.replicas.size());
}

Damage damage_of(const Blueprint& bp, const catalog::Catalog& catalog,
                 const blueprint::Scenario& scenario, Luck luck, base::Diagnostics& diagnostics) {
  return DamageFinder(bp, catalog, scenario, luck, diagnostics).find();
}

}  // namespace outlast::clock
