#include "pipeline/next_year.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/hash.h"
#include "base/pinned_math.h"
#include "engines/montecarlo/interval.h"
#include "engines/montecarlo/years.h"
#include "pipeline/path_figures.h"

namespace outlast::pipeline {

using engines::montecarlo::Cause;
using engines::montecarlo::YearModel;
using engines::montecarlo::Years;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::EventVariables;
using findings::NextYear;

namespace {

std::uint64_t stream_of(const Event& event) {
  return base::stable_hash(
      fmt::format("year|{}|{}|{}", static_cast<int>(event.kind), event.what, event.replica));
}

Cause cause_of(const Event& event, const EventVariables& variables) {
  Cause cause;
  cause.stream = stream_of(event);
  cause.length = event.duration;
  const double longest = variables.out_s.front();
  cause.between_s = 1 / variables.per_second - longest;
  cause.lasts = longest >= failure::kRestOfYear_s;
  cause.has_chances =
      event.kind == EventKind::region_outage || event.kind == EventKind::provider_outage;
  for (std::size_t i = 0; i < variables.variables.size(); ++i) {
    cause.parts.push_back({variables.variables[i], variables.out_s[i], variables.once_happened[i]});
  }
  return cause;
}

/// Variables of no event: whether a shock hits a service.
void add_chances(const failure::Structure& structure, YearModel& model) {
  std::vector<bool> is_of_event(structure.gates().variable_count(), false);
  for (const Cause& cause : model.causes) {
    for (const Cause::Part& part : cause.parts) {
      is_of_event[part.variable.index] = true;
    }
  }
  for (std::size_t v = 0; v < is_of_event.size(); ++v) {
    if (!is_of_event[v]) {
      const std::uint64_t stream = base::stable_hash(fmt::format("hit|{}", model.chances.size()));
      model.chances.push_back({base::VariableId(v), structure.probability()[v], stream});
    }
  }
}

YearModel make_model(const YearSubject& subject) {
  YearModel model{subject.structure.gates(), {}, {}, {}, {}};
  std::map<EventId, std::size_t> cause_at;
  for (const EventVariables& variables : subject.structure.events()) {
    cause_at.emplace(variables.event, model.causes.size());
    model.causes.push_back(cause_of(subject.cases.events[variables.event], variables));
  }
  add_chances(subject.structure, model);
  model.moments.resize(subject.paths.size());
  for (const auto& [event, cause] : cause_at) {
    for (const failure::PathImpact& impact : subject.cases.impacts[event].paths) {
      const double seconds = masked_share(impact) * masked_time_s(impact);
      if (seconds > 0) {
        model.moments[impact.path].push_back({cause, seconds});
      }
    }
  }
  for (std::size_t path = 0; path < subject.paths.size(); ++path) {
    model.tops.push_back(subject.structure.top(path));
    std::sort(model.moments[path].begin(), model.moments[path].end(),
              [](const auto& a, const auto& b) { return a.cause < b.cause; });
  }
  return model;
}

/// Does every journey that has an objective meet it in this year?
bool meets_objectives(const YearSubject& subject, const Years& years, std::size_t year,
                      const std::vector<findings::JourneyAvailability>& journeys) {
  std::vector<double> down_s(journeys.size(), 0);
  for (std::size_t i = 0; i < subject.paths.size(); ++i) {
    const failure::Path& path = subject.paths[i];
    const double share = subject.bp[path.journey].cohorts[path.cohort].share;
    down_s[path.journey.index] += share * years.down_s[i][year];
  }
  for (std::size_t j = 0; j < journeys.size(); ++j) {
    const auto& objective = journeys[j].objective;
    if (objective && down_s[j] > (1 - *objective) * base::kSecondsPerYear) {
      return false;
    }
  }
  return true;
}

NextYear::Share share_of(std::size_t hits, std::size_t count) {
  // 99 %: it is looked at up to five times, which leaves 95 % for what is decided by it.
  constexpr double kEnd = 0.995;
  const double share = static_cast<double>(hits) / static_cast<double>(count);
  const auto interval =
      engines::montecarlo::score_interval({count, share, share}, base::normal_quantile(kEnd));
  return {share, interval.low, interval.high};
}

NextYear sum_up(const YearSubject& subject, const Years& years,
                const std::vector<findings::JourneyAvailability>& journeys) {
  const bool is_asked = std::any_of(journeys.begin(), journeys.end(),
                                    [](const auto& j) { return j.objective.has_value(); });
  std::vector<double> minutes(years.count, 0);
  std::size_t without = 0;
  std::size_t meeting = 0;
  for (std::size_t year = 0; year < years.count; ++year) {
    bool has_outage = false;
    for (std::size_t i = 0; i < subject.paths.size(); ++i) {
      minutes[year] += subject.paths[i].weight * years.down_s[i][year] / 60;
      has_outage = has_outage || years.has_outage[i][year];
    }
    without += has_outage ? 0U : 1U;
    meeting += is_asked && meets_objectives(subject, years, year, journeys) ? 1U : 0U;
  }
  NextYear out;
  out.years = years.count;
  out.p_none = share_of(without, years.count);
  out.mean_minutes =
      std::accumulate(minutes.begin(), minutes.end(), 0.0) / static_cast<double>(years.count);
  out.median_minutes = quantile(minutes, 0.5);
  out.one_in_ten_minutes = quantile(minutes, 0.9);
  if (is_asked) {
    out.p_objective_met = share_of(meeting, years.count);
  }
  return out;
}

/// Is the share on one side of what was asked, whichever it is in truth?
bool is_decided(const NextYear::Share& share, double asked) {
  return share.low >= asked || share.high < asked;
}

}  // namespace

NextYear sample_next_year(const YearSubject& subject,
                          const std::vector<findings::JourneyAvailability>& journeys,
                          const NextYearOptions& options) {
  constexpr std::size_t kMostTimes = 16;
  const YearModel model = make_model(subject);
  const std::size_t least = years_within_budget(model);
  for (std::size_t count = least;; count *= 2) {
    const Years years = sample_years(model, count, {options.seed, options.threads});
    NextYear out = sum_up(subject, years, journeys);
    if (!options.asked || !out.p_objective_met ||
        is_decided(*out.p_objective_met, *options.asked) || count >= kMostTimes * least) {
      return out;
    }
  }
}

}  // namespace outlast::pipeline
