#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "crew/plugin.h"

namespace outlast::crew {

/// Is this process the first of those that a launcher started, or was there no launcher? By what it
/// tells in the environment, without reaching the others.
[[nodiscard]] bool is_first_of_launch();

/// A process's place among those that a launcher started together. Its end is the process's leave.
class Membership {
 public:
  /// Joins where the environment tells of a launcher; else a crew of one.
  ///
  /// errors  there is a launcher, and no object beside the program that can reach the others
  [[nodiscard]] static base::Result<Membership> join();

  Membership() = default;  ///< of a crew of one
  Membership(Membership&& other) noexcept;
  Membership& operator=(Membership&& other) noexcept;
  ~Membership();

  [[nodiscard]] std::size_t rank() const { return rank_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Is this the one that prints?
  [[nodiscard]] bool leads() const { return rank_ == 0; }

  /// Sums over all of the crew, in place; every member calls it equally often, with as many values.
  void add_up(std::span<std::uint64_t> values) const;

  /// How many of the crew say yes.
  [[nodiscard]] std::size_t count_of(bool yes) const;

  /// Have all been given the same? Compared by a fingerprint.
  [[nodiscard]] bool is_same_for_all(std::uint64_t fingerprint) const;

 private:
  const Plugin* plugin_ = nullptr;  ///< none: alone
  std::size_t rank_ = 0;
  std::size_t size_ = 1;
};

}  // namespace outlast::crew
