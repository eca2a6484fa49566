#pragma once

#include <string>
#include <vector>

#include "engines/interleaving/protocol.h"

namespace outlast::engines::interleaving {

/// A step that was taken, and the state after it.
struct Taken {
  std::string process;
  std::string what;
  std::vector<std::int32_t> state;
};

struct Search {
  bool is_finished = true;  ///< every state was looked at, or the bad one was found
  bool is_reached = false;
  std::vector<Taken> way;  ///< the shortest one
  std::size_t states = 0;  ///< looked at
};

/// Looks at every interleaving of the processes, breadth first, until what must never be holds.
///
/// in       budget  states to look at, at most
/// cost     linear in states, each as large as the protocol's values and processes
/// assumes  steps are atomic, and nothing outside of the protocol changes its state
[[nodiscard]] Search search(const Protocol& protocol, std::size_t budget = 2'000'000);

/// What was found, as a table of steps with the values that each changes.
[[nodiscard]] std::string search_text(const Protocol& protocol, const Search& search);
[[nodiscard]] std::string search_json(const Protocol& protocol, const Search& search);

}  // namespace outlast::engines::interleaving
