#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/units.h"
#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "findings/evaluation.h"
#include "settings/specs.h"

namespace outlast::cli {
namespace {

void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& values,
              const std::string& about, const std::string& value) {
  command.add_option(name, values, about)
      ->type_name(value)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::string mistake_of(const base::Error& error) {
  return error.message + (error.remedy.empty() ? "" : "; " + error.remedy);
}

std::vector<std::string> severities() {
  std::vector<std::string> names;
  for (const auto severity : findings::kSeverities) {
    names.emplace_back(findings::name_of(severity));
  }
  names.emplace_back("never");
  return names;
}

void add_gates(Declarations& all, CLI::App& command, CompareOptions& options) {
  command.add_option("--fail-on", options.fail_on, "exit 1 from new findings of this severity on")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember(severities()))
      ->capture_default_str();
  command
      .add_option("--max-cost-delta", options.max_cost_delta,
                  "exit 1 where the head costs more than this more, 4 where that is undecided")
      ->type_name("MONEY")
      ->check([](const std::string& text) {
        const auto money = base::parse_money(text, "month");
        return money ? std::string() : mistake_of(money.error());
      });
  command
      .add_option("--max-downtime-delta", options.max_downtime_delta,
                  "exit 1 where users of the head are down longer than this more in a year")
      ->type_name("DURATION")
      ->check([](const std::string& text) {
        const auto time = base::parse_duration(text);
        return time ? std::string() : mistake_of(time.error());
      });
  all.words["compare --fail-on"] = severities();
}

}  // namespace

void declare_compare(Declarations& all) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App& command =
      all.add("compare", "tell what differs between two architectures, and what it brings about",
              kCompareExamples, [options] { return run_compare(*options); });
  command
      .add_option("INPUT", options->read.inputs,
                  "the base and the head: before and after; with --to all are of the base")
      ->required();
  command.add_option("--to", options->head, "inputs of the head, where a side has several")
      ->type_name("INPUT");
  add_list(command, "--with", options->with, "an input of both sides: an overlay; several times",
           "INPUT");
  add_list(command, "-o,--output", options->outputs,
           "text, json or md, to standard output or a file; several times [text]", "FORMAT[=PATH]");
  auto* models = command.add_flag("--service-models", options->service_models,
                                  "the inputs as one architecture, beside itself on rented "
                                  "servers, on managed services and without servers");
  command.add_option("--cloud", options->cloud, "whose services, of what names no cloud")
      ->type_name("CLOUD")
      ->check(CLI::IsMember(std::vector<std::string>{"aws", "gcp", "azure"}))
      ->needs(models);
  all.words["compare --cloud"] = {"aws", "gcp", "azure"};
  command.add_option("--region", options->region, "in which of its regions, of what names none")
      ->type_name("REGION")
      ->needs("--cloud");
  command
      .add_option("--write-twins", options->write_twins,
                  "write each twin as a blueprint into this folder")
      ->type_name("FOLDER")
      ->needs(models);
  add_gates(all, command, *options);
  command
      .add_option("--prices", options->read.prices,
                  std::string(settings::spec_of("prices").meaning))
      ->type_name("FILE");
  add_language(command, options->read.language);
  add_list(command, "--param", options->read.parameters,
           std::string(settings::spec_of("param").meaning), "NAME=VALUE");
}

}  // namespace outlast::cli
