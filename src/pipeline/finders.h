#pragma once

#include "pipeline/finding_maker.h"

/// The finders of findings, by topic. Each adds what it finds to the maker; the order in which
/// they run is that of `derive_findings`, and decides only between findings of equal weight.
namespace outlast::pipeline {

class Intruder;

/// Single instances, the only way out of several zones, and zones whose loss alone stops users
/// beyond what single instances tell.
void find_single_points(FindingMaker& maker);

/// What users, or what they need, call and of which no replica runs.
void find_none_running(FindingMaker& maker);

/// Regions, providers, their services and third parties that stop users alone.
void find_wide_dependences(FindingMaker& maker);

/// Global switches with a single target: what they are there for they cannot do.
void find_idle_switches(FindingMaker& maker);

/// Loops of needs for starting: told once, by the event that strikes least of all that cause it.
void find_stuck_starts(FindingMaker& maker);

/// Recoveries whose needs lie in the blast radius of what they recover.
void find_recoveries(FindingMaker& maker);

/// Stores whose data no copy brings back.
void find_data_risks(const Intruder& intruder, FindingMaker& maker);

/// Changes that reach everyone before anyone notices.
void find_rollouts(FindingMaker& maker);

/// Calls that policies of the cluster let nobody make.
void find_refused_calls(const Intruder& intruder, FindingMaker& maker);

/// What attributes alone give away, by the rules of the catalog.
void find_marks(FindingMaker& maker);

/// Versions that are no longer supported or soon will not be, and certificates that end.
void find_lifetimes(FindingMaker& maker);

/// Ways of an intruder to data, doors for administrators, identities of anybody, and the marks of
/// the security goal that some way uses.
void find_attacks(const Intruder& intruder, FindingMaker& maker);

/// Stores whose data and all copies one identity can delete.
void find_ransom(const Intruder& intruder, FindingMaker& maker);

/// Secrets in clear: one finding per resource, with every place in it.
void find_secrets(FindingMaker& maker);

}  // namespace outlast::pipeline
