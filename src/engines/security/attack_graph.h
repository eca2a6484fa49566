#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "engines/security/passage.h"
#include "engines/security/permissions.h"

namespace outlast::security {

using NodeId = base::Id<struct AttackNodeTag>;
using EdgeId = base::Id<struct AttackEdgeTag>;

/// Something that an intruder can have.
struct Node {
  enum class Kind {
    internet,  ///< to be anybody
    reached,   ///< packets of his come to a component
    held,      ///< a component does what he wants
    identity,  ///< he acts as somebody
    data,      ///< he reads what a store holds
    grant,     ///< he has what one grant gives
    way_out,   ///< he sends from components that firewalls do not tell apart
    way_in,    ///< his packets come to components that firewalls do not tell apart
    elsewhere  ///< he sends from a network to others, and nothing holds him back there
  };
  Kind kind = Kind::internet;
  blueprint::ComponentId component;
  std::size_t identity = 0;  ///< index in the blueprint's identities
};

/// Having the one gives the other.
struct Edge {
  enum class Kind {
    lets_in,   ///< firewalls let packets pass
    forwards,  ///< what stands in front hands requests on
    calls,     ///< it is told to call it
    break_in,  ///< a flaw, a guessed password: what comes through may take over
    uses,      ///< what it calls for its work answers it
    wears,     ///< the component acts as that identity
    granted,   ///< a grant is for who has that
    may,       ///< that grant allows it
    assumes,   ///< it may act as the other
    is_part    ///< follows from what it is; nothing to mend
  };
  NodeId from;
  NodeId to;
  Kind kind = Kind::is_part;
  base::Truth truth = base::Truth::yes;
  bool only_in_failover = false;  ///< what it leads to is used once something else failed
  bool is_wide = false;           ///< a grant that takes in more than was named
  bool is_entry = false;          ///< lets_in: users come in there
  Opening ports = {};             ///< lets_in: what passes
  std::string action = {};        ///< may, assumes: as written
  blueprint::Evidence evidence = {};
};

/// True for what can be mended by itself: a rule, a grant, a trust. The rest is what things are
/// there for.
[[nodiscard]] bool can_be_cut(const Edge& edge);

/// What an intruder can get from what he has, as a graph.
///
/// in     bp  validated; needs, network rules, grants and access tables are read
/// cost   components + needs + (kinds of components that firewalls tell apart)² × their rules, of
///        a network; across networks only of what rules tell apart by addresses
/// assumes whatever runs code and can be reached can be broken into (docs/model.md, A-76)
class AttackGraph {
 public:
  explicit AttackGraph(const blueprint::Blueprint& bp);

  [[nodiscard]] const base::IdVector<NodeId, Node>& nodes() const { return nodes_; }
  [[nodiscard]] const base::IdVector<EdgeId, Edge>& edges() const { return edges_; }
  [[nodiscard]] const std::vector<EdgeId>& out_of(NodeId node) const { return out_[node]; }

  [[nodiscard]] NodeId internet() const { return NodeId(0); }
  [[nodiscard]] NodeId reached(blueprint::ComponentId c) const { return NodeId(1 + 3 * c.index); }
  [[nodiscard]] NodeId held(blueprint::ComponentId c) const { return NodeId(2 + 3 * c.index); }
  [[nodiscard]] NodeId data(blueprint::ComponentId c) const { return NodeId(3 + 3 * c.index); }
  [[nodiscard]] NodeId identity(std::size_t i) const {
    return NodeId(1 + 3 * component_count_ + i);
  }
  /// What somebody holds to whom a credential of an identity leaked: all of it, or, where nobody but
  /// narrowed components act as it and no key of it is out, what one of these has.
  [[nodiscard]] const std::vector<NodeId>& credentials_of(std::size_t i) const {
    return credentials_[i];
  }
  [[nodiscard]] const Passages& passages() const { return passages_; }

 private:
  void add_nodes(const blueprint::Blueprint& bp);
  void add_ways_in(const blueprint::Blueprint& bp);
  void add_ways_between(const blueprint::Blueprint& bp);
  void add_ways_to_strangers(const blueprint::Blueprint& bp);
  [[nodiscard]] NodeId way_out(std::size_t sender);
  [[nodiscard]] NodeId way_in(std::size_t receiver);
  void add_way(const blueprint::Blueprint& bp, NodeId from, std::size_t sender,
               std::size_t receiver);
  void add_ways(const blueprint::Blueprint& bp, std::size_t sender,
                const std::set<std::size_t>& receivers);
  void add_needs(const blueprint::Blueprint& bp, const Permissions& permissions);
  void add_need(const blueprint::Blueprint& bp, const Permissions& permissions,
                const blueprint::Need& need, std::size_t which);
  void add_takeovers(const blueprint::Blueprint& bp);
  void add_identities(const blueprint::Blueprint& bp);
  void add_credentials(const blueprint::Blueprint& bp, std::size_t i);
  void add_grants(const blueprint::Blueprint& bp, const Permissions& permissions);
  void add_grants_of(const blueprint::Blueprint& bp, const Permissions& permissions, std::size_t i,
                     const blueprint::DataAccess<blueprint::ComponentId>& store);
  void add_edge(Edge edge);
  [[nodiscard]] const blueprint::Evidence& evidence_of(const blueprint::Blueprint& bp,
                                                       const Passing& passing,
                                                       blueprint::ComponentId to) const;
  void add_grant(const blueprint::Blueprint& bp, NodeId from, NodeId to, const Permission& p);

  static constexpr std::size_t kNoAddress = ~std::size_t{0};
  std::size_t component_count_;
  std::vector<std::size_t> address_of_;  ///< [components] index in the addresses
  Passages passages_;
  base::IdVector<NodeId, Node> nodes_;
  base::IdVector<EdgeId, Edge> edges_;
  base::IdVector<NodeId, std::vector<EdgeId>> out_;
  std::vector<std::vector<NodeId>> tokens_;       ///< [identities] of each narrowed wearer
  std::vector<std::vector<NodeId>> credentials_;  ///< [identities]
  std::map<std::pair<NodeId, std::size_t>, NodeId> grants_;  ///< who has it, index of the grant

  /// Components that firewalls do not tell apart, by class, and the node that they share.
  struct Alike {
    std::vector<blueprint::ComponentId> all;
    NodeId shared;
  };
  std::map<std::size_t, Alike> senders_;
  std::map<std::size_t, Alike> receivers_;
};

/// Does it run code of its owners, or of a program that can have flaws?
[[nodiscard]] bool can_be_held(const blueprint::Component& c);

/// Is it reached by packets of its own network? Others are asked by identity alone.
[[nodiscard]] bool is_on_network(const blueprint::Component& c);

/// Does it hold data that somebody may be after?
[[nodiscard]] bool has_data(const blueprint::Component& c);

}  // namespace outlast::security
