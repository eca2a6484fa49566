#include "base/parallel.h"

#include <gtest/gtest.h>

#include <new>
#include <vector>

namespace outlast::base {
namespace {

TEST(Parallel, CallsEachOnce) {
  for (const std::size_t threads : {0U, 1U, 3U, 200U}) {
    std::vector<int> calls(100);
    parallel_for(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
    EXPECT_EQ(calls, std::vector<int>(100, 1)) << threads;
  }
}

TEST(Parallel, ThatMemoryRunsOutInAThreadReachesTheCaller) {
  for (const std::size_t threads : {1U, 4U}) {
    const auto fails = [&] {
      parallel_for(1'000, threads, [](std::size_t i) {
        if (i % 7 == 3) {
          throw std::bad_alloc();
        }
      });
    };
    EXPECT_THROW(fails(), std::bad_alloc) << threads;
  }
}

}  // namespace
}  // namespace outlast::base
