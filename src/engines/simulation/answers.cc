#include "engines/simulation/answers.h"

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"
#include "engines/simulation/model.h"

namespace outlast::engines::simulation {
namespace {

constexpr AnswerPart kAtOnce{1, 0, 0, 1};

/// Exponential scatter of a variance: never more than the mean, for nothing takes less than no time.
AnswerPart shaped(double share, double mean_s, double variance, double good) {
  const double scatter_s = std::min(std::sqrt(std::max(0.0, variance)), mean_s);
  return {share, mean_s - scatter_s, scatter_s, good};
}

/// How much is lost when two kinds become one: their weight times how far apart they are.
double distance(const AnswerPart& a, const AnswerPart& b) {
  const double both = a.share + b.share;
  const double weight = both > 0 ? a.share * b.share / both : 0;
  const double longest_s = std::max({a.mean_s(), b.mean_s(), 1e-12});
  return weight * (std::fabs(a.mean_s() - b.mean_s()) / longest_s + std::fabs(a.good - b.good));
}

AnswerPart merged(const AnswerPart& a, const AnswerPart& b) {
  const double share = a.share + b.share;
  const double of_a = share > 0 ? a.share / share : 1;
  const double of_b = 1 - of_a;
  const double mean_s = of_a * a.mean_s() + of_b * b.mean_s();
  const double gap_s = a.mean_s() - b.mean_s();
  const double variance = of_a * a.scatter_s * a.scatter_s + of_b * b.scatter_s * b.scatter_s +
                          of_a * of_b * gap_s * gap_s;
  return shaped(share, mean_s, variance, of_a * a.good + of_b * b.good);
}

}  // namespace

Answers Answers::at_once() {
  Answers all;
  all.add(kAtOnce);
  return all;
}

void Answers::add(const AnswerPart& part) {
  if (part.share <= 0) {
    return;
  }
  for (std::size_t i = 0; i < size_; ++i) {
    AnswerPart& same = parts_[i];
    if (same.after_s == part.after_s && same.scatter_s == part.scatter_s &&
        same.good == part.good) {
      same.share += part.share;
      return;
    }
  }
  parts_[size_++] = part;
  if (size_ > kMost) {
    merge_most_alike();
  }
}

void Answers::add(const Answers& others, double share) {
  for (AnswerPart part : others) {
    part.share *= share;
    add(part);
  }
}

void Answers::fill() {
  double left = 1;
  for (const AnswerPart& part : *this) {
    left -= part.share;
  }
  constexpr double kRounding = 1e-12;
  if (left > kRounding) {
    add(AnswerPart{left, 0, 0, 1});
  }
}

void Answers::merge_most_alike() {
  std::size_t first = 0;
  std::size_t second = 1;
  double least = kForever;
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t j = i + 1; j < size_; ++j) {
      const double loss = distance(parts_[i], parts_[j]);
      if (loss < least) {
        least = loss;
        first = i;
        second = j;
      }
    }
  }
  parts_[first] = merged(parts_[first], parts_[second]);
  parts_[second] = parts_[--size_];
}

void Answers::then(const Answers& next) {
  if (size_ == 1 && parts_.front() == kAtOnce) {
    *this = next;
    return;
  }
  if (size_ == 1 && next.size_ == 1) {
    AnswerPart& only = parts_.front();
    const AnswerPart& more = next.parts_.front();
    if (only.good > 0) {
      only = shaped(only.share * more.share, only.mean_s() + more.mean_s(),
                    only.scatter_s * only.scatter_s + more.scatter_s * more.scatter_s,
                    only.good * more.good);
    }
    return;
  }
  Answers both;
  for (const AnswerPart& part : *this) {
    if (part.good <= 0) {
      both.add(part);
      continue;
    }
    for (const AnswerPart& more : next) {
      both.add(shaped(part.share * more.share, part.mean_s() + more.mean_s(),
                      part.scatter_s * part.scatter_s + more.scatter_s * more.scatter_s,
                      part.good * more.good));
    }
  }
  *this = both;
}

Answers Answers::repeated(double times) const {
  if (times == 1) {
    return *this;
  }
  Answers rest;
  const double whole = std::floor(times);
  rest.add(*this, times - whole);
  rest.fill();
  // Twice as many at each turn.
  Answers power = *this;
  for (auto left = static_cast<std::size_t>(whole); left > 0; left /= 2) {
    if (left % 2 == 1) {
      rest.then(power);
    }
    if (left > 1) {
      const Answers once = power;
      power.then(once);
    }
  }
  return rest;
}

double Answers::mean_s() const {
  double sum = 0;
  for (const AnswerPart& part : *this) {
    sum += part.share * part.mean_s();
  }
  return sum;
}

double Answers::good() const {
  double sum = 0;
  for (const AnswerPart& part : *this) {
    sum += part.share * part.good;
  }
  return std::min(1.0, sum);
}

bool operator==(const Answers& a, const Answers& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

AnswerPart within(const AnswerPart& part, double patience_s) {
  constexpr double kAll = 40;
  const double room_s = patience_s - part.after_s;
  if (room_s >= kAll * part.scatter_s) {
    return part;
  }
  if (room_s <= 0) {
    return {part.share, patience_s, 0, part.good};
  }
  constexpr double kEven = 1e-3;  // a short piece of an exponential is even
  const double u = room_s / part.scatter_s;
  if (u < kEven) {
    return shaped(part.share, part.after_s + room_s / 2, room_s * room_s / 12, part.good);
  }
  const double beyond = base::pinned_exp(-u);
  const double odds = beyond / (1 - beyond);
  const double variance = part.scatter_s * part.scatter_s * (1 - u * u * odds * (1 + odds));
  return shaped(part.share, part.after_s + part.scatter_s * (1 - u * odds), variance, part.good);
}

double mean_within(const AnswerPart& part, double patience_s) {
  const double room_s = patience_s - part.after_s;
  if (room_s <= 0) {
    return patience_s;
  }
  const bool is_sharp = part.scatter_s <= 0 || patience_s == kForever;
  return part.after_s + (is_sharp
                             ? part.scatter_s
                             : part.scatter_s * (1 - base::pinned_exp(-room_s / part.scatter_s)));
}

AnswerPart delayed(const AnswerPart& part, double mean_s, double variance) {
  return shaped(part.share, part.mean_s() + mean_s, part.scatter_s * part.scatter_s + variance,
                part.good);
}

}  // namespace outlast::engines::simulation
