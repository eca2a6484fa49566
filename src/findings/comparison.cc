#include "findings/comparison.h"

#include "base/units.h"

namespace outlast::findings {

std::optional<double> Comparison::more_downtime_minutes() const {
  if (!base.availability || !head.availability) {
    return std::nullopt;
  }
  return (base.availability->value - head.availability->value) * base::kMinutesPerYear;
}

base::Money Comparison::more_cost() const {
  return {head.cost_month.value_or(base::Money{}).micro_usd -
          base.cost_month.value_or(base::Money{}).micro_usd};
}

base::Money Comparison::more_known_cost() const {
  base::Money more;
  for (const CostChange& change : costs) {
    more.micro_usd += change.is_known ? change.head.micro_usd - change.base.micro_usd : 0;
  }
  return more;
}

std::string_view name_of(Turn turn) {
  return turn == Turn::added ? "added" : turn == Turn::removed ? "removed" : "changed";
}

}  // namespace outlast::findings
