// The loops for processors with AVX2; this file alone is compiled for it (src/CMakeLists.txt).
// Where the compiler has no such option it gives the portable code once more, never called.

#define LANES avx2_lanes
#include "engines/montecarlo/kernel_loops.h"
