#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "settings/specs.h"

namespace outlast::cli {
namespace {

using settings::Spec;

/// Values of flags as they come from the command line, by key.
struct Flags {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> switches;
};

/// Help of a setting: what it means, what may be written, what holds if nobody says.
std::string help_of(const Spec& spec) {
  std::string text(spec.meaning);
  if (spec.type == settings::Type::outputs) {
    std::string names;
    for (const std::string& name : settings::choices_of(spec)) {
      names += (names.empty() ? "" : ", ") + name;
    }
    text += ": " + names;
  }
  return spec.standard.empty() || spec.value.empty()
             ? text
             : text + " [" + std::string(spec.standard) + "]";
}

/// Settings that are about a run that ends: where its report goes, what its exit status is.
constexpr std::string_view kOfOneRun[] = {
    "output", "exit_code", "soft_fail", "create_baseline", "timings", "update_baseline", "quiet"};

bool is_of_one_run(const Spec& spec) {
  return std::find(std::begin(kOfOneRun), std::end(kOfOneRun), spec.key) != std::end(kOfOneRun);
}

/// One option a setting, from the table.
void add_settings(CLI::App& command, Flags& flags, const std::function<bool(const Spec&)>& takes) {
  for (const Spec& spec : settings::specs()) {
    if (!settings::has_flag(spec) || !takes(spec)) {
      continue;
    }
    const std::string key(spec.key);
    const std::string names =
        (spec.letter.empty() ? "" : std::string(spec.letter) + ",") + settings::flag_of(spec);
    if (spec.value.empty()) {
      command.add_flag(names, flags.switches[key], help_of(spec));
      continue;
    }
    CLI::Option* option = command.add_option(names, flags.texts[key], help_of(spec));
    if (!settings::is_list(spec.type)) {
      option->expected(1);
    }
    option
        ->check(CLI::Validator(
            [&spec](const std::string& text) {
              for (const std::string& item : settings::items_of(spec, text)) {
                if (const auto mistake = settings::mistake_in(spec, item)) {
                  return *mistake;
                }
              }
              return std::string();
            },
            ""))
        ->type_name(std::string(spec.value))
        ->allow_extra_args(false)
        ->multi_option_policy(settings::is_list(spec.type) ? CLI::MultiOptionPolicy::TakeAll
                                                           : CLI::MultiOptionPolicy::TakeLast);
  }
}

/// The settings that were given on the command line.
std::map<std::string, std::vector<std::string>, std::less<>> given_in(const CLI::App& command,
                                                                      const Flags& flags) {
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  for (const Spec& spec : settings::specs()) {
    if (!settings::has_flag(spec)) {
      continue;
    }
    const std::string key(spec.key);
    if (command.get_option_no_throw(settings::flag_of(spec)) != nullptr &&
        command.count(settings::flag_of(spec)) > 0) {
      given[key] = spec.value.empty()
                       ? std::vector<std::string>{flags.switches.at(key) ? "true" : "false"}
                       : flags.texts.at(key);
    }
  }
  return given;
}

/// The words of each setting that has few, by command and flag.
void add_words(Words& words, const std::string& command) {
  for (const Spec& spec : settings::specs()) {
    words[command + " " + settings::flag_of(spec)] = settings::choices_of(spec);
  }
}

}  // namespace

void declare_check(Declarations& all) {
  struct Given {
    CheckOptions options;
    Flags flags;
    const CLI::App* command = nullptr;
  };
  const auto given = std::make_shared<Given>();
  CLI::App& command =
      all.add("check", "tell what an architecture survives", kCheckExamples, [given] {
        if (given->options.inputs.empty() && !given->options.show_config) {
          std::fputs("outlast: INPUT is required\nTry: outlast check --help\n", stderr);
          return static_cast<int>(kWrongInput);
        }
        given->options.flags = given_in(*given->command, given->flags);
        return run_check(given->options);
      });
  given->command = &command;
  command.add_option(
      "INPUT", given->options.inputs,
      "files, folders or - (standard input): Terraform plan as JSON or state, blueprint, "
      "overlay; several make one architecture");
  add_settings(command, given->flags, [](const Spec&) { return true; });
  command.add_flag("--show-config", given->options.show_config,
                   "print each setting with its origin, and check nothing");
  command
      .add_option("--emit-mef", given->options.emit_mef,
                  "write the fault tree in the Open-PSA format, to check us with another tool")
      ->check(file_to_write())
      ->type_name("FILE");
  add_words(all.words, "check");
}

void declare_serve(Declarations& all) {
  struct Given {
    ServeOptions options;
    Flags flags;
    const CLI::App* command = nullptr;
  };
  const auto given = std::make_shared<Given>();
  ServeOptions& options = given->options;
  CLI::App& command =
      all.add("serve", "show a live page, on this machine: edit, pull a plug, watch; history",
              kServeExamples, [given] {
                given->options.flags = given_in(*given->command, given->flags);
                return run_serve(given->options);
              });
  given->command = &command;
  command.add_option("INPUT", options.inputs,
                     "what outlast check is given; read again on change [outlast.yaml; where it is "
                     "not there, the example of outlast init]");
  command
      .add_option("--listen", options.listen,
                  "where to listen; port 0: any that is free; not this machine alone only if said")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  command
      .add_option(
          "--history-file", options.history_file,
          "keeps the numbers of runs (SQLite) [outlast/history.sqlite of your state folder]")
      ->type_name("FILE");
  command.add_flag("--no-history", options.no_history, "keep no numbers of runs");
  add_settings(command, given->flags, [](const Spec& spec) { return !is_of_one_run(spec); });
  add_words(all.words, "serve");
}

}  // namespace outlast::cli
