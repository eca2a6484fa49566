#include "pipeline/carry_guards.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace outlast::pipeline {

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

/// Places are of the sources of the other draft, and mean nothing here; addresses do.
template <class Said>
Said without_place(Said said) {
  if constexpr (requires { said.evidence; }) {
    said.evidence.span = {};
  }
  return said;
}

/// Adds what is said of components that are there and of which nothing is said yet.
template <class Said>
void add_of_known(const std::vector<Said>& from, const Types& known, std::vector<Said>& to) {
  const std::size_t own = to.size();
  for (const Said& said : from) {
    const bool is_told = std::any_of(to.begin(), to.begin() + std::ptrdiff_t(own),
                                     [&](const Said& other) { return other.of == said.of; });
    if (known.contains(said.of) && !is_told) {
      to.push_back(without_place(said));
    }
  }
}

}  // namespace

void carry_guards(const Draft& from, Draft& to) {
  const Types before = types_in(from);
  const Types known = types_in(to);
  for (blueprint::DraftNetworkRule rule : from.network_rules) {
    const bool had_peers = !rule.peer_components.empty();
    keep_known(known, rule.subjects);
    keep_known(known, rule.peer_components);
    const bool has_peers = !had_peers || !rule.peer_components.empty() || !rule.peer_ranges.empty();
    if (!rule.subjects.empty() && has_peers) {
      to.network_rules.push_back(without_place(std::move(rule)));
    }
  }
  for (blueprint::DraftGrant grant : from.grants) {
    keep_known(known, grant.principals);
    keep_known(known, grant.resource_components);
    to.grants.push_back(without_place(std::move(grant)));
  }
  add_of_known(from.access.addresses, known, to.access.addresses);
  add_of_known(from.access.guards, known, to.access.guards);
  add_of_known(from.access.guessed, known, to.access.guessed);
  for (blueprint::Identity<std::string> identity : from.access.identities) {
    keep_known(known, identity.worn_by);
    std::erase_if(identity.narrow, [&](const auto& one) { return !known.contains(one.by); });
    to.access.identities.push_back(without_place(std::move(identity)));
  }
  const auto is_another_now = [&](const auto& access) {
    const auto now = known.find(access.of);
    const auto was = before.find(access.of);
    return now == known.end() || was == before.end() || now->second != was->second;
  };
  auto data = from.access.data;
  std::erase_if(data, is_another_now);
  add_of_known(data, known, to.access.data);
  auto safeguards = from.access.safeguards;
  std::erase_if(safeguards, is_another_now);
  add_of_known(safeguards, known, to.access.safeguards);
}

}  // namespace outlast::pipeline
