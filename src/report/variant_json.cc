#include "report/variant_json.h"

#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Variant;

namespace {

/// The value, and as a range what is not known and how sure the figures are.
void write_availability(JsonWriter& json, const std::optional<findings::Availability>& a) {
  json.member("availability", a ? std::optional(a->value) : std::nullopt);
  if (a) {
    write_ends(json, "availability_low", a->low, "availability_high", a->high);
  } else {
    json.member("availability_low", std::optional<double>());
    json.member("availability_high", std::optional<double>());
  }
  json.member("availability_mean_low", a ? std::optional(a->mean_low) : std::nullopt);
  json.member("availability_mean_high", a ? std::optional(a->mean_high) : std::nullopt);
}

}  // namespace

void write_usd(JsonWriter& json, std::string_view key, const std::optional<base::Money>& usd) {
  constexpr double kMicro = 1e6;
  json.member(key, usd ? std::optional(static_cast<double>(usd->micro_usd) / kMicro)
                       : std::optional<double>());
}

void write_variant_members(JsonWriter& json, const Variant& variant) {
  json.member("name", variant.name);
  json.key("service_model");
  variant.service_model ? json.value(blueprint::name_of(*variant.service_model)) : json.null();
  json.member("components", variant.components);
  write_availability(json, variant.availability);
  write_usd(json, "cost_month", variant.cost_month);
  json.member("unpriced", variant.unpriced);
  json.member("unpriced_fraction", variant.unpriced_share);
  json.member("per_use_open", variant.open);
  write_seconds(json, "time_to_scale_s", variant.time_to_scale_s);
  json.member("single_points", variant.single_points);
  json.member("attack_paths", variant.attack_paths);
  json.member("missing", variant.missing);
}

void write_operates(JsonWriter& json, const Variant& variant) {
  json.key("operates");
  json.begin_object();
  for (const auto& task : variant.operates) {
    json.key(task.task);
    json.begin_object();
    json.member("you", task.by_you);
    json.member("shared", task.shared);
    json.member("provider", task.by_provider);
    json.member("hours_month_low", task.hours_low);
    json.member("hours_month_high", task.hours_high);
    json.end_object();
  }
  json.end_object();
}

void write_break_even(JsonWriter& json, const findings::BreakEvens& all) {
  write_list(json, "break_even", all.at, [&](const findings::BreakEven& at) {
    json.begin_object();
    json.member("users", at.users);
    write_usd(json, "cost", at.cost);
    json.member("below", at.below);
    json.member("above", at.above);
    json.member("is_complete", at.is_complete);
    json.end_object();
  });
  write_list(json, "never_dearer", all.never, [&](const findings::NeverDearer& one) {
    json.begin_object();
    json.member("cheaper", one.cheaper);
    json.member("dearer", one.dearer);
    json.member("up_to_users", one.up_to_users);
    json.member("is_complete", one.is_complete);
    json.end_object();
  });
}

void write_change_members(JsonWriter& json, const findings::ComponentChange& change) {
  json.member("change", findings::name_of(change.turn));
  json.member("id", change.id);
  json.member("name", change.name);
  write_list(json, "differences", change.differences, [&](const findings::Difference& difference) {
    json.begin_object();
    json.member("what", difference.what);
    json.member("before", difference.before);
    json.member("after", difference.after);
    json.end_object();
  });
}

}  // namespace outlast::report
