#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/print.h"
#include "report/report.h"
#include "settings/specs.h"

namespace {

using namespace outlast::cli;
using outlast::settings::Spec;

/// Values of flags as they come from the command line, by key.
struct Flags {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> switches;
};

/// Help of a setting: what it means, what may be written, what holds if nobody says.
std::string help_of(const Spec& spec) {
  std::string text(spec.meaning);
  if (spec.type == outlast::settings::Type::outputs) {
    std::string names;
    for (const std::string& name : outlast::settings::choices_of(spec)) {
      names += (names.empty() ? "" : ", ") + name;
    }
    text += ": " + names;
  }
  return spec.standard.empty() || spec.value.empty()
             ? text
             : text + " [" + std::string(spec.standard) + "]";
}

/// One option a setting, from the table.
void add_settings(CLI::App& command, Flags& flags) {
  for (const Spec& spec : outlast::settings::specs()) {
    if (!outlast::settings::has_flag(spec)) {
      continue;
    }
    const std::string key(spec.key);
    const std::string names = (spec.letter.empty() ? "" : std::string(spec.letter) + ",") +
                              outlast::settings::flag_of(spec);
    if (spec.value.empty()) {
      command.add_flag(names, flags.switches[key], help_of(spec));
      continue;
    }
    CLI::Option* option = command.add_option(names, flags.texts[key], help_of(spec));
    if (!outlast::settings::is_list(spec.type)) {
      option->expected(1);
    }
    option
        ->check(CLI::Validator(
            [&spec](const std::string& text) {
              for (const std::string& item : outlast::settings::items_of(spec, text)) {
                if (const auto mistake = outlast::settings::mistake_in(spec, item)) {
                  return *mistake;
                }
              }
              return std::string();
            },
            ""))
        ->type_name(std::string(spec.value))
        ->allow_extra_args(false)
        ->multi_option_policy(outlast::settings::is_list(spec.type)
                                  ? CLI::MultiOptionPolicy::TakeAll
                                  : CLI::MultiOptionPolicy::TakeLast);
  }
}

/// The settings that were given on the command line.
std::map<std::string, std::vector<std::string>, std::less<>> given_in(const CLI::App& command,
                                                                      const Flags& flags) {
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  for (const Spec& spec : outlast::settings::specs()) {
    if (!outlast::settings::has_flag(spec)) {
      continue;
    }
    const std::string key(spec.key);
    if (command.count(outlast::settings::flag_of(spec)) > 0) {
      given[key] = spec.value.empty()
                       ? std::vector<std::string>{flags.switches.at(key) ? "true" : "false"}
                       : flags.texts.at(key);
    }
  }
  return given;
}

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

/// What is wrong with the command line, and where to read on.
std::string usage_error(const CLI::App* app, const CLI::Error& error) {
  const auto given = app->get_subcommands();
  const CLI::App& at = given.empty() ? *app : *given.front();
  std::string message = error.what();
  const auto extras = app->remaining(true);
  // By its status, for some errors carry the command's name in the place of their own.
  const bool is_extra = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  if (is_extra && !extras.empty()) {
    const std::string& word = extras.front();
    const bool is_option = word.size() > 1 && word.front() == '-';
    message = is_option       ? "there is no option " + word + suggestion(word, options_of(at))
              : given.empty() ? "there is no command " + word + suggestion(word, commands_of(at))
                              : "\"" + word + "\" is one argument too many";
  }
  return "outlast: " + message + "\nTry: outlast " +
         (given.empty() ? "" : given.front()->get_name() + " ") + "--help\n";
}

using Words = std::map<std::string, std::vector<std::string>>;

OptionLine line_of(const CLI::Option& option) {
  OptionLine line;
  for (const std::string& name : option.get_snames()) {
    line.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    line.names.push_back("--" + name);
  }
  line.about = option.get_description();
  if (option.get_items_expected_max() > 0) {
    line.value = line.names.empty() ? option.get_name(true) : option.get_type_name();
  }
  return line;
}

/// The words of each setting that has few, by command and flag.
Words words_of_settings() {
  Words words;
  for (const Spec& spec : outlast::settings::specs()) {
    words["check " + outlast::settings::flag_of(spec)] = outlast::settings::choices_of(spec);
  }
  return words;
}

/// What the parser knows, for completions and the manual.
/// in  words  what a value can be where it is one of few: by command, and the flag if it is one
CommandLine describe(const CLI::App& app, const Words& words) {
  CommandLine line;
  line.about = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    line.options.push_back(line_of(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    CommandText text{
        command->get_name(), command->get_description(), command->get_footer(), {}, {}};
    for (const CLI::Option* option : command->get_options()) {
      auto option_line = line_of(*option);
      const bool is_positional = option_line.names.empty();
      const auto known =
          words.find(text.name + (is_positional ? "" : " " + option_line.names.back()));
      option_line.choices = known == words.end() ? std::vector<std::string>() : known->second;
      (is_positional ? text.positionals : text.options).push_back(std::move(option_line));
    }
    line.commands.push_back(std::move(text));
  }
  return line;
}

std::string completion_of(const CommandLine& line, const std::string& shell) {
  return shell == "bash"  ? bash_completion(line)
         : shell == "zsh" ? zsh_completion(line)
                          : fish_completion(line);
}

int run_help(const CLI::App& app, const std::string& topic) {
  if (topic == "exit-codes") {
    return print(kExitCodes) ? kOk : kWrongInput;
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == topic) {
      return print(command->help("outlast")) ? kOk : kWrongInput;
    }
  }
  if (topic.empty()) {
    return print(app.help()) ? kOk : kWrongInput;
  }
  std::fprintf(stderr, "outlast: there is no help on %s%s\n", topic.c_str(),
               suggestion(topic, commands_of(app, {"exit-codes"})).c_str());
  return kWrongInput;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{std::string(kAbout), "outlast"};
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string(outlast::base::kVersion));
  app.footer(std::string(kFooter));
  app.failure_message(usage_error);

