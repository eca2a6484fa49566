#include "engines/security/attack_graph.h"

#include <map>
#include <set>
#include <string_view>

namespace outlast::security {

using base::Truth;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Kind;
using blueprint::Need;
using blueprint::ServiceModel;

bool can_be_held(const Component& c) {
  return c.kind == Kind::compute || c.is_workload;
}

bool is_on_network(const Component& c) {
  return c.service_model != ServiceModel::saas && c.kind != Kind::external;
}

bool has_data(const Component& c) {
  return c.is_store || c.kind == Kind::database || c.kind == Kind::storage || c.holds.is_known();
}

bool can_be_cut(const Edge& edge) {
  return (edge.kind == Edge::Kind::lets_in && !edge.is_entry) || edge.kind == Edge::Kind::granted ||
         edge.kind == Edge::Kind::assumes;
}

AttackGraph::AttackGraph(const Blueprint& bp)
    : component_count_(bp.components().size()), passages_(bp) {
  const Permissions permissions(bp);
  add_nodes(bp);
  add_ways_in(bp);
  add_needs(bp, permissions);
  add_takeovers(bp);
  add_ways_between(bp);
  add_identities(bp);
  add_grants(bp, permissions);
}

void AttackGraph::add_nodes(const Blueprint& bp) {
  nodes_.push_back({});
  for (const ComponentId c : base::ids<ComponentId>(component_count_)) {
    nodes_.push_back({Node::Kind::reached, c});
    nodes_.push_back({Node::Kind::held, c});
    nodes_.push_back({Node::Kind::data, c});
  }
  for (std::size_t i = 0; i < bp.access().identities.size(); ++i) {
    nodes_.push_back({Node::Kind::identity, {}, i});
  }
  out_ = base::IdVector<NodeId, std::vector<EdgeId>>(nodes_.size());
  address_of_.assign(component_count_, kNoAddress);
  for (std::size_t i = 0; i < bp.access().addresses.size(); ++i) {
    const auto& address = bp.access().addresses[i];
    if (!address.evidence.address.empty()) {
      address_of_[address.of.index] = i;
    }
  }
}

void AttackGraph::add_edge(Edge edge) {
  if (edge.truth != Truth::no) {
    const NodeId from = edge.from;
    out_[from].push_back(edges_.push_back(std::move(edge)));
  }
}

/// The rule that lets packets pass, or where it stands that there is an address.
const blueprint::Evidence& AttackGraph::evidence_of(const Blueprint& bp, const Passing& passing,
                                                    ComponentId to) const {
  if (!passing.rules.empty()) {
    return bp.network_rules()[passing.rules.front()].evidence;
  }
  const std::size_t address = address_of_[to.index];
  return address == kNoAddress ? bp[to].evidence : bp.access().addresses[address].evidence;
}

void AttackGraph::add_ways_in(const Blueprint& bp) {
  std::set<ComponentId> entries;
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      entries.insert(cohort.enters);
    }
  }
  for (const ComponentId c : base::ids<ComponentId>(component_count_)) {
    const Passing passing = passages_.from_internet(c);
    if (passing.truth() != Truth::no) {
      const bool is_sure = passing.truth() == Truth::yes;
      add_edge({.from = internet(),
                .to = reached(c),
                .kind = Edge::Kind::lets_in,
                .truth = passing.truth(),
                .is_entry = entries.contains(c),
                .ports = is_sure ? passing.surely : passing.at_most,
                .evidence = evidence_of(bp, passing, c)});
    }
  }
}

void AttackGraph::add_need(const Blueprint& bp, const Permissions& permissions, const Need& need,
                           std::size_t which) {
  const ComponentId to = need.any_of[which];
  const bool is_on_its_network = is_on_network(bp[to]) && is_on_network(bp[need.from]);
  const Truth passes = is_on_its_network ? passages_.between(need.from, to).truth() : Truth::yes;
  Edge edge;
  edge.evidence = need.evidence;
  edge.only_in_failover = which > 0 && need.via.exists();
  // A call that is told is evidence of a way where no firewall is; what those say that are goes before.
  const bool is_undecided = passes == Truth::unknown && passages_.is_guarded(need.from, to);
  const bool is_inferred = need.confidence == blueprint::Confidence::inferred;
  edge.truth = passes == Truth::no           ? Truth::no
               : is_undecided || is_inferred ? Truth::unknown
                                             : Truth::yes;
  if (bp[need.from].forwards || bp[need.from].kind == Kind::network) {
    edge.from = reached(need.from);
    edge.to = is_on_network(bp[to]) ? reached(to) : data(to);
    edge.kind = Edge::Kind::forwards;
    if (is_on_network(bp[to]) || has_data(bp[to])) {
      add_edge(std::move(edge));
    }
    return;
  }
  if (can_be_held(bp[need.from])) {
    edge.from = held(need.from);
    edge.to = reached(to);
    edge.kind = Edge::Kind::calls;
    if (has_data(bp[to])) {
      Edge used = edge;
      used.to = data(to);
      used.kind = Edge::Kind::uses;
      used.truth = base::both(used.truth, permissions.reads_as_caller(need.from, to));
      add_edge(std::move(used));
    }
    add_edge(std::move(edge));
  }
}

