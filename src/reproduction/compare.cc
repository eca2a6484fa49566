#include "reproduction/compare.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/units.h"

namespace outlast::reproduction {

using incidents::Boundary;
using incidents::Incident;

namespace {

constexpr double kTold = 0.1;

/// Parameters that an event rests on, no further back than what is judged or given by itself: those
/// with more or less of which it would come at another time.
class Roots {
 public:
  Roots(const Reproduction& reproduction, const Incident& incident, const Clock& clock)
      : reproduction_(reproduction),
        incident_(incident),
        clock_(clock),
        times_(play(reproduction, clock.decisions)) {}

  std::vector<std::size_t> of(const Step& step) {
    parameters_.clear();
    seen_.clear();
    add(step);
    const auto at = static_cast<std::size_t>(&step - reproduction_.steps.data());
    std::erase_if(parameters_, [&](std::size_t i) { return !matters(i, at); });
    return {parameters_.begin(), parameters_.end()};
  }

 private:
  void add(const Step& step) {
    for (const auto& [argument, parameter] : step.with) {
      parameters_.insert(parameter);
    }
    std::vector<std::size_t> before = step.from;
    if (step.by == Mechanism::earliest && !before.empty()) {
      before = {*std::min_element(before.begin(), before.end(),
                                  [&](auto a, auto b) { return times_[a].at_s < times_[b].at_s; })};
    }
    for (const std::size_t i : before) {
      const Step& earlier = reproduction_.steps[i];
      const bool is_boundary =
          std::any_of(incident_.boundaries.begin(), incident_.boundaries.end(),
                      [&](const Boundary& boundary) { return boundary.name == earlier.event; });
      if (!is_boundary && seen_.insert(i).second) {
        add(earlier);
      }
    }
  }

  [[nodiscard]] bool matters(std::size_t parameter, std::size_t step) const {
    const Parameter& as_it_is = reproduction_.parameters[parameter];
    if (as_it_is.values.size() > 1) {
      return true;
    }
    Reproduction changed = reproduction_;
    const double value = as_it_is.values.front();
    const std::vector<double> others =
        as_it_is.unit == Unit::flag ? std::vector{1 - value}
                                    : std::vector{0.3 * value, 0.7 * value, 1.7 * value, 3 * value};
    return std::any_of(others.begin(), others.end(), [&](double other) {
      changed.parameters[parameter].values = {other};
      return play(changed, clock_.decisions)[step].at_s != times_[step].at_s;
    });
  }

  const Reproduction& reproduction_;
  const Incident& incident_;
  const Clock& clock_;
  std::vector<When> times_;
  std::set<std::size_t> parameters_;
  std::set<std::size_t> seen_;
};

bool is_fixed(const Reproduction& reproduction, const std::vector<std::size_t>& rests_on) {
  return std::all_of(rests_on.begin(), rests_on.end(), [&](std::size_t i) {
    const Parameter& parameter = reproduction.parameters[i];
    return !parameter.is_fitted() && parameter.trust != catalog::Trust::estimate;
  });
}

std::vector<Row> rows_of(const Reproduction& reproduction, const Incident& incident,
                         const Clock& clock) {
  const std::vector<When> times = play(reproduction, clock.decisions);
  Roots roots(reproduction, incident, clock);
  std::vector<Row> rows;
  double before_s = clock.is_aligned ? 0 : -clock.began_s;
  const Boundary* decision = nullptr;
  for (const Boundary& boundary : incident.boundaries) {
    if (boundary.is_decision) {
      decision = &boundary;
      continue;
    }
    const Step* step = reproduction.find_step(boundary.name);
    if (step != nullptr) {
      When predicted = times[static_cast<std::size_t>(step - reproduction.steps.data())];
      predicted.at_s -= clock.began_s;
      predicted.low_s -= clock.began_s;
      predicted.high_s -= clock.began_s;
      Row row{.boundary = boundary.name,
              .what = boundary.what,
              .trust = boundary.at.trust,
              .published_s = boundary.at.value,
              .predicted = predicted,
              .phase_s = boundary.at.value - before_s,
              .after = decision != nullptr ? decision->name : "",
              .after_s = decision != nullptr ? decision->at.value : 0,
              .rests_on = roots.of(*step),
              .is_aligned = clock.is_aligned && boundary.name == "first_impact"};
      row.is_fixed = is_fixed(reproduction, row.rests_on);
      row.counts =
          !row.is_aligned && row.trust != catalog::Trust::estimate && !row.rests_on.empty();
      rows.push_back(std::move(row));
    }
    before_s = boundary.at.value;
    decision = nullptr;
  }
  return rows;
}

Repaired repaired(Reproduction reproduction, const Repair& repair, const Incident& incident,
                  const Clock& clock, const std::vector<Row>& as_it_was) {
  Repaired out{repair.what, 0, {}};
  for (const auto& [parameter, values] : repair.set) {
    reproduction.parameters[parameter].values = values;
  }
  std::vector<Row> rows = rows_of(reproduction, incident, clock);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out.reached = i == 0 && rows[i].predicted.comes() ? rows[i].predicted.share : out.reached;
    const double was_s = as_it_was[i].predicted.at_s;
    if (rows[i].predicted.at_s != was_s) {
      out.rows.push_back(std::move(rows[i]));
    }
  }
  return out;
}

std::optional<double> part_of(double predicted_s, double published_s, double length_s) {
  return length_s > 0 && std::isfinite(predicted_s)
             ? std::optional((predicted_s - published_s) / length_s)
             : std::nullopt;
}

}  // namespace

