#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blueprint/vocabulary.h"
#include "catalog/tables.h"
#include "incidents/incident.h"

/// The inside of a provider, where the mechanism is the lesson: from rates, limits and periods to
/// the times at which an outage began, stood, and ended.
namespace outlast::reproduction {

enum class Unit { seconds, share, number, flag, rate };

/// What a mechanism works with: never a time of day, never a moment of the outage.
struct Parameter {
  std::string name;
  std::string what;
  Unit unit = Unit::number;
  std::vector<double> values;  ///< one, or the shares of a rollout's steps; a rate is per second
  catalog::Trust trust = catalog::Trust::estimate;
  std::string source;     ///< key of `Reproduction::sources`; empty where it was fitted
  std::string fitted_to;  ///< the boundary that it was chosen by; empty: its source fixes it

  [[nodiscard]] bool is_fitted() const { return !fitted_to.empty(); }
};

/// How one event brings about the next.
enum class Mechanism {
  bad_draw,       ///< a file made anew from a cluster under upgrade is beyond its limit
  all_draws_bad,  ///< … and is so every time from then on
  next_draw,      ///< what is put in leaves with the next file
  first_reached,  ///< a change takes effect where it came first
  all_reached,    ///< … and everywhere, unless a gate stops it
  goes_back,      ///< the last known good state is put back by itself, if it is good
  expires,        ///< what was remembered is forgotten
  probes,         ///< so many checks in a row fail
  works_off,      ///< a list that is asked for at once; it collapses if it outlasts their patience
  catches_up,     ///< what has piled up is worked off beside what still comes
  decided,        ///< people did it, when the incident says
  earliest,       ///< of several, whichever comes first
};

struct Step {
  std::string event;
  std::string what;
  Mechanism by = Mechanism::expires;
  std::vector<std::size_t> from;  ///< steps before it, all of which it waits for; none: the change
  std::map<std::string, std::size_t, std::less<>> with;  ///< argument → parameter
  std::optional<std::size_t> released_by;                ///< works_off: what ends a collapse
  std::optional<std::size_t> since;                      ///< catches_up: when it began to pile up
  std::optional<std::size_t> unless;  ///< decided: not, if this has happened before
};

/// The same, built otherwise.
struct Repair {
  std::string what;
  std::vector<std::pair<std::size_t, std::vector<double>>> set;  ///< parameter → what it is instead
};

struct Reproduction {
  std::string incident;
  std::string title;
  std::string note;  ///< what the mechanism leaves out
  std::map<std::string, incidents::Citation> sources;
  std::vector<Parameter> parameters;
  std::vector<Step> steps;  ///< each after those that it comes from
  std::vector<Repair> repairs;

  [[nodiscard]] const Step* find_step(std::string_view event) const;
  [[nodiscard]] const Parameter* find_parameter(std::string_view name) const;
};

/// Reproductions of data/reproductions, compiled in as they are written; by their incident's id.
struct Written {
  std::string_view incident;
  std::string_view text;
};
[[nodiscard]] const std::vector<Written>& archive();

}  // namespace outlast::reproduction

namespace outlast::blueprint {

template <>
inline constexpr auto kNames<reproduction::Mechanism> = std::to_array<std::string_view>(
    {"bad_draw", "all_draws_bad", "next_draw", "first_reached", "all_reached", "goes_back",
     "expires", "probes", "works_off", "catches_up", "decided", "earliest"});

}  // namespace outlast::blueprint
