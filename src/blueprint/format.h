#pragma once

#include <span>
#include <string_view>

namespace outlast::blueprint {

/// The maps that blueprints are written in.
enum class Section {
  top,
  objectives,
  recovery,
  recovery_objective,
  users,
  busy_hours,
  operators,
  journey,
  cohort,
  component,
  need,
  backups,
  copy,
  failure,
  switching,
  scale,
  calls,
  serving,
  cached,
  rollout,
  address,
  guard,
  data_access,
  safeguard,
  guessed_class,
  firewall_rule,
  identity,
  narrow_wearer,
  grant,
  joined_networks,
  scenario,
  scenario_fault,
  scenario_match,
  scenario_recovery
};

/// What may stand behind a key.
enum class KeyType {
  text,
  texts,  ///< one text or a list of them
  boolean,
  integer,  ///< not negative
  number,   ///< not negative
  share,
  shares,
  duration,
  money_per_month,
  money_per_hour,
  kind,
  service_model,
  strength,
  edge_kind,
  redundancy,
  scope,
  importance,
  copy_kind,
  on_primary_loss,
  interval,  ///< a share, or a list of its two ends
  local,     ///< true, or a zone
  backoff,   ///< "100ms..2s jitter"
  breaker,   ///< "50% in 10s rests 30s"
  order,
  truth,  ///< true, false or unknown
  direction,
  ports,        ///< "443", "1000..2000" or "unknown"
  needs,        ///< list of needs in any of their spellings
  fate,         ///< map from a fate kind to one name or a list
  traits,       ///< map from a name to a text
  time_of_day,  ///< "13:00"
  day,          ///< map from times of day to numbers
  fault,
  remedy,
  plane,
  operations,     ///< one operation of a provider's service, or a list of them
  section,        ///< a map of `section`
  sections,       ///< a list of maps of `section`
  named_sections  ///< a map from names to maps of `section`
};

/// A key of the format: reader, JSON Schema and error messages all come from this one table.
struct FormatKey {
  Section section;  ///< where it stands
  std::string_view key;
  KeyType type;
  std::string_view meaning;
  Section content = Section::top;  ///< for `section`, `sections` and `named_sections`
};

/// All keys of the blueprint format, version 1, and of scenarios.
[[nodiscard]] std::span<const FormatKey> format_keys();

/// What stands for the ports of a rule that nobody can tell yet.
inline constexpr std::string_view kUnknownPorts = "unknown";

/// The version that `outlast: 1` stands for.
inline constexpr int kFormatVersion = 1;

}  // namespace outlast::blueprint
