#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "base/version.h"
#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "cli/print.h"

namespace outlast::cli {
namespace {

void declare_init(Declarations& all) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App& command =
      all.add("init", "write a blueprint, an overlay, a scenario or a configuration to start from",
              "", [options] { return run_init(*options); });
  command.add_option("PATH", options->path, "file to write [outlast.yaml], - for standard output");
  auto* config =
      command.add_flag("--config", options->config, "write a configuration [.outlast.yaml]");
  auto* overlay =
      command
          .add_flag("--overlay", options->overlay,
                    "write what is added to a plan: objectives, load, calls [overlay.yaml]")
          ->excludes(config);
  command
      .add_flag("--scenario", options->scenario,
                "write a day to play on an architecture [scenario.yaml]")
      ->excludes(config)
      ->excludes(overlay);
  command.add_flag("--force", options->force, "overwrite");
}

void declare_schema(Declarations& all) {
  const auto options = std::make_shared<SchemaOptions>();
  CLI::App& command = all.add("schema", "print the JSON Schema of blueprints and overlays", "",
                              [options] { return run_schema(*options); });
  auto* config =
      command.add_flag("--config", options->config, "of the configuration .outlast.yaml");
  command.add_flag("--scenario", options->scenario, "of scenarios")->excludes(config);
}

void declare_version(Declarations& all) {
  all.add("version", "print the version", "", [] {
    return static_cast<int>(print("outlast " + std::string(base::kVersion) + "\n") ? kOk
                                                                                   : kWrongInput);
  });
}

constexpr std::uint64_t kMostTrials = 100'000'000;
constexpr std::uint64_t kMostScenarios = std::uint64_t{1} << 40U;
constexpr std::uint64_t kMostEvents = 0xFFFFFFFF;  ///< and nodes: they are numbered in 32 bits

void declare_faulttree(Declarations& all) {
  const auto given = std::make_shared<FaultTreeOptions>();
  FaultTreeOptions& options = *given;
  CLI::App& command =
      all.add("faulttree", "solve fault trees: probability, cut sets, importance, uncertainty",
              kFaultTreeExamples, [given] { return run_faulttree(*given); });
  command
      .add_option("MODEL", options.inputs,
                  "files in the Open-PSA exchange format; several make one model; - is "
                  "standard input")
      ->required();
  all.add_text_or_json(command, options.format);
  command.add_option("--top", options.tops, "a gate to ask about [each that no other uses]")
      ->type_name("GATE")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--cut-sets", options.cut_sets, "how many cut sets are listed")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  command.add_flag("--by-size", options.by_size, "list the smallest first, not the most likely");
  command.add_option("--max-order", options.max_order, "leave out cut sets of more events [none]")
      ->type_name("N")
      ->transform(whole_number(1, kMostEvents, "without --max-order none is left out"));
  command.add_option("--mission-time", options.mission_time, "what system-mission-time stands for")
      ->type_name("T")
      ->transform(number_from(0))
      ->capture_default_str();
  auto* trials =
      command.add_option("--uncertainty", options.trials, "trials of uncertain parameters [none]")
          ->type_name("N")
          ->transform(whole_number(1, kMostTrials, "without --uncertainty there are none"));
  command
      .add_option("--sample", options.scenarios,
                  "sample so many scenarios instead of solving: an estimate, with its interval")
      ->type_name("N")
      ->transform(whole_number(1, kMostScenarios, "without --sample the model is solved"))
      ->excludes(trials);
  command.add_option("--seed", options.seed, "of these trials and scenarios")
      ->type_name("N")
      ->transform(whole_number(0))
      ->capture_default_str();
  command
      .add_option("--budget", options.budget,
                  "diagram nodes; beyond, the answer is bounds, and marked")
      ->type_name("N")
      ->transform(whole_number(1, kMostEvents))
      ->capture_default_str();
  command.add_option("--write", options.write, "write the model as it was understood")
      ->check(file_to_write())
      ->type_name("FILE");
  command.add_flag("--timings", options.timings, "tell what took how long");
}

}  // namespace

void declare_tools(Declarations& all) {
  declare_init(all);
  declare_schema(all);
  declare_version(all);
  declare_faulttree(all);
}

}  // namespace outlast::cli
