#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "blueprint/blueprint.h"
#include "findings/evaluation.h"

namespace outlast::report {

struct InputLine {
  std::string path;
  std::string format;
  base::SourceId source;
};

/// What a report is made of. It computes nothing: a derived number belongs upstream.
struct Content {
  const blueprint::Blueprint& blueprint;
  const findings::Analysis& analysis;
  const std::vector<findings::Fix>& fixes;
  const base::Sources& sources;
  std::vector<InputLine> inputs;
  std::uint64_t seed = 1;
};

struct TextStyle {
  bool color = false;
  std::size_t width = 110;
  std::size_t findings = 12;  ///< the rest is counted
};

/// The report for people: survival table first, then the numbers, findings and what to fix first.
[[nodiscard]] std::string to_text(const Content& content, const TextStyle& style);

/// The report for programs: snake_case, the same bytes for the same input, seed and version.
[[nodiscard]] std::string to_json(const Content& content);

/// Version of the JSON report's shape; grows when a key changes its meaning.
inline constexpr int kSchemaVersion = 1;

}  // namespace outlast::report
