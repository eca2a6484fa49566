#pragma once

#include <optional>
#include <string>

namespace outlast::report {

/// "1,915 of 20,212 requests, at worst 34.5 % of them". Where requests flow a tail of one has parts
/// that are none: next to nothing is called so, and never spelled out.
/// in  of     requests that were made, where they are told
///     share  of them that is lost at the worst moment
[[nodiscard]] std::string lost_text(double lost, std::optional<double> of, double share);

}  // namespace outlast::report
