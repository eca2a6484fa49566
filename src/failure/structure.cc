// The structure function, as gates.
//
// The rules of `Running` with "down if any" as OR and "down if at least k" as k-of-n over events.
// Example: a web tier of two servers in zones a and b behind one balancer node in a is
//   down = balancer ∨ zone a ∨ (server 1 ∧ (server 2 ∨ zone b)), after folding.
//
// Nested gates. Event e is going on with probability q = w·t₁, where t₁ is the longest mean time
// any component is out because of it; that is its first variable. A component that is out for a
// shorter time t is down with probability w·t, and only while all that are out longer are: between
// the neighbours u ⊃ l known so far its gate is u ∧ (l ∨ z) with a new variable z,
// P(z) = (w·t − P(l))/(P(u) − P(l)). Components with equal times share a gate; one cause is never
// counted as two independent ones. A buffer B shortens t to E[(D − B)⁺] of the cause's duration D.
//
// The shock of a region or a provider hits each service with a probability of its own:
// shock ∧ hit(region, service).
//
// Cost: every (component, buffer) is visited once; loops |loop|² times. It ends because buffers
// add up and no more than `kMostContexts` are followed; beyond, the need counts as hard, which
// can only make things look worse.
// Source: SEMANTICS, structure and buffered needs.

#include "failure/structure.h"

#include <algorithm>
#include <functional>

#include "base/pinned_math.h"

