// What the reports kept in tests/golden say, and Korean does not: nothing that is not on the list
// of tests/unit/words/still_english.txt, and no more is on it than there is.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "support/root.h"
#include "words/phrasebook.h"

namespace outlast::words {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

/// Does a case run commands alone that answer people, in English?
bool answers_people(const std::string& cmd) {
  static const std::regex told("outlast (check|compare|explain|inspect|replay|simulate|surge) ");
  static const std::regex other(
      "-o |--lang|OUTLAST_LANG|--output|outlast (init|faulttree|catalog|rules|schema|incidents|"
      "version|help|completion)|cat |head |grep |sed ");
  return std::regex_search(cmd, told) && !std::regex_search(cmd, other);
}

/// Without the cells of tables that go on below: a sentence in pieces is none.
std::string without_wrapped(const std::string& text) {
  static const std::string margin(20, ' ');
  std::istringstream lines(text);
  std::string out;
  std::string before;
  for (std::string line; std::getline(lines, line);) {
    const bool goes_on = line.starts_with(margin);
    out += goes_on ? "" : before + "\n";
    before = goes_on ? "" : line;
  }
  return out + before;
}

/// Sentences of more than two plain words, and what holds a word that joins others: of names there is
/// none so long, and none with such a word.
std::set<std::string> unsaid_in_goldens() {
  static const std::regex sentence(
      "(^| )[a-z]+,? [a-z]+,? [a-z]+([ ,.:;]|$)|"
      "(^| )(and|or|of|the|with|is|are|in|for|to|by|at|than|that|has)( |$)");
  static const std::regex number("[0-9][0-9.,]*");
  std::set<std::string> all;
  for (const auto& entry :
       fs::recursive_directory_iterator(support::project_root() + "/tests/golden")) {
    if (entry.path().filename() != "cmd" || !answers_people(text_of(entry.path()))) {
      continue;
    }
    const std::string said = without_wrapped(text_of(entry.path().parent_path() / "stdout"));
    for (const std::string& unknown : Phrasebook::of("ko")->unknown_in(said)) {
      if (std::regex_search(unknown, sentence)) {
        all.insert(std::regex_replace(unknown, number, "0"));
      }
    }
  }
  return all;
}

TEST(Korean, SaysAllThatGoldenReportsSayButWhatIsListed) {
  std::set<std::string> listed;
  std::ifstream file(support::project_root() + "/tests/unit/words/still_english.txt");
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') {
      listed.insert(line);
    }
  }
  const auto unsaid = unsaid_in_goldens();
  for (const std::string& one : unsaid) {
    EXPECT_TRUE(listed.contains(one)) << "has no Korean in data/words/ko.yaml: " << one;
  }
  for (const std::string& one : listed) {
    EXPECT_TRUE(unsaid.contains(one)) << "is said in Korean now: strike it off the list: " << one;
  }
}

}  // namespace
}  // namespace outlast::words
