#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/gates.h"
#include "base/ids.h"
#include "base/source.h"
#include "mef/expressions.h"

namespace outlast::mef {

struct Attribute {
  std::string name;
  std::string value;
  std::string type = {};  ///< as the file has it; may be empty
};

/// What a file says about something beside what it is: for people and other tools.
struct About {
  std::string label = {};
  std::vector<Attribute> attributes = {};
};

/// A basic event: what may happen, and how likely.
struct Event {
  std::string name = {};  ///< with its path where it is private
  base::Span span = {};
  ExpressionId expression = {};  ///< absent where the model says nothing of probabilities
  About about = {};
};

/// A gate that no other gate uses, or one that was asked for.
struct Top {
  std::string name;
  base::GateId gate;
  About about = {};
};

/// Fault trees over basic events, as one graph of gates.
struct Model {
  base::Gates gates;
  std::vector<Event> events;  ///< by variable: all that a gate uses
  std::vector<Top> tops;      ///< in the order of their definition
  Expressions expressions;
  /// By variable, deviates at their means; empty where no event has an expression.
  std::vector<double> probability;
  /// Labels and attributes of what is neither an event nor a top: read, and not kept.
  std::size_t left_out = 0;
};

}  // namespace outlast::mef
