#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/file_source.h"
#include "base/text.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "gate/decide.h"
#include "pipeline/pipeline.h"
#include "report/report.h"

namespace outlast::cli {
namespace {

using findings::Severity;
using pipeline::Evaluation;

bool wants_color(std::FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool is_unwanted = no_color != nullptr && *no_color != '\0';
  return !is_unwanted && isatty(fileno(stream)) != 0;
}

/// The policy that the command line asks for.
gate::Policy policy_of(const CheckOptions& options) {
  gate::Policy policy;
  policy.fail_on.reset();
  for (const Severity severity : findings::kSeverities) {
    if (findings::name_of(severity) == options.fail_on) {
      policy.fail_on = severity;
    }
  }
  return policy;
}

int status_of(const Evaluation& evaluation, const gate::Decision& decision) {
  const auto& coverage = evaluation.blueprint->coverage();
  if (evaluation.blueprint->components().empty() ||
      (coverage.resources > 0 && coverage.understood == 0)) {
    return kNothingSupported;
  }
  switch (decision.outcome) {
    case gate::Outcome::failed:
      return kGateFailed;
    case gate::Outcome::inconclusive:
      return kInconclusive;
    default:
      return kOk;
  }
}

void tell_diagnostics(const Evaluation& evaluation) {
  if (!evaluation.diagnostics.items().empty()) {
    base::DiagnosticStyle style;
    style.color = wants_color(stderr);
    std::fputs(base::render(evaluation.diagnostics, evaluation.sources, style).c_str(), stderr);
  }
  if (evaluation.blueprint && evaluation.blueprint->components().empty()) {
    fmt::print(stderr, "outlast: the inputs hold no component: there is nothing to check\n");
  }
}

bool write(const Output& output, const std::string& text) {
  if (output.path.empty()) {
    return print(text);
  }
  const auto written = base::write_file(output.path, text);
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", output.path, written.error().message);
  }
  return static_cast<bool>(written);
}

std::size_t terminal_width() {
  const char* columns = std::getenv("COLUMNS");
  const long width = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
  constexpr long kNarrow = 60;
  constexpr std::size_t kDefault = 130;
  return width >= kNarrow ? static_cast<std::size_t>(width) : kDefault;
}

bool write_reports(const Evaluation& evaluation, const gate::Decision& decision,
                   const CheckOptions& options) {
  report::Content content{*evaluation.blueprint,
                          evaluation.analysis,
                          evaluation.fixes,
                          evaluation.sources,
                          decision,
                          {},
                          evaluation.seed,
                          base::working_folder()};
  for (const auto& input : evaluation.inputs) {
    content.inputs.push_back({input.path, input.format, input.source});
  }
  std::vector<Output> outputs = options.outputs;
  if (outputs.empty()) {
    outputs.push_back({"text", ""});
  }
  bool all_written = true;
  for (const Output& output : outputs) {
    report::TextStyle style;
    style.color = output.path.empty() && wants_color(stdout);
    style.width = terminal_width();
    for (const report::Format& format : report::formats()) {
      if (format.name == output.format) {
        all_written = write(output, format.write(content, style)) && all_written;
      }
    }
  }
  return all_written;
}

/// Follows the passes: names the one under way on a terminal's last line, and can tell how long
/// each took.
class Progress {
 public:
  Progress(bool is_shown, bool is_timed) : is_shown_(is_shown), is_timed_(is_timed) {}

  void begin(std::string_view pass) {
    end();
    name_ = pass;
    began_ = Clock::now();
    if (is_shown_) {
      fmt::print(stderr, "outlast: {} …", pass);
      std::fflush(stderr);
    }
  }

  void end() {
    if (is_shown_) {
      std::fputs("\r\x1b[K", stderr);
    }
    if (is_timed_ && !name_.empty()) {
      const std::chrono::duration<double, std::milli> took = Clock::now() - began_;
      fmt::print(stderr, "{:>10.1f} ms  {}\n", took.count(), name_);
    }
    name_.clear();
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool is_shown_;
  bool is_timed_;
  std::string name_;
  Clock::time_point began_;
};

}  // namespace

int run_check(const CheckOptions& options) {
  Progress progress(!options.quiet && !options.timings && isatty(fileno(stderr)) != 0,
                    options.timings);
  pipeline::Options how;
  how.seed = options.seed;
  how.threads = options.threads;
  how.on_pass = [&](std::string_view pass) { progress.begin(pass); };
  const Evaluation evaluation = pipeline::evaluate(options.inputs, base::DiskFiles(), how);
  progress.end();
  tell_diagnostics(evaluation);
  if (evaluation.diagnostics.has_errors()) {
    return kWrongInput;
  }
  if (!evaluation.blueprint) {
    return kNothingSupported;
  }
  progress.begin("report");
  const auto decision =
      gate::decide(*evaluation.blueprint, evaluation.analysis, policy_of(options));
  const bool is_written = write_reports(evaluation, decision, options);
  progress.end();
  return is_written ? status_of(evaluation, decision) : kWrongInput;
}

}  // namespace outlast::cli
