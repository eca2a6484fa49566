#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "reproduction/reproduction.h"

namespace outlast::reproduction {

/// When an event comes: seconds after the change. Where chance has a part in it, the middle, and
/// the tenth and ninetieth percentile; infinite: never.
struct When {
  double at_s = 0;
  double low_s = 0;
  double high_s = 0;
  double share = 1;  ///< of those who can be hit

  [[nodiscard]] bool comes() const { return at_s < std::numeric_limits<double>::infinity(); }
};

/// What people decided, and when: seconds after the change.
using Decisions = std::map<std::string, double, std::less<>>;

/// When each step's event comes, in their order.
///
/// in      decisions  one that is not told never comes
/// cost    linear in steps, and in the draws until a cluster is upgraded
/// assumes steps know nothing of each other but the times; draws meet any node alike
[[nodiscard]] std::vector<When> play(const Reproduction& reproduction, const Decisions& decisions);

}  // namespace outlast::reproduction
