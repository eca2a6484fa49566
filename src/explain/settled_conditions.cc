#include "explain/settled_conditions.h"

#include <algorithm>
#include <vector>

namespace outlast::explain {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;

namespace {

template <class Change>
void change_needs(Draft& draft, Change change) {
  for (DraftComponent& c : draft.components) {
    change(c.needs);
    for (auto& placement : c.placements) {
      change(placement.local_needs);
    }
  }
}

}  // namespace

void make_under_condition(const std::string& condition, const std::set<std::string>& under,
                          Draft& draft) {
  const auto leads_there = [&](const std::string& id) { return under.contains(id); };
  for (DraftComponent& c : draft.components) {
    c.made_if = under.contains(c.id) ? "" : c.made_if;
  }
  change_needs(draft, [&](std::vector<DraftNeed>& needs) {
    std::erase_if(needs, [&](const DraftNeed& need) {
      return need.doubted_by == condition &&
             std::none_of(need.any_of.begin(), need.any_of.end(), leads_there);
    });
    for (DraftNeed& need : needs) {
      if (need.doubted_by == condition) {
        need.confidence = blueprint::Confidence::referenced;
      }
    }
  });
}

void leave_out_under_condition(const std::string& condition, const std::set<std::string>& under,
                               Draft& draft) {
  const auto leave_out = [&](std::vector<std::string>& ids) {
    std::erase_if(ids, [&](const std::string& id) { return under.contains(id); });
  };
  std::erase_if(draft.components, [&](const DraftComponent& c) { return under.contains(c.id); });
  change_needs(draft, [&](std::vector<DraftNeed>& needs) {
    for (DraftNeed& need : needs) {
      leave_out(need.any_of);
      need.via = under.contains(need.via) ? "" : need.via;
      if (need.at_least.is_known() && std::size_t(*need.at_least) > need.any_of.size()) {
        need.at_least = blueprint::Value<std::int64_t>::of(std::int64_t(need.any_of.size()));
      }
      if (need.doubted_by == condition) {
        need.confidence = blueprint::Confidence::referenced;
      }
    }
    std::erase_if(needs, [](const DraftNeed& need) { return need.any_of.empty(); });
  });
  for (auto& journey : draft.journeys) {
    std::erase_if(journey.cohorts,
                  [&](const auto& cohort) { return under.contains(cohort.enters); });
  }
  std::erase_if(draft.journeys, [](const auto& journey) { return journey.cohorts.empty(); });
  for (auto& supply : draft.supplies) {
    leave_out(supply.any_of);
  }
}

}  // namespace outlast::explain
