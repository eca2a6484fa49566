// What a run shows: series, and the story of it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/units.h"
#include "clock/missed.h"
#include "clock/mood.h"
#include "clock/run.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using blueprint::Blueprint;
using findings::Condition;
using findings::Simulated;
using findings::StoryLine;
using simulation::StationId;

namespace {

constexpr double kNoLongerFull = 0.8;

constexpr std::size_t kFewSteps = 5;

std::optional<Condition> condition_of(Fullness fullness) {
  return fullness == Fullness::none   ? std::nullopt
         : fullness == Fullness::full ? std::optional(Condition::saturated)
                                      : std::optional(Condition::down);
}

class Teller {
 public:
  Teller(const Blueprint& bp, const Run& run) : bp_(bp), run_(run) {}

  Simulated tell() {
    out_.until_s = run_.until_s;
    out_.ended_s = run_.outcome.ended_s;
    out_.is_partial = run_.outcome.is_cut_off;
    out_.took_too_long = run_.outcome.is_over_budget;
    out_.step_s = run_.outcome.step_s;
    out_.journeys = fates_of(run_);
    for (const auto& fate : out_.journeys) {
      out_.near_half_s = std::max(out_.near_half_s, fate.near_half_s);
    }
    out_.assumptions = run_.staged.load.assumptions;
    add_series();
    add_parts();
    out_.story = run_.staged.story;
    add_trace();
    add_full();
    add_missed();
    add_users();
    std::erase_if(out_.story, [&](const StoryLine& line) { return line.at_s > out_.ended_s; });
    std::erase_if(out_.conditions, [&](const auto& change) { return change.at_s > out_.ended_s; });
    // Of one second, as it is told, causes come before what comes of them.
    const auto order = [](const StoryLine& line) {
      return std::tuple(std::llround(line.at_s), line.told, line.at_s);
    };
    std::stable_sort(out_.story.begin(), out_.story.end(),
                     [&](const StoryLine& a, const StoryLine& b) { return order(a) < order(b); });
    out_.course = steps_of(out_.story, out_.conditions, 0);
    const auto recovery = simulation::recovery_after(
        run_.outcome, 0, std::max(30.0, 3 * out_.step_s), 1 - kLossyShare);
    out_.recovers = recovery.recovers;
    if (recovery.recovers) {
      out_.recovered_s = recovery.at_s;
    }
    return std::move(out_);
  }

 private:
  void add_series() {
    const auto& users = run_.outcome.users;
    const std::size_t steps = users.front().offered.size();
    for (std::size_t i = 0; i < steps; ++i) {
      double offered = 0, served = 0, failed = 0, latency = 0;
      for (const auto& tracks : users) {
        offered += tracks.offered[i];
        served += tracks.served[i];
        failed += tracks.failed[i];
        latency += tracks.latency[i] * tracks.served[i];
      }
      const double middle_s = (static_cast<double>(i) + 0.5) * out_.step_s;
      out_.users.push_back(simulation::rate_at(run_.staged.users, middle_s));
      out_.offered.push_back(offered);
      out_.served.push_back(served);
      out_.failed.push_back(failed);
      out_.latency_s.push_back(served > 0 ? latency / served : 0);
      out_.lost_requests += failed * out_.step_s;
      out_.offered_requests += offered * out_.step_s;
      out_.lost_share = std::max(out_.lost_share, simulation::lost_share(served, failed));
    }
  }

  void add_parts() {
    const auto& model = run_.staged.load.model;
    const RoomUse use(model, run_.outcome);
    for (std::size_t s = 0; s < run_.staged.load.parts.size(); ++s) {
      const auto& part = run_.staged.load.parts[s];
      const auto& tracks = run_.outcome.stations[StationId(s)];
      findings::PartTrack track;
      track.id = bp_[part.component].id;
      track.component = track.id;
      track.name = bp_[part.component].name;
      if (part.is_one_of_many) {
        const std::string which = part.is_slow         ? "slow"
                                  : part.zone.exists() ? bp_[part.zone].name
                                  : part.is_elsewhere  ? "elsewhere"
                                                       : "";
        track.id += which.empty() ? "" : " (" + which + ")";
        track.name += which.empty() ? "" : " (" + which + ")";
      }
      track.has_use = std::isfinite(part.most_at_once);
      track.waiting = tracks.waiting;
      track.replicas = tracks.replicas;
      track.refused = tracks.refused;
      track.taken = tracks.taken();
      track.use = use.shares(s, part.room);
      auto& rooms = rooms_.emplace_back();
      rooms.push_back({full_words_of(part.room, model), track.use});
      for (const Room& room : further_rooms(model, s, part.room)) {
        rooms.push_back({full_words_of(room, model), use.shares(s, room)});
      }
      out_.parts.push_back(std::move(track));
    }
  }

