#include "cli/evaluate.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.h"
#include "base/write_file.h"
#include "cli/print.h"
#include "pipeline/renames.h"
#include "words/phrasebook.h"

namespace outlast::cli {
namespace {

std::size_t terminal_width() {
  const char* columns = std::getenv("COLUMNS");
  const long width = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
  constexpr long kNarrow = 60;
  constexpr std::size_t kDefault = 130;
  return width >= kNarrow ? static_cast<std::size_t>(width) : kDefault;
}

/// Does the terminal show more than the letters of ASCII? What goes to a file does not depend on it.
bool shows_blocks() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* locale = std::getenv(name);
    if (locale != nullptr && *locale != '\0') {
      const std::string lower = base::to_lower(locale);
      return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
    }
  }
  return false;
}

/// No fixes are tried.
pipeline::Options options_of(const ReadOptions& read) {
  pipeline::Options how;
  how.tries_fixes = false;
  how.history = read.history;
  how.prices = read.prices;
  how.parameters = read.parameters;
  how.as_of = base::parse_date(read.today);
  return how;
}

/// What they say, in another language; places and codes stay.
base::Diagnostics said_in(const std::string& language, const base::Diagnostics& diagnostics) {
  const words::Phrasebook* book = words::Phrasebook::of(language);
  if (book == nullptr) {
    return diagnostics;
  }
  base::Diagnostics said;
  for (base::Diagnostic one : diagnostics.items()) {
    one.message = book->say(one.message);
    one.help = book->say(one.help);
    std::transform(one.notes.begin(), one.notes.end(), one.notes.begin(),
                   [&](const std::string& note) { return book->say(note); });
    said.add(std::move(one));
  }
  return said;
}

/// What was rendered, with what closes it ("2 errors, 1 warning") in another language.
std::string with_said_end(const std::string& language, const std::string& rendered) {
  const words::Phrasebook* book = words::Phrasebook::of(language);
  const std::size_t last = rendered.rfind("\n\n");
  return book == nullptr || last == std::string::npos
             ? rendered
             : rendered.substr(0, last + 2) + book->say_lines(rendered.substr(last + 2));
}

}  // namespace

int tell_error(const base::Error& error, const std::string& language) {
  const report::TextStyle style{.book = words::Phrasebook::of(language)};
  fmt::print(stderr, "outlast: {}\n", style.said(error.message));
  if (!error.remedy.empty()) {
    fmt::print(stderr, "{}\n", style.said("Try: " + error.remedy));
  }
  return kWrongInput;
}

bool write_report(const std::string& path, const std::string& text) {
  if (path.empty()) {
    return print(text);
  }
  const auto written = base::write_file(path, text);
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", path, written.error().message);
  }
  return static_cast<bool>(written);
}

bool wants_color(std::FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool is_unwanted = no_color != nullptr && *no_color != '\0';
  return !is_unwanted && isatty(fileno(stream)) != 0;
}

report::TextStyle text_style(const std::string& language) {
  report::TextStyle style;
  style.book = words::Phrasebook::of(language);
  style.language = style.book == nullptr ? "en" : language;
  style.is_plain = isatty(fileno(stdout)) != 0 && !shows_blocks();
  style.color = wants_color(stdout);
  style.width = terminal_width();
  return style;
}

void add_names(const blueprint::Blueprint& bp, words::Names& names) {
  names.insert(bp.name());
  for (const blueprint::Component& c : bp.components()) {
    names.insert(c.name);
    names.insert(c.id);
  }
  for (const blueprint::Journey& journey : bp.journeys()) {
    names.insert(journey.name);
  }
}

report::TextStyle text_style(const std::string& language, const blueprint::Blueprint& bp) {
  report::TextStyle style = text_style(language);
  words::Names names;
  add_names(bp, names);
  style.keep(std::move(names));
  return style;
}

void tell(const base::Diagnostics& diagnostics, const base::Sources& sources,
          const std::string& language) {
  if (!diagnostics.items().empty()) {
    base::DiagnosticStyle style;
    style.color = wants_color(stderr);
    const auto rendered = base::render(said_in(language, diagnostics), sources, style);
    std::fputs(with_said_end(language, rendered).c_str(), stderr);
  }
}

void tell_diagnostics(const pipeline::Evaluation& evaluation, const std::string& language) {
  tell(evaluation.diagnostics, evaluation.sources, language);
  if (evaluation.blueprint && evaluation.blueprint->components().empty()) {
    tell_error({"the inputs hold no component: there is nothing to check", ""}, language);
  }
}

pipeline::Evaluation evaluate_silently(const ReadOptions& read, const base::FileSource& files,
                                       base::Sources sources,
                                       const std::function<void(std::string_view)>& on_pass) {
  pipeline::Options how = options_of(read);
  how.on_pass = on_pass;
  return pipeline::evaluate(read.inputs, files, how, std::move(sources));
}

pipeline::Evaluation evaluate_quickly(const ReadOptions& read) {
  auto evaluation = pipeline::evaluate(read.inputs, base::DiskFiles(), options_of(read));
  tell_diagnostics(evaluation, read.language);
  return evaluation;
}

pipeline::Evaluation read_alone(const ReadOptions& read) {
  pipeline::Options how = options_of(read);
  how.reads_only = true;
  auto evaluation = pipeline::evaluate(read.inputs, base::DiskFiles(), how);
  tell_diagnostics(evaluation, read.language);
  return evaluation;
}

pipeline::Evaluation named_as_in(pipeline::Evaluation& head, pipeline::Evaluation base,
                                 const ReadOptions& read, const base::FileSource& files) {
  return pipeline::named_as_in(head, std::move(base), read.inputs, files, options_of(read));
}

pipeline::Evaluation evaluate_beside(pipeline::Evaluation& base, const ReadOptions& read) {
  pipeline::Options how = options_of(read);
  how.base = &base.draft;
  auto evaluation =
      pipeline::evaluate(read.inputs, base::DiskFiles(), how, std::move(base.sources));
  tell_diagnostics(evaluation, read.language);
  return evaluation;
}

}  // namespace outlast::cli
