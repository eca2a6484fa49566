// Changes that reach everyone before anyone notices: everywhere at once, through steps that nothing
// stops, past gates that see too little, or with no way back.

#include <fmt/format.h>

#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Rollout;
using failure::EventId;
using findings::Change;
using findings::Severity;

namespace {

/// From here on a gate is as good as none.
constexpr double kSeesNothing = 0.8;

const Rollout& rollout_of(const Component& c, const Change& change) {
  return change.is_release ? c.rollout : c.configuration;
}

/// The rule that a change breaks; empty: none that is known to be.
std::string_view broken_rule(const Change& change, const Rollout& rollout) {
  const bool is_stated = rollout.strategy.provenance() == blueprint::Provenance::stated;
  if (!rollout.reversible.value_or(true)) {
    return "no_way_back";
  }
  if (change.strategy == "all_at_once") {
    return change.is_release ? "release_at_once" : "config_at_once";
  }
  const bool may_see = change.best.everyone < kSeesNothing;
  if (change.is_watched && !may_see) {
    return "blind_gate";
  }
  const bool is_canary = change.strategy == "canary";
  const bool is_unwatched = rollout.watched.is_known() && !*rollout.watched;
  return is_canary && is_stated && is_unwatched ? "unwatched_steps" : "";
}

Severity severity_of(std::string_view rule, const Rollout& rollout) {
  const bool is_stated = rollout.strategy.provenance() == blueprint::Provenance::stated;
  return rule == "config_at_once" || !is_stated ? Severity::low : Severity::medium;
}

}  // namespace

void find_rollouts(FindingMaker& maker) {
  for (const auto& [id, change] : maker.cases().changes) {
    const failure::Event& event = maker.cases().events[id];
    if (!event.component.exists() || maker.cases().judgements[id].users <= 0) {
      continue;
    }
    const Component& c = maker.bp()[event.component];
    const Rollout& rollout = rollout_of(c, change);
    const std::string_view rule = broken_rule(change, rollout);
    if (rule.empty()) {
      continue;
    }
    findings::Words words = maker.words_of(id, c.name);
    words.cut = change.is_release ? "release" : "configuration";
    words.zone = fmt::format("{:.2g} %", change.worst.everyone * 100);
    findings::Finding finding = maker.start(rule, {event.component}, words);
    point_at(rollout.strategy.span(), finding);
    finding.severity = severity_of(rule, rollout);
    finding.cut = {c.id, change.is_release ? "release" : "configuration"};
    finding.downtime_minutes_per_year = maker.minutes(id);
    maker.is_about(id, finding);
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
