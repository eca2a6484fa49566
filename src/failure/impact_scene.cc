// Scenes that events share: whom one reaches and who is down then.
//
// Problem. Most events take the same thing: a server, its zone, the release it gets. They differ in
// how long, not in whom they reach; yet settling all that they reach is most of what an event costs.
//
// Method. Where but one component is hit, and everything reached is either up or down for exactly as
// long as that one, who is down does not depend on how long. Then the states by name are right for
// each event that hits the same part of it, at every reading that differs in nothing there is here.
// Where something switches, holds out, moves or waits to start, times are made of times, and nothing
// is shared. Where besides all that is reached has plain needs alone, who is down is who leads to what
// is hit, and nothing is masked: nothing need be settled either.

#include <algorithm>

#include "failure/impact.h"

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::NeedId;
using blueprint::Operations;
using blueprint::Strength;

namespace {

/// The name of what was drawn first, after never.
constexpr TimedState kFirst = {1};

/// How many scenes are kept beside the one at hand: an event is looked at by up to three readings.
constexpr std::size_t kKept = 3;

}  // namespace

bool ImpactFinder::Likeness::is_like(const Likeness& other) const {
  return hit.exists() && hit == other.hit && replicas == other.replicas &&
         may_be_fewer == other.may_be_fewer && lasts == other.lasts &&
         reading.edges == other.reading.edges && reading.buffers == other.reading.buffers &&
         reading.load == other.reading.load;
}

ImpactFinder::Scene::Scene(std::size_t components)
    : is_reached(components, false),
      is_reason(components, false),
      states(components),
      masked(components, 0),
      masked_s(components, 0) {}

void ImpactFinder::Scene::forget() {
  for (const ComponentId id : reach) {
    states[id] = {};
    masked[id.index] = 0;
    masked_s[id.index] = 0;
    is_reached[id.index] = false;
    is_reason[id.index] = false;
  }
  reach.clear();
  losing.clear();
  bystanders = {};
  seen_at.clear();
  seen_by = {};
  of = {};
}

void ImpactFinder::find_what_is_open() {
  for (const auto& need : bp_.needs()) {
    may_use_more_ = may_use_more_ || need.confidence == blueprint::Confidence::inferred;
    may_hold_longer_ = may_hold_longer_ || (is_buffered(need.strength) && !need.buffer.is_known());
  }
  for (const Component& c : bp_.components()) {
    may_take_fewer_ = may_take_fewer_ || (c.at_least_is_assumed && c.replicas.size() > 1);
  }
  kept_.assign(kKept, Scene(bp_.components().size()));
}

/// A reading without the ends that make no difference in this blueprint.
Reading ImpactFinder::narrowed(Reading reading) const {
  return {.placement = Bound::evidence,
          .load = may_take_fewer_ ? reading.load : Bound::evidence,
          .edges = may_use_more_ ? reading.edges : Bound::evidence,
          .buffers = may_hold_longer_ ? reading.buffers : Bound::evidence,
          .zones = nullptr};
}

ImpactFinder::Likeness ImpactFinder::likeness_of(Reading reading) const {
  if (hits_.size() != 1 || operations_.size() != 1 || reading.zones != nullptr) {
    return {};
  }
  const auto& [id, hit] = hits_.front();
  const Component& c = bp_[id];
  const bool waits = std::any_of(c.needs.begin(), c.needs.end(), [&](NeedId need) {
    const Strength strength = bp_[need].strength;
    return strength == Strength::startup || strength == Strength::refresh;
  });
  // What never ends has the name of “always”, which settling uses for itself.
  if (waits || hit.down != kFirst || times_.spans(hit.down).front().end == kForGood) {
    return {};
  }
  Likeness out;
  out.hit = id;
  out.reading = narrowed(reading);
  out.may_be_fewer = takes_nothing(reading);
  out.lasts = !out.may_be_fewer && times_.is_down_for_good(hit.down);
  const bool takes_all =
      std::find(hit.replicas.begin(), hit.replicas.end(), false) == hit.replicas.end();
  const bool fails_over =
      c.redundancy == blueprint::Redundancy::primary_standby && c.replicas.size() > 1;
  const bool is_down_then =
      takes_all && !out.may_be_fewer && !fails_over && (c.operations & operations_.front()) != 0;
  if (!is_down_then) {
    out.replicas = hit.replicas;
  }
  return out;
}

