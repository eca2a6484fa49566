#pragma once

#include <string>

#include "pipeline/pipeline.h"

/// What the live view is told of its inputs beside the analysis (serve/serve.h).
namespace outlast::cli {

/// The inputs as a document; the texts of those that people write come with it.
/// in  is_example  they are nobody's yet
[[nodiscard]] std::string inputs_json(const pipeline::Evaluation& evaluation, bool is_example);

/// All paths that were read and the folders they lie in, one a line: what is watched.
[[nodiscard]] std::string read_paths(const base::Sources& sources);

/// The numbers whose trend is kept, a line each: name, value, and + where more is better, else -.
/// pre  there is a blueprint
[[nodiscard]] std::string trend_numbers(const pipeline::Evaluation& evaluation);

}  // namespace outlast::cli
