#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/gates.h"
#include "base/ids.h"
#include "base/source.h"
#include "mef/expressions.h"

namespace outlast::mef {

/// A basic event: what may happen, and how likely.
struct Event {
  std::string name;  ///< with its path where it is private
  base::Span span;
  ExpressionId expression;  ///< absent where the model says nothing of probabilities
};

/// What a file says about a gate beside its formula; written, and passed over when read.
struct Attribute {
  std::string name;
  std::string value;
};

/// A gate that no other gate uses, or one that was asked for.
struct Top {
  std::string name;
  base::GateId gate;
  std::vector<Attribute> attributes = {};
};

/// Fault trees over basic events, as one graph of gates.
struct Model {
  base::Gates gates;
  std::vector<Event> events;  ///< by variable: all that a gate uses
  std::vector<Top> tops;      ///< in the order of their definition
  Expressions expressions;
  /// By variable, deviates at their means; empty where no event has an expression.
  std::vector<double> probability;
};

}  // namespace outlast::mef
