#include <fmt/format.h>

#include <algorithm>

#include "cli/command_line.h"

namespace outlast::cli {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  return fmt::to_string(fmt::join(words, between));
}

/// A text between single quotes of a shell.
std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out + "'";
}

std::vector<std::string> names_of(const std::vector<OptionLine>& options) {
  std::vector<std::string> names;
  for (const OptionLine& option : options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

bool takes_files(const CommandText& command) {
  return std::any_of(command.positionals.begin(), command.positionals.end(),
                     [](const OptionLine& positional) { return positional.takes_file(); });
}

/// The words that may stand where files may not.
std::vector<std::string> words_of(const CommandText& command) {
  std::vector<std::string> words;
  for (const OptionLine& positional : command.positionals) {
    words.insert(words.end(), positional.choices.begin(), positional.choices.end());
  }
  for (const CommandText& below : command.commands) {
    words.push_back(below.name);
  }
  return words;
}

/// in  above  the names before its own: "catalog "
std::string bash_command(const CommandText& command, const std::string& above) {
  const std::string name = above + command.name;
  std::string out = fmt::format("    {})\n      case \"$prev\" in\n", single_quoted(name));
  for (const OptionLine& option : command.options) {
    if (!option.choices.empty()) {
      out += fmt::format("        {}) COMPREPLY=($(compgen -W {} -- \"$cur\")); return ;;\n",
                         joined(option.names, "|"), single_quoted(joined(option.choices)));
    } else if (!option.value.empty()) {
      out += fmt::format("        {}) {}return ;;\n", joined(option.names, "|"),
                         option.takes_file() ? "COMPREPLY=($(compgen -f -- \"$cur\")); " : "");
    }
  }
  const auto words = words_of(command);
  out += fmt::format(
      "      esac\n"
      "      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W {} -- \"$cur\"))\n"
      "      else COMPREPLY=($(compgen {} -- \"$cur\")); fi ;;\n",
      single_quoted(joined(names_of(command.options))),
      takes_files(command) ? "-f" : "-W " + single_quoted(joined(words)));
  for (const CommandText& below : command.commands) {
    out += bash_command(below, name + " ");
  }
  return out;
}

/// A description within zsh's brackets, which end it.
std::string zsh_about(std::string_view about) {
  std::string out;
  for (const char c : about) {
    out += (c == '[' || c == ']' || c == ':' || c == '\\' ? "\\" : "") + std::string(1, c);
  }
  return out;
}

std::string zsh_value(const OptionLine& option) {
  if (option.value.empty()) {
    return "";
  }
  return ":value:" + (option.takes_file() ? "_files" : "(" + joined(option.choices) + ")");
}

std::string zsh_commands(const std::vector<CommandText>& commands);

/// in  command  one that has commands below it: the same choice again, one word on
std::string zsh_group(const CommandText& command) {
  return fmt::format(
      "    {})\n"
      "      if (( CURRENT == 2 )); then compadd {}; return; fi\n"
      "      command=$words[2]\n"
      "      shift words; (( CURRENT-- ))\n"
      "      case $command in\n{}"
      "      esac ;;\n",
      command.name, joined(words_of(command)), zsh_commands(command.commands));
}

std::string zsh_command(const CommandText& command) {
  if (!command.commands.empty()) {
    return zsh_group(command);
  }
  std::string out = fmt::format("    {})\n      _arguments", command.name);
  for (const OptionLine& option : command.options) {
    for (const std::string& name : option.names) {
      out += " \\\n        " + single_quoted(fmt::format("*{}[{}]{}", name, zsh_about(option.about),
                                                         zsh_value(option)));
    }
  }
  const auto words = words_of(command);
  if (takes_files(command) || !words.empty()) {
    out += " \\\n        " + single_quoted(takes_files(command) ? "*:input:_files"
                                                                : "*:word:(" + joined(words) + ")");
  }
  return out + " ;;\n";
}

std::string zsh_commands(const std::vector<CommandText>& commands) {
  std::string all;
  for (const CommandText& command : commands) {
    all += zsh_command(command);
  }
  return all;
}

std::string fish_option(const OptionLine& option, const std::string& condition) {
  std::string out = "complete -c outlast";
  if (!condition.empty()) {
    out += " -n " + single_quoted(condition);
  }
  for (const std::string& name : option.names) {
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.value.empty()) {
    out += option.takes_file()      ? " -r"
           : option.choices.empty() ? " -x"
                                    : " -x -a " + single_quoted(joined(option.choices));
  }
  return out + " -d " + single_quoted(option.about) + "\n";
}

/// in  above  the condition that holds for what it is below of
std::string fish_command(const CommandText& command, const std::string& above) {
  const std::string seen = "__fish_seen_subcommand_from ";
  const std::string here = above + seen + command.name;
  std::string out;
  for (const OptionLine& option : command.options) {
    out += fish_option(option, here);
  }
  const std::string words = joined(words_of(command));
  if (!takes_files(command)) {
    const std::string still = command.commands.empty() ? "" : "; and not " + seen + words;
    out += fmt::format("complete -c outlast -n {} -f -a {}\n", single_quoted(here + still),
                       single_quoted(words));
  }
  for (const CommandText& below : command.commands) {
    out += fish_command(below, here + "; and ");
  }
  return out;
}

}  // namespace

std::string bash_completion(const CommandLine& line) {
  std::vector<std::string> words = names_of(line.options);
  std::vector<std::string> nested;  // two words are one command
  std::string commands;
  for (const CommandText& command : line.commands) {
    words.push_back(command.name);
    commands += bash_command(command, "");
    for (const CommandText& below : command.commands) {
      nested.push_back(single_quoted(command.name + " " + below.name));
    }
  }
  return fmt::format(
      "# bash completion of outlast: source <(outlast completion bash)\n"
      "_outlast() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= i\n"
      "  if [[ $cur == = ]]; then cur=; fi\n"
      "  if [[ $prev == = ]]; then prev=${{COMP_WORDS[COMP_CWORD-2]}}; fi\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    if [[ ${{COMP_WORDS[i]}} == -* ]]; then continue; fi\n"
      "    if [[ -z $command ]]; then command=${{COMP_WORDS[i]}}; continue; fi\n"
      "    case \"$command ${{COMP_WORDS[i]}}\" in {}) command+=\" ${{COMP_WORDS[i]}}\" ;; esac\n"
      "    break\n"
      "  done\n"
      "  case \"$command\" in\n"
      "    '') COMPREPLY=($(compgen -W {} -- \"$cur\")) ;;\n{}"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _outlast outlast\n",
      nested.empty() ? "''" : joined(nested, "|"), single_quoted(joined(words)), commands);
}

std::string zsh_completion(const CommandLine& line) {
  std::string names;
  for (const CommandText& command : line.commands) {
    names += "    " + single_quoted(command.name + ":" + command.about) + "\n";
  }
  return fmt::format(
      "#compdef outlast\n"
      "# zsh completion of outlast: outlast completion zsh > \"${{fpath[1]}}/_outlast\"\n"
      "_outlast() {{\n"
      "  local -a commands\n"
      "  commands=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
      "  local command=$words[2]\n"
      "  shift words; (( CURRENT-- ))\n"
      "  case $command in\n{}"
      "  esac\n"
      "}}\n"
      "_outlast \"$@\"\n",
      names, zsh_commands(line.commands));
}

std::string fish_completion(const CommandLine& line) {
  std::string out =
      "# fish completion of outlast: outlast completion fish | source\n"
      "complete -c outlast -n __fish_use_subcommand -f\n";
  for (const OptionLine& option : line.options) {
    out += fish_option(option, "");
  }
  for (const CommandText& command : line.commands) {
    out += fmt::format("complete -c outlast -n __fish_use_subcommand -a {} -d {}\n",
                       single_quoted(command.name), single_quoted(command.about));
    out += fish_command(command, "");
  }
  return out;
}

}  // namespace outlast::cli
