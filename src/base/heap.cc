#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace outlast::base {

namespace {

/// Has the process been told how much it may ask for? Then a reserve is what the work itself lacks.
bool is_limited() {
  return std::ranges::any_of(std::array{RLIMIT_AS, RLIMIT_DATA}, [](auto resource) {
    rlimit limit{};
    return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  });
}

}  // namespace

void use_large_pages() {
  constexpr std::size_t kMegabyte = std::size_t{1} << 20U;
  constexpr std::size_t kLargePage = 2 * kMegabyte;
  constexpr std::size_t kReserved = 256 * kMegabyte;
  if (is_limited()) {
    return;
  }
  // What glibc may be told; a heap that is not glibc's refuses, and is left as it is.
  const bool is_told = mallopt(M_TOP_PAD, kReserved) == 1 &&
                       mallopt(M_TRIM_THRESHOLD, 2 * kReserved) == 1 &&
                       mallopt(M_MMAP_THRESHOLD, 32 * kMegabyte) == 1;
  void* const first = std::malloc(64);  // the heap grows, by what it is to have in reserve
  void* const grown = is_told ? std::malloc(kMegabyte) : nullptr;
  // NOLINTBEGIN(*-reinterpret-cast, performance-no-int-to-ptr): addresses, rounded to pages
  const auto begin = reinterpret_cast<std::uintptr_t>(first);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t from = (begin + kLargePage - 1) / kLargePage * kLargePage;
  if (grown != nullptr && begin < end && from < end && end - begin < 2 * kReserved) {
    // No matter if it is refused.
    static_cast<void>(madvise(reinterpret_cast<void*>(from), end - from, MADV_HUGEPAGE));
  }
  // NOLINTEND(*-reinterpret-cast, performance-no-int-to-ptr)
  std::free(grown);
  std::free(first);
}

}  // namespace outlast::base
