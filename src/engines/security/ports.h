#pragma once

#include <cstdint>
#include <vector>

namespace outlast::security {

/// A set of ports, as disjoint intervals in order.
///
/// Port 0 is in none: nothing can be listened for there, so a rule for it opens nothing.
class PortSet {
 public:
  static constexpr std::int64_t kFirst = 1;
  static constexpr std::int64_t kLast = 65'535;
  struct Interval {
    std::int64_t from = 0;
    std::int64_t to = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
  };

  PortSet() = default;
  [[nodiscard]] static PortSet all() { return PortSet(kFirst, kLast); }
  /// Both ends belong to it; what lies outside of all ports is left out.
  PortSet(std::int64_t from, std::int64_t to);

  [[nodiscard]] bool is_empty() const { return intervals_.empty(); }
  [[nodiscard]] bool has(std::int64_t port) const;
  [[nodiscard]] const std::vector<Interval>& intervals() const { return intervals_; }

  [[nodiscard]] PortSet with(const PortSet& other) const;
  [[nodiscard]] PortSet without(const PortSet& other) const;
  [[nodiscard]] PortSet within(const PortSet& other) const;

  friend bool operator==(const PortSet&, const PortSet&) = default;

 private:
  std::vector<Interval> intervals_;
};

}  // namespace outlast::security
