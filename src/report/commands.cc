#include "report/commands.h"

#include <algorithm>
#include <set>

#include "base/quoted_line.h"

namespace outlast::report {

namespace {

/// More than that nobody types.
constexpr std::size_t kMostInputs = 3;

/// As one word for a shell.
std::string as_word(std::string_view text) {
  constexpr std::string_view kPlain = "/._-+=:,@%";
  const bool is_plain = std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kPlain.find(c) != std::string_view::npos;
  });
  if (is_plain && !text.empty()) {
    return std::string(text);
  }
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return base::printable(quoted + "'");
}

}  // namespace

std::string explain_command(const Content& content, std::string_view id) {
  std::string command = "outlast explain " + as_word(id);
  std::set<std::string_view> inputs;
  for (const InputLine& input : content.inputs) {
    inputs.insert(input.path);
  }
  if (inputs.empty() || inputs.size() > kMostInputs) {
    return command + " INPUT…";
  }
  for (const InputLine& input : content.inputs) {
    command += inputs.erase(input.path) > 0 ? " " + as_word(input.path) : "";
  }
  return command;
}

}  // namespace outlast::report
