#pragma once

#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace outlast::cli {

/// What the command line offers, told by the parser itself: completions and the manual come from it.
struct OptionLine {
  std::vector<std::string> names;  ///< "-o", "--output"; empty for a positional
  std::string value;               ///< "FORMAT[=PATH]"; empty for a switch
  std::string about;
  std::vector<std::string> choices;  ///< what the value can be, where it is one of few

  /// Is the value a path?
  [[nodiscard]] bool takes_file() const {
    return choices.empty() && (value == "FILE" || value == "FOLDER" || value == "PATH" ||
                               value == "INPUT" || value == "MODEL");
  }
};

struct CommandText {
  std::string name;
  std::string about;
  std::string examples;
  std::vector<OptionLine> options;
  std::vector<OptionLine> positionals;
  std::vector<CommandText> commands;  ///< below it: "show" of "catalog"
};

struct CommandLine {
  std::string about;
  std::vector<OptionLine> options;
  std::vector<CommandText> commands;
};

/// What a value can be where it is one of few: by command ("completion", "catalog show"), and the
/// flag if it is one ("rules --output").
using Words = std::map<std::string, std::vector<std::string>>;

[[nodiscard]] CommandLine describe(const CLI::App& app, const Words& words);

[[nodiscard]] std::string bash_completion(const CommandLine& line);
[[nodiscard]] std::string zsh_completion(const CommandLine& line);
[[nodiscard]] std::string fish_completion(const CommandLine& line);

/// The manual page outlast(1), as troff.
[[nodiscard]] std::string manual(const CommandLine& line);

}  // namespace outlast::cli
