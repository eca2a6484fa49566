// Who calls whom, by the doors that firewalls open.
//
// A door that is opened from one component to another on given ports says who calls whom. Into a
// data store nobody else has business there; between others it is only a possibility.

#include <algorithm>
#include <map>
#include <set>

#include "catalog/known_ports.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::DraftNetworkRule;
using blueprint::Kind;
using blueprint::Value;

namespace {

// A rule between two groups of this many pairs says too little of any one pair to be evidence.
constexpr std::size_t kMostPairs = 64;

/// Ports at which only data is asked for: whoever may come in there has business with it.
bool is_data_service(const DraftNetworkRule& rule) {
  return rule.from_port.is_known() && rule.to_port.is_known() && *rule.from_port == *rule.to_port &&
         is_among(*rule.from_port, kDatabasePorts, kFilePorts);
}

bool needs_already(const DraftComponent& from, const std::string& to) {
  return std::any_of(from.needs.begin(), from.needs.end(), [&](const DraftNeed& need) {
    return std::find(need.any_of.begin(), need.any_of.end(), to) != need.any_of.end();
  });
}

}  // namespace

void infer_calls_by_firewalls(const Sight& sight, Draft& draft, const std::set<std::size_t>& wide) {
  std::map<std::string_view, ResourceId> by_id;
  for (const auto& [index, at] : sight.component_of) {
    by_id.emplace(draft.components[at].id, ResourceId{index});
  }
  const auto component_at = [&](const std::string& id) -> DraftComponent& {
    return draft.components[sight.component_of.at(by_id.at(id).index)];
  };
  std::vector<std::pair<std::string, DraftNeed>> found;
  for (std::size_t i = 0; i < draft.network_rules.size(); ++i) {
    const DraftNetworkRule& rule = draft.network_rules[i];
    if (wide.contains(i) || !rule.character.allows ||
        rule.character.layer == blueprint::kListLayer ||
        rule.direction != blueprint::Direction::inbound ||
        rule.subjects.size() * rule.peer_components.size() > kMostPairs) {
      continue;
    }
    for (const std::string& callee : rule.subjects) {
      const TypeEntry& to = sight.graph.entry(by_id.at(callee));
      // Where one of those behind the same firewall names the callee, the door is for that one.
      const bool is_for_another = std::any_of(
          rule.peer_components.begin(), rule.peer_components.end(),
          [&](const std::string& caller) { return needs_already(component_at(caller), callee); });
      for (const std::string& caller : rule.peer_components) {
        const DraftComponent& from = component_at(caller);
        const TypeEntry& caller_entry = sight.graph.entry(by_id.at(caller));
        if (callee == caller || to.kind == Kind::network || needs_already(from, callee) ||
            !(caller_entry.is_workload || caller_entry.forwards)) {
          continue;
        }
        const bool is_narrow = rule.protocol != "all" && rule.from_port.is_known();
        const bool is_store = to.kind == Kind::database || is_data_service(rule);
        const bool is_telling = is_store && is_narrow && !is_for_another;
        DraftNeed need;
        need.any_of = {callee};
        need.strength =
            Value<blueprint::Strength>::of(to.default_strength, blueprint::Provenance::catalog);
        need.kind = Value<blueprint::EdgeKind>::of(blueprint::EdgeKind::service,
                                                   blueprint::Provenance::inferred);
        need.confidence = is_telling ? Confidence::referenced : Confidence::inferred;
        need.evidence = rule.evidence;
        found.emplace_back(caller, std::move(need));
      }
    }
  }
  for (auto& [caller, need] : found) {
    add_need(component_at(caller), std::move(need));
  }
}

}  // namespace outlast::catalog
