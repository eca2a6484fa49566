#pragma once

#include <optional>
#include <string_view>

#include "base/json_writer.h"
#include "base/source.h"
#include "findings/evaluation.h"
#include "report/addresses.h"

/// Parts that several JSON documents share.
namespace outlast::report {

/// Writes a duration in seconds; without end it is the string "unbounded".
void write_seconds(base::JsonWriter& json, std::string_view key,
                   const std::optional<double>& seconds);

/// The ends of what is proven, rounded outwards; what is exact as near as can be.
void write_ends(base::JsonWriter& json, std::string_view low_key, double low,
                std::string_view high_key, double high);

void write_evidence(base::JsonWriter& json, LineFinder& lines, const blueprint::Evidence& evidence);

/// The same, with the line also where a pointer tells the place.
void write_place(base::JsonWriter& json, LineFinder& lines, const base::Sources& sources,
                 const blueprint::Evidence& evidence);

/// The members of a row of the survival table, into an object that is open.
void write_row_members(base::JsonWriter& json, const findings::SurvivalRow& row);

/// The members `effects` and `story`: what a row's case does to components.
void write_course(base::JsonWriter& json, const findings::SurvivalRow& row);

/// One thing that happens, in time.
void write_timed_step(base::JsonWriter& json, const findings::TimedStep& step);

/// The member `data_loss`.
void write_data_loss(base::JsonWriter& json, const findings::DataLost& data);

void write_assumption(base::JsonWriter& json, const blueprint::Assumption& assumption);

template <class Items, class Write>
void write_list(base::JsonWriter& json, std::string_view key, const Items& items, Write write) {
  json.key(key);
  json.begin_array();
  for (const auto& item : items) {
    write(item);
  }
  json.end_array();
}

}  // namespace outlast::report
