#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/address_range.h"
#include "blueprint/blueprint.h"
#include "engines/security/ports.h"

namespace outlast::security {

using base::AddressRange;

/// Ports of both protocols that carry sessions.
struct Opening {
  PortSet tcp;
  PortSet udp;
  [[nodiscard]] static Opening all() { return {PortSet::all(), PortSet::all()}; }
  [[nodiscard]] bool is_empty() const { return tcp.is_empty() && udp.is_empty(); }
  [[nodiscard]] Opening with(const Opening& o) const { return {tcp.with(o.tcp), udp.with(o.udp)}; }
  [[nodiscard]] Opening without(const Opening& o) const {
    return {tcp.without(o.tcp), udp.without(o.udp)};
  }
  [[nodiscard]] Opening within(const Opening& o) const {
    return {tcp.within(o.tcp), udp.within(o.udp)};
  }
  friend bool operator==(const Opening&, const Opening&) = default;
};

/// What gets through: surely, and at most (what is not known taken for open).
struct Passing {
  Opening surely;
  Opening at_most;
  std::vector<std::size_t> rules;  ///< indices of network rules that let it pass, in their order
  [[nodiscard]] base::Truth truth() const {
    return !surely.is_empty()   ? base::Truth::yes
           : at_most.is_empty() ? base::Truth::no
                                : base::Truth::unknown;
  }
};

/// Which packets come through the firewalls of an architecture.
///
/// Layers stand in series, rules of a layer beside each other or in order; a rule fits by who sends
/// and to which port. Where nothing stands before a component all packets pass.
/// cost     building: linear in rules; each question: in the rules of its two ends
/// assumes  a layer without outbound rules lets everything out (docs/model.md, A-78);
///          answers find their way back
/// limits   a list of ranges that covers an address only together with another counts as unknown
class Passages {
 public:
  explicit Passages(const blueprint::Blueprint& bp);

  /// From anybody on the internet; nothing where the component has no public address.
  [[nodiscard]] Passing from_internet(blueprint::ComponentId to) const;
  /// Can the internet surely send packets to it, whatever its firewalls do?
  [[nodiscard]] bool is_surely_public(blueprint::ComponentId c) const {
    return hosts_[c.index].is_public == base::Truth::yes;
  }
  [[nodiscard]] Passing between(blueprint::ComponentId from, blueprint::ComponentId to) const;
  /// Does any firewall say what may pass between them?
  [[nodiscard]] bool is_guarded(blueprint::ComponentId from, blueprint::ComponentId to) const;
  /// Does all that it sends come as far as to other networks?
  [[nodiscard]] bool sends_anywhere(blueprint::ComponentId c) const;
  /// Is what comes in the same for all that send anywhere, lie in other networks and are not named?
  [[nodiscard]] bool is_alike_to_strangers(blueprint::ComponentId c) const;
  /// Components that some rule lets in by name.
  [[nodiscard]] std::vector<blueprint::ComponentId> lets_in_by_name(blueprint::ComponentId c) const;
  /// Do private addresses of the one lead to the other: one network, or two that are joined?
  [[nodiscard]] bool are_joined(blueprint::ComponentId a, blueprint::ComponentId b) const {
    return is_one_network(hosts_[a.index], hosts_[b.index]);
  }
  /// Empty: not known.
  [[nodiscard]] const std::string& network_of(blueprint::ComponentId c) const {
    return hosts_[c.index].network;
  }
  /// Alike for components that no question can tell apart by firewalls and addresses.
  [[nodiscard]] std::size_t class_of(blueprint::ComponentId c) const { return class_of_[c.index]; }

 private:
  /// A network rule, made ready to be asked.
  struct Rule {
    std::size_t index = 0;
    bool allows = true;
    std::int64_t order = 0;
    Opening surely;
    Opening at_most;
    std::array<std::vector<AddressRange>, 2> ranges;  ///< of IPv4, of IPv6
    bool is_for_network = false;                      ///< a word for "of the same network"
    bool has_unknown_peers = false;
    bool is_for_strangers = false;  ///< a word for "of others than what runs in the inputs"
    std::vector<blueprint::ComponentId> peers;
  };
  struct Layer {
    bool in_order = false;
    bool is_whole = true;
    std::vector<Rule> inbound;
    std::vector<Rule> outbound;
  };
  struct Host {
    base::Truth is_public = base::Truth::no;
    /// What works for it (the controller of an ingress, a third party) no input holds.
    bool is_stranger = false;
    std::string network;
    std::vector<std::size_t> joined;  ///< groups of joined networks that its own is in
    std::array<std::vector<AddressRange>, 2> ranges;  ///< of IPv4, of IPv6; both empty: not known
    PortSet listens = PortSet::all();
    std::map<std::string, Layer> layers;
  };
  /// The other end of a packet: a component, or anybody.
  struct Peer {
    blueprint::ComponentId component;  ///< absent: anybody on the internet
    const Host* host = nullptr;
    const Host* own = nullptr;  ///< whom the rule is of
    bool is_v6 = false;         ///< the packet has addresses of IPv6
  };

  void add_hosts(const blueprint::Blueprint& bp);
  void join_networks(const blueprint::Blueprint& bp);
  void add_rules(const blueprint::Blueprint& bp);
  void classify(const blueprint::Blueprint& bp);
  [[nodiscard]] static bool is_one_network(const Host& a, const Host& b);
  [[nodiscard]] static bool is_told_and_plain(const Host& host);
  [[nodiscard]] static bool is_for_all_addresses(const Rule& rule);
  [[nodiscard]] static base::Truth fits(const Rule& rule, const Peer& peer);
  [[nodiscard]] static Passing through(const Layer& layer, const std::vector<Rule>& rules,
                                       const Peer& peer);
  [[nodiscard]] static Passing into(const Host& host, const Peer& from);
  [[nodiscard]] base::Truth speaks(const Host& host, bool is_v6) const;
  static void add(const Passing& one, base::Truth can, Passing& all);
  [[nodiscard]] Passing between(blueprint::ComponentId from, blueprint::ComponentId to,
                                bool is_v6) const;

  std::vector<Host> hosts_;
  std::vector<std::size_t> class_of_;
  bool has_v6_rules_ = false;
};

}  // namespace outlast::security
