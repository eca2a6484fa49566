#include "engines/cost/bill.h"

namespace outlast::engines::cost {

void add_up(Bill& bill) {
  bill.monthly = bill.per_use = {};
  bill.unpriced = bill.open = 0;
  std::size_t priced = 0;
  for (const Line& line : bill.lines) {
    bill.unpriced += line.state == LineState::unpriced ? 1 : 0;
    bill.open += line.state == LineState::open ? 1 : 0;
    if (line.state == LineState::priced) {
      ++priced;
      bill.monthly.micro_usd += line.monthly.micro_usd;
      bill.per_use.micro_usd += line.is_per_use ? line.monthly.micro_usd : 0;
    }
  }
  const auto lines = static_cast<double>(priced + bill.unpriced);
  bill.unpriced_share = bill.unpriced == 0 ? 0 : static_cast<double>(bill.unpriced) / lines;
}

std::string_view name_of(LineState state) {
  switch (state) {
    case LineState::priced:
      return "priced";
    case LineState::open:
      return "open";
    case LineState::free:
      return "free";
    case LineState::unpriced:
      break;
  }
  return "unpriced";
}

}  // namespace outlast::engines::cost
