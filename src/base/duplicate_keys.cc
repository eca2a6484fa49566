#include "base/duplicate_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <tuple>

namespace outlast::base {

namespace {

constexpr std::size_t kFew = 16;
constexpr std::size_t kMostTold = 1000;

/// One of 64 bits by length and outer letters: two keys with different bits differ.
std::uint64_t bit_of(std::string_view key) {
  if (key.empty()) {
    return 1;
  }
  const std::size_t first = static_cast<unsigned char>(key.front());
  const std::size_t middle = static_cast<unsigned char>(key[key.size() / 2]);
  const std::size_t last = static_cast<unsigned char>(key.back());
  return std::uint64_t{1} << ((key.size() * 7 + first + middle * 3 + last * 5) % 64);
}

/// For a message: a key may be a megabyte long. Never cut inside a character.
std::string shortened(std::string_view key) {
  constexpr std::size_t kLongest = 60;
  if (key.size() <= kLongest) {
    return std::string(key);
  }
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(key.substr(0, end)) + "…";
}

}  // namespace

std::span<const DuplicateKeys::Repeat> DuplicateKeys::find(std::span<const std::string_view> keys) {
  repeats_.clear();
  if (keys.size() <= kFew) {
    find_among_few(keys);
  } else {
    find_among_many(keys);
  }
  return repeats_;
}

void DuplicateKeys::remember(std::string_view key, Span first, Span again) {
  if (told_.size() < kMostTold) {
    told_.push_back({shortened(key), first, again});
  } else {
    has_more_ = true;
  }
}

void DuplicateKeys::tell(const Sources& sources, Diagnostics& diagnostics) {
  locate_first(sources);
  std::sort(told_.begin(), told_.end(), [](const Told& left, const Told& right) {
    return left.again.begin < right.again.begin;
  });
  for (std::size_t i = 0; i < told_.size(); ++i) {
    Diagnostic told;
    told.code = "OUT-E1104";
    told.span = told_[i].again;
    told.message = fmt::format("the key \"{}\" is written twice", told_[i].key);
    told.help = "keep one of the two";
    told.notes.push_back(fmt::format("the first is in line {}, column {}",
                                     told_[i].first_position.line, told_[i].first_position.column));
    if (has_more_ && i + 1 == told_.size()) {
      told.notes.push_back(fmt::format("more follow: only {} of this file are told", kMostTold));
    }
    diagnostics.add(std::move(told));
  }
}

/// A key whose bit nobody had is new without a comparison: true of nearly all keys of small maps.
void DuplicateKeys::find_among_few(std::span<const std::string_view> keys) {
  std::uint64_t seen = 0;
  for (std::uint32_t again = 0; again < keys.size(); ++again) {
    const std::uint64_t bit = bit_of(keys[again]);
    if ((seen & bit) != 0) {
      const auto first = static_cast<std::uint32_t>(
          std::find(keys.begin(), keys.begin() + again, keys[again]) - keys.begin());
      if (first != again) {
        repeats_.push_back({first, again});
      }
    }
    seen |= bit;
  }
}

void DuplicateKeys::find_among_many(std::span<const std::string_view> keys) {
  order_.clear();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    order_.emplace_back(std::hash<std::string_view>()(keys[i]), i);
  }
  // Sorting instead of a hash table: keys made to collide cost comparisons, never their square.
  std::sort(order_.begin(), order_.end(), [&](const auto& left, const auto& right) {
    return std::tie(left.first, keys[left.second], left.second) <
           std::tie(right.first, keys[right.second], right.second);
  });
  std::size_t first = 0;
  for (std::size_t i = 1; i < order_.size(); ++i) {
    if (order_[i].first != order_[first].first ||
        keys[order_[i].second] != keys[order_[first].second]) {
      first = i;
    } else {
      repeats_.push_back({order_[first].second, order_[i].second});
    }
  }
  std::sort(repeats_.begin(), repeats_.end(),
            [](const Repeat& left, const Repeat& right) { return left.again < right.again; });
}

/// Lines and columns of all first keys in one pass, because a pass each would be too slow.
void DuplicateKeys::locate_first(const Sources& sources) {
  std::sort(told_.begin(), told_.end(), [](const Told& left, const Told& right) {
    return left.first.begin < right.first.begin;
  });
  Position position;
  std::size_t offset = 0;
  for (Told& one : told_) {
    const std::string_view text = sources.text(one.first.source);
    position = advance(position, text.substr(offset, one.first.begin - offset));
    offset = one.first.begin;
    one.first_position = position;
  }
}

}  // namespace outlast::base
