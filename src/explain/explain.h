#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "findings/explanation.h"
#include "pipeline/analyse.h"

namespace outlast::explain {

/// An analysed architecture.
struct Subject {
  const blueprint::Blueprint& bp;
  const catalog::Catalog& catalog;
  const findings::Analysis& analysis;
  const pipeline::Workings& workings;
};

/// Nothing is called so.
struct UnknownId {
  std::vector<std::string> near;  ///< ids that were probably meant, the nearest first
};

/// The way back from an answer to what it rests on.
///
/// in      id  a finding (its fingerprint, the beginning of one, or its rule), a case ("zone",
///             "zone.destroyed"), a component (id or name), a place or service ("us-east-1a"), a
///             journey, "availability", "habits" or one of them, "double_faults", "planned_work",
///             "depends_on"
/// out     one explanation for each thing that is called so
/// errors  the ids that are near
/// cost    a diagram per path where cut sets are asked for, see `pipeline::minimal_cuts`
[[nodiscard]] base::Result<std::vector<findings::Explanation>, UnknownId> explain(
    const Subject& subject, std::string_view id);

/// Everything that can be asked about, in the order of the report.
[[nodiscard]] std::vector<std::string> explainable(const Subject& subject);

}  // namespace outlast::explain
