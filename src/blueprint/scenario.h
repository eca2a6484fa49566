#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/source.h"
#include "base/units.h"
#include "blueprint/fault_words.h"
#include "blueprint/value.h"

/// What is to happen to an architecture, at times: as it is written.
namespace outlast::blueprint {

/// Whom a fault or a recovery is about: all that fits every key that is given.
struct Match {
  Value<std::string> component;  ///< id or name
  Value<std::string> zone;
  Value<std::string> region;
  Value<std::string> type;     ///< "aws.rds": this one and its variants
  Value<std::string> service;  ///< of a provider, in its own word: "rds"
  Value<std::string> provider;
  base::Span span;  ///< absent where no match is written

  [[nodiscard]] bool is_empty() const {
    return component.is_unset() && zone.is_unset() && region.is_unset() && type.is_unset() &&
           service.is_unset() && provider.is_unset();
  }
};

struct ScenarioFault {
  std::string id;  ///< by which recoveries name it; made up where none is written
  Fault fault = Fault::down;
  std::string what;  ///< in the writer's words; may be empty
  base::Seconds at;
  Value<base::Seconds> lasts;    ///< unset: until a recovery, or as the catalog says
  Value<base::Seconds> reaches;  ///< how long from the first to the last it hits
  Match match;
  Match from;  ///< of a cut the other side; empty: all else
  Plane plane = Plane::data;
  std::vector<Operation> operations;
  std::vector<std::string> own_operations;  ///< by the names that journeys and needs give them
  base::Span operations_span;
  Value<std::int64_t> replicas;  ///< so many of each; unset: all
  Value<base::Share> share;      ///< this part of them
  Value<double> slower;          ///< takes so many times as long
  Value<base::Share> error;      ///< of its requests fail
  Value<double> users;           ///< of a surge: so many there are then
  Value<base::Seconds> within;   ///< of a surge: how fast they come
  base::Span span;

  /// Is it about some operations, and not about all?
  [[nodiscard]] bool is_of_some() const { return !operations.empty() || !own_operations.empty(); }
};

struct ScenarioRecovery {
  Remedy remedy = Remedy::repair;
  std::string what;
  base::Seconds at;
  Value<base::Seconds> reaches;    ///< how long until it holds everywhere
  std::vector<std::string> ends;   ///< ids of faults
  std::vector<std::string> needs;  ///< components without which it cannot be done
  Match match;                     ///< of added capacity: where
  Value<std::int64_t> replicas;    ///< of added capacity: how many more
  Value<double> users;             ///< of a throttle: no more than so many are let in
  base::Span span;
};

struct Scenario {
  std::string name;
  Value<base::Seconds> until;  ///< how long it is watched; unset: until all is over, and a while
  Value<double> users;         ///< at the start; unset: as the blueprint says
  std::vector<ScenarioFault> faults;         ///< by time
  std::vector<ScenarioRecovery> recoveries;  ///< by time
};

}  // namespace outlast::blueprint
