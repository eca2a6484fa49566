#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_source.h"
#include "gate/decide.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "settings/settings.h"

namespace outlast::cli {

/// The settings of `check`: flags, environment, file and defaults taken together. Absent where
/// something is wrong, which has been told.
/// in  flags    those given, by key, each value checked
///     sources  gets the settings' own file
[[nodiscard]] std::optional<settings::Settings> settings_of(
    const std::map<std::string, std::vector<std::string>, std::less<>>& flags,
    base::Sources& sources);

/// What `check` finds out: the evaluation, and what the gate says of it.
struct Checked {
  pipeline::Evaluation evaluation;
  std::optional<gate::Decision> decision;  ///< absent where an input is wrong or holds nothing
};

/// in      sources  what was read before: the settings' own file
///         on_pass  told the name of every pass when it begins
/// errors  to the evaluation's diagnostics; then there is no decision
[[nodiscard]] Checked check_inputs(const std::vector<std::string>& inputs,
                                   const base::FileSource& files,
                                   const settings::Settings& settings,
                                   const std::function<void(std::string_view)>& on_pass,
                                   base::Sources sources);

/// What reports are made of; valid as long as `checked`.
/// pre     there is a decision
[[nodiscard]] report::Content content_of(const Checked& checked);

}  // namespace outlast::cli
