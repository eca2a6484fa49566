#pragma once

#include <optional>
#include <string_view>

namespace outlast::clock {

/// Virtual processors that the name of a machine size tells: "m6i.2xlarge" 8, "db.t3.micro" 2,
/// "n2-standard-4" 4, "db-custom-2-7680" 2, "Standard_D4s_v5" 4, "2" (a limit of processors) 2.
/// Absent where the name tells none.
/// source  the providers' naming rules (EC2 instance types, Compute Engine machine families, Azure
///         VM sizes), 2025-11; families that deviate (metal, burstable fractions) read as their rule
[[nodiscard]] std::optional<double> processors_of_size(std::string_view size);

}  // namespace outlast::clock
