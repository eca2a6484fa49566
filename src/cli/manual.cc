#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/help.h"
#include "settings/specs.h"

namespace outlast::cli {
namespace {

/// Text as troff shows it: no escape, no request at a line's start, minus signs that can be copied.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_start = out.empty() || out.back() == '\n';
    if (is_start && (c == '.' || c == '\'')) {
      out += "\\&";
    }
    out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  }
  return out;
}

void add_options(std::string& out, const std::vector<OptionLine>& options) {
  for (const OptionLine& option : options) {
    const std::string head = option.names.empty()
                                 ? option.value
                                 : fmt::to_string(fmt::join(option.names, ", ")) +
                                       (option.value.empty() ? "" : " ") + option.value;
    out += ".TP\n\\fB" + plain(head) + "\\fR\n" + plain(option.about) + "\n";
  }
}

void add_literal(std::string& out, std::string_view text) {
  out += ".nf\n" + plain(text) + "\n.fi\n";
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

/// in  above  what is typed before its name: "outlast catalog "
void add_command(std::string& out, const std::string& above, const CommandText& command) {
  const std::string name = above + command.name;
  out += fmt::format(".SH {}\n{}.\n", plain(upper(name)), plain(command.about));
  add_options(out, command.positionals);
  add_options(out, command.options);
  if (!command.examples.empty()) {
    out += ".PP\n";
    add_literal(out, command.examples);
  }
  for (const CommandText& below : command.commands) {
    add_command(out, name + " ", below);
  }
}

}  // namespace

std::string manual(const CommandLine& line) {
  std::string out = fmt::format(
      ".\\\" Written by outlast manual. Do not edit.\n"
      ".TH OUTLAST 1 \"\" \"outlast {}\" \"User Commands\"\n"
      ".SH NAME\noutlast \\- tell what a cloud architecture survives\n"
      ".SH SYNOPSIS\n\\fBoutlast\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
      ".SH DESCRIPTION\n{}\n",
      base::kVersion, plain(line.about));
  add_options(out, line.options);
  for (const CommandText& command : line.commands) {
    add_command(out, "outlast ", command);
  }
  out += ".SH EXIT STATUS\n";
  add_literal(out, kExitCodes);
  out += ".SH ENVIRONMENT\nA setting that neither a flag nor this gives is taken from the file.\n";
  for (const settings::Spec& spec : settings::specs()) {
    if (settings::has_flag(spec)) {
      out += fmt::format(".TP\n\\fB{}\\fR\nas {}\n", settings::environment_of(spec),
                         plain(settings::flag_of(spec)));
    }
  }
  out +=
      ".TP\n\\fBNO_COLOR\\fR\nno colours on a terminal\n"
      ".SH FILES\n.TP\n\\fB.outlast.yaml\\fR\n"
      "settings, in the working folder or the root of the repository\n"
      ".TP\n\\fB.outlast.baseline.json\\fR\nfindings that are known, in the working folder\n";
  return out;
}

}  // namespace outlast::cli
