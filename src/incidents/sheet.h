#pragma once

#include <string>

#include "incidents/incident.h"

namespace outlast::incidents {

/// Incidents as text and as JSON: one a line, and one with all its phases, actions and sources.
[[nodiscard]] std::string list_text(const std::vector<Incident>& all);
[[nodiscard]] std::string list_json(const std::vector<Incident>& all);
[[nodiscard]] std::string sheet_text(const Incident& incident);
[[nodiscard]] std::string sheet_json(const Incident& incident);

/// "key_value_store, plane data, operations connect_new": what a fault is about, in words.
[[nodiscard]] std::string words_for(const Selector& match);

}  // namespace outlast::incidents
