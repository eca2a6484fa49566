#pragma once

#include <vector>

#include "findings/data_pack.h"

namespace outlast::pipeline {

/// The knowledge that answers rest on beside the inputs: two reports of the same days and the same
/// version rest on the same.
[[nodiscard]] std::vector<findings::DataPack> data_packs();

}  // namespace outlast::pipeline
