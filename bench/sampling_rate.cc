// How many scenarios a second one core samples: 100 events with probabilities spread evenly on a
// logarithmic scale from 1e-4 to 1e-1, pairs of them in groups, some of the groups redundant.
// Seconds are those the processor worked, so that other programs on the machine do not count.
//
// usage: sampling_rate [SCENARIOS]

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "base/gates.h"
#include "engines/montecarlo/sampler.h"

namespace {

using namespace outlast;

constexpr std::size_t kEvents = 100;

base::GateId make_top(base::Gates& gates) {
  std::vector<base::GateId> events;
  for (std::size_t i = 0; i < kEvents; ++i) {
    events.push_back(gates.variable(gates.add_variable()));
  }
  std::vector<base::GateId> groups;
  for (std::size_t i = 0; i < kEvents; i += 4) {
    const auto pair = gates.any({events[i], events[(i + 37) % kEvents]});
    groups.push_back(gates.all({pair, gates.any({events[i + 1], events[i + 2]})}));
    groups.push_back(gates.at_least(2, {events[i + 3], events[i], events[(i + 51) % kEvents]}));
  }
  return gates.any(groups);
}

void time_lanes(engines::montecarlo::Lanes lanes, const char* name, std::uint64_t scenarios) {
  base::Gates gates;
  const base::GateId top = make_top(gates);
  std::vector<double> p;
  for (std::size_t i = 0; i < kEvents; ++i) {  // 37 and 100 have no common divisor: well mixed
    p.push_back(1e-4 * std::pow(1000.0, static_cast<double>(i * 37 % kEvents) / (kEvents - 1)));
  }
  engines::montecarlo::SampleOptions options;
  options.threads = 1;
  options.scenarios = scenarios;
  options.relative_error = 0;
  options.conditions = false;
  options.lanes = lanes;
  const std::clock_t begin = std::clock();
  const auto s = engines::montecarlo::sample_probability(gates, top, p, {}, options);
  const double took_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  fmt::print("sampling, 100 events, {:<9} {:8.1f} million scenarios a second   p = {:.6g}\n", name,
             static_cast<double>(s.scenarios) / took_s / 1e6, s.probability);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t scenarios = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000'000;
  if (engines::montecarlo::best_lanes() == engines::montecarlo::Lanes::avx2) {
    time_lanes(engines::montecarlo::Lanes::avx2, "AVX2", scenarios);
  }
  time_lanes(engines::montecarlo::Lanes::portable, "portable", scenarios);
}
