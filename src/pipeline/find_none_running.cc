// Who is called and runs no replica: nothing has to fail for the call to fail.

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Confidence;
using blueprint::Need;
using blueprint::Strength;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

/// Is every request of somebody lost with it, as far as facts tell? Alternatives stand in.
bool is_outright(const Need& need) {
  return need.strength == Strength::hard && need.any_of.size() == 1;
}

/// What users come to by needs that are facts: true where it is needed outright all the way.
std::map<ComponentId, bool> needed_by_users(const Blueprint& bp) {
  std::map<ComponentId, bool> needed;
  std::vector<ComponentId> next;
  const auto reach = [&](ComponentId id, bool outright) {
    const auto [known, is_new] = needed.try_emplace(id, outright);
    if (is_new || (outright && !known->second)) {
      known->second = outright;
      next.push_back(id);
    }
  };
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      reach(cohort.enters, true);
    }
  }
  while (!next.empty()) {
    const ComponentId from = next.back();
    next.pop_back();
    for (const auto id : bp[from].needs) {
      const Need& need = bp[id];
      for (const ComponentId to : need.any_of) {
        if (need.confidence != Confidence::inferred) {
          reach(to, needed.at(from) && is_outright(need));
        }
      }
    }
  }
  return needed;
}

}  // namespace

void find_none_running(FindingMaker& maker) {
  const Blueprint& bp = maker.bp();
  const auto needed = needed_by_users(bp);
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (!bp[id].runs_none()) {
      continue;
    }
    std::vector<std::string> callers;
    std::vector<blueprint::Evidence> evidence;
    for (const Need& need : bp.needs()) {
      const bool leads_here =
          std::find(need.any_of.begin(), need.any_of.end(), id) != need.any_of.end();
      if (leads_here && need.confidence != Confidence::inferred) {
        callers.push_back(bp[need.from].name);
        evidence.push_back(need.evidence);
      }
    }
    const auto by_users = needed.find(id);
    if (callers.empty() && by_users == needed.end()) {
      continue;  // put aside, and nobody misses it
    }
    Words words;
    words.name = bp[id].name;
    words.cut = callers.empty() ? "users" : base::join_words(callers);
    Finding finding = maker.start("none_running", {id}, words);
    finding.severity = by_users == needed.end() ? Severity::low
                       : by_users->second       ? Severity::high
                                                : Severity::medium;
    point_at(bp[id].replica_count.span(), finding);
    finding.evidence.insert(finding.evidence.end(), evidence.begin(), evidence.end());
    finding.cut = {bp[id].id};
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
