#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/units.h"
#include "clock/surge.h"

namespace outlast::clock {

using findings::Surge;
using findings::SurgeQuestion;
using findings::Verdict;

namespace {

/// Replicas that work, of all that is bounded.
std::vector<double> working_in(const Surge& surge) {
  std::vector<double> sum(surge.users.size(), 0.0);
  for (const findings::SurgePart& part : surge.parts) {
    for (std::size_t i = 0; part.is_bounded && i < part.replicas.size(); ++i) {
      sum[i] += part.replicas[i];
    }
  }
  return sum;
}

}  // namespace

void PartsOverTime::add(const std::vector<double>& track, std::vector<double>& sum) {
  sum.resize(std::max(sum.size(), track.size()));
  std::transform(track.begin(), track.end(), sum.begin(), sum.begin(), std::plus<>());
}

PartsOverTime parts_over_time(const Surge& surge) {
  PartsOverTime parts;
  for (const findings::SurgePart& part : surge.parts) {
    PartsOverTime::add(part.replicas, parts.replicas[part.id]);
    PartsOverTime::add(part.taken, parts.taken[part.id]);
  }
  return parts;
}

std::optional<findings::SurvivalRow> surge_row(const blueprint::Blueprint& bp,
                                               const catalog::Catalog& catalog,
                                               std::vector<blueprint::Assumption>& assumptions,
                                               PartsOverTime& parts) {
  if (!bp.objectives().users.peak.is_known()) {
    return std::nullopt;
  }
  const SurgeQuestion question = surge_question_of(bp.objectives());
  const auto surge = surge_of(bp, catalog, question);
  findings::SurvivalRow row;
  row.worst_case = "surge";
  row.fault_class = blueprint::FaultClass::software;
  row.objective = blueprint::objective_of(bp.objectives(), row.fault_class);
  row.scope = fmt::format("{} → {} in {}", findings::count_text(question.from_users),
                          findings::count_text(question.to_users),
                          base::format_duration({question.within_s}));
  if (!surge) {
    row.survives = Verdict::unknown;
    row.because = {surge.error().message};
    return row;
  }
  row.survives = surge->survives;
  row.because = {surge->because};
  if (surge->survives != Verdict::unknown) {
    row.down_s = row.down_p90_s = surge->down_s;
    row.users = surge->lost_share;
  }
  if (surge->saturates_first) {
    row.cut = {surge->saturates_first->id};
  }
  row.story = surge->story;
  row.series = {surge->step_s,
                {{"users", surge->users},
                 {"offered_per_s", surge->offered},
                 {"served_per_s", surge->served},
                 {"failed_per_s", surge->failed},
                 {"latency_s", surge->latency_s},
                 {"replicas", working_in(*surge)}}};
  parts = parts_over_time(*surge);
  assumptions.insert(assumptions.end(), surge->assumptions.begin(), surge->assumptions.end());
  return row;
}

}  // namespace outlast::clock
