#include "equivalents/keep_access.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace outlast::equivalents {

using blueprint::Draft;
using blueprint::DraftComponent;

namespace {

using Types = std::map<std::string, std::string, std::less<>>;  ///< by id

Types types_in(const Draft& draft) {
  Types types;
  for (const DraftComponent& c : draft.components) {
    types.emplace(c.id, c.type.value_or(""));
  }
  return types;
}

void keep_known(const Types& known, std::vector<std::string>& ids) {
  std::erase_if(ids, [&](const std::string& id) { return !known.contains(id); });
}

/// A rule for peers that are gone would be one for nobody.
void keep_rules(const Types& known, std::vector<blueprint::DraftNetworkRule>& rules) {
  std::erase_if(rules, [&](blueprint::DraftNetworkRule& rule) {
    const bool had_peers = !rule.peer_components.empty();
    keep_known(known, rule.subjects);
    keep_known(known, rule.peer_components);
    const bool has_lost_all = had_peers && rule.peer_components.empty() && rule.peer_ranges.empty();
    return rule.subjects.empty() || has_lost_all;
  });
}

}  // namespace

void keep_access(const Draft& before, Draft& twin) {
  const Types was = types_in(before);
  const Types known = types_in(twin);
  keep_rules(known, twin.network_rules);
  for (blueprint::DraftGrant& grant : twin.grants) {
    keep_known(known, grant.principals);
    keep_known(known, grant.resource_components);
  }
  for (auto& identity : twin.access.identities) {
    keep_known(known, identity.worn_by);
    std::erase_if(identity.narrow, [&](const auto& one) { return !known.contains(one.by); });
  }
  const auto is_gone = [&](const auto& said) { return !known.contains(said.of); };
  std::erase_if(twin.access.addresses, is_gone);
  std::erase_if(twin.access.guards, is_gone);
  std::erase_if(twin.access.guessed, is_gone);
  const auto is_another_now = [&](const auto& said) {
    const auto now = known.find(said.of);
    const auto then = was.find(said.of);
    return now == known.end() || then == was.end() || now->second != then->second;
  };
  std::erase_if(twin.access.data, is_another_now);
  std::erase_if(twin.access.safeguards, is_another_now);
}

}  // namespace outlast::equivalents
