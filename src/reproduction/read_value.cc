#include "reproduction/read_value.h"

#include "base/units.h"

namespace outlast::reproduction {

using base::Node;
using base::NodeKind;

namespace {

std::optional<Value> read_steps(Node list) {
  Value out{Unit::share, {}};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto share = base::parse_share(list.at(i).text());
    const double before = out.values.empty() ? 0 : out.values.back();
    if (!share || share->value <= before) {
      return std::nullopt;
    }
    out.values.push_back(share->value);
  }
  return !out.values.empty() && out.values.back() >= 1 ? std::optional(out) : std::nullopt;
}

std::optional<double> read_percent(std::string_view text) {
  const auto share = base::parse_share(text.ends_with('%') ? text : "");
  return share && share->value > 0 ? std::optional(share->value) : std::nullopt;
}

std::optional<double> read_period(std::string_view text) {
  constexpr double kLongest = 10 * base::kSecondsPerYear;
  const auto period = base::parse_duration(text);
  return period && period->value > 0 && period->value <= kLongest ? std::optional(period->value)
                                                                  : std::nullopt;
}

}  // namespace

std::optional<Value> read_value(Node value, Node per) {
  if (value.is(NodeKind::list)) {
    return read_steps(value);
  }
  if (const auto flag = value.as_bool()) {
    return Value{Unit::flag, {*flag ? 1.0 : 0.0}};
  }
  const auto percent = read_percent(value.text());
  if (per.exists()) {
    const auto period = read_period(per.text());
    return percent && period ? std::optional(Value{Unit::rate, {*percent / *period}})
                             : std::nullopt;
  }
  if (percent) {
    return Value{Unit::share, {*percent}};
  }
  if (const auto number = value.as_number()) {
    return *number > 0 ? std::optional(Value{Unit::number, {*number}}) : std::nullopt;
  }
  const auto period = read_period(value.text());
  return period ? std::optional(Value{Unit::seconds, {*period}}) : std::nullopt;
}

}  // namespace outlast::reproduction
