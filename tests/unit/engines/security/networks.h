#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engines/security/attack_graph.h"
#include "unit/blueprint/drafts.h"

namespace outlast::security {

/// A small architecture, told by who lets whom in.
struct Network {
  blueprint::Draft draft;

  blueprint::DraftComponent& host(const std::string& id, bool is_public = false) {
    auto c = blueprint::component(id);
    c.kind = blueprint::stated(blueprint::Kind::compute);
    c.is_workload = blueprint::stated(true);
    c.internet = blueprint::stated(is_public);
    draft.components.push_back(std::move(c));
    return draft.components.back();
  }
  blueprint::DraftComponent& store(const std::string& id, bool is_public = false) {
    auto& c = host(id, is_public);
    c.kind = blueprint::stated(blueprint::Kind::database);
    c.is_workload = blueprint::stated(false);
    c.is_store = blueprint::stated(true);
    return c;
  }
  /// A store that asks who comes and not from where: a bucket, a table.
  blueprint::DraftComponent& bucket(const std::string& id) {
    auto& c = store(id);
    c.service_model = blueprint::stated(blueprint::ServiceModel::saas);
    draft.access.data.push_back(
        {id, "s3", true, {id}, true, {"s3:GetObject"}, {"s3:DeleteObject"}});
    return c;
  }
  void role(const std::string& name, std::vector<std::string> worn_by) {
    draft.access.identities.push_back(
        {name, name, std::move(worn_by), false, base::Truth::no, {}, {}});
  }
  blueprint::DraftGrant& grant(const std::string& to, const std::string& action,
                               const std::string& thing) {
    blueprint::DraftGrant grant;
    grant.identity = to;
    grant.actions = {action};
    grant.resources = {thing};
    draft.grants.push_back(std::move(grant));
    return draft.grants.back();
  }
  void needs(const std::string& from, const std::string& to,
             blueprint::Confidence confidence = blueprint::Confidence::stated) {
    for (auto& c : draft.components) {
      if (c.id == from) {
        c.needs.push_back(blueprint::need_of({to}));
        c.needs.back().confidence = confidence;
      }
    }
  }
  void guard(const std::string& of, const std::string& layer, bool in_order = false) {
    draft.access.guards.push_back({of, layer, in_order, true});
  }
  void address(const std::string& of, const std::string& range, base::Truth is_public) {
    draft.access.addresses.push_back({of, "", {range}, is_public, {}, {}});
  }
  [[nodiscard]] blueprint::Blueprint blueprint() const {
    base::Diagnostics diagnostics;
    auto bp = blueprint::validate(draft, diagnostics);
    return std::move(*bp);
  }
};

/// Up to `most` hosts and stores at random addresses behind two layers of random rules.
inline Network random_network(int most) {
  using blueprint::Value;
  Network network;
  const int count = *rc::gen::inRange(2, most + 1);
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) {
    ids.push_back("h" + std::to_string(i));
    *rc::gen::inRange(0, 3) == 0 ? network.store(ids.back()) : network.host(ids.back());
    network.address(ids.back(), "10.0." + std::to_string(i % 2) + "." + std::to_string(i),
                    *rc::gen::element(base::Truth::no, base::Truth::yes));
  }
  const std::vector<std::string> ranges = {"0.0.0.0/0",   "10.0.0.0/16", "10.0.0.0/24",
                                           "10.0.1.0/24", "10.0.1.1",    "198.51.100.0/24"};
  for (const std::string& id : ids) {
    if (*rc::gen::inRange(0, 3) > 0) {
      network.guard(id, "machine");
    }
    if (*rc::gen::inRange(0, 3) == 0) {
      network.guard(id, "subnet", true);
    }
  }
  const int rules = *rc::gen::inRange(0, 3 * count);
  for (int i = 0; i < rules; ++i) {
    blueprint::DraftNetworkRule rule;
    rule.subjects = {*rc::gen::elementOf(ids)};
    const bool in_order = *rc::gen::inRange(0, 3) == 0;
    rule.character.layer = in_order ? "subnet" : "machine";
    rule.character.allows = !in_order || *rc::gen::inRange(0, 2) == 0;
    if (in_order) {
      rule.character.order = Value<std::int64_t>::of(*rc::gen::inRange(0, 5));
      network.guard(rule.subjects.front(), "subnet", true);
    } else {
      network.guard(rule.subjects.front(), "machine");
    }
    rule.direction = *rc::gen::inRange(0, 4) == 0 ? blueprint::Direction::outbound
                                                  : blueprint::Direction::inbound;
    rule.protocol = *rc::gen::elementOf(std::vector<std::string>{"tcp", "udp", "all", "icmp"});
    const int from = *rc::gen::inRange(0, 4);
    rule.from_port = Value<std::int64_t>::of(from);
    rule.to_port = Value<std::int64_t>::of(from + *rc::gen::inRange(0, 3));
    if (*rc::gen::inRange(0, 2) == 0) {
      rule.peer_components = {*rc::gen::elementOf(ids)};
    } else {
      rule.peer_ranges = {*rc::gen::elementOf(ranges)};
    }
    network.draft.network_rules.push_back(std::move(rule));
  }
  return network;
}

