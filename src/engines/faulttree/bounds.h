#pragma once

#include <memory>
#include <span>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// Proven bounds of a formula whose variables are themselves only bounded, asked again and again; see
/// `bounds`. The formula outlives it.
class Bounding {
 public:
  Bounding(const Formula& formula, bool is_monotone);
  ~Bounding();

  /// in  low, high  by variable, 0 ≤ low ≤ high ≤ 1
  [[nodiscard]] Bounds at(std::span<const double> low, std::span<const double> high);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// The same, asked once.
[[nodiscard]] Bounds bounds_of(const Formula& formula, bool is_monotone,
                               std::span<const double> low, std::span<const double> high);

}  // namespace outlast::engines::faulttree
