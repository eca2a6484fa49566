// Who is full, who suffers from it, and what comes of it, over the time of a surge.
//
// Problem. The engine knows queues and busy servers of parts, and what users lose. A reader asks who
// is down at a moment, and why.
//
// Method. A part is full while nearly all of what runs out first is in use, and down while it fails
// most of what comes to it: what finds no place, and what is answered when nobody waits any more.
// While users who come in somewhere lose requests, whoever passes them on to a full part loses them
// too: all that lies on needed calls between the two. Of several full parts the cause is the one
// that was full first. Changes that last for a few steps only are passed over, but for the first
// time that a part is full.

#include "clock/surge_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "clock/conditions.h"
#include "clock/mood.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using findings::Condition;
using findings::StoryLine;
using findings::Surge;
using simulation::StationId;

namespace {

constexpr double kFullUse = 0.98;
constexpr double kUseOfNotFull = 0.8;
/// A part that refuses more of what comes is full, however busy it is.
constexpr double kRefusedByFull = 0.01;
constexpr std::size_t kStepsToCount = 5;

/// So many steps of one kind, one after the other.
template <typename Kind>
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  Kind kind;
};

/// The stretches of a track; what is shorter than counts belongs to the one before.
/// in  at_first  what it is before the first step
template <typename Kind>
std::vector<Stretch<Kind>> stretches_of(const std::vector<Kind>& track, Kind at_first) {
  std::vector<Stretch<Kind>> out = {{0, 0, at_first}};
  for (std::size_t i = 0; i < track.size();) {
    std::size_t end = i;
    while (end < track.size() && track[end] == track[i]) {
      ++end;
    }
    if (track[i] != out.back().kind && end - i >= kStepsToCount) {
      out.push_back({i, end, track[i]});
    }
    out.back().end = end;
    i = end;
  }
  return out;
}

/// How a part on the way stands in a step, and which full station is why.
struct OnTheWay {
  Mood mood = Mood::served;
  std::size_t cause = 0;
  friend bool operator==(const OnTheWay&, const OnTheWay&) = default;
};

class SurgeTeller {
 public:
  SurgeTeller(const blueprint::Blueprint& bp, const LoadModel& load,
              const simulation::Outcome& outcome, const Surge& surge)
      : bp_(bp),
        load_(load),
        outcome_(outcome),
        surge_(surge),
        order_(simulation::callers_first(load.model)),
        steps_(surge.users.size()) {
    for (std::size_t s = 0; s < load.parts.size(); ++s) {
      station_of_.emplace(component_of(s).id, s);
    }
  }

