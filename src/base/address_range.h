#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/truth.h"

namespace outlast::base {

/// Addresses that begin alike: "10.0.0.0/8", "2001:db8::/32", or one address.
struct AddressRange {
  bool is_v6 = false;
  std::array<std::uint8_t, 16> bits = {};  ///< of IPv4 the first four
  unsigned length = 0;                     ///< how many leading bits are told

  [[nodiscard]] bool covers(const AddressRange& other) const;
  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

/// Nothing where the text is no address or range.
[[nodiscard]] std::optional<AddressRange> parse_range(std::string_view text);

/// Does an address of which only `mine` is known (any of these ranges) lie in one of `theirs`?
/// Unknown where the ranges meet without `theirs` covering all of mine, or mine is empty.
[[nodiscard]] Truth lies_in(const std::vector<AddressRange>& mine,
                            const std::vector<AddressRange>& theirs);

/// Does the internet route none of it (RFC 6890)?
[[nodiscard]] bool is_private(const AddressRange& range);

/// Can just anybody on the internet send from an address in one of these ranges?
///
/// assumes  a public range of 2^24 addresses or more belongs to nobody in particular; smaller ones
///          are named parties, private ranges nobody on the internet (docs/model.md, A-77)
[[nodiscard]] bool is_for_anybody(const std::vector<AddressRange>& ranges);

}  // namespace outlast::base
