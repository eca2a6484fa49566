#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/value.h"
#include "findings/evaluation.h"
#include "findings/surge.h"

/// What a scenario does to an architecture: the answer, as report prints it.
namespace outlast::findings {

/// What a line of the story is about: of what happens at one time, causes come before effects.
enum class Told { scenario, structure, controller, part, users };

/// Something that happened, with its cause.
struct StoryLine {
  double at_s = 0;
  std::string component;  ///< id; empty: it is about users, or all of it
  std::string name;       ///< of the component
  std::string event;
  std::string cause;  ///< empty: none but the event itself
  Told told = Told::structure;
};

/// How a component stands from a moment on.
struct ConditionChange {
  double at_s = 0;
  std::string component;  ///< id
  Condition condition = Condition::serving;
  std::string cause;  ///< why; empty: what is told of it then says so
};

/// How users of one journey fare who come in at one place.
struct JourneyFate {
  std::string name;
  double weight = 0;
  double down_s = 0;   ///< most of its requests are lost
  double lossy_s = 0;  ///< more than one in a hundred is
  double partly_s =
      0;  ///< so, or more than a hundredth of their value, by what they can do without
  double value_lost_low = 0;  ///< at worst, of those served, by what they do without: a share
  double value_lost_high = 0;
  double lost_requests = 0;
  double usd_lost = 0;     ///< what they were worth, where the journey has a value
  double near_half_s = 0;  ///< near half of its requests are lost: nearly down, or hardly
};

/// One part over time.
struct PartTrack {
  std::string id;
  std::string name;
  std::string component;         ///< id: several parts may be of one
  bool has_use = false;          ///< it has so many servers; else it grows as far as it takes
  std::vector<double> use;       ///< busy share of its servers
  std::vector<double> waiting;   ///< requests in its queues
  std::vector<double> replicas;  ///< that work
  std::vector<double> refused;   ///< a second, that found no place or an error
  std::vector<double> taken;     ///< a second, that found a place, those asked again among them
};

/// What users meet on the same day, of the same users, on which nothing fails.
struct LoadAlone {
  Likely down_s;
  Likely lossy_s;
  double lost_requests = 0;
  // What the faults add to it, each at its own end of what nobody stated.
  Likely added_down_s;
  Likely added_lossy_s;
  Likely added_partly_s;
};

/// What the time that is watched costs.
struct RunCost {
  double value_lost_usd = 0;    ///< of requests that were lost, where their journey has a value
  double billed_usd = 0;        ///< of what is priced, with what was asked again and added
  double as_it_stands_usd = 0;  ///< the same time by the bill of a month
};

struct Simulated {
  std::string scenario;
  std::string engine;
  double until_s = 0;
  double ended_s = 0;          ///< before `until_s` where it was stopped
  bool is_partial = false;     ///< stopped, or over its budget
  bool took_too_long = false;  ///< it is the latter
  bool lacks_an_end = false;   ///< of what nobody stated: it was not followed to its end there
  Verdict survives = Verdict::unknown;
  std::string because;
  std::string gravest;  ///< of what the faults do; empty: nothing to users
  double rto_s = 0;
  double rpo_s = 0;
  DataLost data;                   ///< of stores of which nothing was spared
  std::vector<std::string> split;  ///< stores that both sides of a cut may go on writing to
  Likely down_s;                   ///< of the journey that is down longest
  Likely lossy_s;                  ///< the same, more than one request in a hundred lost
  Likely partly_s;                 ///< the same, or more than a hundredth of their value
  double near_half_s = 0;          ///< the same: a little more or less is down or not
  /// Without the faults: what load alone does. The faults' own harm is what is more than that.
  std::optional<LoadAlone> alone;
  std::size_t runs = 1;  ///< of the request engine: of which the mean is told, with its interval
  double lost_requests = 0;
  double offered_requests = 0;
  double lost_share = 0;  ///< at the worst moment
  bool recovers = false;  ///< users are served again at the end
  std::optional<double> recovered_s;
  std::vector<JourneyFate> journeys;
  std::vector<StoryLine> story;             ///< by time
  std::vector<ConditionChange> conditions;  ///< by time; at first all serve
  std::vector<TimedStep> course;            ///< both in one, by time
  double step_s = 1;
  std::vector<double> users;
  std::vector<double> offered;
  std::vector<double> served;
  std::vector<double> failed;
  std::vector<double> latency_s;
  std::vector<double> usd_per_hour;  ///< of what is priced; empty where nothing is
  std::optional<RunCost> cost;       ///< absent: nothing has a value or a price
  std::vector<PartTrack> parts;      ///< callers first
  std::vector<blueprint::Assumption> assumptions;
};

}  // namespace outlast::findings
