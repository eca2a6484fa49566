#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "base/shared_list.h"

namespace outlast::failure {

/// What one event does to one path.
struct PathImpact {
  std::size_t path = 0;
  double down_median_s = 0;  ///< how long nobody of the path is served; 0: somebody always is
  double down_p90_s = 0;
  double down_mean_s = 0;
  bool is_down_for_good = false;  ///< as long as the cause lasts: no redundancy masks it
  double masked_share = 0;  ///< of its requests that fail at first although the structure is up …
  double masked_s = 0;      ///< … for this long (mean)
  double unnoticed_s = 0;   ///< mean of what comes on top where no check finds the dead one
  double soft_loss = 0;     ///< share of its value that soft needs cost (lower end) …
  double soft_loss_high = 0;
  double soft_s = 0;  ///< … for this long (median)
  friend bool operator==(const PathImpact&, const PathImpact&) = default;
};

/// Which of the last few outcomes equals what was asked for; how many there are where none does.
/// Paths that see the same lie beside each other, so that looking further back finds little.
template <class Outcomes, class Equals>
[[nodiscard]] std::size_t recent_like(const Outcomes& outcomes, std::size_t first, Equals equals) {
  constexpr std::size_t kRecent = 8;
  const std::size_t oldest = std::max(first, outcomes.size() - std::min(outcomes.size(), kRecent));
  for (std::size_t i = outcomes.size(); i-- > oldest;) {
    if (equals(outcomes[i])) {
      return i;
    }
  }
  return outcomes.size();
}

/// What one event does to all paths it touches, ascending by path. Hundreds of paths see the same
/// few outcomes: each is kept once, and a path says which is its own.
class PathImpacts {
 public:
  struct Member {
    std::uint32_t path = 0;
    std::uint32_t outcome = 0;
  };

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = PathImpact;
    using difference_type = std::ptrdiff_t;
    using pointer = const PathImpact*;
    using reference = PathImpact;

    Iterator(const PathImpacts& impacts, std::size_t at) : impacts_(&impacts), at_(at) {}
    PathImpact operator*() const { return (*impacts_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const PathImpacts* impacts_;
    std::size_t at_;
  };

  PathImpacts() = default;

  /// in  outcomes  their `path` says nothing
  ///     members   ascending by path
  PathImpacts(std::vector<PathImpact> outcomes, base::SharedList<Member> members)
      : outcomes_(std::move(outcomes)), members_(std::move(members)) {}

  /// in  paths  ascending
  explicit PathImpacts(const std::vector<PathImpact>& paths) {
    std::vector<Member> members;
    for (const PathImpact& path : paths) {
      PathImpact outcome = path;
      outcome.path = 0;
      const std::size_t at =
          recent_like(outcomes_, 0, [&](const PathImpact& other) { return other == outcome; });
      if (at == outcomes_.size()) {
        outcomes_.push_back(outcome);
      }
      members.push_back({static_cast<std::uint32_t>(path.path), static_cast<std::uint32_t>(at)});
    }
    members_ = base::SharedList<Member>(std::move(members));
  }

  [[nodiscard]] PathImpact operator[](std::size_t i) const {
    PathImpact out = outcomes_[members_[i].outcome];
    out.path = members_[i].path;
    return out;
  }
  [[nodiscard]] PathImpact front() const { return (*this)[0]; }
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] bool empty() const { return members_.empty(); }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, members_.size()}; }

 private:
  std::vector<PathImpact> outcomes_;
  base::SharedList<Member> members_;
};

}  // namespace outlast::failure
