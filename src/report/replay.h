#pragma once

#include <string>
#include <vector>

#include "findings/replay.h"
#include "report/report.h"

namespace outlast::report {

/// For people: how it ends, what happens when and why, what would have been enough.
/// in  replays  one is told with its story, several are a table
[[nodiscard]] std::string replay_text(const std::vector<findings::Replay>& replays,
                                      const std::string& name, const TextStyle& style);

/// For programs: the same; one is an object of its own, several stand in `replays`.
/// in  is_list  several were asked for
[[nodiscard]] std::string replay_json(const std::vector<findings::Replay>& replays,
                                      const std::string& name, bool is_list);

}  // namespace outlast::report
