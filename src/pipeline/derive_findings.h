#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/finding_maker.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

class Intruder;

/// Everything worth telling about an architecture, worst first; one finding per cut set.
///
/// A thing whose loss alone stops users is a finding by what it is: one instance, one zone, the
/// only way out of several zones. A zone is told only for what it stops beyond single instances.
/// A region, a provider's service and a third party are findings of weight only where a declared
/// objective is missed by them. What nobody is seen to use weighs less.
///
[[nodiscard]] std::vector<findings::Finding> derive_findings(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
    const std::vector<failure::Path>& paths, const KnownResults& known, const Intruder& intruder);

/// Brings findings into the order in which they are told: the gravest first.
void rank(std::vector<findings::Finding>& findings);

}  // namespace outlast::pipeline
