#include "import/trace_conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/units.h"

namespace outlast::import {

namespace {

constexpr double kFarApart = 2;

/// A figure that a file shows of a service or a call, and how it is said.
struct Shown {
  double value = 0;
  std::string said;
  base::Span where;
  std::string_view path;
};

/// The least and the most that some file shows of each service or call.
class Extremes {
 public:
  void add(const std::string& name, Shown shown) {
    auto [at, is_new] = all_.try_emplace(name, shown, shown);
    auto& [least, most] = at->second;
    if (shown.value < least.value) {
      least = std::move(shown);
    } else if (shown.value > most.value) {
      most = std::move(shown);
    }
  }

  /// One warning for each two files.
  void tell(std::string_view question, base::Diagnostics& diagnostics) const {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string>> apart;
    std::map<std::pair<std::string_view, std::string_view>, base::Span> places;
    for (const auto& [name, ends] : all_) {
      const auto& [least, most] = ends;
      if (least.value > 0 && most.value > kFarApart * least.value) {
        const std::pair files{least.path, most.path};
        apart[files].push_back(fmt::format("{} {} against {}", name, least.said, most.said));
        places.emplace(files, most.where);
      }
    }
    for (const auto& [files, said] : apart) {
      diagnostics.warning("OUT-E1711", places.at(files),
                          fmt::format("{} and {} disagree on {}: {}", files.first, files.second,
                                      question, base::join_words(said)),
                          "all are counted together; leave out what is of another version or time");
    }
  }

 private:
  std::map<std::string, std::pair<Shown, Shown>> all_;
};

/// One file's word on how often a service calls others for a request.
void add_calls(const std::string& name, const TracedShare& share, std::string_view path,
               Extremes& calls) {
  if (share.requests < static_cast<double>(kFewestTimes)) {
    return;
  }
  for (const auto& [callee, count] : share.calls) {
    const double each = count / share.requests;
    calls.add(fmt::format("{} → {}", name, callee),
              {each, fmt::format("{:.3g}", each), share.where, path});
  }
}

/// The least and the most users that somebody states.
std::pair<double, double> stated_range(const blueprint::Users& users) {
  double least = *users.now;
  double most = std::max(*users.now, users.peak.value_or(0));
  most = std::max(most, users.busy.users.value_or(0));
  for (const blueprint::DayLevel& level : users.day) {
    least = std::min(least, level.users);
    most = std::max(most, level.users);
  }
  return {least, most};
}

}  // namespace

void tell_disagreements(std::map<std::string, TracedService>& services,
                        const base::Sources& sources, base::Diagnostics& diagnostics) {
  Extremes work;
  Extremes calls;
  for (auto& [name, service] : services) {
    for (auto& [file, share] : service.by_file) {
      const std::string_view path = sources.path(file);
      if (const auto one = work_of(share.own_s, false, share.where); one.is_known()) {
        work.add(name, {one->median.value, base::format_duration(one->median), share.where, path});
      }
      add_calls(name, share, path, calls);
    }
  }
  work.tell("how long a request takes", diagnostics);
  calls.tell("how many calls a request makes", diagnostics);
}

void tell_other_load(const blueprint::Users& users, double per_minute, const TracedLoad& load,
                     base::Diagnostics& diagnostics) {
  constexpr double kMinute_s = 60;
  const auto [least, most] = stated_range(users);
  const double seen = load.per_second * kMinute_s / per_minute;
  if (least <= kFarApart * seen && seen <= kFarApart * most) {
    return;
  }
  diagnostics.warning(
      "OUT-E1712", users.now.span(),
      fmt::format("{:.0f} users are stated, {:.3g} requests a second at {:.3g} a minute of each; "
                  "traces show {:.3g} a second",
                  *users.now, *users.now * per_minute / kMinute_s, per_minute, load.per_second),
      fmt::format("what is stated counts, for {} traces in {} may be of a quiet or a busy time",
                  load.traces, base::format_duration({load.over_s})));
}

}  // namespace outlast::import
