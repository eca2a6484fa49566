#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "blueprint/value.h"

/// What an architecture costs a month, line by line.
namespace outlast::engines::cost {

/// What is known of a line's amount.
enum class LineState {
  priced,    ///< it has one
  open,      ///< per use, and nobody said how much it is used
  unpriced,  ///< no price is known, or an attribute that decides it is not
  free       ///< costs nothing
};

struct Line {
  std::string component;  ///< id; empty: it is of none
  std::string address;    ///< of the resource; the component's id where there is none
  std::string what;       ///< "server"; empty where nothing is known of what is billed
  LineState state = LineState::unpriced;
  bool is_per_use = false;
  bool is_idle_alone = false;  ///< does nothing unless something uses it
  std::string service, sku, region;
  std::string unit;      ///< "hour"
  std::string per;       ///< so many units: "1000000"
  std::string usd;       ///< of them, exact
  std::string quantity;  ///< units a month, at most six decimals
  std::string discount;  ///< "20 %" off; empty: none
  base::Money monthly;   ///< of a priced line, in whole cents
  std::string why;       ///< it is not priced, or what is assumed
  std::string source, as_of;
  std::string trust;  ///< "V", "M", "E"; "own" for the owners' own price
  blueprint::Evidence evidence;
};

/// All lines, in the order of components and resources, and what they add up to.
struct Bill {
  std::vector<Line> lines;
  base::Money monthly;  ///< of all priced lines: fixed and per use
  base::Money per_use;  ///< of these, per use
  std::size_t unpriced = 0;
  std::size_t open = 0;
  double unpriced_share = 0;  ///< of the lines that cost something and are not open
};

/// Adds up what the lines say.
void add_up(Bill& bill);

[[nodiscard]] std::string_view name_of(LineState state);

}  // namespace outlast::engines::cost
