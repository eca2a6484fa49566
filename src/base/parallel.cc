#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace outlast::base {

std::size_t threads_for(std::size_t threads) {
  return threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t n, std::size_t threads,
                  const std::function<void(std::size_t)>& work) {
  threads = std::min(threads_for(threads), n);
  if (threads <= 1) {
    for (std::size_t i = 0; i < n; ++i) {
      work(i);
    }
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::mutex failing;
  std::exception_ptr failure;
  const auto take_turns = [&] {
    try {
      for (std::size_t i = next++; i < n; i = next++) {
        work(i);
      }
    } catch (...) {  // memory ran out: what leaves a thread would end the process
      const std::lock_guard lock(failing);
      failure = std::current_exception();
      next = n;
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t t = 1; t < threads; ++t) {
        others.emplace_back(take_turns);
      }
    } catch (const std::system_error&) {
      // No room for another thread: those there are do its work too.
    }
    take_turns();
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace outlast::base
