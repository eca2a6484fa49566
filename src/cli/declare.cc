#include "cli/declare.h"

#include <vector>

namespace outlast::cli {

std::string path_of(const CLI::App& at) {
  return at.get_parent() == nullptr ? "" : path_of(*at.get_parent()) + at.get_name() + " ";
}

void Declarations::add_text_or_json(CLI::App& command, std::string& format) {
  const std::vector<std::string> formats = {"text", "json"};
  command.add_option("-o,--output", format, "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  words[path_of(command) + "--output"] = formats;
}

}  // namespace outlast::cli
