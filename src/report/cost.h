#pragma once

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "findings/cost.h"
#include "report/addresses.h"

/// What an architecture costs, in words and as JSON.
namespace outlast::report {

/// "4 %", "under 1 %": of the lines of a bill.
[[nodiscard]] std::string share_text(double share);

/// "4 % unpriced · $1,240 a month": the share without a price first. Empty where nothing is billed.
[[nodiscard]] std::string cost_text(const findings::Cost& cost);

/// "budget $2,000 met"; empty where none was declared.
[[nodiscard]] std::string budget_text(const findings::Cost& cost);

/// What costs most, what is not priced and why, what is per use and not stated: a line each.
[[nodiscard]] std::vector<std::string> cost_details(const findings::Cost& cost);

/// The object behind the key `cost`, every line with its source.
void write_cost(base::JsonWriter& json, LineFinder& lines,
                const std::optional<findings::Cost>& cost);

}  // namespace outlast::report
