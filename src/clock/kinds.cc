#include "clock/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace outlast::clock {

using blueprint::Operations;

std::size_t Kinds::of(Operations taken) const {
  for (std::size_t k = 0; k < operations.size(); ++k) {
    if (std::find(operations[k].begin(), operations[k].end(), taken) != operations[k].end()) {
      return k;
    }
  }
  return 0;
}

Operations operations_of(const blueprint::Blueprint& bp, const blueprint::ScenarioFault& fault) {
  constexpr Operations kUnnamed = Operations{1} << 63U;
  if (!fault.is_of_some()) {
    return blueprint::kAllOperations;
  }
  Operations hit = 0;
  for (const auto operation : fault.operations) {
    using blueprint::Operation;
    const bool reads = operation == Operation::read || operation == Operation::list;
    const auto named = bp.operation_called(reads ? "read" : blueprint::name_of(operation));
    const bool is_of_users = reads || operation == Operation::write;
    hit |= named == 0 && is_of_users ? kUnnamed : named;
  }
  for (const std::string& operation : fault.own_operations) {
    hit |= bp.operation_called(operation);
  }
  return hit;
}

void check_operations(const blueprint::Blueprint& bp, const blueprint::ScenarioFault& fault,
                      base::Diagnostics& diagnostics) {
  for (const std::string& name : fault.own_operations) {
    if (bp.operation_called(name) == 0) {
      diagnostics.error("OUT-E1812", fault.operations_span,
                        fmt::format("there is no operation \"{}\" here", name),
                        base::suggest(name, blueprint::kNames<blueprint::Operation>));
    }
  }
}

Operations asked_of(const blueprint::Blueprint& bp, blueprint::ComponentId id) {
  Operations asked = 0;
  for (const auto& need : bp.needs()) {
    const auto& all = need.any_of;
    asked |= std::find(all.begin(), all.end(), id) != all.end() ? need.operations : 0;
  }
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      asked |= cohort.enters == id ? journey.operations : 0;
    }
  }
  return asked;
}

double users_taking(const blueprint::Blueprint& bp, Operations operations) {
  double share = 0;
  for (const auto& journey : bp.journeys()) {
    share += (journey.operations & operations) != 0 ? journey.weight : 0;
  }
  return share;
}

Kinds kinds_of(const blueprint::Blueprint& bp, const std::vector<Operations>& hit) {
  std::set<Operations> asked(hit.begin(), hit.end());
  for (const auto& need : bp.needs()) {
    asked.insert(need.operations);
  }
  Kinds kinds;
  std::map<std::vector<bool>, std::size_t> known;  // by which of those are met
  for (const auto& journey : bp.journeys()) {
    std::vector<bool> met;
    for (const Operations operations : asked) {
      met.push_back((operations & journey.operations) != 0);
    }
    const auto [found, is_new] = known.try_emplace(std::move(met), kinds.operations.size());
    if (is_new) {
      kinds.operations.emplace_back();
    }
    auto& taken = kinds.operations[found->second];
    if (std::find(taken.begin(), taken.end(), journey.operations) == taken.end()) {
      taken.push_back(journey.operations);
    }
  }
  return kinds;
}

}  // namespace outlast::clock
