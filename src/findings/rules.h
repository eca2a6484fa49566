#pragma once

#include <span>
#include <string_view>

#include "findings/evaluation.h"

namespace outlast::findings {

/// A kind of finding and its words, from data/rules.
struct Rule {
  std::string_view id;    ///< "OUT-A001"
  std::string_view name;  ///< "single_instance"
  Goal goal;
  std::string_view summary;               ///< what it finds, of no component in particular
  std::string_view title;                 ///< with placeholders {name}, {zone}, …
  std::string_view claim;                 ///< the same
  std::string_view remedy;                ///< where the type has none of its own
  std::string_view category;              ///< way of failing: "shared_fate"; empty: it costs money
  std::string_view evidence;              ///< address of a page that says why it matters
  std::string_view example;               ///< of an input in which it is found
  Severity at_most = Severity::critical;  ///< what it weighs wherever it stands
  bool weighs_its_zone = false;           ///< a mark: it weighs what the loss of its zone does
  bool is_for_several = false;            ///< a mark: of what users need several replicas of
};

/// All rules, by id.
[[nodiscard]] std::span<const Rule> all_rules();

/// The rule of this name. assumes there is one
[[nodiscard]] const Rule& rule_named(std::string_view name);

/// What fills the placeholders of a rule's words.
struct Words {
  std::string kind, name, zone, zones, users, down, every, region, cut;
  std::string date, day;         ///< something ends on `date`, as of `day`
  std::string path, data, then;  ///< of an intruder: his way, what the data is, what follows
};

/// The pillar of a well-architected framework that a goal belongs to: "reliability".
[[nodiscard]] std::string_view pillar_of(Goal goal);

[[nodiscard]] std::string fill(std::string_view pattern, const Words& words);

}  // namespace outlast::findings
