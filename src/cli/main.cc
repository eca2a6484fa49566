#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/print.h"
#include "report/report.h"

namespace {

using namespace outlast::cli;

/// "json=report.json" → {json, report.json}.
Output parse_output(const std::string& text) {
  const auto equals = text.find('=');
  return {text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
}

/// "text (default), json, …".
std::string format_names() {
  std::string names;
  for (const auto& format : outlast::report::formats()) {
    names += (names.empty() ? "" : ", ") + std::string(format.name) +
             (names.empty() ? " (default)" : "");
  }
  return names;
}

std::string check_output(const std::string& text) {
  const std::string format = parse_output(text).format;
  std::vector<std::string_view> names;
  for (const auto& known : outlast::report::formats()) {
    names.push_back(known.name);
  }
  if (std::find(names.begin(), names.end(), format) == names.end()) {
    return "unknown format \"" + format + "\": " + outlast::base::suggest(format, names);
  }
  return text.back() == '=' ? "no file behind " + text + ": leave the = out for standard output"
                            : "";
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
  std::vector<std::string> outputs;
  auto* check_command = app.add_subcommand("check", "tell what an architecture survives")
                            ->footer(std::string(kCheckExamples));
  check_command
      ->add_option(
          "INPUT", check.inputs,
          "files, folders or - (standard input): Terraform plan as JSON or state, blueprint, "
          "overlay; several make one architecture")
      ->required();
  check_command
      ->add_option("-o,--output", outputs, "FORMAT[=PATH], several times: " + format_names())
      ->check(CLI::Validator(check_output, "FORMAT[=PATH]"))
      ->allow_extra_args(false);
  check_command
      ->add_option("--fail-on", check.fail_on,
                   "exit 1 from findings of this severity on: critical, high, medium, low, info, "
                   "never")
      ->check(CLI::IsMember({"critical", "high", "medium", "low", "info", "never"}))
      ->capture_default_str();
  check_command->add_option("--seed", check.seed, "seed of the drawn durations")
      ->capture_default_str();
  check_command->add_option("--threads", check.threads, "threads; 0: all; the result is the same")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  check_command->add_flag("--timings", check.timings, "tell on standard error what took how long");
  check_command->add_flag("-q,--quiet", check.quiet, "no progress on a terminal");

  InitOptions init;
  auto* init_command = app.add_subcommand("init", "write a blueprint to start from");
  init_command->add_option("PATH", init.path, "file to write, - for standard output")
      ->capture_default_str();
  init_command->add_flag("--force", init.force, "overwrite");

  auto* schema_command =
      app.add_subcommand("schema", "print the JSON Schema of blueprints and overlays");
  auto* version_command = app.add_subcommand("version", "print the version");
  std::string topic;
  auto* help_command = app.add_subcommand("help", "tell about a command or topic");
  help_command->add_option("TOPIC", topic, "a command, or exit-codes");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kWrongInput;
  }
  for (const std::string& text : outputs) {
    check.outputs.push_back(parse_output(text));
  }
  if (*check_command) {
    return run_check(check);
  }
  if (*init_command) {
    return run_init(init);
  }
  if (*schema_command) {
    return run_schema();
  }
  if (*version_command) {
    return print("outlast " + std::string(outlast::base::kVersion) + "\n") ? kOk : kWrongInput;
  }
  return run_help(app, topic);
}
