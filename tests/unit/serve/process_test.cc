#include "serve/process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace outlast::serve {
namespace {

std::vector<Message> all_of(Process& process) {
  std::vector<Message> all;
  while (!process.is_over()) {
    pollfd wanted{process.descriptor(), POLLIN, 0};
    poll(&wanted, 1, 5'000);
    for (Message& message : process.take()) {
      all.push_back(std::move(message));
    }
  }
  return all;
}

TEST(Process, TellsMessagesInOrderHoweverLong) {
  const std::string large(1'000'000, 'x');
  auto process = Process::start([&](const Tell& tell) {
    tell("first", "");
    tell("large", large);
    tell("", "last");
  });
  ASSERT_TRUE(process);
  const auto told = all_of(*process);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].name, "first");
  EXPECT_EQ(told[1].content, large);
  EXPECT_EQ(told[2].content, "last");
}

TEST(Process, EndsAloneWhereItBreaks) {
  auto process = Process::start([](const Tell& tell) {
    tell("begun", "");
    std::abort();
  });
  ASSERT_TRUE(process);
  EXPECT_EQ(all_of(*process).size(), 1U);
}

TEST(Process, IsStoppedWithItsOwner) {
  auto process = Process::start([](const Tell&) { pause(); });
  ASSERT_TRUE(process);
  EXPECT_FALSE(process->is_over());
}

TEST(Process, MessagesComeOutWholeFromPieces) {
  const std::string sent = packed("a", "12") + packed("bc", "");
  std::string buffer;
  std::vector<Message> got;
  for (const char byte : sent) {
    buffer += byte;
    for (Message& message : unpacked(buffer)) {
      got.push_back(std::move(message));
    }
  }
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0].content, "12");
  EXPECT_EQ(got[1].name, "bc");
  EXPECT_TRUE(buffer.empty());
}

}  // namespace
}  // namespace outlast::serve
