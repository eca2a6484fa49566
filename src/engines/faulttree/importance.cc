#include "engines/faulttree/importance.h"

#include <algorithm>
#include <limits>

namespace outlast::engines::faulttree {

std::vector<Importance> importances(double gate, std::span<const double> p,
                                    std::span<const double> birnbaum) {
  std::vector<Importance> all(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    Importance& one = all[i];
    one.birnbaum = birnbaum[i];
    if (gate <= 0) {
      one.raw = birnbaum[i] > 0 ? std::numeric_limits<double>::infinity() : 1;
      continue;
    }
    const double without = std::max(0.0, gate - p[i] * birnbaum[i]);
    const double with = std::clamp(gate + (1 - p[i]) * birnbaum[i], 0.0, 1.0);
    // Below the roundings of a subtraction nothing is left: the event is in every cut set, or where
    // happening helps in none.
    constexpr double kSubtraction = 1e-14;
    const double left = without < kSubtraction * gate ? 0.0 : without;
    const double after = with < kSubtraction * gate ? 0.0 : with;
    one.criticality = p[i] * birnbaum[i] / gate;
    one.fussell_vesely = (gate - left) / gate;
    one.diagnosis = p[i] * after / gate;
    one.raw = after / gate;
    one.rrw = left > 0 ? gate / left : std::numeric_limits<double>::infinity();
  }
  return all;
}

}  // namespace outlast::engines::faulttree