std::optional<double> Row::error() const {
  return part_of(predicted.at_s, published_s, phase_s);
}

std::optional<double> Row::error_after_decision() const {
  return after.empty() ? std::nullopt : part_of(predicted.at_s, published_s, published_s - after_s);
}

bool Row::is_told_strictly() const {
  const double told_s = after.empty() ? phase_s : published_s - after_s;
  return std::abs(predicted.at_s - published_s) <= kTold * told_s;
}

bool Row::is_told() const {
  return is_told_strictly() || std::abs(predicted.at_s - published_s) <= base::kSecondsPerMinute;
}

bool Row::is_told_of_phase() const {
  return is_told() || std::abs(predicted.at_s - published_s) <= kTold * phase_s;
}

std::size_t Held::fitted() const {
  return static_cast<std::size_t>(
      std::count_if(reproduction.parameters.begin(), reproduction.parameters.end(),
                    [](const Parameter& parameter) { return parameter.is_fitted(); }));
}

std::size_t Held::counted() const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.counts; }));
}

std::size_t Held::estimated() const {
  const auto& all = reproduction.parameters;
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Parameter& parameter) {
        return !parameter.is_fitted() && parameter.trust == catalog::Trust::estimate;
      }));
}

std::size_t Held::from_sources_alone(bool (Row::*is_so)() const) const {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const Row& row) {
    return row.counts && row.is_fixed && (row.*is_so)();
  }));
}

std::size_t Held::told_strictly() const {
  return from_sources_alone(&Row::is_told_strictly);
}

std::size_t Held::told() const {
  return from_sources_alone(&Row::is_told);
}

std::size_t Held::told_of_phase() const {
  return from_sources_alone(&Row::is_told_of_phase);
}

Clock clock_of(const Reproduction& reproduction, const Incident& incident) {
  Clock clock;
  clock.is_aligned = !incident.triggered;
  if (incident.triggered) {
    clock.began_s = static_cast<double>(incident.began - *incident.triggered);
  } else if (const Step* first = reproduction.find_step("first_impact")) {
    const auto at = static_cast<std::size_t>(first - reproduction.steps.data());
    const When when = play(reproduction, {})[at];
    clock.began_s = when.comes() ? when.at_s : 0;
  }
  for (const Boundary& boundary : incident.boundaries) {
    if (boundary.is_decision) {
      clock.decisions.emplace(boundary.name, clock.began_s + boundary.at.value);
    }
  }
  return clock;
}

Held held_against(Reproduction reproduction, const Incident& incident) {
  Held held;
  const Clock clock = clock_of(reproduction, incident);
  held.rows = rows_of(reproduction, incident, clock);
  for (const Repair& repair : reproduction.repairs) {
    held.repairs.push_back(repaired(reproduction, repair, incident, clock, held.rows));
  }
  held.reproduction = std::move(reproduction);
  return held;
}

}  // namespace outlast::reproduction