  CheckOptions check;
  Flags flags;
  auto* check_command = app.add_subcommand("check", "tell what an architecture survives")
                            ->footer(std::string(kCheckExamples));
  check_command->add_option(
      "INPUT", check.inputs,
      "files, folders or - (standard input): Terraform plan as JSON or state, blueprint, "
      "overlay; several make one architecture");
  add_settings(*check_command, flags);
  check_command->add_flag("--show-config", check.show_config,
                          "print each setting with its origin, and check nothing");

  InitOptions init;
  auto* init_command =
      app.add_subcommand("init", "write a blueprint, an overlay or a configuration to start from");
  init_command->add_option("PATH", init.path,
                           "file to write [outlast.yaml], - for standard output");
  auto* init_config =
      init_command->add_flag("--config", init.config, "write a configuration [.outlast.yaml]");
  init_command
      ->add_flag("--overlay", init.overlay,
                 "write what is added to a plan: objectives, load, calls [overlay.yaml]")
      ->excludes(init_config);
  init_command->add_flag("--force", init.force, "overwrite");

  auto* schema_command =
      app.add_subcommand("schema", "print the JSON Schema of blueprints and overlays");
  bool schema_of_config = false;
  schema_command->add_flag("--config", schema_of_config, "of the configuration .outlast.yaml");
  auto* version_command = app.add_subcommand("version", "print the version");
  auto* rules_command = app.add_subcommand("rules", "list the rules of findings");
  std::string rules_format = "text";
  rules_command->add_option("-o,--output", rules_format, "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  std::string shell;
  auto* completion_command =
      app.add_subcommand("completion", "print the completion of a shell: bash, zsh, fish");
  completion_command->add_option("SHELL", shell, "bash, zsh or fish")
      ->check(CLI::IsMember(shells))
      ->required();
  auto* manual_command = app.add_subcommand("manual", "print the manual page, as troff");
  std::string topic;
  auto* help_command = app.add_subcommand("help", "tell about a command or topic");
  help_command->add_option("TOPIC", topic, "a command, or exit-codes");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kWrongInput;
  }
  if (*check_command) {
    if (check.inputs.empty() && !check.show_config) {
      std::fputs("outlast: INPUT is required\nTry: outlast check --help\n", stderr);
      return kWrongInput;
    }
    check.flags = given_in(*check_command, flags);
    return run_check(check);
  }
  if (*init_command) {
    return run_init(init);
  }
  if (*schema_command) {
    return run_schema(schema_of_config);
  }
  if (*rules_command) {
    return print(rules_format == "json" ? outlast::report::rules_json()
                                        : outlast::report::rules_text())
               ? kOk
               : kWrongInput;
  }
  if (*completion_command || *manual_command) {
    Words words = words_of_settings();
    words["completion"] = shells;
    words["help"] = commands_of(app, {"exit-codes"});
    words["rules --output"] = {"text", "json"};
    const CommandLine line = describe(app, words);
    return print(*manual_command ? manual(line) : completion_of(line, shell)) ? kOk : kWrongInput;
  }
  if (*version_command) {
    return print("outlast " + std::string(outlast::base::kVersion) + "\n") ? kOk : kWrongInput;
  }
  return run_help(app, topic);
}