namespace outlast::failure {

using base::GateId;
using base::VariableId;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

namespace {

constexpr std::size_t kMostContexts = 64;

// Times closer than this share a level: they come from sums of doubles.
constexpr double kSameTime = 1e-9;

}  // namespace

Structure::Structure(const Blueprint& bp, const catalog::Catalog& catalog,
                     const Dependence& dependence, const base::IdVector<EventId, Event>& events,
                     const base::IdVector<EventId, Impact>& impacts, const std::vector<Path>& paths,
                     Reading reading)
    : bp_(bp),
      catalog_(catalog),
      dependence_(dependence),
      events_(events),
      impacts_(impacts),
      reading_(reading),
      variables_at_(events.size(), 0),
      events_of_group_(bp.fate_groups().size()),
      third_party_(bp.components().size()) {
  index_events();
  std::map<Operations, std::vector<ComponentId>> entries;
  for (const Path& path : paths) {
    entries[path.operations].push_back(path.enters);
  }
  for (const auto& [operations, wanted] : entries) {
    settle(operations, 0, wanted);
  }
  for (const Path& path : paths) {
    tops_.push_back(down(path.operations, path.enters));
  }
}

void Structure::index_events() {
  for (const EventId id : base::ids<EventId>(events_.size())) {
    const Event& event = events_[id];
    if (event.per_year <= 0) {
      continue;
    }
    if (event.kind == EventKind::instance) {
      instance_.emplace(std::pair(event.component, event.replica), id);
    } else if (event.kind == EventKind::third_party) {
      third_party_[event.component.index] = id;
    } else if (event.group.exists()) {
      events_of_group_[event.group.index].push_back(id);
    }
  }
}

/// Mean time a component is out because of an event; 0 where it is not hit.
double Structure::out_s(EventId event, ComponentId component) const {
  const auto& all = impacts_[event].mean_out_s;
  const auto found =
      std::lower_bound(all.begin(), all.end(), component,
                       [](const auto& out, ComponentId wanted) { return out.first < wanted; });
  const bool is_hit = found != all.end() && found->first == component;
  return is_hit ? std::min(found->second, kRestOfYear_s) : 0;
}

double Structure::longest_out_s(EventId event) const {
  double longest = 0;
  for (const auto& [id, seconds] : impacts_[event].mean_out_s) {
    longest = std::max(longest, std::min(seconds, kRestOfYear_s));
  }
  return longest;
}

VariableId Structure::add_variable(EventVariables& event, double probability, double once_happened,
                                   double out_s) {
  const VariableId id = gates_.add_variable();
  event.variables.push_back(id);
  event.once_happened.push_back(once_happened);
  event.out_s.push_back(out_s);
  probability_.push_back(probability);
  return id;
}

EventVariables& Structure::variables_of(EventId id) {
  if (variables_at_[id.index] == 0) {
    const double longest = longest_out_s(id);
    const double mttf_s = base::kSecondsPerYear / events_[id].per_year;
    EventVariables fresh;
    fresh.event = id;
    fresh.per_second = 1 / (mttf_s + longest);
    const VariableId going_on = add_variable(fresh, fresh.per_second * longest, 1, longest);
    fresh.levels.push_back({longest, gates_.variable(going_on), 1});
    variables_.push_back(std::move(fresh));
    variables_at_[id.index] = variables_.size();
  }
  return variables_[variables_at_[id.index] - 1];
}

/// Mean time a component is felt to be out from behind a buffer, and how often it is at all. One
/// that waits for its cause is out for the cause and a fixed while; the time of one that is
/// started elsewhere is taken as exponential.
std::pair<double, double> Structure::out_beyond(EventId event, ComponentId component,
                                                double buffer_s) const {
  const double time = out_s(event, component);
  if (time <= 0 || buffer_s <= 0) {
    return {time, 1};
  }
  const base::Duration& cause = events_[event].duration;
  const double work_s = time - cause.mean_s();
  if (!(work_s >= 0)) {
    const double outlasts = base::pinned_exp(-buffer_s / time);
    return {time * outlasts, outlasts};
  }
  const double left_s = buffer_s - work_s;
  const double beyond = left_s > 0 ? cause.mean_beyond_s(left_s) : cause.mean_s() - left_s;
  return {beyond, cause.share_beyond(left_s)};
}

/// Gate that is true while `event` keeps `component` down, seen from behind a buffer.
GateId Structure::use(EventId event, ComponentId component, double buffer_s) {
  const auto [time, outlasts] = out_beyond(event, component, buffer_s);
  if (time <= 0) {
    return gates_.never();
  }
  EventVariables& known = variables_of(event);
  auto lower = std::find_if(known.levels.begin(), known.levels.end(), [&](const auto& level) {
    return level.out_s <= time * (1 + kSameTime);
  });
  if (lower != known.levels.end() && lower->out_s >= time * (1 - kSameTime)) {
    return lower->gate;
  }
  const auto& upper = *std::prev(lower);  // the first level is the longest of all
  const EventVariables::Level none = {0, gates_.never(), 0};
  const auto& below = lower == known.levels.end() ? none : *lower;
  const double room = upper.once_happened - below.once_happened;
  const double once_happened =
      room > 0 ? std::clamp((outlasts - below.once_happened) / room, 0.0, 1.0) : 1;
  const VariableId z =
      add_variable(known, (time - below.out_s) / (upper.out_s - below.out_s), once_happened, time);
  const GateId gate = gates_.all({upper.gate, gates_.any({below.gate, gates_.variable(z)})});
  known.levels.insert(lower, {time, gate, outlasts});
  return gate;
}

GateId Structure::own(ComponentId id, std::size_t replica, double buffer_s) {
  const blueprint::Replica& r = bp_[id].replicas[replica];
  std::vector<GateId> causes;
  if (const auto own = instance_.find({id, replica}); own != instance_.end()) {
    causes.push_back(use(own->second, id, buffer_s));
  }
  for (const FateGroupId group : r.fate_groups) {
    for (const EventId event : events_of_group_[group.index]) {
      causes.push_back(use(event, id, buffer_s));
    }
  }
  if (r.zone.exists()) {
    for (const EventId event : zone_events_of(r.zone, bp_[id].places_are_distinct)) {
      causes.push_back(use_of_zone(event, id, buffer_s));
    }
  }
  return gates_.any(std::move(causes));
}

/// The zone events that a replica in `zone` is taken to be hit by. Where the zone is not certain:
/// at best by none; at worst by each zone it can be, which for one of a whole region are the known
/// zones and as many unknown ones as the region may have beside them.
std::vector<EventId> Structure::zone_events_of(FateGroupId zone, bool keeps_apart) {
  const auto& group = bp_[zone];
  if (group.is_certain || reading_.placement == Bound::evidence || keeps_apart) {
    const bool is_spared = !group.is_certain && reading_.placement == Bound::optimistic;
    return is_spared ? std::vector<EventId>{} : events_of_group_[zone.index];
  }
  if (reading_.placement == Bound::optimistic) {
    return {};
  }
  std::vector<EventId> all;
  for (const FateGroupId other : zones_it_can_be(zone)) {
    const auto& events = events_of_group_[other.index];
    all.insert(all.end(), events.begin(), events.end());
  }
  return all;
}

const std::vector<FateGroupId>& Structure::zones_it_can_be(FateGroupId zone) {
  const auto& group = bp_[zone];
  if (!group.candidates.empty()) {
    return group.candidates;
  }
  const auto [known, is_new] = zones_of_region_.try_emplace({group.provider, group.region});
  if (!is_new) {
    return known->second;
  }
  const auto* region = catalog_.region(group.provider, group.region);
  constexpr std::size_t kMostZones = 6;
  const std::size_t zones = region == nullptr || region->zones <= 0
                                ? kMostZones
                                : static_cast<std::size_t>(region->zones);
  std::vector<FateGroupId>& all = known->second;
  std::vector<FateGroupId> unknown;
  for (const FateGroupId other : base::ids<FateGroupId>(bp_.fate_groups().size())) {
    const auto& candidate = bp_[other];
    if (candidate.kind == FateKind::zone && candidate.provider == group.provider &&
        candidate.region == group.region) {
      (candidate.is_certain ? all : unknown).push_back(other);
    }
  }
  const std::size_t room = zones > all.size() ? zones - all.size() : 1;
  unknown.resize(std::min(unknown.size(), room));
  all.insert(all.end(), unknown.begin(), unknown.end());
  return all;
}

/// A component that another zone's event is taken to hit is out as long as its own zone's would
/// keep it out.
GateId Structure::use_of_zone(EventId event, ComponentId id, double buffer_s) {
  if (out_s(event, id) > 0) {
    return use(event, id, buffer_s);
  }
  EventVariables& known = variables_of(event);
  return known.levels.front().gate;
}

GateId Structure::shock(EventId event, ComponentId id, double buffer_s) {
  const GateId shock = use(event, id, buffer_s);
  const double share = hit_share(bp_, catalog_, id);
  if (share >= 1 || shock == gates_.never()) {
    return shock;
  }
  const FateGroupId service = group_of(bp_, id, FateKind::service);
  const auto key = std::pair(events_[event].group, service.exists() ? bp_[service].name : "");
  const auto [at, is_new] = hits_.try_emplace(key);
  if (is_new) {
    at->second = gates_.add_variable();
    probability_.push_back(share);
  }
  return gates_.all({shock, gates_.variable(at->second)});
}

GateId Structure::whole(ComponentId id, double buffer_s) {
  std::vector<GateId> causes;
  if (const EventId event = third_party_[id.index]; event.exists()) {
    causes.push_back(use(event, id, buffer_s));
  }
  for (const FateGroupId group : bp_[id].fate_groups) {
    for (const EventId event : events_of_group_[group.index]) {
      const EventKind kind = events_[event].kind;
      const bool is_shock = kind == EventKind::region_outage || kind == EventKind::provider_outage;
      causes.push_back(is_shock ? shock(event, id, buffer_s) : use(event, id, buffer_s));
    }
  }
  const Component& c = bp_[id];
  const FateGroupId zone = c.replicas.front().zone;
  if (c.places_are_distinct && zone.exists() && !bp_[zone].is_certain &&
      reading_.placement == Bound::pessimistic) {
    // No two replicas in one zone: one zone event takes at most one of them, whichever it is.
    std::vector<GateId> zones;
    for (const FateGroupId other : zones_it_can_be(zone)) {
      for (const EventId event : events_of_group_[other.index]) {
        zones.push_back(use_of_zone(event, id, buffer_s));
      }
    }
    causes.push_back(gates_.at_least(c.replicas.size() - c.at_least + 1, std::move(zones)));
  }
  return gates_.any(std::move(causes));
}

/// All that `wanted` depend on, settled in this context.
Structure::Context& Structure::settle(Operations operations, double buffer_s,
                                      const std::vector<ComponentId>& wanted) {
  Context& context = contexts_[{operations, buffer_s}];
  if (context.is_settled.empty()) {
    context.states = Compiled::States(bp_.components().size(), gates_.never());
    context.is_settled.assign(dependence_.loops().size(), false);
  }
  std::vector<std::size_t> loops;
  std::vector<ComponentId> open = wanted;
  while (!open.empty()) {
    const std::size_t loop = dependence_.loop_of(open.back());
    open.pop_back();
    if (context.is_settled[loop]) {
      continue;
    }
    context.is_settled[loop] = true;
    loops.push_back(loop);
    for (const ComponentId member : dependence_.loops()[loop]) {
      const auto& needs = dependence_.needs(member);
      open.insert(open.end(), needs.begin(), needs.end());
    }
  }
  std::sort(loops.begin(), loops.end());
  Algebra algebra{*this, operations, buffer_s};
  Compiled running(bp_, dependence_, operations, reading_, algebra);
  for (const std::size_t loop : loops) {
    running.settle(loop, context.states);
  }
  return context;
}

GateId Structure::delayed(const Need& need, Operations operations, double buffer_s,
                          GateId unbuffered) {
  has_buffers_ = true;
  const bool is_known = contexts_.contains({operations, buffer_s});
  if (!is_known && contexts_.size() >= kMostContexts) {
    return unbuffered;
  }
  std::vector<ComponentId> wanted = need.any_of;
  if (need.via.exists()) {
    wanted.push_back(need.via);
  }
  Context& context = settle(operations, buffer_s, wanted);
  Algebra algebra{*this, operations, buffer_s};
  return Compiled(bp_, dependence_, operations, reading_, algebra).unbuffered(need, context.states);
}

GateId Structure::down(Operations operations, ComponentId component) {
  return settle(operations, 0, {component}).states[component];
}

}  // namespace outlast::failure
