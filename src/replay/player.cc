// A real outage, played on an architecture.
//
// Problem. A provider's database loses its name for hours, launches fail for half a day, sign-in
// twice for a while. Which users notice, when, and for how long?
//
// Method. Every phase that hits a component becomes a timeline: the share of requests that is lost
// over time. Then the rules of what it takes to run (`failure::Running`) are applied to timelines,
// "and" as the worse loss and "or" as the lesser, needs first; nothing that the incident does not
// reach is looked at. What a phase hits decides how it is felt:
//   requests         the component loses them, whoever asks
//   new connections  the way to it fails: first where no connection lives and no address is kept
//   sign-in          only needs for that are not met
//   launches         nothing that runs; who must grow when the busy hours begin cannot
// A need that names operations asks for no more than these, and so does all that is below it: what
// is lost is worked out for each list of operations that is asked for somewhere, shorter ones first.
//
// Limits. Losses of one cause are taken to hit the same requests: the worse counts, not both.
// Source: SEMANTICS, incidents; docs/model.md.

#include "replay/player.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <tuple>

#include "replay/connections.h"
#include "replay/layers.h"
#include "replay/strikes.h"
#include "replay/walk.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;
using blueprint::Strength;
using incidents::Fault;
using incidents::Incident;
using incidents::Phase;

namespace {

/// The share of bad draws: from its first value in a straight line to all.
Timeline redrawn(const Phase& phase, double end_s) {
  const auto& redraw = *phase.redraw;
  std::vector<Timeline::Step> steps;
  for (int i = 0; i < kRampSteps; ++i) {
    const double share = redraw.from.value + (1 - redraw.from.value) * (i + 0.5) / kRampSteps;
    steps.push_back({phase.at.value + redraw.all_after.value * i / kRampSteps, share});
  }
  steps.push_back({phase.at.value + redraw.all_after.value, 1});
  steps.push_back({std::max(end_s, steps.back().from_s) + 1, 0});
  return Timeline(steps);
}

}  // namespace

std::pair<failure::Running<Player::Algebra>*, const States*> Player::Algebra::narrower(
    Operations asked) {
  const auto layer = layers.find(asked);
  return layer == layers.end()
             ? std::pair<failure::Running<Algebra>*, const States*>(nullptr, nullptr)
             : std::pair<failure::Running<Algebra>*, const States*>(&layer->second.running,
                                                                    &layer->second.states);
}

Timeline Player::wave_of(const Incident& incident, const Phase& phase) {
  const auto ending = incidents::ending_of(incident, phase);
  Timeline shape = wave({.begins_s = phase.at.value,
                         .rises_s = phase.reaches ? phase.reaches->value : 0,
                         .fades_s = ending.from_s,
                         .falls_s = ending.until_s - ending.from_s,
                         .lost = phase.error ? phase.error->value : 1});
  if (!phase.redraw) {
    return shape;
  }
  return combined({shape, redrawn(phase, ending.until_s)},
                  [](std::vector<double>& lost) { return lost[0] * lost[1]; });
}

Player::Player(const Blueprint& bp, const catalog::Catalog& catalog,
               const failure::Dependence& dependence, const Incident& incident,
               const incidents::RoleTable& roles)
    : bp_(bp),
      dependence_(dependence),
      incident_(incident),
      paths_(failure::list_paths(bp)),
      blows_at_(bp.components().size()),
      struck_at_(bp.components().size()),
      has_needs_beside_(std::any_of(bp.needs().begin(), bp.needs().end(), [](const Need& need) {
        return failure::lessens(need) || need.strength == Strength::async;
      })) {
  std::vector<std::pair<ComponentId, Operations>> entries;
  for (const failure::Path& path : paths_) {
    entries.emplace_back(path.enters, path.operations);
  }
  const auto always = [](const Need&, Operations) { return true; };
  asked_ = asked_from(bp, std::move(entries), always, Switches::included);
  for (const Phase& phase : incident.phases) {
    waves_.push_back(wave_of(incident, phase));
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    for (std::size_t p = 0; p < incident.phases.size(); ++p) {
      const Exposure exposure = exposure_of(incident, incident.phases[p], roles, bp, id);
      if (exposure != Exposure::spared) {
        blows_at_[id.index].push_back(blows_.size());
        blows_.push_back(
            {id, p, exposure, is_cloud_open(incident, incident.phases[p], roles, bp, id), false});
      }
    }
  }
  struck_ = struck_replicas(bp, catalog, incident, roles, [&](ComponentId id) {
    return launches_lost(id, {.unknown_is_hit = false});
  });
  for (std::size_t i = 0; i < struck_.size(); ++i) {
    struck_at_[struck_[i].component.index].push_back(i);
  }
  for (const auto& [operations, is_asked] : asked_) {
    order_.push_back(operations);
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [](Operations a, Operations b) { return std::popcount(a) < std::popcount(b); });
  find_reached();
  find_asked();
}

