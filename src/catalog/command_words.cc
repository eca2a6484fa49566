#include "catalog/command_words.h"

#include <algorithm>

#include "catalog/attribute_path.h"

namespace outlast::catalog {

namespace {

void add_line(std::string_view line, CommandWords& words) {
  constexpr std::string_view kBetween = " \t\n\r\"'`()$|;&";
  for (std::size_t at = 0; at < line.size();) {
    const auto end = std::min(line.find_first_of(kBetween, at), line.size());
    std::string_view word = line.substr(at, end - at);
    word.remove_prefix(word.rfind('/') == std::string_view::npos ? 0 : word.rfind('/') + 1);
    if (!word.empty()) {
      words.all.emplace_back(word);
      words.last.emplace_back(word);
    }
    const bool ends_one = end < line.size() && (line[end] == ';' || line[end] == '&');
    const bool is_followed = line.find_first_not_of(" \t\n\r\"'`;&", end) != std::string_view::npos;
    if (ends_one && is_followed) {
      words.last.clear();
    }
    at = end + 1;
  }
}

}  // namespace

CommandWords command_words(base::Node root, const std::vector<std::string>& paths) {
  CommandWords words;
  for (const std::string& path : paths) {
    for (const Selected& at : select(root, path)) {
      if (at.node.is(base::NodeKind::string)) {
        add_line(at.node.text(), words);
      }
      for (std::size_t i = 0; at.node.is(base::NodeKind::list) && i < at.node.size(); ++i) {
        add_line(at.node.at(i).text(), words);
      }
    }
  }
  return words;
}

}  // namespace outlast::catalog
