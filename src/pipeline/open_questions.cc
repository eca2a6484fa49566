#include "pipeline/open_questions.h"

#include <fmt/format.h>

#include <algorithm>

#include "blueprint/reached.h"
#include "failure/dependence.h"
#include "failure/replicas.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using failure::Event;
using failure::Path;
using enum failure::EventKind;

namespace {

/// Does the event hit this component itself?
bool hits(const Blueprint& bp, const Event& event, ComponentId id) {
  if (event.component.exists()) {
    return event.component == id;
  }
  const auto& c = bp[id];
  return std::find(c.fate_groups.begin(), c.fate_groups.end(), event.group) !=
             c.fate_groups.end() ||
         std::any_of(c.replicas.begin(), c.replicas.end(), [&](const auto& r) {
           return r.zone == event.group || std::find(r.fate_groups.begin(), r.fate_groups.end(),
                                                     event.group) != r.fate_groups.end();
         });
}

bool holds_for_unknown_time(const blueprint::Need& need) {
  return failure::is_buffered(need.strength) && !need.buffer.is_known();
}

/// Why nothing can be said of what needs this component; none where something can.
std::optional<std::string> blind_at(const Blueprint& bp, ComponentId id) {
  const auto& c = bp[id];
  if (c.kind == blueprint::Kind::other) {
    return "what " + c.name + " is, is not known";
  }
  if (forwards_nowhere(bp, c)) {
    return "what " + c.name + " forwards to is not known";
  }
  return std::nullopt;
}

/// Whether what the event hits is there at all; none where that is no question.
std::optional<std::string> condition_question(const Blueprint& bp, const Event& event) {
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (!bp[id].made_if.empty() && hits(bp, event, id)) {
      return fmt::format("it is not known whether {} is there: nothing decides the condition {}",
                         bp[id].name, bp[id].made_if);
    }
  }
  return std::nullopt;
}

}  // namespace

OpenQuestions::OpenQuestions(const Blueprint& bp)
    : bp_(bp), stands_for_unknown_(failure::zones_standing_for_unknown(bp)) {
  const auto& groups = bp.fate_groups();
  has_places_ = std::any_of(groups.begin(), groups.end(), [](const auto& g) {
    return g.kind == blueprint::FateKind::zone && !g.is_certain;
  });
  std::vector<ComponentId> open;
  for (const blueprint::Need& need : bp.needs()) {
    const bool is_inferred = need.confidence == blueprint::Confidence::inferred;
    leaves_needs_open_ = leaves_needs_open_ || is_inferred || holds_for_unknown_time(need);
    if ((is_inferred && failure::stops(need.strength)) || holds_for_unknown_time(need)) {
      open.insert(open.end(), need.any_of.begin(), need.any_of.end());
    }
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (bp[id].replica_count.is_unknown()) {
      open.push_back(id);
    }
  }
  has_any_ = !open.empty();
  is_touched_ = blueprint::reached_from(bp, std::move(open));
}

bool OpenQuestions::touch(const Event& event) const {
  switch (event.kind) {
    case instance:
      return is_touched_[event.component.index] ||
             failure::may_share_a_machine(bp_, event.component);
    case third_party:
    case data_deleted:
      return is_touched_[event.component.index];
    case zone_outage:
    case zone_destroyed:
      return has_places_ || has_any_;
    case release:
    case config_push:
      return event.component.exists() ? is_touched_[event.component.index] : has_any_;
    case shared_hardware:
    case service:
    case name_service:
      return has_any_;
    default:
      return false;  // so wide that nothing of this matters
  }
}

bool OpenQuestions::can_worsen(const Event& event) const {
  const bool takes_a_zone = (event.kind == zone_outage || event.kind == zone_destroyed) &&
                            bp_[event.group].kind == blueprint::FateKind::zone;
  const bool takes_a_machine =
      event.kind == instance && failure::may_share_a_machine(bp_, event.component);
  return leaves_needs_open_ || takes_a_machine ||
         (takes_a_zone && (bp_[event.group].is_certain || stands_for_unknown_[event.group.index]));
}

std::optional<std::string> place_question(const Blueprint& bp, const Event& event) {
  const bool takes_a_zone = event.kind == zone_outage || event.kind == zone_destroyed;
  for (const ComponentId id : base::ids<ComponentId>(takes_a_zone ? bp.components().size() : 0)) {
    if (failure::may_use_any_zone(bp[id]) && hits(bp, event, id)) {
      return "it is not known whether " + bp[id].name + " can be started in another zone";
    }
  }
  return std::nullopt;
}

