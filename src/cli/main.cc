#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "base/heap.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "cli/print.h"
#include "crew/membership.h"

namespace {

using namespace outlast::cli;

/// The names that may stand where `at` is: its commands, and `more`.
std::vector<std::string> commands_of(const CLI::App& at, std::vector<std::string> more = {}) {
  for (const CLI::App* command : at.get_subcommands([](const CLI::App*) { return true; })) {
    more.push_back(command->get_name());
  }
  return more;
}

std::vector<std::string> options_of(const CLI::App& at) {
  std::vector<std::string> names;
  for (const CLI::Option* option : at.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string hint = outlast::base::suggest(word, views);
  return hint.empty() ? "" : "; " + hint;
}

bool has_commands(const CLI::App& at) {
  return !at.get_subcommands([](const CLI::App*) { return true; }).empty();
}

/// The command that was given: "show" of `catalog show`.
const CLI::App& innermost(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : innermost(*given.front());
}

const CLI::App* command_below(const CLI::App& at, const std::string& name) {
  for (const CLI::App* command : at.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == name) {
      return command;
    }
  }
  return nullptr;
}

/// What is wrong with the command line, and where to read on.
std::string usage_error(const CLI::App* app, const CLI::Error& error) {
  const CLI::App& at = innermost(*app);
  std::string message = error.what();
  const auto extras = app->remaining(true);
  // By its status, for some errors carry the command's name in the place of their own.
  const bool is_extra =
      has_commands(at) || error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  if (is_extra && !extras.empty()) {
    const std::string& word = extras.front();
    const bool is_option = word.size() > 1 && word.front() == '-';
    message = is_option ? "there is no option " + word + suggestion(word, options_of(at))
              : has_commands(at)
                  ? "there is no command " + path_of(at) + word + suggestion(word, commands_of(at))
                  : "\"" + word + "\" is one argument too many";
  }
  return "outlast: " + message + "\nTry: outlast " + path_of(at) + "--help\n";
}

std::string completion_of(const CommandLine& line, const std::string& shell) {
  return shell == "bash"  ? bash_completion(line)
         : shell == "zsh" ? zsh_completion(line)
                          : fish_completion(line);
}

int printed(const std::string& text) {
  return print(text) ? kOk : kWrongInput;
}

/// in  topic  word by word: "catalog", "show"
int run_help(const CLI::App& app, const std::vector<std::string>& topic) {
  if (topic == std::vector<std::string>{"exit-codes"}) {
    return print(kExitCodes) ? kOk : kWrongInput;
  }
  const CLI::App* at = &app;
  for (const std::string& word : topic) {
    const CLI::App* below = command_below(*at, word);
    if (below == nullptr) {
      const auto known = at == &app ? commands_of(app, {"exit-codes"}) : commands_of(*at);
      std::fprintf(stderr, "outlast: there is no help on %s%s\n", (path_of(*at) + word).c_str(),
                   suggestion(word, known).c_str());
      return kWrongInput;
    }
    at = below;
  }
  std::string above = at == &app ? "" : "outlast " + path_of(*at->get_parent());
  above.erase(above.find_last_not_of(' ') + 1);
  return print(at->help(above)) ? kOk : kWrongInput;
}

/// The commands that tell of the command line itself.
void declare_help(Declarations& all, const CLI::App& app) {
  const auto shell = std::make_shared<std::string>();
  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  all.add("completion", "print the completion of a shell: bash, zsh, fish", "",
          [shell, &all, &app] {
            return printed(completion_of(describe(app, all.all_words()), *shell));
          })
      .add_option("SHELL", *shell, "bash, zsh or fish")
      ->check(CLI::IsMember(shells))
      ->required();
  all.add("manual", "print the manual page, as troff", "",
          [&all, &app] { return printed(manual(describe(app, all.all_words()))); });
  const auto topic = std::make_shared<std::vector<std::string>>();
  all.add("help", "tell about a command or topic", "",
          [topic, &app] { return run_help(app, *topic); })
      .add_option("TOPIC", *topic, "a command, or exit-codes");
  all.words["completion"] = shells;
  all.words["help"] = commands_of(app, {"exit-codes"});
}

}  // namespace

int main(int argc, char** argv) {
  outlast::base::use_large_pages();
  CLI::App app{std::string(kAbout), "outlast"};
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string(outlast::base::kVersion));
  app.footer(std::string(kFooter));
  app.failure_message(usage_error);
  Declarations all(app);
  declare_check(all);
  declare_questions(all);
  declare_compare(all);
  declare_serve(all);
  declare_knowledge(all);
  declare_tools(all);
  declare_help(all, app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kWrongInput;
  }
  const CLI::App& given = innermost(app);
  // What shares no work is done once, however many processes a launcher has started.
  if (given.get_name() != "faulttree" && !outlast::crew::is_first_of_launch()) {
    return kOk;
  }
  try {
    return &given == &app ? run_help(app, {}) : all.run(given);
  } catch (const std::bad_alloc&) {
    std::fputs("outlast: this takes more memory than there is\n", stderr);
    return kWrongInput;
  }
}
