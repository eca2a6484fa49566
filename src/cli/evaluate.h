#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "report/report.h"

/// What the commands that read inputs share.
namespace outlast::cli {

/// Reads and analyses inputs, and tells on standard error what is wrong with them.
/// No fixes are tried: whoever asks so has a question of another kind.
[[nodiscard]] pipeline::Evaluation evaluate_quickly(const std::vector<std::string>& inputs,
                                                    pipeline::Options how = {});

/// Tells what is wrong with the inputs, or that they hold nothing.
void tell_diagnostics(const pipeline::Evaluation& evaluation);

/// Tells diagnostics on standard error.
void tell(const base::Diagnostics& diagnostics, const base::Sources& sources);

[[nodiscard]] bool wants_color(std::FILE* stream);

/// Style of what is written to standard output.
[[nodiscard]] report::TextStyle text_style();

}  // namespace outlast::cli
