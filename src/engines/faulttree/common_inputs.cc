#include "engines/faulttree/common_inputs.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kNoBit = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kBitsOfWord = 64;
constexpr std::size_t kMostWords = std::size_t{1} << 20;

void add_bits(std::span<std::uint64_t> to, std::span<const std::uint64_t> more) {
  std::transform(to.begin(), to.end(), more.begin(), to.begin(), std::bit_or<>());
}

bool meets(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((a[i] & b[i]) != 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

Common::Common(const Formula& formula) : bit_of_(formula.size(), kNoBit) {
  std::vector<std::uint32_t> users(formula.size());
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    for (const Formula::Node input : formula.inputs(node)) {
      ++users[input];
    }
  }
  std::size_t shared = 0;
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    if (users[node] > 1) {
      bit_of_[node] = shared++;
    }
  }
  words_ = shared / kBitsOfWord + 1;
  is_known_ = words_ * formula.size() <= kMostWords;
  sets_.resize(is_known_ ? words_ * formula.size() : 0);
}

void Common::set(const Formula& formula, Formula::Node node, const Bounds& bounds) {
  if (!is_known_) {
    return;
  }
  const std::span<std::uint64_t> own = std::span(sets_).subspan(node * words_, words_);
  std::fill(own.begin(), own.end(), 0);
  if (bounds.high == 0 || bounds.low == 1) {
    return;
  }
  for (const Formula::Node input : formula.inputs(node)) {
    add_bits(own, of(input));
  }
  if (bit_of_[node] != kNoBit) {
    own[bit_of_[node] / kBitsOfWord] |= std::uint64_t{1} << (bit_of_[node] % kBitsOfWord);
  }
}

void Groups::begin(Join within) {
  within_ = within;
  bounds_.clear();
}

void Groups::add(std::span<const std::uint64_t> common, const Bounds& bounds) {
  const std::size_t own = bounds_.size();
  sets_.resize(std::max(sets_.size(), (own + 1) * common.size()));
  std::copy(common.begin(), common.end(), set(own, common.size()).begin());
  Bounds joined = bounds;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < own; ++i) {
    const std::span<std::uint64_t> other = set(i, common.size());
    if (meets(other, common)) {
      joined = within_(std::array{bounds_[i], joined});
      add_bits(set(own, common.size()), other);
    } else if (kept != i) {
      std::copy(other.begin(), other.end(), set(kept, common.size()).begin());
      bounds_[kept++] = bounds_[i];
    } else {
      ++kept;
    }
  }
  const std::span<std::uint64_t> all = set(own, common.size());
  std::copy(all.begin(), all.end(), set(kept, common.size()).begin());
  bounds_.resize(kept);
  bounds_.push_back(joined);
}

}  // namespace outlast::engines::faulttree