/// Sets the scene for the event at hand.
/// out  is it known from an event alike? Else it is empty.
bool ImpactFinder::recall(const Likeness& likeness) {
  if (scene_.of.is_like(likeness)) {
    return true;
  }
  const auto known = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Scene& scene) { return scene.of.is_like(likeness); });
  if (known != kept_.end()) {
    std::swap(scene_, *known);
    return true;
  }
  if (scene_.of.hit.exists()) {
    std::rotate(kept_.begin(), kept_.end() - 1, kept_.end());
    std::swap(scene_, kept_.front());
  }
  scene_.forget();
  scene_.of = likeness;
  return false;
}

const PlainNeeds& ImpactFinder::plain_needs(Operations operations, Reading reading) {
  const std::pair key(operations, reading.edges == Bound::pessimistic);
  const auto known = plain_needs_.find(key);
  if (known != plain_needs_.end()) {
    return known->second;
  }
  std::vector<ComponentId> entries;
  for (const Path& path : paths_) {
    if (path.operations == operations) {
      entries.push_back(path.enters);
    }
  }
  return plain_needs_.try_emplace(key, bp_, dependence_, operations, reading, entries)
      .first->second;
}

/// Settles what needs no rule: one thing is down as a whole, and all that is reached has plain needs.
/// out  was it so? Else nothing is settled.
bool ImpactFinder::settle_plainly(Operations operations, Reading reading) {
  if (!scene_.of.hit.exists() || !scene_.of.replicas.empty() || scene_.of.may_be_fewer) {
    return false;
  }
  const PlainNeeds& plain = plain_needs(operations, reading);
  if (!std::all_of(scene_.reach.begin(), scene_.reach.end(),
                   [&](ComponentId id) { return plain.are_all_of(id); })) {
    return false;
  }
  std::vector<ComponentId> down = {scene_.of.hit};
  scene_.states[scene_.of.hit] = kFirst;
  for (std::size_t i = 0; i < down.size(); ++i) {
    scene_.is_reason[down[i].index] = scene_.of.lasts && plain.is_entered(down[i]);
    for (const ComponentId next : plain.needing(down[i])) {
      if (scene_.states[next].is_never()) {
        scene_.states[next] = kFirst;
        down.push_back(next);
      }
    }
  }
  return true;
}

/// Whom an event reaches does not depend on how it is read: another scene of it may tell.
bool ImpactFinder::take_reach() {
  const auto same = std::find_if(kept_.begin(), kept_.end(), [&](const Scene& scene) {
    return scene_.of.hit.exists() && scene.of.hit == scene_.of.hit;
  });
  if (same == kept_.end()) {
    return false;
  }
  scene_.reach = same->reach;
  for (const ComponentId id : scene_.reach) {
    scene_.is_reached[id.index] = true;
  }
  return true;
}

/// Where each replica that is hit is one of an unknown number, at best nothing goes down at all.
bool ImpactFinder::takes_nothing(Reading reading) const {
  return reading.placement == Bound::optimistic &&
         std::all_of(hits_.begin(), hits_.end(), [&](const auto& hit) {
           return !hit.second.replicas.empty() && bp_[hit.first].replica_count.is_unknown();
         });
}

/// Was everything up, or down as long as what was hit? Then events alike may share the scene.
bool ImpactFinder::has_one_outage() const {
  return !adds_times_ && std::all_of(scene_.reach.begin(), scene_.reach.end(), [&](ComponentId id) {
    return scene_.states[id].is_never() || scene_.states[id] == kFirst;
  });
}

}  // namespace outlast::failure
