#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace outlast::cli {
namespace {

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

/// in  above  what stands before its name: "catalog "
CommandText text_of(const CLI::App& command, const std::string& above, const Words& words) {
  CommandText text;
  text.name = command.get_name();
  text.about = command.get_description();
  text.examples = command.get_footer();
  const std::string path = above + text.name;
  for (const CLI::Option* option : command.get_options()) {
    auto line = line_of(*option);
    const bool is_positional = line.names.empty();
    const auto known = words.find(path + (is_positional ? "" : " " + line.names.back()));
    line.choices = known == words.end() ? std::vector<std::string>() : known->second;
    (is_positional ? text.positionals : text.options).push_back(std::move(line));
  }
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    text.commands.push_back(text_of(*below, path + " ", words));
  }
  return text;
}

}  // namespace

CommandLine describe(const CLI::App& app, const Words& words) {
  CommandLine line;
  line.about = app.get_description();
  for (const CLI::Option* option : app.get_options()) {
    line.options.push_back(line_of(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    line.commands.push_back(text_of(*command, "", words));
  }
  return line;
}

}  // namespace outlast::cli