void AttackGraph::add_needs(const Blueprint& bp, const Permissions& permissions) {
  for (const Need& need : bp.needs()) {
    const bool is_a_way = need.kind == blueprint::EdgeKind::service ||
                          (bp[need.from].kind == Kind::network && bp[need.from].forwards);
    for (std::size_t i = 0; is_a_way && i < need.any_of.size(); ++i) {
      add_need(bp, permissions, need, i);
    }
  }
}

void AttackGraph::add_takeovers(const Blueprint& bp) {
  for (const ComponentId c : base::ids<ComponentId>(component_count_)) {
    if (can_be_held(bp[c])) {
      add_edge({.from = reached(c),
                .to = held(c),
                .kind = Edge::Kind::break_in,
                .evidence = bp[c].evidence});
      if (has_data(bp[c])) {
        add_edge({.from = held(c), .to = data(c), .evidence = bp[c].evidence});
      }
    } else if (has_data(bp[c]) && is_on_network(bp[c])) {
      add_edge({.from = reached(c),
                .to = data(c),
                .kind = Edge::Kind::break_in,
                .evidence = bp[c].evidence});
    }
  }
}

/// By way of a node of the grant's own: taken away, it opens none of the things it was for.
void AttackGraph::add_grant(const Blueprint& bp, NodeId from, NodeId to, const Permission& p) {
  if (p.truth == Truth::no) {
    return;
  }
  const auto& evidence = bp.grants()[p.grant].evidence;
  const auto [at, is_new] = grants_.try_emplace({from, p.grant});
  if (is_new) {
    at->second = nodes_.push_back({Node::Kind::grant, {}});
    out_.push_back({});
    add_edge({.from = from,
              .to = at->second,
              .kind = Edge::Kind::granted,
              .action = p.action,
              .evidence = evidence});
  }
  add_edge({.from = at->second,
            .to = to,
            .kind = Edge::Kind::may,
            .truth = p.truth,
            .is_wide = p.is_wide,
            .action = p.action,
            .evidence = evidence});
}

void AttackGraph::add_identities(const Blueprint& bp) {
  const auto& identities = bp.access().identities;
  std::map<std::string_view, std::size_t> by_address;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    by_address.emplace(identities[i].address, i);
  }
  for (std::size_t i = 0; i < identities.size(); ++i) {
    for (const ComponentId wearer : identities[i].worn_by) {
      add_edge({.from = held(wearer),
                .to = identity(i),
                .kind = Edge::Kind::wears,
                .evidence = identities[i].evidence});
    }
    if (identities[i].is_anyones != Truth::no) {
      add_edge({.from = internet(),
                .to = identity(i),
                .kind = Edge::Kind::assumes,
                .truth = identities[i].is_anyones,
                .evidence = identities[i].evidence});
    }
    add_credentials(bp, i);
    for (const std::string& other : identities[i].assumed_by) {
      if (const auto found = by_address.find(other); found != by_address.end()) {
        add_edge({.from = identity(found->second),
                  .to = identity(i),
                  .kind = Edge::Kind::assumes,
                  .evidence = identities[i].evidence});
      }
    }
  }
}

/// Who is narrowed by scopes has a token that is as narrow, wherever it is used.
void AttackGraph::add_credentials(const Blueprint& bp, std::size_t i) {
  const auto& one = bp.access().identities[i];
  auto& tokens = tokens_.emplace_back();
  for (const auto& narrow : one.narrow) {
    tokens.push_back(nodes_.push_back({Node::Kind::identity, {}, i}));
    out_.push_back({});
    add_edge({.from = held(narrow.by),
              .to = tokens.back(),
              .kind = Edge::Kind::wears,
              .evidence = one.evidence});
  }
  const bool is_whole = !one.worn_by.empty() || one.has_key || tokens.empty();
  credentials_.push_back(is_whole ? std::vector{identity(i)} : tokens);
}

/// By an identity or a token alone, from anywhere; where the store is closed to that, from where it
/// is worn.
void AttackGraph::add_grants_of(const Blueprint& bp, const Permissions& permissions, std::size_t i,
                                const blueprint::DataAccess<ComponentId>& store) {
  const auto& one = bp.access().identities[i];
  const Permission reads = permissions.may(one.address, store.reads, store);
  add_grant(bp, identity(i), data(store.of),
            store.is_closed ? permissions.may(one.address, store.opens, store) : reads);
  for (std::size_t w = 0; store.is_closed && w < one.worn_by.size(); ++w) {
    add_grant(bp, held(one.worn_by[w]), data(store.of), reads);
  }
  for (std::size_t w = 0; w < one.narrow.size(); ++w) {
    if (covers(one.narrow[w].scopes, store.reading_scopes)) {
      add_grant(bp, store.is_closed ? held(one.narrow[w].by) : tokens_[i][w], data(store.of),
                reads);
    }
  }
}

void AttackGraph::add_grants(const Blueprint& bp, const Permissions& permissions) {
  const auto grantees = permissions.grantees();
  for (const auto& store : bp.access().data) {
    if (store.reads.empty()) {
      continue;
    }
    if (!store.is_closed) {
      add_grant(bp, internet(), data(store.of), permissions.may("", store.reads, store));
    }
    for (std::size_t i = 0; i < bp.access().identities.size(); ++i) {
      add_grants_of(bp, permissions, i, store);
    }
    for (const ComponentId c : grantees) {
      add_grant(bp, held(c), data(store.of), permissions.may(c, store.reads, store));
    }
  }
}

}  // namespace outlast::security
