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
// counted as two independent ones. A buffer B shortens t to E[(D − B)⁺] of the cause's duration D,
// a lease to the mean of that over what was left of it.
//
// A replica whose group may fail to stand in for it has two variables (`coverage.h`): C is its own,
// N a cause of the group as a whole. Where N is, the group is down anyway, so that the replica's own
// gate can leave it out: k-of-n stays over one variable a replica.
//
// The shock of a region or a provider hits each service with a probability of its own:
// shock ∧ hit(region, service).
//
// Cost: every (component, buffer) is visited once; loops |knots|² times. It ends because buffers
// add up and no more than `kMostContexts` are followed; beyond, the need counts as hard, which
// can only make things look worse.
// Source: SEMANTICS, structure and buffered needs.

#include "failure/structure.h"

#include <algorithm>
#include <functional>

#include "failure/replicas.h"

namespace outlast::failure {

using base::GateId;
using base::VariableId;
using blueprint::Blueprint;
using blueprint::ComponentId;
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
      events_of_whole_(bp.components().size()) {
  index_events();
  std::map<Operations, std::vector<ComponentId>> entries;
  for (const Path& path : paths) {
    entries[path.operations].push_back(path.enters);
  }
  for (const auto& [operations, wanted] : entries) {
    settle(operations, {}, wanted);
  }
  for (const Path& path : paths) {
    tops_.push_back(down(path.operations, path.enters));
  }
}

void Structure::index_events() {
  std::map<ComponentId, EventId> machine_failures;
  for (const EventId id : base::ids<EventId>(events_.size())) {
    const Event& event = events_[id];
    if (event.per_year <= 0) {
      continue;
    }
    if (event.kind == EventKind::instance) {
      instance_.emplace(std::pair(event.component, event.replica), id);
      machine_failures.emplace(event.component, id);
    } else if (event.component.exists()) {
      events_of_whole_[event.component.index].push_back(id);
    } else if (event.group.exists()) {
      events_of_group_[event.group.index].push_back(id);
    }
  }
  for (const auto host : base::ids<blueprint::FateGroupId>(bp_.fate_groups().size())) {
    const auto failure = machine_failures.find(only_machine_of(bp_, host));
    if (failure != machine_failures.end()) {
      events_of_group_[host.index].push_back(failure->second);
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
  event_of_.push_back(event.event);
  return id;
}

EventVariables& Structure::variables_of(EventId id) {
  if (variables_at_[id.index] != 0) {
    return variables_[variables_at_[id.index] - 1];
  }
  const double longest = longest_out_s(id);
  EventVariables fresh;
  fresh.event = id;
  fresh.mttf_s = base::kSecondsPerYear / events_[id].per_year;
  fresh.per_second = 1 / (fresh.mttf_s + longest);
  fresh.coverage = impacts_[id].coverage;
  if (fresh.coverage) {
    const CoveredReplica replica = covered_replica(fresh.mttf_s, *fresh.coverage);
    add_variable(fresh, replica.is_down, 1, longest);
    const double missed = 1 - fresh.coverage->covered;
    add_variable(fresh, replica.holds, missed, missed * fresh.coverage->freed_s);
  } else {
    add_variable(fresh, fresh.per_second * longest, 1, longest);
  }
  fresh.levels.push_back({longest, gates_.variable(fresh.variables.front()), 1});
  variables_.push_back(std::move(fresh));
  variables_at_[id.index] = variables_.size();
  return variables_.back();
}

/// Mean time a component is felt to be out from behind buffers, and how often it is at all. One
/// that waits for its cause is out for the cause and a fixed while; the time of one that is
/// started elsewhere is taken as exponential.
std::pair<double, double> Structure::out_beyond(EventId event, ComponentId component,
                                                const Patience& patience) const {
  const double time = out_s(event, component);
  if (time <= 0 || patience.is_none()) {
    return {time, 1};
  }
  const base::Duration& cause = events_[event].duration;
  const double work_s = time - cause.mean_s();
  if (!(work_s >= 0)) {
    const auto whole = base::Duration::exponential({time});
    return {patience.mean_felt_s(0, whole), patience.share_felt(0, whole)};
  }
  return {patience.mean_felt_s(work_s, cause), patience.share_felt(work_s, cause)};
}

/// Gate that is true while `event` keeps something down that feels it for that long.
GateId Structure::use_for(EventId event, std::pair<double, double> felt) {
  const double outlasts = felt.second;
  if (felt.first <= 0) {
    return gates_.never();
  }
  EventVariables& known = variables_of(event);
  // A retry that comes late can make it felt longer than it is out; never longer than all of it.
  const double time = std::min(felt.first, known.levels.front().out_s);
  const auto lower =
      std::partition_point(known.levels.begin(), known.levels.end(),
                           [&](const auto& level) { return level.out_s > time * (1 + kSameTime); });
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

const Knots& Structure::knots_of(Operations operations) {
  const bool with_inferred = reading_.edges == Bound::pessimistic;
  return knots_.try_emplace(operations, bp_, dependence_, operations, with_inferred).first->second;
}

/// All that `wanted` depend on, settled in this context.
Structure::Context& Structure::settle(Operations operations, const Patience& patience,
                                      const std::vector<ComponentId>& wanted) {
  Context& context = contexts_[{operations, patience}];
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
  Algebra algebra{*this, operations, patience};
  Compiled running(bp_, dependence_, knots_of(operations), operations, reading_, algebra);
  for (const std::size_t loop : loops) {
    running.settle(loop, context.states);
  }
  return context;
}

/// Is a buffer often not full again when what it stands in for is lost the next time?
bool Structure::refills_slowly(const Need& need) const {
  constexpr double kSeldom = 0.02;  // of the losses, below which that is left out of account
  if (!need.refill.is_known()) {
    return false;
  }
  const ComponentId target = need.any_of.front();
  double losses_per_year = 0;
  for (const EventId id : base::ids<EventId>(events_.size())) {
    const auto& casualties = impacts_[id].casualties;
    const bool takes_it = out_s(id, target) > 0 ||
                          std::any_of(casualties.begin(), casualties.end(), [&](const auto& c) {
                            return c.is_down && c.component == target;
                          });
    losses_per_year += takes_it ? std::max(0.0, events_[id].per_year) : 0;
  }
  return losses_per_year * need.refill->value > kSeldom * base::kSecondsPerYear;
}

GateId Structure::delayed(const Need& need, Operations operations, const Patience& patience,
                          GateId unbuffered) {
  has_buffers_ = true;
  if (reading_.buffers == Bound::pessimistic && refills_slowly(need)) {
    return unbuffered;
  }
  const bool is_known = contexts_.contains({operations, patience});
  if (!is_known && contexts_.size() >= kMostContexts) {
    return unbuffered;
  }
  std::vector<ComponentId> wanted = need.any_of;
  if (need.via.exists()) {
    wanted.push_back(need.via);
  }
  Context& context = settle(operations, patience, wanted);
  Algebra algebra{*this, operations, patience};
  return Compiled(bp_, dependence_, knots_of(operations), operations, reading_, algebra)
      .unbuffered(need, context.states);
}

GateId Structure::down(Operations operations, ComponentId component) {
  return settle(operations, {}, {component}).states[component];
}

}  // namespace outlast::failure
