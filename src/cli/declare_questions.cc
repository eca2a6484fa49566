#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "settings/specs.h"

namespace outlast::cli {
namespace {

void add_history(CLI::App& command, std::string& path) {
  command.add_option("--history", path, std::string(settings::spec_of("history").meaning))
      ->type_name("FILE");
}

void add_parameters(CLI::App& command, std::vector<std::string>& parameters) {
  const auto& spec = settings::spec_of("param");
  command.add_option("--param", parameters, std::string(spec.meaning))
      ->type_name(std::string(spec.value))
      ->check(CLI::Validator(
          [&spec](const std::string& text) {
            return settings::mistake_in(spec, text).value_or("");
          },
          ""))
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_today(CLI::App& command, std::string& day) {
  const auto& spec = settings::spec_of("today");
  command.add_option("--today", day, std::string(spec.meaning))
      ->type_name("DATE")
      ->check([&spec](const std::string& text) {
        return settings::mistake_in(spec, text).value_or("");
      });
}

void declare_explain(Declarations& all) {
  const auto options = std::make_shared<ExplainOptions>();
  CLI::App& command = all.add("explain", "tell what a row, finding, number or component rests on",
                              kExplainExamples, [options] { return run_explain(*options); });
  command
      .add_option(
          "ID", options->id,
          "a case (zone.destroyed), a rule or fingerprint, a component, a place, a journey, "
          "a number (availability, habits, double_faults, planned_work, depends_on)")
      ->required();
  command.add_option("INPUT", options->read.inputs, "what outlast check was given")->required();
  command
      .add_option("--scenario", options->scenario,
                  "tell what happens to it on a day that you make up (outlast init --scenario)")
      ->type_name("FILE");
  all.add_text_or_json(command, options->format);
  add_history(command, options->read.history);
  add_parameters(command, options->read.parameters);
  add_today(command, options->read.today);
  add_language(command, options->read.language);
}

void declare_inspect(Declarations& all) {
  const auto options = std::make_shared<InspectOptions>();
  CLI::App& command =
      all.add("inspect", "tell what was understood of inputs, and what is not known",
              kInspectExamples, [options] { return run_inspect(*options); });
  command.add_option("INPUT", options->read.inputs, "what outlast check is given")->required();
  all.add_text_or_json(command, options->format);
  add_history(command, options->read.history);
  add_parameters(command, options->read.parameters);
  add_language(command, options->read.language);
}

void declare_surge(Declarations& all) {
  const auto options = std::make_shared<SurgeOptions>();
  CLI::App& command =
      all.add("surge", "tell what a surge of users fills first, and whether it recovers",
              kSurgeExamples, [options] { return run_surge(*options); });
  command.add_option("INPUT", options->read.inputs, "what outlast check is given")->required();
  command.add_option("--from", options->from_users, "users before [users: {now}, or 100]")
      ->type_name("USERS")
      ->transform(number_from(0));
  command.add_option("--to", options->to_users, "users after [users: {peak}, or 1000000]")
      ->type_name("USERS")
      ->transform(number_from(0));
  command.add_option("--in", options->within, "how fast they come [users: {within}, or 10m]")
      ->type_name("DURATION");
  command.add_flag("--frontier", options->frontier,
                   "from which surges it does not come back though they pass, and what mends it");
  all.add_text_or_json(command, options->format);
  add_parameters(command, options->read.parameters);
  add_language(command, options->read.language);
}

void declare_simulate(Declarations& all) {
  const auto options = std::make_shared<SimulateOptions>();
  const std::vector<std::string> engines = {"flow", "requests"};
  CLI::App& command =
      all.add("simulate", "play a day that you make up: who is served when, and why not?",
              kSimulateExamples, [options] { return run_simulate(*options); });
  command.add_option("SCENARIO", options->scenario, "YAML: outlast init --scenario writes one")
      ->required();
  command.add_option("INPUT", options->read.inputs, "what outlast check is given")->required();
  command
      .add_option(
          "--engine", options->engine,
          "flow: its cost does not depend on the users; requests: each by itself, at random")
      ->type_name("ENGINE")
      ->check(CLI::IsMember(engines))
      ->capture_default_str();
  command.add_option("--until", options->until, "how long it is watched [as the scenario says]")
      ->type_name("DURATION");
  command
      .add_option("--trace", options->trace,
                  "write the timeline: CSV, or JSON where the name ends in .json")
      ->type_name("FILE");
  command.add_option("--seed", options->seed, "of --engine requests")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  command
      .add_option(
          "--runs", options->runs,
          "of --engine requests: the mean and its interval are told [3 to 10, or 1, by their cost]")
      ->type_name("N")
      ->transform(whole_number(1, 1000));
  all.words["simulate --engine"] = engines;
  all.add_text_or_json(command, options->format);
  add_parameters(command, options->read.parameters);
  add_language(command, options->read.language);
}

void declare_replay(Declarations& all) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App& command =
      all.add("replay", "play a real outage: would this have come through, and why?",
              kReplayExamples, [options] { return run_replay(*options); });
  command
      .add_option("INCIDENT", options->incident,
                  "as outlast incidents lists it, or a file that tells one")
      ->required();
  command.add_option("INPUT", options->read.inputs, "what outlast check is given");
  command.add_flag("--all", options->all, "all incidents; then only INPUT is given");
  command.add_option("--at", options->at, "time of day it begins, UTC [as it was]")
      ->type_name("HH:MM");
  command
      .add_option("--as-if", options->as_if,
                  "play it elsewhere: region=ap-northeast-2, edge_cdn=cloudflare")
      ->type_name("ROLE=VALUE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  all.add_text_or_json(command, options->format);
  add_history(command, options->read.history);
  add_parameters(command, options->read.parameters);
  add_language(command, options->read.language);
}

}  // namespace

void add_language(CLI::App& command, std::string& language) {
  const auto& spec = settings::spec_of("lang");
  command.add_option("--lang", language, std::string(spec.meaning))
      ->type_name(std::string(spec.value))
      ->envname(settings::environment_of(spec))
      ->check(CLI::IsMember(settings::choices_of(spec)));
}

void declare_questions(Declarations& all) {
  declare_explain(all);
  declare_inspect(all);
  declare_surge(all);
  declare_simulate(all);
  declare_replay(all);
}

}  // namespace outlast::cli
