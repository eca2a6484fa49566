#pragma once

#include <cstddef>
#include <functional>

namespace outlast::base {

/// How many threads are meant. in  threads  0: as many as the machine has
[[nodiscard]] std::size_t threads_for(std::size_t threads);

/// Calls `work(i)` for i = 0 … n−1 on up to `threads` threads (0: as many as the machine has).
/// `work` writes only to places of its own index, so the result does not depend on `threads`.
void parallel_for(std::size_t n, std::size_t threads, const std::function<void(std::size_t)>& work);

}  // namespace outlast::base
