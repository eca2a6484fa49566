#include "pipeline/price_preventions.h"

#include <cmath>

namespace outlast::pipeline {

using engines::cost::Line;
using engines::cost::LineState;
using findings::PreventionPrice;

namespace {

base::Money again(base::Money monthly, double times) {
  constexpr double kCent = 10'000;
  const double cents = std::round(static_cast<double>(monthly.micro_usd) * times / kCent);
  return {static_cast<std::int64_t>(cents) * static_cast<std::int64_t>(kCent)};
}

PreventionPrice price_of(const findings::Cost& cost, const findings::Prevention& prevention) {
  PreventionPrice price;
  for (const auto& [component, times] : prevention.adds) {
    bool is_billed = false;
    for (const Line& line : cost.bill.lines) {
      if (line.component != component) {
        continue;
      }
      is_billed = true;
      if (line.state == LineState::priced) {
        price.monthly.micro_usd += again(line.monthly, times).micro_usd;
      }
      price.unpriced += line.state == LineState::unpriced ? 1U : 0U;
      price.open += line.state == LineState::open ? 1U : 0U;
    }
    // What has no line is not known to cost nothing.
    price.unpriced += is_billed ? 0U : 1U;
  }
  return price;
}

}  // namespace

void price_preventions(const findings::Cost& cost, findings::Replay& replay) {
  for (findings::Prevention& prevention : replay.prevented_by) {
    prevention.price = price_of(cost, prevention);
  }
}

}  // namespace outlast::pipeline
