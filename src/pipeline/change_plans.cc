// From what is said of a rollout to the plan that the engine takes.
//
// What nobody stated is read at two ends. Without a strategy a change may go to one user in a
// hundred first, be watched and stopped, or be everywhere at once. A step that nothing is said of is
// watched for an hour or not at all; a gate of which the load is not known meets as many requests as
// it takes, or none.

#include "pipeline/change_plans.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "base/units.h"
#include "catalog/sheet_words.h"

namespace outlast::pipeline {

using blueprint::Rollout;
using catalog::Figure;
using engines::rollout::Badness;
using engines::rollout::Plan;

namespace {

constexpr double kSmallStep = 0.01;
constexpr double kLongWatch_s = 3600;
constexpr double kManyRequests_s = 1e9;
/// More stages than this are joined: a gate that did not see by then sees late.
constexpr std::size_t kMostStages = 40;

constexpr std::string_view kTold[] = {
    "change_noticed", "wrong_noticed", "change_understood", "change_reverted", "change_repaired",
    "bad_crash",      "bad_errors",    "bad_wrong",         "least_errors",    "gate_threshold"};

bool is_at_once(const Rollout& rollout) {
  return rollout.strategy.is_known() && *rollout.strategy == "all_at_once";
}

/// A change of traffic to all at once, once what is new runs and is tested beside the old.
bool is_one_switch(const Rollout& rollout) {
  return rollout.strategy.is_known() && *rollout.strategy == "blue_green" && rollout.steps.empty();
}

bool has_known_stages(const Rollout& rollout) {
  return is_at_once(rollout) || is_one_switch(rollout) || !rollout.steps.empty();
}

std::vector<double> reached_by(const Rollout& rollout, ChangeEnd end) {
  std::vector<double> reached;
  if (is_at_once(rollout) || is_one_switch(rollout)) {
    return {1};
  }
  if (rollout.steps.empty()) {
    return end == ChangeEnd::best ? std::vector{kSmallStep, 1.0} : std::vector{1.0};
  }
  const std::size_t stride = (rollout.steps.size() + kMostStages - 1) / kMostStages;
  for (std::size_t i = 0; i < rollout.steps.size(); i += stride) {
    if (rollout.steps[i].value > 0 && rollout.steps[i].value < 1) {
      reached.push_back(rollout.steps[i].value);
    }
  }
  reached.push_back(1);
  return reached;
}

double watch_of(const Rollout& rollout, bool is_best) {
  if (rollout.bake.is_known()) {
    return rollout.bake->value;
  }
  return is_best && rollout.watched.value_or(true) ? kLongWatch_s : 0;
}

}  // namespace

double ChangeFigures::share(std::string_view name) const {
  const Figure* figure = catalog_.place_figure("any", "", name);
  OUTLAST_ASSERT(figure != nullptr && figure->share >= 0, "the catalog has a share for changes");
  return figure->share;
}

base::Duration ChangeFigures::duration(std::string_view name) const {
  const Figure* figure = catalog_.place_figure("any", "", name);
  OUTLAST_ASSERT(figure != nullptr && figure->median_s >= 0,
                 "the catalog has a duration for changes");
  return catalog::duration_of(*figure);
}

std::vector<Badness> ChangeFigures::ways() const {
  Badness crash;
  crash.weight = share("bad_crash");
  crash.cannot_start = true;
  crash.noticed = duration("change_noticed");
  Badness errors = crash;
  errors.weight = share("bad_errors");
  errors.least_hit = share("least_errors");
  errors.cannot_start = false;
  Badness wrong = crash;
  wrong.weight = share("bad_wrong");
  wrong.shows = wrong.cannot_start = false;
  wrong.noticed = duration("wrong_noticed");
  return {crash, errors, wrong};
}

double ChangeFigures::bad_share(failure::EventKind kind) const {
  return share(kind == failure::EventKind::release ? "release_bad" : "config_bad");
}

Plan ChangeFigures::plan(const Rollout& rollout, std::optional<double> requests_per_s,
                         ChangeEnd end) const {
  const bool is_best = end == ChangeEnd::best;
  Plan plan;
  const double watched_s = watch_of(rollout, is_best);
  for (const double reached : reached_by(rollout, end)) {
    plan.stages.push_back({reached, watched_s});
  }
  const bool may_be_watched = !is_at_once(rollout) && is_best;
  if (rollout.watched.is_known() ? *rollout.watched : may_be_watched) {
    engines::rollout::Gate gate;
    gate.threshold = rollout.gate.is_known() ? rollout.gate->value : share("gate_threshold");
    gate.requests_per_s = requests_per_s.value_or(is_best ? kManyRequests_s : 0);
    gate.takes_effect_s = rollout.activation.value_or({}).value;
    plan.gate = gate;
  }
  const bool may_be_checked = !is_at_once(rollout) && is_best;
  plan.starts_checked =
      rollout.starts_checked.is_known() ? *rollout.starts_checked : may_be_checked;
  plan.react = duration("change_understood");
  const bool can_go_back = rollout.reversible.value_or(true);
  plan.revert = !can_go_back                ? duration("change_repaired")
                : rollout.revert.is_known() ? base::Duration::fixed(*rollout.revert)
                                            : duration("change_reverted");
  return plan;
}

std::vector<blueprint::Assumption> ChangeFigures::assumptions() const {
  std::vector<blueprint::Assumption> out;
  for (const std::string_view name : kTold) {
    const Figure* figure = catalog_.place_figure("any", "", name);
    OUTLAST_ASSERT(figure != nullptr, "the catalog has the figures of changes");
    const std::string value =
        figure->share >= 0
            ? base::format_percent(figure->share)
            : fmt::format("{} ({} in one of ten)", base::format_duration({figure->median_s}),
                          base::format_duration({figure->p90_s}));
    out.push_back(
        {std::string(catalog::figure_words(name)), value, std::string(figure->citation.source)});
  }
  return out;
}

std::vector<std::string> open_points(const Rollout& rollout, bool is_load_known) {
  std::vector<std::string> open;
  if (!rollout.strategy.is_known()) {
    open.emplace_back("everyone at once, or in steps");
    return open;
  }
  if (!has_known_stages(rollout)) {
    open.emplace_back("how many a step reaches");
  }
  if (is_at_once(rollout) && !rollout.watched.value_or(false)) {
    return open;
  }
  if (!rollout.watched.is_known()) {
    open.emplace_back("whether anything stops a step");
  } else if (*rollout.watched && !is_load_known) {
    open.emplace_back("how many requests a step meets");
  }
  if (!rollout.bake.is_known() && rollout.watched.value_or(true)) {
    open.emplace_back("how long a step is watched");
  }
  if (!rollout.starts_checked.is_known()) {
    open.emplace_back("whether what does not start stops it");
  }
  return open;
}

}  // namespace outlast::pipeline
