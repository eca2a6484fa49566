#include "clock/row_course.h"

#include <algorithm>
#include <optional>

namespace outlast::clock {

using findings::Simulated;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

/// What happened, with how components stand from then on; since the fault began.
void tell_story(const Simulated& day, double begins_s, SurvivalRow& row) {
  std::vector<findings::ConditionChange> left = day.conditions;
  for (const findings::StoryLine& line : day.story) {
    const auto stands = std::find_if(left.begin(), left.end(), [&](const auto& change) {
      return change.at_s == line.at_s && change.component == line.component;
    });
    const bool is_told = stands != left.end();
    row.story.push_back({std::max(0.0, line.at_s - begins_s), line.component, line.event,
                         line.cause, is_told ? std::optional(stands->condition) : std::nullopt});
    if (is_told) {
      left.erase(stands);
    }
  }
  for (const findings::ConditionChange& change : left) {
    row.story.push_back(
        {std::max(0.0, change.at_s - begins_s), change.component, "", "", change.condition});
  }
  std::stable_sort(row.story.begin(), row.story.end(),
                   [](const auto& a, const auto& b) { return a.at_s < b.at_s; });
}

/// Means of stretches from when the fault began, about a hundred of them.
class Thinned {
 public:
  Thinned(const Simulated& day, double begins_s)
      : first_(static_cast<std::size_t>(begins_s / day.step_s)),
        stride_(std::max<std::size_t>(1, day.served.size() / kMoments)) {}

  [[nodiscard]] double stride() const { return static_cast<double>(stride_); }
  [[nodiscard]] std::vector<double> operator()(const std::vector<double>& values) const {
    std::vector<double> out;
    for (std::size_t i = first_; i + stride_ <= values.size(); i += stride_) {
      double sum = 0;
      for (std::size_t k = 0; k < stride_; ++k) {
        sum += values[i + k];
      }
      out.push_back(sum / stride());
    }
    return out;
  }

 private:
  static constexpr std::size_t kMoments = 100;
  std::size_t first_;
  std::size_t stride_;
};

}  // namespace

void tell_course(const Simulated& day, double begins_s, bool has_users, SurvivalRow& row) {
  if (row.survives == Verdict::unknown) {
    return;  // what is told is only the likely reading
  }
  tell_story(day, begins_s, row);
  const Thinned thinned(day, begins_s);
  const auto served = thinned(day.served);
  const auto failed = thinned(day.failed);
  if (served.empty()) {
    return;
  }
  std::vector<double> lost;
  for (std::size_t i = 0; i < served.size(); ++i) {
    const double all = served[i] + failed[i];
    lost.push_back(all > 0 ? failed[i] / all : 0);
  }
  row.series.step_s = day.step_s * thinned.stride();
  auto& tracks = row.series.tracks;
  if (has_users) {
    tracks = {{"offered_per_s", thinned(day.offered)},
              {"served_per_s", served},
              {"failed_per_s", failed},
              {"latency_s", thinned(day.latency_s)}};
  }
  tracks.push_back({"lost_fraction", std::move(lost)});
}

}  // namespace outlast::clock