  /// A breaker that opens and closes for hours is told in two lines: when it first opened, with how
  /// often it did so again, and when it closed for good.
  [[nodiscard]] std::vector<simulation::TraceEntry> folded() const {
    struct Flaps {
      std::size_t first = 0;  ///< among those told
      std::size_t times = 0;
      double last_s = 0;
    };
    constexpr std::string_view kBreaker = "breaker of ";
    constexpr std::string_view kOpens = " opens";
    std::map<std::string, Flaps> of;
    std::vector<simulation::TraceEntry> told;
    std::map<std::string, std::size_t> closed;  // the last time, among those told
    for (const auto& entry : run_.outcome.trace) {
      const std::string who = entry.what.substr(0, entry.what.rfind(' '));
      if (!entry.what.starts_with(kBreaker)) {
        told.push_back(entry);
      } else if (!entry.what.ends_with(kOpens)) {
        closed[who] = told.size();
        told.push_back(entry);
      } else {
        if (const auto before = closed.find(who); before != closed.end()) {
          told[before->second].what.clear();
          closed.erase(before);
        }
        Flaps& flaps = of.try_emplace(who, Flaps{told.size(), 0, 0}).first->second;
        flaps.last_s = entry.at_s;
        if (flaps.times++ == 0) {
          told.push_back(entry);
        }
      }
    }
    for (const auto& [who, flaps] : of) {
      if (flaps.times > 1) {
        auto& entry = told[flaps.first];
        entry.what += fmt::format(" {} times within {}", flaps.times,
                                  base::format_duration({flaps.last_s - entry.at_s}));
      }
    }
    std::erase_if(told, [](const auto& entry) { return entry.what.empty(); });
    return told;
  }

  void add_trace() {
    for (const auto& entry : folded()) {
      StoryLine line;
      line.at_s = entry.at_s;
      line.event = entry.what;
      line.cause = entry.cause;
      line.told = findings::Told::controller;
      if (entry.station.exists()) {
        const auto id = run_.staged.load.parts[entry.station.index].component;
        line.component = bp_[id].id;
        line.name = bp_[id].name;
        const std::string prefix = line.name + ": ";
        if (line.event.starts_with(prefix)) {
          line.event = line.event.substr(prefix.size());
        }
      }
      // What several stations of one component do at once is told once.
      const bool is_known = !out_.story.empty() && out_.story.back().at_s == line.at_s &&
                            out_.story.back().component == line.component &&
                            out_.story.back().event == line.event;
      if (!is_known) {
        out_.story.push_back(std::move(line));
      }
    }
  }

  /// When parts become full, and when they are no longer; and how components stand by all that.
  void add_full() {
    std::vector<Standing> standings = run_.staged.standings;
    for (std::size_t s = 0; s < out_.parts.size(); ++s) {
      const std::vector<Fullness> track = fullness_of(s);
      Fullness before = Fullness::none;
      for (std::size_t i = 0; i < track.size(); ++i) {
        if (track[i] != before) {
          const std::string full = "full: all " + fullest_of(s, i).full_words;
          tell_fullness(s, i, before, track[i], full);
          standings.push_back({static_cast<double>(i) * out_.step_s,
                               bp_[run_.staged.load.parts[s].component].id, 2 * s + 2,
                               condition_of(track[i]), track[i] == Fullness::none ? "" : full});
        }
        before = track[i];
      }
    }
    out_.conditions = gravest_of(std::move(standings));
  }

  /// Of a part, what may run out.
  struct Filling {
    std::string full_words;
    std::vector<double> use;  ///< share of it, by step
  };

  [[nodiscard]] const Filling& fullest_of(std::size_t part, std::size_t step) const {
    return *std::max_element(
        rooms_[part].begin(), rooms_[part].end(),
        [step](const auto& a, const auto& b) { return a.use[step] < b.use[step]; });
  }

