// Compiles data/words/ko.yaml and the `ko` of each rule of data/rules into the table behind
// src/words/phrasebook.h.
//
// usage: compile_words OUTPUT.cc INPUT.yaml...

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "data_files.h"

namespace {

using outlast::base::Node;
using outlast::tools::literal;

class WordsCompiler {
 public:
  explicit WordsCompiler(outlast::base::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Node root) {
    const Node words = root["words"];
    for (std::size_t i = 0; i < words.size(); ++i) {
      add_phrase(std::string(words.key(i)), words.at(i), true);
    }
    const Node rules = root["rules"];
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (const std::string_view key : {"title", "claim", "remedy", "summary"}) {
        const Node korean = rules.at(i)["ko"][key];
        // Without Korean it is told in English; a test lists it. Rules share words, which are the
        // same in both languages: the first ones count.
        if (!korean.text().empty()) {
          add_phrase(std::string(rules.at(i)[key].text()), korean, false);
        }
      }
    }
  }

  [[nodiscard]] std::string rows() const {
    std::string rows;
    for (const auto& [english, other] : phrases_) {
      rows += fmt::format("    {{{}, {}}},\n", literal(english), literal(other));
    }
    return rows;
  }

 private:
  static std::multiset<std::string> holes_of(std::string_view text) {
    std::multiset<std::string> holes;
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
      holes.emplace(text.substr(at, text.find('}', at) - at));
    }
    return holes;
  }

  void add_phrase(const std::string& english, Node other, bool must_be_new) {
    const std::string text(other.text());
    if (english == "{}" || english == "{cut}") {
      return;  // nothing but a hole is said by what fills it
    }
    for (const std::string& hole : holes_of(text)) {
      if (!holes_of(english).contains(hole)) {
        diagnostics_.error("OUT-D1901", other.span(),
                           fmt::format("{}}} is no hole of \"{}\"", hole, english));
      }
    }
    const auto [at, is_new] = phrases_.emplace(english, text);
    if (must_be_new && !is_new) {
      diagnostics_.error("OUT-D1902", other.span(), fmt::format("\"{}\" stands twice", english));
    }
  }

  outlast::base::Diagnostics& diagnostics_;
  std::map<std::string, std::string> phrases_;
};

}  // namespace

int main(int argc, char** argv) {
  outlast::tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  WordsCompiler compiler(data.diagnostics);
  for (const outlast::base::Document& document : data.documents) {
    compiler.add(document.root());
  }
  return data.finish(
      argv, fmt::format("// Written by tools/compile_words from data/words and data/rules. Do not "
                        "edit.\n#include \"words/phrasebook.h\"\n\nnamespace outlast::words {{\n"
                        "namespace {{\nconstexpr Phrase kKorean[] = {{\n{}}};\n}}  // namespace\n\n"
                        "std::span<const Phrase> korean_phrases() {{ return kKorean; }}\n\n"
                        "}}  // namespace outlast::words\n",
                        compiler.rows()));
}
