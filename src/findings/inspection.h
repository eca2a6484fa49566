#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"

/// What was understood of the inputs, as plain structs: what `outlast inspect` prints.
namespace outlast::findings {

/// A component, and what was folded into it.
struct Understood {
  std::string id;
  std::string title;  ///< of its type
  std::size_t replicas = 1;
  bool replicas_are_known = true;
  std::vector<std::string> places;
  std::vector<std::string> parts;
  blueprint::Evidence evidence;
};

/// A need, and how surely the inputs tell it.
struct FoundEdge {
  std::string from;
  std::vector<std::string> any_of;
  std::string strength;
  std::string kind;
  blueprint::Confidence confidence = blueprint::Confidence::inferred;
  blueprint::Evidence evidence;
};

/// What takes no part in any answer, and why.
struct LeftOut {
  std::string address;
  std::string type;
  std::string why;
  blueprint::Evidence evidence;
};

/// Something that is not known, and what knowing it would be worth.
struct OpenQuestion {
  std::string question;
  std::string answer_with;            ///< how it is told to an overlay; may be empty
  std::vector<std::string> outcomes;  ///< that were tried, each taken to be as likely
  /// Width of the interval of the availability now less the width to be expected once it is known,
  /// in minutes a year; absent where it was not asked for or nothing is computed of it.
  std::optional<double> narrows_minutes;
  std::vector<std::string> settles;  ///< rows of the survival table that then read no "unknown"
  blueprint::Evidence evidence;
};

struct Inspection {
  std::string name;
  blueprint::Coverage coverage;
  std::vector<std::pair<std::string, std::size_t>> counts;  ///< of resources, by what they became
  std::vector<Understood> components;
  std::vector<FoundEdge> edges;        ///< the least sure first
  std::size_t stated_edges = 0;        ///< of these
  std::vector<LeftOut> isolated;       ///< components that nothing needs and that need nothing
  std::vector<LeftOut> skipped;        ///< resources that are no component and no part of one
  std::vector<OpenQuestion> unknowns;  ///< the most worth first
  double width_minutes = 0;            ///< of the availability's interval now, a year
};

}  // namespace outlast::findings
