#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "findings/evaluation.h"

namespace outlast::gate {

/// A finding as a baseline keeps it: its fingerprint, and what people need to recognise it.
struct BaselineEntry {
  std::string rule;
  std::string title;
};

/// Findings that were there when it was decided to count new ones only, by fingerprint.
using Baseline = std::map<std::string, BaselineEntry, std::less<>>;

/// Reads what `baseline_text` wrote.
/// errors  to `diagnostics`, with their place; then nothing is returned
[[nodiscard]] std::optional<Baseline> read_baseline(const base::Sources& sources,
                                                    base::SourceId source,
                                                    base::Diagnostics& diagnostics);

/// The baseline's file: JSON, by fingerprint, the same bytes for the same findings.
[[nodiscard]] std::string baseline_text(const Baseline& baseline);

/// The entry of a finding.
[[nodiscard]] Baseline::value_type entry_of(const findings::Finding& finding);

inline constexpr int kBaselineVersion = 1;

}  // namespace outlast::gate
