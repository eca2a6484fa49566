#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/comparison.h"
#include "findings/cost.h"

/// One workload on rented servers, on managed services and without servers, side by side.
namespace outlast::findings {

/// What became of one component in a twin.
struct TwinStep {
  std::string component;
  std::string what;  ///< replaced, had_it, no_equivalent, ruled_out
  std::string from;
  std::string to;  ///< empty where it was not replaced
  std::string why;
  std::string lock_in;  ///< low, medium, high; empty where it was not replaced
  std::string lock_in_why;
  std::string source, as_of, trust;
};

struct CaseVerdict {
  std::string worst_case;
  std::string mode;
  Verdict survives = Verdict::unknown;
};

struct ServiceVariant {
  Variant numbers;
  bool is_as_it_is = false;
  std::string text;  ///< the twin as a blueprint; of the one as it is, empty
  std::vector<TwinStep> steps;
  std::vector<ComponentChange> changes;  ///< beside the one as it is
  std::vector<CaseVerdict> survival;
  std::size_t security_findings = 0;
  /// A month, with groups as large as the users of today take; absent where nothing has a price.
  std::optional<base::Money> cost_at_users;
  std::size_t open_at_users = 0;             ///< of its lines, those of which no use is stated
  std::vector<std::string> unpriced;         ///< "web: server (why)"
  double planned_low = 0, planned_high = 0;  ///< minutes a year that planned work takes a part away
  /// Hours of your work until a first release, begun with nothing.
  double first_release_low = 0, first_release_high = 0;
  std::vector<std::string> sources;  ///< of hours and minutes
  /// From 100 to 1,000,000 users, as far as it carries them; none where nothing has a price.
  std::vector<CostAtLoad> cost_by_users;
  std::string cost_ends;  ///< why it is not told for more users; empty: it is
};

struct ServiceModels {
  std::vector<ServiceVariant> variants;
  BreakEvens break_even;
  std::vector<blueprint::Assumption> assumptions;  ///< of load and cost
  /// Components that name no cloud, and have no managed form as nobody said whose stands in.
  std::size_t without_cloud = 0;
};

}  // namespace outlast::findings