  std::vector<findings::TimedStep> tell() {
    for (const findings::SurgePart& part : surge_.parts) {
      add_full(part);
    }
    add_trace();
    add_ways();
    add_users();
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const StoryLine& a, const StoryLine& b) { return a.at_s < b.at_s; });
    return steps_of(lines_, gravest_of(std::move(standings_)), 0);
  }

 private:
  [[nodiscard]] double begin_of(std::size_t step) const {
    return static_cast<double>(step) * surge_.step_s;
  }
  [[nodiscard]] const blueprint::Component& component_of(std::size_t station) const {
    return bp_[load_.parts[station].component];
  }
  void add_full(const findings::SurgePart& part) {
    if (!part.saturates_s) {
      return;
    }
    const std::size_t s = station_of_.at(part.id);
    const auto& tracks = outcome_.stations[StationId(s)];
    const auto first = static_cast<std::size_t>(*part.saturates_s / surge_.step_s);
    std::vector<bool> is_full(steps_, false);
    bool was_full = false;
    for (std::size_t i = first; i < steps_; ++i) {
      const bool refuses = tracks.refused[i] > kRefusedByFull * std::max(1e-9, tracks.arrived[i]);
      was_full = i <= first + kStepsToCount || refuses ||
                 part.use[i] >= (was_full ? kUseOfNotFull : kFullUse);
      is_full[i] = was_full;
    }
    auto& from_s = full_from_s_.try_emplace(s, steps_, -1.0).first->second;
    for (const auto& stretch : stretches_of(is_full, false)) {
      const double begin_s = std::max(begin_of(stretch.begin), *part.saturates_s);
      if (stretch.kind) {
        tell_full(part, s, begin_s);
        std::fill(from_s.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                  from_s.begin() + static_cast<std::ptrdiff_t>(stretch.end), begin_s);
      } else if (stretch.begin > 0) {
        lines_.push_back({begin_of(stretch.begin), part.id, part.name, "no longer full", ""});
        standings_.push_back({begin_of(stretch.begin), part.id, 2 * s, std::nullopt, ""});
      }
    }
    add_failing(part, s, from_s);
  }

  /// From when to when a part, while it is full, fails most of what comes to it.
  void add_failing(const findings::SurgePart& part, std::size_t s,
                   const std::vector<double>& from_s) {
    const auto moods = moods_of_part(outcome_.stations[StationId(s)], surge_.step_s, false);
    std::vector<bool> fails(steps_, false);
    for (std::size_t i = 0; i < steps_; ++i) {
      fails[i] = from_s[i] >= 0 && moods[i] == Mood::down;
    }
    for (const auto& stretch : stretches_of(fails, false)) {
      if (stretch.kind) {
        tell_change(part, s, std::max(begin_of(stretch.begin), from_s[stretch.begin]),
                    Condition::down, std::string(kFailsMost));
      } else if (stretch.begin > 0 && from_s[stretch.begin] >= 0) {
        tell_change(part, s, begin_of(stretch.begin), Condition::saturated,
                    std::string(kServesMostAgain));
      }
    }
  }

  void tell_full(const findings::SurgePart& part, std::size_t s, double at_s) {
    const double users = surge_.question.users_at(at_s);
    tell_change(part, s, at_s, Condition::saturated,
                fmt::format("is full at {} users", findings::count_text(users)));
  }

  void tell_change(const findings::SurgePart& part, std::size_t s, double at_s, Condition condition,
                   std::string event) {
    lines_.push_back({at_s, part.id, part.name, std::move(event), part.limit});
    standings_.push_back({at_s, part.id, 2 * s, condition, part.limit});
  }

  void add_trace() {
    for (const auto& entry : outcome_.trace) {
      StoryLine line{entry.at_s, "", "", entry.what, entry.cause};
      if (entry.station.exists()) {
        const auto& component = component_of(entry.station.index);
        line.component = component.id;
        line.name = component.name;
        if (line.event.starts_with(line.name + ": ")) {
          line.event = line.event.substr(line.name.size() + 2);
        }
      }
      lines_.push_back(std::move(line));
    }
  }

  /// Stations from which needed calls that are waited for lead to one.
  [[nodiscard]] std::vector<bool> leading_to(std::size_t full) const {
    std::vector<bool> leads(load_.parts.size(), false);
    leads[full] = true;
    for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
      for (const simulation::CallId call : load_.model.stations[*id].calls) {
        leads[id->index] = leads[id->index] || (is_passed_on(call) && leads[to(call)]);
      }
    }
    return leads;
  }

  /// Stations to which such calls lead from one.
  [[nodiscard]] std::vector<bool> below(std::size_t entry) const {
    std::vector<bool> reached(load_.parts.size(), false);
    reached[entry] = true;
    for (const StationId id : order_) {
      for (const simulation::CallId call : load_.model.stations[id].calls) {
        reached[to(call)] = reached[to(call)] || (is_passed_on(call) && reached[id.index]);
      }
    }
    return reached;
  }

  [[nodiscard]] bool is_passed_on(simulation::CallId call) const {
    return load_.model.calls[call].is_needed && load_.model.calls[call].waits;
  }
  [[nodiscard]] std::size_t to(simulation::CallId call) const {
    return load_.model.calls[call].to.index;
  }

  /// Of the full stations among some, the one that has been full for longest.
  [[nodiscard]] std::optional<std::size_t> cause_among(const std::vector<bool>& some,
                                                       std::size_t step) const {
    std::optional<std::size_t> cause;
    for (const auto& [s, from_s] : full_from_s_) {
      const bool is_full = some[s] && from_s[step] >= 0;
      if (is_full && (!cause || from_s[step] < full_from_s_.at(*cause)[step])) {
        cause = s;
      }
    }
    return cause;
  }

  /// What users of one source come to, and how they fare because of what, by step.
  struct Coming {
    std::vector<bool> reached;
    std::vector<OnTheWay> track;
  };

  [[nodiscard]] Coming coming_from(std::size_t source) const {
    const auto& users = outcome_.users[source];
    Coming coming{below(to(load_.model.sources[source].call)), std::vector<OnTheWay>(steps_)};
    const auto moods =
        moods_of({users.offered, users.served, users.failed}, surge_.step_s, false).steps;
    for (std::size_t i = 0; i < steps_; ++i) {
      const auto cause = moods[i] == Mood::served ? std::nullopt : cause_among(coming.reached, i);
      coming.track[i] = cause ? OnTheWay{moods[i], *cause} : OnTheWay{};
    }
    return coming;
  }

  void add_ways() {
    std::vector<Coming> all;
    std::map<std::size_t, std::vector<bool>> leading;
    for (std::size_t u = 0; u < load_.model.sources.size() && !full_from_s_.empty(); ++u) {
      all.push_back(coming_from(u));
      for (const OnTheWay& now : all.back().track) {
        if (now.mood != Mood::served && leading.count(now.cause) == 0) {
          leading[now.cause] = leading_to(now.cause);
        }
      }
    }
    for (std::size_t s = 0; s < load_.parts.size() && !leading.empty(); ++s) {
      std::vector<OnTheWay> own(steps_);
      for (const Coming& coming : all) {
        for (std::size_t i = 0; i < steps_ && coming.reached[s]; ++i) {
          const OnTheWay& now = coming.track[i];
          const bool is_hurt = now.mood > own[i].mood && s != now.cause && leading[now.cause][s];
          own[i] = is_hurt ? now : own[i];
        }
      }
      for (const auto& stretch : stretches_of(own, OnTheWay{})) {
        stand(s, stretch);
      }
    }
  }

  void stand(std::size_t s, const Stretch<OnTheWay>& stretch) {
    const auto& [mood, cause] = stretch.kind;
    const double begin_s = begin_of(stretch.begin);
    if (mood != Mood::served) {
      standings_.push_back({std::max(begin_s, full_from_s_.at(cause)[stretch.begin]),
                            component_of(s).id, 2 * s + 1,
                            mood == Mood::down ? Condition::down : Condition::degraded,
                            component_of(cause).name + " is full"});
    } else if (stretch.begin > 0) {
      standings_.push_back(
          {begin_s, component_of(s).id, 2 * s + 1, std::nullopt, "what it needs is good again"});
    }
  }

  /// How all users fare together, and because of what.
  void add_users() {
    constexpr std::string_view kEvents[] = {"users are served again",
                                            "users lose more than one request in a hundred",
                                            "users are down: most of their requests are lost"};
    const auto moods =
        moods_of({surge_.offered, surge_.served, surge_.failed}, surge_.step_s, false).steps;
    for (const auto& stretch : stretches_of(moods, Mood::served)) {
      if (stretch.kind == Mood::served && stretch.begin == 0) {
        continue;
      }
      double at_s = begin_of(stretch.begin);
      std::string why = stretch.kind == Mood::served ? "" : surge_.impatience;
      const auto cause =
          stretch.kind == Mood::served ? std::nullopt : cause_among(below_users(), stretch.begin);
      if (cause) {
        why = component_of(*cause).name + " is full";
        at_s = std::max(at_s, full_from_s_.at(*cause)[stretch.begin]);
      }
      lines_.push_back({at_s, "", "", std::string(kEvents[static_cast<std::size_t>(stretch.kind)]),
                        std::move(why)});
    }
  }

  [[nodiscard]] std::vector<bool> below_users() const {
    std::vector<bool> all(load_.parts.size(), false);
    for (const auto& source : load_.model.sources) {
      const auto reached = below(to(source.call));
      std::transform(all.begin(), all.end(), reached.begin(), all.begin(), std::logical_or<>());
    }
    return all;
  }

  const blueprint::Blueprint& bp_;
  const LoadModel& load_;
  const simulation::Outcome& outcome_;
  const Surge& surge_;
  std::vector<StationId> order_;  ///< callers first
  std::size_t steps_;
  std::map<std::string, std::size_t, std::less<>> station_of_;  ///< by component
  /// By station that is ever full, and step: since when it has been; negative: it is not.
  std::map<std::size_t, std::vector<double>> full_from_s_;
  std::vector<StoryLine> lines_;
  std::vector<Standing> standings_;
};

}  // namespace

std::vector<findings::TimedStep> surge_story(const blueprint::Blueprint& bp, const LoadModel& load,
                                             const simulation::Outcome& outcome,
                                             const Surge& surge) {
  return SurgeTeller(bp, load, outcome, surge).tell();
}

}  // namespace outlast::clock
