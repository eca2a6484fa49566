#pragma once

#include <cstdint>
#include <vector>

#include "base/document.h"

namespace outlast::import {

/// Makes three-valued attributes of what a plan tells in three places: values, which of them are
/// not known yet, and what the configuration says.
class AttributeMerger {
 public:
  explicit AttributeMerger(base::SourceId source) : builder_(source) {}

  /// Appends the attributes of one resource instance.
  ///
  /// in      values   map of the planned values; may not exist
  ///         unknown  the same shape with `true` where the value is not known until creation
  ///         config   the resource's configuration; may not exist, then nothing is taken as unset
  /// out     known as it stands; `unknown` where the configuration gives a value that is not
  ///         known yet; null, that is unset, where it is silent and the provider chooses
  void add(base::Node values, base::Node unknown, base::Node config);

  /// A list of all that was added, in that order; spans lie in the plan.
  [[nodiscard]] base::Document finish();

 private:
  /// What the configuration says of a value.
  struct Written {
    base::Node node;
    bool is_certain = false;  ///< false: inside a dynamic block, or no configuration at all
  };
  std::uint32_t merge(base::Node value, base::Node unknown, Written written);
  std::uint32_t merge_map(base::Node value, base::Node unknown, Written written);
  std::uint32_t merge_list(base::Node value, base::Node unknown, Written written);

  base::DocumentBuilder builder_;
  std::vector<std::uint32_t> roots_;
};

}  // namespace outlast::import
