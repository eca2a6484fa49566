#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "base/version.h"
#include "cli/commands.h"
#include "cli/help.h"

namespace {

using namespace outlast::cli;

/// "json=report.json" → {json, report.json}.
Output parse_output(const std::string& text) {
  const auto equals = text.find('=');
  return {text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
}

std::string check_output(const std::string& text) {
  const std::string format = parse_output(text).format;
  return format == "text" || format == "json" ? "" : "unknown format " + format + ": text or json";
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{std::string(kAbout), "outlast"};
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string(outlast::base::kVersion));
  app.footer(std::string(kFooter));

  CheckOptions check;
  std::vector<std::string> outputs;
  auto* check_command = app.add_subcommand("check", "tell what an architecture survives")
                            ->footer(std::string(kCheckExamples));
  check_command
      ->add_option("INPUT", check.inputs,
                   "files, folders or - (standard input): Terraform plan as JSON, blueprint, "
                   "overlay; several make one architecture")
      ->required();
  check_command
      ->add_option("-o,--output", outputs, "FORMAT[=PATH], several times: text (default), json")
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
    std::printf("outlast %s\n", std::string(outlast::base::kVersion).c_str());
    return kOk;
  }
  if (*help_command && topic == "exit-codes") {
    std::fputs(std::string(kExitCodes).c_str(), stdout);
    return kOk;
  }
  if (*help_command && !topic.empty()) {
    const auto commands = app.get_subcommands([&](CLI::App* c) { return c->get_name() == topic; });
    if (commands.empty()) {
      std::fprintf(stderr, "outlast: no help on %s\n", topic.c_str());
      return kWrongInput;
    }
    std::fputs(commands.front()->help().c_str(), stdout);
    return kOk;
  }
  std::fputs(app.help().c_str(), stdout);
  return kOk;
}
