#pragma once

#include <optional>

#include "base/source.h"
#include "gate/baseline.h"
#include "gate/decide.h"
#include "settings/settings.h"

namespace outlast::cli {

/// The baseline that a run counts by. The usual file may be missing; one that was named, or is to
/// be updated, may not.
[[nodiscard]] std::optional<gate::Baseline> load_baseline(const settings::Settings& settings,
                                                          base::Sources& sources,
                                                          base::Diagnostics& diagnostics);

/// Writes the run's findings as the baseline, where that was asked for; false if it failed, which
/// has been told.
[[nodiscard]] bool save_baseline(const settings::Settings& settings,
                                 const gate::Baseline& baseline);

}  // namespace outlast::cli