bool Player::counts(ComponentId id, std::size_t phase, Exposure exposure,
                    const Staging& staging) const {
  const auto& cohort = incident_.phases[phase].match.cohort.traits;
  const auto is_as_taken = [&](const auto& trait) {
    const auto taken = staging.traits.find(trait.first);
    return taken == staging.traits.end() || taken->second == trait.second ||
           bp_[id].traits.contains(trait.first);
  };
  return exposure == Exposure::hit ||
         (staging.unknown_is_hit && std::all_of(cohort.begin(), cohort.end(), is_as_taken));
}

bool Player::counts_on_the_way(const Blow& blow, const Need& need, Operations asked,
                               const Staging& staging) const {
  const Exposure way = strikes_way(bp_, incident_.phases[blow.phase], need, asked);
  return counts(blow, staging) &&
         (way == Exposure::hit || (way == Exposure::unknown && staging.unknown_is_hit));
}

Timeline Player::with_second(ComponentId id, Timeline lost, const Staging& staging) {
  return staging.doubled.contains(id) ? switched(lost, {}, {}, {.notices = staging.notices})
                                      : std::move(lost);
}

Timeline Player::own(ComponentId id, std::size_t replica, const Staging& staging) const {
  std::vector<Timeline> causes;
  for (const std::size_t at : struck_at_[id.index]) {
    const Struck& struck = struck_[at];
    if (struck.replica == replica && counts(struck, staging)) {
      const double begins = incident_.phases[struck.phase].at.value;
      const double down = struck.down(staging.luck);
      causes.push_back(std::isfinite(down) ? wave({.begins_s = begins, .fades_s = begins + down})
                                           : Timeline({{begins, 1}}));
    }
  }
  return worst_of(causes);
}

Timeline Player::whole(ComponentId id, Operations operations, const Staging& staging) const {
  std::vector<Timeline> causes;
  for (const std::size_t at : blows_at_[id.index]) {
    const Blow& blow = blows_[at];
    if (counts(blow, staging) && strikes_whole(bp_, incident_.phases[blow.phase], id, operations)) {
      causes.push_back(waves_[blow.phase]);
    }
  }
  causes.push_back(shortage(id, staging).lost);
  return worst_of(causes);
}

Timeline Player::on_the_way(const Need& need, ComponentId target, Operations operations,
                            const Staging& staging) const {
  std::vector<Timeline> causes;
  for (const std::size_t at : blows_at_[target.index]) {
    const Phase& phase = incident_.phases[blows_[at].phase];
    if (!counts_on_the_way(blows_[at], need, operations, staging)) {
      continue;
    }
    if (!is_about_connections(phase)) {
      causes.push_back(waves_[blows_[at].phase]);
      continue;
    }
    causes.push_back(new_connections(incident_, phase, need, staging.luck));
  }
  return worst_of(causes);
}

/// What is lost beside the requests of a path: soft needs of something on its way, and time in queues.
void Player::add_beside(PathLoss& path, Layers& layers) const {
  if (!has_needs_beside_) {
    return;
  }
  std::vector<Timeline> soft;
  std::vector<Timeline> late;
  const auto collect = [&](const Need& need, Operations operations) {
    const bool is_soft = failure::lessens(need) && failure::lost_without(need).high > 0;
    if (is_soft || need.strength == Strength::async) {
      Layer& layer = layers.at(operations);
      Timeline lost = layer.running.unbuffered(need, layer.states);
      if (is_soft && lost.most_lost() >= kNoticed) {
        path.unmet.push_back({&need, operations});
      }
      (is_soft ? soft : late).push_back(std::move(lost));
    }
    return failure::stops(need.strength) && need.confidence != blueprint::Confidence::inferred;
  };
  (void)asked_from(bp_, {{path.path.enters, path.path.operations}}, collect);
  const auto noticed = [](std::vector<double>& lost) { return lost[0] >= kNoticed ? 1.0 : 0.0; };
  path.soft = combined({worst_of(soft)}, noticed);
  path.late = combined({worst_of(late)}, noticed);
}

