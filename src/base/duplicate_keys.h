#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.h"

namespace outlast::base {

/// Finds keys written twice, for the maps of one source after the other, and tells them at its end.
class DuplicateKeys {
 public:
  struct Repeat {
    std::uint32_t first;
    std::uint32_t again;
  };

  /// Which keys of one map repeat an earlier one; valid until the next call.
  /// cost  n log n for n keys, whatever the keys; next to nothing for a few
  [[nodiscard]] std::span<const Repeat> find(std::span<const std::string_view> keys);

  void remember(std::string_view key, Span first, Span again);

  /// OUT-E1104 for what was remembered, in the order of the source.
  /// After a thousand only that there are more: the input must not decide how much memory we take.
  void tell(const Sources& sources, Diagnostics& diagnostics);

 private:
  struct Told {
    std::string key;
    Span first;
    Span again;
    Position first_position = {};
  };
  void find_among_few(std::span<const std::string_view> keys);
  void find_among_many(std::span<const std::string_view> keys);
  void locate_first(const Sources& sources);

  std::vector<Repeat> repeats_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order_;  ///< hash and index
  std::vector<Told> told_;
  bool has_more_ = false;
};

}  // namespace outlast::base
