#pragma once

#include <optional>

#include "findings/comparison.h"
#include "findings/surge.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// How the head differs from the base in all that was worked out of both, and which components
/// stand behind it.
///
/// in   base, head  evaluated, with a blueprint; `head` was read into the sources of the base, so
///                  that the places of both are of one collection
///      surge       the load that both are asked to grow to
/// out  components are told apart by id, findings by fingerprint, rows by case and mode. A cause is
///      a component that changed and that the thing is about; else one of those that it needs or
///      that need it; none where neither changed.
/// cost two surges
[[nodiscard]] findings::Comparison compare(const Evaluation& base, const Evaluation& head,
                                           const catalog::Catalog& catalog,
                                           const findings::SurgeQuestion& surge);

/// The numbers of one architecture, to stand beside those of others.
[[nodiscard]] findings::Variant variant_of(std::string name, const blueprint::Blueprint& bp,
                                           const findings::Analysis& analysis,
                                           const Workings& workings,
                                           const catalog::Catalog& catalog,
                                           const findings::SurgeQuestion& surge);

/// How many things stop users alone: servers, zones, services, names, third parties.
[[nodiscard]] std::size_t single_point_count(const blueprint::Blueprint& bp,
                                             const Workings& workings);

}  // namespace outlast::pipeline
