#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command_line.h"

namespace outlast::cli {

/// What the program can be told. Each command declares its words here, and what it runs; its
/// options live as long as that function.
class Declarations {
 public:
  using Run = std::function<int()>;

  explicit Declarations(CLI::App& app) : app_(&app) {}

  /// A command of the program.
  CLI::App& add(const std::string& name, const std::string& about, std::string_view examples,
                Run run) {
    return add_below(*app_, name, about, examples, std::move(run));
  }

  /// A command of a command: "show" of "catalog".
  CLI::App& add_below(CLI::App& above, const std::string& name, const std::string& about,
                      std::string_view examples, Run run) {
    CLI::App* command = above.add_subcommand(name, about)->footer(std::string(examples));
    runs_[command] = std::move(run);
    return *command;
  }

  /// The option -o of a command that answers in text or as JSON.
  void add_text_or_json(CLI::App& command, std::string& format);

  /// What a value can be: by command, and the flag if it is one ("rules --output").
  Words words;

  /// The same of what takes work to know: only who describes the command line asks.
  void add_words_later(std::function<void(Words&)> add) { later_.push_back(std::move(add)); }
  [[nodiscard]] Words all_words() const {
    Words all = words;
    for (const auto& add : later_) {
      add(all);
    }
    return all;
  }

  /// pre     `given` was declared
  /// return  the process's exit status
  [[nodiscard]] int run(const CLI::App& given) const { return runs_.at(&given)(); }

 private:
  CLI::App* app_;
  std::map<const CLI::App*, Run> runs_;
  std::vector<std::function<void(Words&)>> later_;
};

/// What an option takes that is a number: refused in the same words by every command.
/// in  without  what leaving the option out means, said where the number is wrong
[[nodiscard]] CLI::Validator whole_number(
    std::uint64_t least, std::uint64_t most = std::numeric_limits<std::uint64_t>::max(),
    std::string without = "");
[[nodiscard]] CLI::Validator number_from(double least);

/// What an option writes is a file: - stands for standard input where something is read.
[[nodiscard]] CLI::Validator file_to_write();

/// The option --lang of a command whose answer is for people to read.
void add_language(CLI::App& command, std::string& language);

/// "catalog show ", empty for the program itself.
[[nodiscard]] std::string path_of(const CLI::App& at);

void declare_check(Declarations& all);  ///< check: its options are the table of settings
void declare_serve(Declarations& all);  ///< serve: most of the same settings
void declare_questions(
    Declarations& all);  ///< explain, inspect, surge, simulate, replay: one input, one question
void declare_compare(Declarations& all);    ///< compare: two inputs
void declare_knowledge(Declarations& all);  ///< rules, catalog, incidents
void declare_tools(Declarations& all);      ///< init, schema, faulttree, version

}  // namespace outlast::cli
