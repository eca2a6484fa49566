#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "findings/comparison.h"

namespace outlast::report {

/// The numbers of one architecture among others: name, service_model, availability, cost_month …
/// Into an object that is open.
void write_variant_members(base::JsonWriter& json, const findings::Variant& variant);

/// Who operates what, by task. Into an object that is open.
void write_operates(base::JsonWriter& json, const findings::Variant& variant);

/// The member "break_even": loads from which on another is the cheaper one.
void write_break_even(base::JsonWriter& json, const findings::BreakEvens& all);

/// Dollars, exact to the cent.
void write_usd(base::JsonWriter& json, std::string_view key, const std::optional<base::Money>& usd);

/// What of a component differs, into an object that is open.
void write_change_members(base::JsonWriter& json, const findings::ComponentChange& change);

}  // namespace outlast::report