void Player::ask(NeedId id, Operations operations) {
  const Need& need = bp_[id];
  const bool is_lost = std::any_of(need.any_of.begin(), need.any_of.end(), [&](ComponentId target) {
    return std::find(reached_.begin(), reached_.end(), target) != reached_.end();
  });
  if (is_lost && failure::is_buffered(need.strength) && !need.buffer.is_known()) {
    open_buffers_.insert(id);
  }
  for (const ComponentId target : need.any_of) {
    bool is_open = false;
    for (const std::size_t at : blows_at_[target.index]) {
      const Exposure way = strikes_way(bp_, incident_.phases[blows_[at].phase], need, operations);
      blows_[at].is_asked = blows_[at].is_asked || way != Exposure::spared;
      is_open = is_open || way == Exposure::unknown;
    }
    if (is_open) {
      open_needs_.push_back({id, target});
    }
  }
}

/// Which blows take something that a path asks for: of the component, or on the way to it; and who
/// runs would be launched again.
void Player::find_asked() {
  for (const auto& [operations, is_asked] : asked_) {
    for (Blow& blow : blows_) {
      const Phase& phase = incident_.phases[blow.phase];
      blow.is_asked = blow.is_asked || (is_asked[blow.component.index] &&
                                        strikes_whole(bp_, phase, blow.component, operations));
    }
    for (const NeedId id : base::ids<NeedId>(bp_.needs().size())) {
      if (is_asked[bp_[id].from.index] && (bp_[id].operations & operations) != 0) {
        ask(id, operations);
      }
    }
  }
  for (Blow& blow : blows_) {
    blow.is_asked =
        blow.is_asked || (stops_launches(incident_.phases[blow.phase]) &&
                          std::any_of(asked_.begin(), asked_.end(), [&](const auto& asked) {
                            return asked.second[blow.component.index];
                          }));
  }
}

/// Everything that may feel it, needs first: what is hit, who needs that, and so on.
void Player::find_reached() {
  std::vector<bool> is_reached(bp_.components().size(), false);
  const auto add = [&](ComponentId id) {
    if (!is_reached[id.index]) {
      is_reached[id.index] = true;
      reached_.push_back(id);
    }
  };
  for (const Blow& blow : blows_) {
    add(blow.component);
  }
  for (const Struck& struck : struck_) {
    add(struck.component);
  }
  for (std::size_t i = 0; i < reached_.size(); ++i) {
    const auto above = dependence_.needed_by(reached_[i]);
    std::for_each(above.begin(), above.end(), add);
  }
  std::sort(reached_.begin(), reached_.end(), [&](ComponentId a, ComponentId b) {
    const auto loop_a = dependence_.loop_of(a);
    const auto loop_b = dependence_.loop_of(b);
    return loop_a != loop_b ? loop_a < loop_b : a < b;
  });
}

/// Those that ask for fewer operations first: who asks them looks at what they lost.
void Player::settle(const Staging& staging, Layers& layers) const {
  for (const Operations operations : order_) {
    Layer& layer =
        layers
            .emplace(std::piecewise_construct, std::forward_as_tuple(operations),
                     std::forward_as_tuple(*this, operations, std::cref(staging), std::ref(layers)))
            .first->second;
    std::size_t last = static_cast<std::size_t>(-1);
    for (const ComponentId id : reached_) {
      if (const std::size_t loop = dependence_.loop_of(id); loop != last) {
        layer.running.settle(loop, layer.states);
        for (const ComponentId member : dependence_.loops()[loop]) {
          layer.states[member] = with_second(member, std::move(layer.states[member]), staging);
        }
        last = loop;
      }
    }
    mask(layer, layers);
  }
}

Played Player::play(const Staging& staging) const {
  Played played;
  Layers layers;
  settle(staging, layers);
  for (const auto& [operations, layer] : layers) {
    States lost(bp_.components().size());
    for (const ComponentId id : reached_) {
      if (asked_.at(operations)[id.index]) {
        lost[id] = worst_of({layer.states[id], layer.masked[id]});
      }
    }
    played.states.emplace(operations, std::move(lost));
  }
  for (const failure::Path& path : paths_) {
    played.paths.push_back({path, played.states.at(path.operations)[path.enters], {}, {}, {}});
    add_beside(played.paths.back(), layers);
  }
  return played;
}

}  // namespace outlast::replay
