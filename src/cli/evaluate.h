#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "pipeline/pipeline.h"
#include "report/report.h"

/// What the commands that read inputs share.
namespace outlast::cli {

/// Reads and analyses inputs, and tells on standard error what is wrong with them.
/// No fixes are tried: whoever asks so has a question of another kind.
[[nodiscard]] pipeline::Evaluation evaluate_quickly(const ReadOptions& read);

/// The same without any answer of the analysis: for who asks the clock, and nothing else.
[[nodiscard]] pipeline::Evaluation read_alone(const ReadOptions& read);

/// The same of what is compared with what was evaluated before. Its sources go over, so that all
/// places are of one collection.
[[nodiscard]] pipeline::Evaluation evaluate_beside(pipeline::Evaluation& base,
                                                   const ReadOptions& read);

/// The base once more, by the names that the head calls the same things by; the base as it is where
/// there are none. The head's sources go over.
[[nodiscard]] pipeline::Evaluation named_as_in(pipeline::Evaluation& head,
                                               pipeline::Evaluation base, const ReadOptions& read,
                                               const base::FileSource& files);

/// The same of any files, and tells nothing: all of it is in the evaluation.
[[nodiscard]] pipeline::Evaluation evaluate_silently(
    const ReadOptions& read, const base::FileSource& files, base::Sources sources,
    const std::function<void(std::string_view)>& on_pass);

/// Tells an error and its remedy on standard error; returns the status of wrong input.
int tell_error(const base::Error& error, const std::string& language = "en");

/// Writes a report to a file, or to standard output where the path is empty; tells where that
/// fails.
[[nodiscard]] bool write_report(const std::string& path, const std::string& text);

/// Tells what is wrong with the inputs, or that they hold nothing.
void tell_diagnostics(const pipeline::Evaluation& evaluation, const std::string& language = "en");

/// Tells diagnostics on standard error.
void tell(const base::Diagnostics& diagnostics, const base::Sources& sources,
          const std::string& language = "en");

[[nodiscard]] bool wants_color(std::FILE* stream);

/// Style of what is written to standard output.
[[nodiscard]] report::TextStyle text_style(const std::string& language = "en");

/// The same for what is told of architectures, whose names are said in no language.
[[nodiscard]] report::TextStyle text_style(const std::string& language,
                                           const blueprint::Blueprint& bp);
void add_names(const blueprint::Blueprint& bp, words::Names& names);

}  // namespace outlast::cli
