#include "import/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace outlast::import {
namespace {

struct Read {
  explicit Read(const std::string& path, const std::string& text)
      : records(read_history(path,
                             base::MemoryFiles(std::map<std::string, std::string>{{path, text}}),
                             sources, diagnostics)) {}

  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> all;
    for (const auto& diagnostic : diagnostics.items()) {
      all.push_back(diagnostic.code);
    }
    return all;
  }

  base::Sources sources;
  base::Diagnostics diagnostics;
  std::vector<blueprint::OwnRecord> records;
};

TEST(History, IsTheSameAsYamlAndCsv) {
  const Read yaml("h.yaml",
                  "history:\n  - {of: aws.rds, failures: 2, exposure: 12y}\n"
                  "  - {of: web, failures: 0, exposure: 400d}\n");
  const Read csv("h.csv", "of, exposure, failures\r\naws.rds,12y,2\r\nweb, 400d, 0\r\n\r\n");
  for (const Read* read : {&yaml, &csv}) {
    EXPECT_TRUE(read->codes().empty());
    ASSERT_EQ(read->records.size(), 2U);
    EXPECT_EQ(read->records[0].of, "aws.rds");
    EXPECT_EQ(read->records[0].failures, 2);
    EXPECT_EQ(read->records[0].exposure.value, 12 * base::kSecondsPerYear);
    EXPECT_EQ(read->records[1].exposure.value, 400 * 86400.0);
  }
}

TEST(History, TellsAllMistakesEachAtItsPlace) {
  const Read read("h.yaml",
                  "history:\n  - {of: a, failures: -1, exposure: 0s}\n"
                  "  - {of: b, failures: 1}\n  - {off: c, failures: 1, exposure: 1y}\n"
                  "  - {of: d, failures: 1, exposure: 1y}\n  - {of: d, failures: 2, exposure: 1y}\n"
                  "  - 7\n");
  auto codes = read.codes();
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (std::vector<std::string>{"OUT-E1501", "OUT-E1503", "OUT-E1504", "OUT-E1505",
                                             "OUT-E1506", "OUT-E1507"}));
  for (const auto& diagnostic : read.diagnostics.items()) {
    EXPECT_TRUE(diagnostic.span.exists()) << diagnostic.code;
    EXPECT_FALSE(diagnostic.help.empty()) << diagnostic.code;
  }
  EXPECT_EQ(read.records.size(), 1U);
}

TEST(History, OfCsvPointsAtTheField) {
  const Read read("h.csv", "of,failures,exposure\na,many,1y\nb,1\n");
  ASSERT_EQ(read.codes(), (std::vector<std::string>{"OUT-E1506", "OUT-E1502"}));
  const auto span = read.diagnostics.items().front().span;
  EXPECT_EQ(read.sources.text(span.source).substr(span.begin, span.end - span.begin), "many");
}

TEST(History, WithAnUnknownHeadIsNotGuessedAt) {
  const Read read("h.csv", "of,failure,exposure\na,1,1y\n");
  EXPECT_EQ(read.codes(), std::vector<std::string>{"OUT-E1503"});
  EXPECT_TRUE(read.records.empty());
}

TEST(History, ThatIsMissingIsAnError) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  EXPECT_TRUE(read_history("no.yaml", base::MemoryFiles({}), sources, diagnostics).empty());
  EXPECT_TRUE(diagnostics.has_errors());
}

}  // namespace
}  // namespace outlast::import
