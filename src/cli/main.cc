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

const std::vector<std::string> kTextOrJson = {"text", "json"};

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

bool has_commands(const CLI::App& at) {
  return !at.get_subcommands([](const CLI::App*) { return true; }).empty();
}

/// The command that was given: "show" of `catalog show`.
const CLI::App& innermost(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : innermost(*given.front());
}

/// "catalog show ", empty for the program itself.
std::string path_of(const CLI::App& at) {
  return at.get_parent() == nullptr ? "" : path_of(*at.get_parent()) + at.get_name() + " ";
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

/// The words of each setting that has few, by command and flag.
Words words_of_settings() {
  Words words;
  for (const Spec& spec : outlast::settings::specs()) {
    words["check " + outlast::settings::flag_of(spec)] = outlast::settings::choices_of(spec);
  }
  return words;
}

std::string completion_of(const CommandLine& line, const std::string& shell) {
  return shell == "bash"  ? bash_completion(line)
         : shell == "zsh" ? zsh_completion(line)
                          : fish_completion(line);
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

void add_text_or_json(CLI::App& command, std::string& format) {
  command.add_option("-o,--output", format, "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(kTextOrJson))
      ->capture_default_str();
}

constexpr unsigned kMostScenariosLog2 = 40;

void add_faulttree(CLI::App& command, FaultTreeOptions& options) {
  command.footer(std::string(kFaultTreeExamples));
  command
      .add_option("MODEL", options.inputs,
                  "files in the Open-PSA exchange format; several make one model; - is "
                  "standard input")
      ->required();
  add_text_or_json(command, options.format);
  command.add_option("--top", options.tops, "a gate to ask about [each that no other uses]")
      ->type_name("GATE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--cut-sets", options.cut_sets, "how many cut sets are listed")
      ->type_name("N")
      ->capture_default_str();
  command.add_flag("--by-size", options.by_size, "list the smallest first, not the most likely");
  command.add_option("--max-order", options.max_order, "leave out cut sets of more events [none]")
      ->type_name("N");
  command.add_option("--mission-time", options.mission_time, "what system-mission-time stands for")
      ->type_name("T")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  auto* trials =
      command.add_option("--uncertainty", options.trials, "trials of uncertain parameters [0]")
          ->type_name("N")
          ->check(CLI::Range(0, 100'000'000));
  command
      .add_option("--sample", options.scenarios,
                  "sample so many scenarios instead of solving: an estimate, with its interval")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << kMostScenariosLog2))
      ->excludes(trials);
  command.add_option("--seed", options.seed, "of these trials and scenarios")
      ->type_name("N")
      ->capture_default_str();
  command
      .add_option("--budget", options.budget,
                  "diagram nodes; beyond, the answer is bounds, and marked")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--write", options.write, "write the model as it was understood")
      ->type_name("FILE");
  command.add_flag("--timings", options.timings, "tell what took how long");
}

void add_history(CLI::App& command, std::string& path) {
  command.add_option("--history", path, std::string(outlast::settings::spec_of("history").meaning))
      ->type_name("FILE");
}

void add_parameters(CLI::App& command, std::vector<std::string>& parameters) {
  const auto& spec = outlast::settings::spec_of("param");
  command.add_option("--param", parameters, std::string(spec.meaning))
      ->type_name(std::string(spec.value))
      ->check(CLI::Validator(
          [&spec](const std::string& text) {
            return outlast::settings::mistake_in(spec, text).value_or("");
          },
          ""))
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_today(CLI::App& command, std::string& day) {
  const auto& spec = outlast::settings::spec_of("today");
  command.add_option("--today", day, std::string(spec.meaning))
      ->type_name("DATE")
      ->check([&spec](const std::string& text) {
        return outlast::settings::mistake_in(spec, text).value_or("");
      });
}

/// The words of all that is not a setting, and of the settings.
Words words_of(const CLI::App& app, const std::vector<std::string>& shells) {
  Words words = words_of_settings();
  words["completion"] = shells;
  words["help"] = commands_of(app, {"exit-codes"});
  for (const char* command :
       {"explain", "inspect", "surge", "rules", "faulttree", "catalog show", "catalog list",
        "incidents", "replay", "incidents show", "incidents check"}) {
    words[std::string(command) + " --output"] = kTextOrJson;
  }
  words["incidents show"] = incident_ids();
  words["catalog show"] = words["catalog list"] = catalog_types();
  return words;
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
  check_command
      ->add_option("--emit-mef", check.emit_mef,
                   "write the fault tree in the Open-PSA format, to check us with another tool")
      ->type_name("FILE");

  ExplainOptions question;
  auto* explain_command =
      app.add_subcommand("explain", "tell what a row, finding, number or component rests on")
          ->footer(std::string(kExplainExamples));
  explain_command
      ->add_option("ID", question.id,
                   "a case (zone.destroyed), a rule or fingerprint, a component, a place, a "
                   "journey, availability")
      ->required();
  explain_command->add_option("INPUT", question.read.inputs, "what outlast check was given")
      ->required();
  add_text_or_json(*explain_command, question.format);
  add_history(*explain_command, question.read.history);
  add_parameters(*explain_command, question.read.parameters);
  add_today(*explain_command, question.read.today);

  InspectOptions inspection;
  auto* inspect_command =
      app.add_subcommand("inspect", "tell what was understood of inputs, and what is not known")
          ->footer(std::string(kInspectExamples));
  inspect_command->add_option("INPUT", inspection.read.inputs, "what outlast check is given")
      ->required();
  add_text_or_json(*inspect_command, inspection.format);
  add_history(*inspect_command, inspection.read.history);
  add_parameters(*inspect_command, inspection.read.parameters);

  SurgeOptions surge;
  auto* surge_command =
      app.add_subcommand("surge", "tell what a surge of users fills first, and whether it recovers")
          ->footer(std::string(kSurgeExamples));
  surge_command->add_option("INPUT", surge.read.inputs, "what outlast check is given")->required();
  surge_command->add_option("--from", surge.from_users, "users before [users: {now}, or 100]")
      ->type_name("USERS");
  surge_command->add_option("--to", surge.to_users, "users after [users: {peak}, or 1000000]")
      ->type_name("USERS");
  surge_command->add_option("--in", surge.within, "how fast they come [users: {within}, or 10m]")
      ->type_name("DURATION");
  add_text_or_json(*surge_command, surge.format);
  add_parameters(*surge_command, surge.read.parameters);

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
  add_text_or_json(*rules_command, rules_format);

  CatalogOptions about_type;
  auto* catalog_command = app.add_subcommand("catalog", "tell what is known of resource types");
  catalog_command->require_subcommand(1);
  auto* show_command = catalog_command->add_subcommand(
      "show", "tell what is known of a type, and every figure with its source");
  show_command->footer(std::string(kCatalogShowExamples))
      ->add_option("TYPE", about_type.word,
                   "a name of the catalog, or a format's own: aws_instance")
      ->required();
  auto* list_command = catalog_command->add_subcommand("list", "list the names of types");
  add_text_or_json(*show_command, about_type.format);
  add_text_or_json(*list_command, about_type.format);
  list_command->footer(std::string(kCatalogListExamples))
      ->add_option("PREFIX", about_type.word, "how the names begin [all]");

  IncidentsOptions outage;
  auto* incidents_command =
      app.add_subcommand("incidents", "list real outages, show one, check a file that tells one")
          ->footer(std::string(kIncidentsExamples));
  incidents_command->require_subcommand(0, 1);
  auto* outage_command = incidents_command->add_subcommand(
      "show", "tell what happened, phase by phase, each figure with its source");
  outage_command->add_option("ID", outage.word, "as outlast incidents lists it")->required();
  auto* outage_file_command =
      incidents_command->add_subcommand("check", "check a file that tells an outage, and show it");
  outage_file_command->add_option("FILE", outage.word, "YAML: docs/how-to-add-an-incident.md")
      ->required();
  for (CLI::App* command : {incidents_command, outage_command, outage_file_command}) {
    add_text_or_json(*command, outage.format);
  }

  ReplayOptions played;
  auto* replay_command =
      app.add_subcommand("replay", "play a real outage: would this have come through, and why?")
          ->footer(std::string(kReplayExamples));
  replay_command
      ->add_option("INCIDENT", played.incident,
                   "as outlast incidents lists it, or a file that tells one")
      ->required();
  replay_command->add_option("INPUT", played.inputs, "what outlast check is given");
  replay_command->add_flag("--all", played.all, "all incidents; then only INPUT is given");
  replay_command->add_option("--at", played.at, "time of day it begins, UTC [as it was]")
      ->type_name("HH:MM");
  replay_command
      ->add_option("--as-if", played.as_if,
                   "play it elsewhere: region=ap-northeast-2, edge_cdn=cloudflare")
      ->type_name("ROLE=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_text_or_json(*replay_command, played.format);

  FaultTreeOptions tree;
  auto* faulttree_command = app.add_subcommand(
      "faulttree", "solve fault trees: probability, cut sets, importance, uncertainty");
  add_faulttree(*faulttree_command, tree);

  const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  std::string shell;
  auto* completion_command =
      app.add_subcommand("completion", "print the completion of a shell: bash, zsh, fish");
  completion_command->add_option("SHELL", shell, "bash, zsh or fish")
      ->check(CLI::IsMember(shells))
      ->required();
  auto* manual_command = app.add_subcommand("manual", "print the manual page, as troff");
  std::vector<std::string> topic;
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
  if (*explain_command) {
    return run_explain(question);
  }
  if (*inspect_command) {
    return run_inspect(inspection);
  }
  if (*faulttree_command) {
    return run_faulttree(tree);
  }
  if (*surge_command) {
    return run_surge(surge);
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
  if (*show_command) {
    return run_catalog_show(about_type);
  }
  if (*list_command) {
    return run_catalog_list(about_type);
  }
  if (*replay_command) {
    return run_replay(played);
  }
  if (*outage_command) {
    return run_incidents_show(outage);
  }
  if (*outage_file_command) {
    return run_incidents_check(outage);
  }
  if (*incidents_command) {
    return run_incidents(outage);
  }
  if (*completion_command || *manual_command) {
    const CommandLine line = describe(app, words_of(app, shells));
    return print(*manual_command ? manual(line) : completion_of(line, shell)) ? kOk : kWrongInput;
  }
  if (*version_command) {
    return print("outlast " + std::string(outlast::base::kVersion) + "\n") ? kOk : kWrongInput;
  }
  return run_help(app, topic);
}