  /// By step; that a full part fails most is passed over where it lasts for a few steps only.
  [[nodiscard]] std::vector<Fullness> fullness_of(std::size_t s) const {
    const auto& part = out_.parts[s];
    const auto moods =
        moods_of_part(run_.outcome.stations[StationId(s)], out_.step_s, run_.outcome.is_random);
    std::vector<Fullness> track;
    bool fails_most = false;
    for (std::size_t i = 0; part.has_use && i < part.use.size(); ++i) {
      const bool was_full = i > 0 && track.back() != Fullness::none;
      const double use = fullest_of(s, i).use[i];
      const bool is_full = was_full ? use > kNoLongerFull : use >= kFull;
      const auto last =
          moods.begin() + static_cast<std::ptrdiff_t>(std::min(moods.size(), i + kFewSteps));
      const bool is_steady =
          std::all_of(moods.begin() + static_cast<std::ptrdiff_t>(i), last,
                      [&](Mood mood) { return (mood == Mood::down) == (moods[i] == Mood::down); });
      fails_most = is_steady ? moods[i] == Mood::down : fails_most;
      track.push_back(!is_full     ? Fullness::none
                      : fails_most ? Fullness::fails_most
                                   : Fullness::full);
    }
    return track;
  }

  void tell_fullness(std::size_t s, std::size_t step, Fullness before, Fullness now,
                     const std::string& full) {
    const auto tell = [&](std::string event, std::string cause) {
      out_.story.push_back({static_cast<double>(step) * out_.step_s, out_.parts[s].id,
                            out_.parts[s].name, std::move(event), std::move(cause),
                            findings::Told::part});
    };
    if (now == Fullness::none) {
      tell("no longer full", "");
    } else if (before == Fullness::none) {
      tell(full, "");
    }
    if (now == Fullness::fails_most) {
      tell(std::string(kFailsMost), full);
    } else if (before == Fullness::fails_most && now == Fullness::full) {
      tell(std::string(kServesMostAgain), full);
    }
  }

  /// From when to when users go without something; what lasts for a few steps only is passed over.
  void add_missed() {
    std::set<blueprint::NeedId> needs;
    for (const auto& of_source : run_.staged.load.soft_needs) {
      needs.insert(of_source.begin(), of_source.end());
    }
    for (const Missed& missed : missed_in(run_, {needs.begin(), needs.end()})) {
      const auto& need = bp_[missed.need];
      const std::string& name = bp_[need.any_of.front()].name;
      bool was_missed = false;
      for (std::size_t i = 0; i < missed.share.size();) {
        const auto is_missed = [&](std::size_t step) {
          return need.loses.high * missed.share[step] > kLossyShare;
        };
        const std::size_t begin = i;
        double most = 0;
        while (i < missed.share.size() && is_missed(i) == is_missed(begin)) {
          most = std::max(most, missed.share[i++]);
        }
        if (is_missed(begin) != was_missed && i - begin >= kFewSteps) {
          was_missed = !was_missed;
          out_.story.push_back(
              {static_cast<double>(begin) * out_.step_s, "", "",
               was_missed ? fmt::format("users go without {}: up to {:.3g} % of the calls fail",
                                        name, 100 * most)
                          : fmt::format("users have {} again", name),
               "", findings::Told::users});
        }
      }
    }
  }

  /// When users begin to lose requests, are down, and are served again; what lasts for a few
  /// steps only is passed over.
  void add_users() {
    constexpr std::string_view kEvents[] = {"users are served again",
                                            "users lose more than one request in a hundred",
                                            "users are down: most of their requests are lost"};
    const auto moods =
        moods_of({out_.offered, out_.served, out_.failed}, out_.step_s, run_.outcome.is_random)
            .steps;
    Mood mood = Mood::served;
    for (std::size_t i = 0; i < moods.size();) {
      const Mood now = moods[i];
      std::size_t end = i;
      while (end < moods.size() && moods[end] == now) {
        ++end;
      }
      if (now != mood && end - i >= kFewSteps) {
        out_.story.push_back({static_cast<double>(i) * out_.step_s, "", "",
                              std::string(kEvents[static_cast<std::size_t>(now)]), "",
                              findings::Told::users});
        mood = now;
      }
      i = end;
    }
  }

  const Blueprint& bp_;
  const Run& run_;
  std::vector<std::vector<Filling>> rooms_;  ///< by part; first what does so first at rest
  Simulated out_;
};

}  // namespace

Simulated told(const Blueprint& bp, const Run& run) {
  return Teller(bp, run).tell();
}

}  // namespace outlast::clock
