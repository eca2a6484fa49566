#pragma once

#include <cstdint>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/own_record.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "findings/inspection.h"

namespace outlast::explain {

struct UnknownsOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  std::vector<blueprint::OwnRecord> records = {};  ///< of the history
};

/// Width of the interval that what is unknown leaves, in minutes a year.
[[nodiscard]] double width_minutes(const findings::Availability& availability);

/// What is not known, the most worth first.
///
/// An unknown's worth is the width of the availability's interval now less the width that is to be
/// expected once it is known: each outcome is put into the draft and analysed, the others left
/// open. Subnets of one region are one question, for each alone tells next to nothing.
///
/// in      draft   as it was validated
///         now     the analysis of that draft
/// cost    an analysis per outcome; beyond a budget of components analysed, what was not asked for
///         stands at the end without a worth
/// assumes Every outcome of an unknown is as likely as any other of it.
/// source  SEMANTICS, unknowns and uncertainty
[[nodiscard]] std::vector<findings::OpenQuestion> rank_unknowns(const blueprint::Draft& draft,
                                                                const blueprint::Blueprint& bp,
                                                                const findings::Analysis& now,
                                                                const catalog::Catalog& catalog,
                                                                const UnknownsOptions& options);

}  // namespace outlast::explain
