// The loops for every processor.

#define LANES portable_lanes
#include "engines/montecarlo/kernel_loops.h"
