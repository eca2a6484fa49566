#include "cli/declare.h"

#include <vector>

#include "base/numbers.h"

namespace outlast::cli {

std::string path_of(const CLI::App& at) {
  return at.get_parent() == nullptr ? "" : path_of(*at.get_parent()) + at.get_name() + " ";
}

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most, std::string without) {
  return {[least, most, without = std::move(without)](std::string& text) {
            const auto number = base::parse_whole_number(text, least, most);
            if (!number) {
              return number.error().message + (without.empty() ? "" : "; " + without);
            }
            text = std::to_string(*number);  // the parser's own reading takes 010 for eight
            return std::string();
          },
          ""};
}

CLI::Validator number_from(double least) {
  return {[least](std::string& text) {
            const auto number = base::parse_number(text, least);
            return number ? std::string() : number.error().message;
          },
          ""};
}

CLI::Validator file_to_write() {
  return {[](std::string& path) {
            return path == "-" ? std::string("- is no file to write; give it a name")
                               : std::string();
          },
          ""};
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
