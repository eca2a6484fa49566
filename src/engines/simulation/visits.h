#pragma once

#include <cstdint>
#include <vector>

namespace outlast::engines::simulation {

using VisitIndex = std::uint32_t;

/// Attempts under way, each at one station: a structure of arrays, whose places are used again.
/// A generation number tells whether a place still holds whom one remembers there.
class Visits {
 public:
  /// Nobody: a user waits for the answer, or no one.
  static constexpr VisitIndex kNone = 0xffffffffU;

  enum Flag : std::uint8_t {
    given_up = 1,        ///< its caller does not wait any more
    detached = 2,        ///< nobody ever waited
    has_connection = 4,  ///< of its call's pool
  };

  [[nodiscard]] VisitIndex add() {
    if (free_.empty()) {
      const auto v = static_cast<VisitIndex>(arrived_s.size());
      arrived_s.push_back(0);
      born_s.push_back(0);
      parent.push_back(kNone);
      call.push_back(0);
      lane.push_back(0);
      generation.push_back(0);
      calls_left.push_back(kNotCounted);
      next_call.push_back(0);
      attempt.push_back(0);
      flags.push_back(0);
      return v;
    }
    const VisitIndex v = free_.back();
    free_.pop_back();
    calls_left[v] = kNotCounted;
    next_call[v] = 0;
    flags[v] = 0;
    return v;
  }
  void remove(VisitIndex v) {
    ++generation[v];
    free_.push_back(v);
  }
  [[nodiscard]] bool has(VisitIndex v, Flag flag) const { return (flags[v] & flag) != 0; }
  void set(VisitIndex v, Flag flag) { flags[v] = static_cast<std::uint8_t>(flags[v] | flag); }
  void clear(VisitIndex v, Flag flag) { flags[v] = static_cast<std::uint8_t>(flags[v] & ~flag); }
  [[nodiscard]] std::size_t under_way() const { return arrived_s.size() - free_.size(); }

  static constexpr std::int32_t kNotCounted = -1;

  std::vector<double> arrived_s;    ///< at the station
  std::vector<double> born_s;       ///< when the caller first asked
  std::vector<VisitIndex> parent;   ///< whose request this is a part of
  std::vector<std::uint32_t> call;  ///< by which it came
  std::vector<std::uint32_t> lane;  ///< queue of the station
  std::vector<std::uint32_t> generation;
  std::vector<std::int32_t> calls_left;  ///< of the edge at `next_call`
  std::vector<std::uint16_t> next_call;
  std::vector<std::uint8_t> attempt;  ///< 0: the first
  std::vector<std::uint8_t> flags;

 private:
  std::vector<VisitIndex> free_;
};

}  // namespace outlast::engines::simulation
