#include "base/assert.h"
#include "engines/montecarlo/kernel.h"

namespace outlast::engines::montecarlo {

Lanes best_lanes() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0 ? Lanes::avx2 : Lanes::portable;
#else
  return Lanes::portable;
#endif
}

const Kernel& kernel_of(Lanes lanes) {
  OUTLAST_ASSERT(lanes == Lanes::portable || best_lanes() == Lanes::avx2,
                 "loops are chosen that this processor can run");
  return lanes == Lanes::avx2 ? avx2_lanes::kKernel : portable_lanes::kKernel;
}

}  // namespace outlast::engines::montecarlo
