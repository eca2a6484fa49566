// What the readings of a course say together.

#include <algorithm>

#include "clock/course.h"

namespace outlast::clock {

using blueprint::ComponentId;

namespace {

template <class Pick>
Timeline over_readings(const std::vector<Course::Reading>& readings, Pick pick) {
  std::vector<Timeline> all;
  std::vector<double> weights;
  for (const auto& reading : readings) {
    all.push_back(pick(reading));
    weights.push_back(reading.weight);
  }
  return weighted(weights, all);
}

}  // namespace

Timeline weighted(const std::vector<double>& weights, const std::vector<Timeline>& all) {
  if (all.size() == 1) {
    return all.front();
  }
  double sum = 0;
  for (const double weight : weights) {
    sum += weight;
  }
  return replay::combined(all, [&](std::vector<double>& lost) {
    double mean = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      mean += sum > 0 ? lost[i] * weights[i] / sum : 0;
    }
    return std::min(1.0, mean);
  });
}

Timeline Course::own(ComponentId id) const {
  return over_readings(readings, [&](const Reading& reading) { return reading.own[id]; });
}

Timeline Course::whole(ComponentId id) const {
  return over_readings(readings, [&](const Reading& reading) { return reading.whole[id]; });
}

Timeline Course::replica(ComponentId id, std::size_t r) const {
  return over_readings(readings,
                       [&](const Reading& reading) { return reading.replicas[id.index][r]; });
}

}  // namespace outlast::clock
