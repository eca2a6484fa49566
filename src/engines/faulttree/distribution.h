#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

/// Of a number; the last place is "or more" once cut off.
using Distribution = std::vector<double>;

/// Of the sum of two independent numbers, cut off at `most`.
inline Distribution sum_of(const Distribution& a, const Distribution& b, std::size_t most) {
  Distribution out(std::min(most + 1, a.size() + b.size() - 1));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t inside = i < out.size() ? std::min(b.size(), out.size() - i) : 0;
    for (std::size_t j = 0; j < inside; ++j) {
      out[i + j] += a[i] * b[j];
    }
    for (std::size_t j = inside; j < b.size(); ++j) {
      out.back() += a[i] * b[j];
    }
  }
  return out;
}

/// Of the sum of `times` independent numbers that are alike.
inline Distribution multiple_of(Distribution one, std::size_t times, std::size_t most) {
  Distribution out{1.0};
  for (; times > 0; times /= 2) {
    if (times % 2 == 1) {
      out = sum_of(out, one, most);
    }
    if (times > 1) {
      one = sum_of(one, one, most);
    }
  }
  return out;
}

/// How something changes with the places of `a`, if `slope` is how it changes with those of the sum of
/// `a` and `b`.
inline Distribution slope_of_term(const Distribution& slope, std::size_t size_of_a,
                                  const Distribution& b) {
  Distribution out(size_of_a);
  for (std::size_t i = 0; i < size_of_a; ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      out[i] += slope[std::min(i + j, slope.size() - 1)] * b[j];
    }
  }
  return out;
}

}  // namespace outlast::engines::faulttree