/// The same over three networks, some of which lead to each other.
inline Network random_networks(int most) {
  Network all = random_network(most);
  const std::vector<std::string> names = {"n0", "n1", "n2"};
  for (auto& address : all.draft.access.addresses) {
    address.network = *rc::gen::elementOf(names);
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    all.draft.access.joined.push_back(
        {*rc::gen::elementOf(names), *rc::gen::elementOf(names), *rc::gen::elementOf(names)});
    auto& group = all.draft.access.joined.back();
    std::sort(group.begin(), group.end());
    group.erase(std::unique(group.begin(), group.end()), group.end());
  }
  return all;
}

/// Two buckets, and roles that hosts act as, that may act as each other, and that read them.
inline void add_random_roles(Network& network) {
  std::vector<std::string> hosts;
  for (const auto& c : network.draft.components) {
    hosts.push_back(c.id);
  }
  const std::vector<std::string> buckets = {"alpha", "beta"};
  for (const std::string& bucket : buckets) {
    network.bucket(bucket);
  }
  const std::vector<std::string> roles = {"r0", "r1", "r2"};
  for (const std::string& role : roles) {
    const bool is_worn = *rc::gen::inRange(0, 3) > 0;
    network.role(role,
                 is_worn ? std::vector{*rc::gen::elementOf(hosts)} : std::vector<std::string>{});
    if (*rc::gen::inRange(0, 2) == 0) {
      network.draft.access.identities.back().assumed_by = {*rc::gen::elementOf(roles)};
    }
  }
  const std::vector<std::string> actions = {"s3:GetObject", "s3:*", "s3:PutObject"};
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
    auto& grant = network.grant(*rc::gen::elementOf(roles), *rc::gen::elementOf(actions),
                                "arn:aws:s3:::" + *rc::gen::elementOf(buckets) + "/*");
    grant.allows = *rc::gen::inRange(0, 4) > 0;
  }
}

/// Is every target closed to who begins at `from`, without the edges that are cut?
inline bool closes(const AttackGraph& graph, NodeId from, const std::vector<NodeId>& targets,
                   const std::vector<char>& is_cut) {
  std::vector<char> is_reached(graph.nodes().size(), 0);
  is_reached[from.index] = 1;
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (const EdgeId id : base::ids<EdgeId>(graph.edges().size())) {
      const Edge& edge = graph.edges()[id];
      if (edge.truth == base::Truth::yes && is_cut[id.index] == 0 &&
          is_reached[edge.from.index] != 0 && is_reached[edge.to.index] == 0) {
        is_reached[edge.to.index] = 1;
        is_new = true;
      }
    }
  }
  for (const NodeId target : targets) {
    if (is_reached[target.index] != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace outlast::security
