#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"

/// Processes that share state, step by step: the inside of a provider, where that is the lesson.
namespace outlast::engines::interleaving {

/// A value of the state, or a number; `plus` is added to it.
struct Operand {
  std::optional<std::size_t> variable;  ///< absent: a number
  std::int32_t plus = 0;
};

enum class Relation { less, at_most, equal, unequal, at_least, more };

struct Condition {
  Operand left;
  Relation relation = Relation::equal;
  Operand right;
};

struct Assignment {
  std::size_t variable = 0;
  Operand value;
};

struct Step {
  std::string what;
  std::vector<Condition> when;  ///< all of them; else it waits, or begins again
  bool begins_again = false;    ///< where `when` does not hold
  std::vector<Assignment> effects;
};

/// Its steps, over and over.
struct Process {
  std::string name;
  std::vector<Step> steps;
};

struct Protocol {
  std::string id;
  std::string title;
  std::string source;
  std::vector<std::string> variables;
  std::vector<std::int32_t> begins;  ///< value of each variable at first
  std::vector<Process> processes;
  std::vector<Condition> never;  ///< all of them at once
};

/// errors  all mistakes of the file, with their places; then absent
[[nodiscard]] std::optional<Protocol> read_protocol(base::Node root,
                                                    base::Diagnostics& diagnostics);

}  // namespace outlast::engines::interleaving
