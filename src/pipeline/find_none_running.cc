// Who is called and runs no replica: nothing has to fail for the call to fail.

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "blueprint/reached.h"
#include "failure/dependence.h"
#include "failure/never_runs.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Confidence;
using blueprint::Need;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

/// What users come to by needs that are facts: true where it is why they are not served.
std::map<ComponentId, bool> needed_by_users(const Blueprint& bp, const std::vector<bool>& is_down) {
  std::map<ComponentId, bool> needed;
  std::vector<ComponentId> next;
  const auto reach = [&](ComponentId id, bool is_why) {
    const auto [known, is_new] = needed.try_emplace(id, is_why);
    if (is_new || (is_why && !known->second)) {
      known->second = is_why;
      next.push_back(id);
    }
  };
  for (const ComponentId entry : blueprint::entries_of(bp)) {
    reach(entry, is_down[entry.index]);
  }
  while (!next.empty()) {
    const ComponentId from = next.back();
    const bool is_why = needed.at(from);
    next.pop_back();
    blueprint::for_each_need(bp[from], [&](blueprint::NeedId id) {
      if (bp[id].confidence != Confidence::inferred) {
        for (const ComponentId to : bp[id].any_of) {
          reach(to, is_why && is_down[to.index]);
        }
      }
    });
  }
  return needed;
}

}  // namespace

void find_none_running(FindingMaker& maker) {
  const Blueprint& bp = maker.bp();
  if (std::none_of(bp.components().begin(), bp.components().end(),
                   [](const auto& c) { return c.runs_none(); })) {
    return;
  }
  const auto is_down = failure::down_with_nothing_failed(bp, failure::Dependence(bp));
  const auto needed = needed_by_users(bp, is_down);
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