std::string open_question(const Blueprint& bp, const Event& event) {
  if (auto question = condition_question(bp, event)) {
    return *question;
  }
  const auto is_open = [&](ComponentId id) {
    return bp[id].replica_count.is_unknown() && hits(bp, event, id);
  };
  ComponentId open = event.component;  // what happens to one alone hits no other
  for (std::size_t i = 0; !open.exists() && i < bp.components().size(); ++i) {
    open = is_open(ComponentId(i)) ? ComponentId(i) : ComponentId();
  }
  if (open.exists() && is_open(open)) {
    return "it is not known how many of " + bp[open].name + " there are";
  }
  if (event.kind == instance && failure::may_share_a_machine(bp, event.component)) {
    return "it is not known whether all of " + bp[event.component].name + " lie on one server";
  }
  if (const auto question = place_question(bp, event)) {
    return *question;
  }
  for (const blueprint::Need& need : bp.needs()) {
    const bool is_inferred = need.confidence == blueprint::Confidence::inferred;
    if (!is_inferred && !holds_for_unknown_time(need)) {
      continue;
    }
    const auto hit = std::find_if(need.any_of.begin(), need.any_of.end(),
                                  [&](ComponentId target) { return hits(bp, event, target); });
    if (hit != need.any_of.end()) {
      const auto& from = bp[need.from].name;
      return is_inferred ? fmt::format("it is not known whether {} uses {}", from, bp[*hit].name)
                         : fmt::format("it is not known how long {} goes on without {}", from,
                                       bp[*hit].name);
    }
  }
  return event.group.exists() && bp[event.group].kind == blueprint::FateKind::zone
             ? "it is not known where " + event.what + " lies among the others"
             : "it is not known what rests on " + event.what;
}

bool forwards_nowhere(const Blueprint& bp, const blueprint::Component& c) {
  return c.forwards && std::none_of(c.needs.begin(), c.needs.end(), [&](const auto need) {
           return bp[need].kind == blueprint::EdgeKind::service;
         });
}

std::optional<std::string> not_understood(const Blueprint& bp, const std::vector<Path>& paths) {
  std::vector<bool> seen(bp.components().size(), false);
  std::vector<ComponentId> open;
  for (const Path& path : paths) {
    open.push_back(path.enters);
  }
  while (!open.empty()) {
    const ComponentId id = open.back();
    open.pop_back();
    if (seen[id.index]) {
      continue;
    }
    seen[id.index] = true;
    if (auto reason = blind_at(bp, id)) {
      return reason;
    }
    for (const auto need : bp[id].needs) {
      open.insert(open.end(), bp[need].any_of.begin(), bp[need].any_of.end());
    }
  }
  return std::nullopt;
}

std::vector<bool> rests_on_unknown(const Blueprint& bp) {
  std::vector<std::vector<ComponentId>> needed_by(bp.components().size());
  for (const blueprint::Need& need : bp.needs()) {
    if (failure::stops(need.strength)) {
      for (const ComponentId target : need.any_of) {
        needed_by[target.index].push_back(need.from);
      }
    }
  }
  std::vector<bool> rests(bp.components().size(), false);
  std::vector<ComponentId> open;
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (blind_at(bp, id)) {
      open.push_back(id);
    }
  }
  while (!open.empty()) {
    const ComponentId id = open.back();
    open.pop_back();
    if (!rests[id.index]) {
      rests[id.index] = true;
      open.insert(open.end(), needed_by[id.index].begin(), needed_by[id.index].end());
    }
  }
  return rests;
}

std::optional<std::string> nothing_serves_but(const Blueprint& bp) {
  const auto& coverage = bp.coverage();
  if (coverage.understood == coverage.resources) {
    return std::nullopt;
  }
  if (coverage.understood == 0) {
    return "nothing of the input was understood";
  }
  return fmt::format("{} of {} resources were not understood",
                     coverage.resources - coverage.understood, coverage.resources);
}

std::optional<std::string> nameless_entry(const Blueprint& bp, const std::vector<Path>& paths) {
  const auto entry = std::find_if(paths.begin(), paths.end(), [&](const Path& path) {
    const auto& internet = bp[path.enters].internet;
    return internet.is_known() && *internet;
  });
  return entry == paths.end() ? std::nullopt
                              : std::optional("who answers for the name of " +
                                              bp[entry->enters].name + " is not in the input");
}

std::optional<std::string> blind_spot_of(const Blueprint& bp, const std::vector<Path>& paths) {
  return paths.empty() ? nothing_serves_but(bp) : not_understood(bp, paths);
}

}  // namespace outlast::pipeline
