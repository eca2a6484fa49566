#include "clock/row_course.h"

#include <algorithm>

#include "clock/conditions.h"

namespace outlast::clock {

using findings::Simulated;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

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
  row.story = steps_of(day.story, day.conditions, begins_s);
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
