// What reports say and Korean lacks: add it to data/words/ko.yaml.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/file_source.h"
#include "gate/decide.h"
#include "incidents/archive.h"
#include "incidents/sheet.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "support/root.h"
#include "words/phrasebook.h"

namespace outlast::words {
namespace {

std::string contents(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

/// Literals of a source that hold several words, cut at what is filled in.
std::vector<std::string> sayings_of(const std::string& path) {
  static const std::regex literal("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  static const std::regex hole("\\{[^}]*\\}|\\\\n|\\*\\*|<[^>]*>|[|_]");
  std::vector<std::string> parts;
  const std::string text = contents(path);
  for (std::sregex_iterator at(text.begin(), text.end(), literal), end; at != end; ++at) {
    const std::string whole = (*at)[1];
    for (std::sregex_token_iterator part(whole.begin(), whole.end(), hole, -1), last; part != last;
         ++part) {
      static const std::regex edges("^[ ,.;:()“”·—…-]+|[ ,.;:()“”·—…-]+$");
      const std::string words = std::regex_replace(part->str(), edges, "");
      if (std::regex_search(words, std::regex("[a-z]+ [a-z]+")) &&
          words.find(".h") == std::string::npos) {
        parts.push_back(words);
      }
    }
  }
  return parts;
}

TEST(Korean, KnowsEverySayingOfReports) {
  for (const char* file :
       {"report/text.cc", "report/words.cc", "report/markdown.cc", "report/cost_words.cc",
        "report/frame.cc", "report/surge_text.cc", "report/simulated_text.cc", "report/frontier.cc",
        "report/comparison_text.cc", "report/comparison_markdown.cc",
        "report/service_models_text.cc", "report/service_models_markdown.cc", "pipeline/judge.cc",
        "pipeline/open_questions.cc", "pipeline/row_courses.cc", "pipeline/cascade.cc",
        "pipeline/habits.cc", "clock/software_rows.cc", "replay/prevention.cc"}) {
    for (const std::string& saying : sayings_of(support::project_root() + "/src/" + file)) {
      const auto phrases = korean_phrases();
      EXPECT_TRUE(std::any_of(phrases.begin(), phrases.end(),
                              [&](const Phrase& phrase) {
                                return phrase.english.find(saying) != std::string_view::npos;
                              }))
          << file << ": \"" << saying << "\" has no Korean in data/words/ko.yaml";
    }
  }
}

TEST(Korean, LeavesNoEnglishSentenceInTheReportOfTheExample) {
  const std::string shop = support::project_root() + "/examples/shop/";
  const auto run =
      pipeline::evaluate({shop + "plan.json", shop + "overlay.yaml"}, base::DiskFiles(), {});
  ASSERT_TRUE(run.blueprint);
  base::Diagnostics diagnostics;
  const auto decision = gate::decide(*run.blueprint, run.analysis, {}, {}, diagnostics);
  const report::Content content{*run.blueprint, run.analysis, run.fixes, run.sources,
                                decision,       {},           run.seed,  ""};
  report::TextStyle style;
  style.width = 500;  // nothing is wrapped
  for (const std::string& unknown :
       Phrasebook::of("ko")->unknown_in(report::to_text(content, style))) {
    // Names of things are told as they are: of more than two plain words there is none.
    static const std::regex sentence("(^| )[a-z]+ [a-z]+ [a-z]+( |$)");
    EXPECT_FALSE(std::regex_search(unknown, sentence))
        << "\"" << unknown << "\" has no Korean in data/words/ko.yaml";
  }
}

/// What stands behind `key:` in the data of a folder.
std::set<std::string> values_of(const std::string& key, const std::string& folder,
                                const std::string& then = "") {
  namespace fs = std::filesystem;
  std::set<std::string> values;
  const std::regex value("[{,\n -]" + key + ": (?:\"((?:[^\"\\\\\n]|\\\\.)*)\"|([^\",}\n]*))" +
                         then);
  for (const auto& file :
       fs::recursive_directory_iterator(support::project_root() + "/data/" + folder)) {
    const std::string text = file.is_regular_file() ? contents(file.path()) : "";
    for (std::sregex_iterator at(text.begin(), text.end(), value), end; at != end; ++at) {
      values.insert((*at)[1].matched ? (*at)[1] : (*at)[2]);
    }
  }
  return values;
}

TEST(Korean, SaysTheSourceOfEveryFigure) {
  static const std::regex sentence("(^| )[a-z]+ [a-z]+ [a-z]+([ ,;:]|$)");
  auto sources = values_of("source", "catalog");
  EXPECT_GT(sources.size(), 100U);
  sources.merge(values_of("source", "prices"));
  for (const std::string& source : sources) {
    for (const std::string& unknown : Phrasebook::of("ko")->unknown_in(source)) {
      EXPECT_FALSE(std::regex_search(unknown, sentence))
          << "no Korean of \"" << unknown << "\" in \"" << source << "\"";
    }
  }
}

TEST(Korean, SaysWhatIsBilledByUse) {
  std::size_t billed = 0;
  for (const std::string& what : values_of("what", "prices", "[^}]*use:")) {
    const std::string said = Phrasebook::of("ko")->say("web (" + what + ", $0.25 a GB-month)");
    EXPECT_EQ(said.find("(" + what), std::string::npos) << "no Korean of \"" << what << "\"";
    EXPECT_NE(said.find("GB·월당 $0.25"), std::string::npos) << said;
    ++billed;
  }
  EXPECT_GT(billed, 20U);
}

TEST(Korean, SaysAllThatIsBilled) {
  const std::string page = contents(support::project_root() + "/webui/src/sections/bill_words.ts");
  for (const std::string& what : values_of("what", "prices")) {
    EXPECT_TRUE(Phrasebook::of("ko")->say(what) != what ||
                page.find("'line " + what + "'") != std::string::npos)
        << "no Korean of \"" << what << "\"";
  }
}

TEST(Korean, SaysTheSheetOfEveryOutage) {
  static const std::regex sentence("(^| )[a-z]+ [a-z]+ [a-z]+([ ,;:]|$)");
  const Phrasebook& book = *Phrasebook::of("ko");
  std::string all = incidents::list_text(incidents::archive());
  for (const incidents::Incident& incident : incidents::archive()) {
    all += incidents::sheet_text(incident);
  }
  for (const std::string& unknown : book.unknown_in(all)) {
    EXPECT_FALSE(std::regex_search(unknown, sentence)) << "no Korean of \"" << unknown << "\"";
  }
}

}  // namespace
}  // namespace outlast::words
