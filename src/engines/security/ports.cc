#include "engines/security/ports.h"

#include <algorithm>

namespace outlast::security {

PortSet::PortSet(std::int64_t from, std::int64_t to) {
  from = std::max(from, kFirst);
  to = std::min(to, kLast);
  if (from <= to) {
    intervals_.push_back({from, to});
  }
}

bool PortSet::has(std::int64_t port) const {
  return std::any_of(intervals_.begin(), intervals_.end(),
                     [port](const Interval& i) { return i.from <= port && port <= i.to; });
}

PortSet PortSet::with(const PortSet& other) const {
  std::vector<Interval> all = intervals_;
  all.insert(all.end(), other.intervals_.begin(), other.intervals_.end());
  std::sort(all.begin(), all.end(),
            [](const Interval& a, const Interval& b) { return a.from < b.from; });
  PortSet out;
  for (const Interval& next : all) {
    if (!out.intervals_.empty() && next.from <= out.intervals_.back().to + 1) {
      out.intervals_.back().to = std::max(out.intervals_.back().to, next.to);
    } else {
      out.intervals_.push_back(next);
    }
  }
  return out;
}

PortSet PortSet::without(const PortSet& other) const {
  PortSet out;
  for (Interval left : intervals_) {
    for (const Interval& hole : other.intervals_) {
      if (hole.to < left.from || hole.from > left.to) {
        continue;
      }
      if (left.from < hole.from) {
        out.intervals_.push_back({left.from, hole.from - 1});
      }
      left.from = hole.to + 1;
    }
    if (left.from <= left.to) {
      out.intervals_.push_back(left);
    }
  }
  return out;
}

PortSet PortSet::within(const PortSet& other) const {
  return without(all().without(other));
}

}  // namespace outlast::security
