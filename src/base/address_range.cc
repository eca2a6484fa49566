#include "base/address_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace outlast::base {
namespace {

constexpr unsigned kBitsV4 = 32;
constexpr unsigned kBitsV6 = 128;
constexpr unsigned kWidestOfOneV4 = 8;   // longer prefixes belong to somebody
constexpr unsigned kWidestOfOneV6 = 12;  // what registries hand out to one another

/// Ranges that the internet does not route (RFC 6890).
constexpr std::string_view kPrivate[] = {"10.0.0.0/8",    "172.16.0.0/12", "192.168.0.0/16",
                                         "100.64.0.0/10", "127.0.0.0/8",   "169.254.0.0/16",
                                         "fc00::/7",      "fe80::/10",     "::1/128"};

}  // namespace

bool AddressRange::covers(const AddressRange& other) const {
  if (is_v6 != other.is_v6 || length > other.length) {
    return false;
  }
  constexpr unsigned kByte = 8;
  for (unsigned i = 0; i < length; i += kByte) {
    const unsigned told = std::min(kByte, length - i);
    const auto mask = static_cast<std::uint8_t>(0xFFU << (kByte - told));
    if ((bits[i / kByte] & mask) != (other.bits[i / kByte] & mask)) {
      return false;
    }
  }
  return true;
}

std::optional<AddressRange> parse_range(std::string_view text) {
  const auto slash = text.find('/');
  const std::string address(text.substr(0, slash));
  AddressRange range;
  range.is_v6 = address.find(':') != std::string::npos;
  if (inet_pton(range.is_v6 ? AF_INET6 : AF_INET, address.c_str(), range.bits.data()) != 1) {
    return std::nullopt;
  }
  const unsigned whole = range.is_v6 ? kBitsV6 : kBitsV4;
  range.length = whole;
  if (slash != std::string_view::npos) {
    const std::string_view rest = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), range.length);
    if (error != std::errc() || end != rest.data() + rest.size() || range.length > whole) {
      return std::nullopt;
    }
  }
  return range;
}

Truth lies_in(const std::vector<AddressRange>& mine, const std::vector<AddressRange>& theirs) {
  const auto is_covered = [&](const AddressRange& m) {
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const AddressRange& t) { return t.covers(m); });
  };
  const auto meets = [&](const AddressRange& m) {
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const AddressRange& t) { return t.covers(m) || m.covers(t); });
  };
  if (theirs.empty()) {
    return Truth::no;
  }
  if (mine.empty()) {
    const bool is_all = std::any_of(theirs.begin(), theirs.end(),
                                    [](const AddressRange& t) { return t.length == 0; });
    return is_all ? Truth::yes : Truth::unknown;
  }
  if (std::all_of(mine.begin(), mine.end(), is_covered)) {
    return Truth::yes;
  }
  return std::any_of(mine.begin(), mine.end(), meets) ? Truth::unknown : Truth::no;
}

bool is_private(const AddressRange& range) {
  return std::any_of(std::begin(kPrivate), std::end(kPrivate),
                     [&](std::string_view text) { return parse_range(text)->covers(range); });
}

bool is_for_anybody(const std::vector<AddressRange>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [](const AddressRange& r) {
    return r.length <= (r.is_v6 ? kWidestOfOneV6 : kWidestOfOneV4) && !is_private(r);
  });
}

}  // namespace outlast::base
