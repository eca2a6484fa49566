#include "serve/history.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "serve/process.h"

namespace outlast::serve {
namespace {

Run run_of(int number) {
  return {"2026-01-31T12:00:00Z",
          "shop.yaml\n",
          "shop",
          "0.1.0",
          fmt::format("{}", number),
          {{"availability", 0.5 + number / 1000.0, true}, {"outages_per_year", 4.0, false}}};
}

class HistoryOf : public testing::Test {
 protected:
  HistoryOf() {
    std::string name = (std::filesystem::temp_directory_path() / "history.XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~HistoryOf() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string file() const { return folder_ + "/deep/history.sqlite"; }

  std::string folder_;
};

TEST_F(HistoryOf, NumbersHaveTrends) {
  auto history = History::open(file());
  ASSERT_TRUE(history) << history.error().message;
  ASSERT_TRUE(history->record(run_of(1)));
  ASSERT_TRUE(history->record(run_of(2)));
  const auto told = history->trends("shop.yaml\n");
  ASSERT_TRUE(told);
  EXPECT_NE(told->find("\"trend\": \"better\""), std::string::npos) << *told;
  EXPECT_NE(told->find("\"trend\": \"same\""), std::string::npos) << *told;
  EXPECT_NE(told->find("\"last\": 0.502"), std::string::npos) << *told;
  EXPECT_EQ(history->trends("other\n")->find("availability"), std::string::npos);
}

TEST_F(HistoryOf, ARunThatSaysNothingNewIsNotKept) {
  auto history = History::open(file());
  ASSERT_TRUE(history);
  EXPECT_TRUE(history->record(run_of(1))->is_new);
  EXPECT_FALSE(history->record(run_of(1))->is_new);
  EXPECT_TRUE(history->record(run_of(2))->is_new);
  EXPECT_TRUE(history->record(run_of(1))->is_new);
}

TEST_F(HistoryOf, OtherFilesAreLeftAlone) {
  const std::string path = folder_ + "/notes.txt";
  std::ofstream(path) << std::string(5'000, 'x');
  EXPECT_FALSE(History::open(path));
  EXPECT_EQ(std::filesystem::file_size(path), 5'000U);
  EXPECT_FALSE(History::open("/proc/history.sqlite"));
}

/// Tells the number of every run that is kept, until it is killed.
void record_for_ever(const std::string& path, const Tell& tell) {
  auto history = History::open(path);
  for (int i = 0; history; ++i) {
    if (history->record({"", "shop.yaml\n", "", "", fmt::format("{}", i), {{"runs", 1.0 * i}}})) {
      tell("kept", fmt::format("{}", i));
    }
  }
}

TEST_F(HistoryOf, SurvivesBeingKilledInMidWrite) {
  for (int round = 0; round < 8; ++round) {
    auto writer = Process::start(
        [&](const Tell& tell) { record_for_ever(file() + fmt::format("{}", round % 2), tell); });
    ASSERT_TRUE(writer);
    int kept = -1;
    for (int waits = 0; waits < 3 + round; ++waits) {
      pollfd wanted{writer->descriptor(), POLLIN, 0};
      ASSERT_EQ(poll(&wanted, 1, 10'000), 1);
      for (const Message& message : writer->take()) {
        kept = std::atoi(message.content.c_str());
      }
    }
    *writer = std::move(*Process::start([](const Tell&) {}));  // kills the one before
    auto history = History::open(file() + fmt::format("{}", round % 2));
    ASSERT_TRUE(history) << history.error().message;
    EXPECT_TRUE(history->check());
    const auto told = history->trends("shop.yaml\n");
    ASSERT_TRUE(told);
    const std::string mark = "\"last\": ";
    const auto last = told->find(mark);
    ASSERT_NE(last, std::string::npos) << *told;
    EXPECT_GE(std::atof(told->c_str() + last + mark.size()), kept) << "what was told is kept";
  }
}

TEST(UsualHistory, LiesInTheStateFolder) {
  EXPECT_EQ(usual_history("/h", ""), "/h/.local/state/outlast/history.sqlite");
  EXPECT_EQ(usual_history("/h", "/s"), "/s/outlast/history.sqlite");
  EXPECT_EQ(usual_history("", ""), "");
}

}  // namespace
}  // namespace outlast::serve
