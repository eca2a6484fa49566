#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace outlast::engines::faulttree {

/// Of a number; the last place is "or more" once cut off.
using Distribution = std::vector<double>;

/// The places from the first to the last that are not 0: of many numbers summed up most are too
/// unlikely for a double.
struct Likely {
  explicit Likely(const Distribution& of) : end(of.size()) {
    while (begin < end && of[begin] == 0) {
      ++begin;
    }
    while (begin < end && of[end - 1] == 0) {
      --end;
    }
  }
  std::size_t begin = 0;
  std::size_t end;
};

/// Of the sum of two independent numbers, cut off at `most`.
inline Distribution sum_of(const Distribution& a, const Distribution& b, std::size_t most) {
  Distribution out(std::min(most + 1, a.size() + b.size() - 1));
  const Distribution& few = a.size() <= b.size() ? a : b;  // the long loop is the inner one
  const Distribution& many = a.size() <= b.size() ? b : a;
  const Likely likely(many);
  for (std::size_t i = 0; i < few.size(); ++i) {
    const std::size_t room = i < out.size() ? out.size() - i : 0;
    const std::size_t inside = std::clamp(room, likely.begin, likely.end);
    for (std::size_t j = likely.begin; j < inside; ++j) {
      out[i + j] += few[i] * many[j];
    }
    for (std::size_t j = inside; j < likely.end; ++j) {
      out.back() += few[i] * many[j];
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
  const Likely likely(b);
  const auto last = slope.size() - 1;
  if (size_of_a < b.size()) {
    for (std::size_t i = 0; i < size_of_a; ++i) {
      for (std::size_t j = likely.begin; j < likely.end; ++j) {
        out[i] += slope[std::min(i + j, last)] * b[j];
      }
    }
    return out;
  }
  for (std::size_t j = likely.begin; j < likely.end; ++j) {
    const std::size_t inside = j < slope.size() ? std::min(size_of_a, slope.size() - j) : 0;
    for (std::size_t i = 0; i < inside; ++i) {
      out[i] += slope[i + j] * b[j];
    }
    for (std::size_t i = inside; i < size_of_a; ++i) {
      out[i] += slope[last] * b[j];
    }
  }
  return out;
}

}  // namespace outlast::engines::faulttree
