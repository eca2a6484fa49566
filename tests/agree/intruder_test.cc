// Packets and permissions, one by one, by the words of the model: shares no code with the engine.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "agree/slow_matches.h"
#include "engines/security/reach.h"
#include "unit/engines/security/networks.h"

namespace outlast::security {
namespace {

using base::Truth;
using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NetworkRule;

std::uint32_t number_of(const std::string& address) {
  in_addr parsed{};
  inet_pton(AF_INET, address.c_str(), &parsed);
  return ntohl(parsed.s_addr);
}

bool lies_within(const std::string& range, std::uint32_t address) {
  const auto slash = range.find('/');
  const int bits = slash == std::string::npos ? 32 : std::stoi(range.substr(slash + 1));
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  return (number_of(range.substr(0, slash)) & mask) == (address & mask);
}

/// One packet: from a component, or from a stranger.
struct Packet {
  ComponentId from;
  ComponentId to;
  std::string protocol;
  int port;
};

/// What a list of rules can come to: more than one thing where it is not known which of them fit.
struct Outcome {
  bool may_let = false;
  bool may_refuse = false;
};

class SlowFirewalls {
 public:
  explicit SlowFirewalls(const Blueprint& bp) : bp_(bp) {
    for (const auto& address : bp.access().addresses) {
      address_[address.of] = number_of(address.ranges.front());
      network_[address.of] = address.network;
      is_public_[address.of] = address.is_public == Truth::yes;
    }
    for (const auto& guard : bp.access().guards) {
      layers_[guard.of].insert({guard.layer, guard.in_order});
    }
  }

  Outcome decide(const Packet& p) const {
    if (!p.from.exists() && !is_public_.at(p.to)) {
      return {false, true};
    }
    Outcome out = all_layers(p, p.to, blueprint::Direction::inbound);
    if (p.from.exists()) {
      const Outcome sent = all_layers(p, p.from, blueprint::Direction::outbound);
      out = {out.may_let && sent.may_let, out.may_refuse || sent.may_refuse};
    }
    // Where nothing at all stands between, nothing tells of a way between networks either.
    if (p.from.exists() && !layers_.contains(p.to) && !are_one(p.from, p.to)) {
      out.may_refuse = true;
    }
    return out;
  }
  bool passes(const Packet& p) const { return decide(p).may_let; }
  bool surely_passes(const Packet& p) const { return !decide(p).may_refuse; }

  /// Addresses of one network; none is told where the architecture has one alone.
  bool are_one(ComponentId a, ComponentId b) const {
    const std::string& x = network_.at(a);
    const std::string& y = network_.at(b);
    const auto leads = [&](const std::vector<std::string>& group) {
      const auto has = [&](const std::string& name) {
        return std::find(group.begin(), group.end(), name) != group.end();
      };
      return has(x) && has(y);
    };
    const auto& joined = bp_.access().joined;
    return !x.empty() && (x == y || std::any_of(joined.begin(), joined.end(), leads));
  }

 private:
  Outcome all_layers(const Packet& p, ComponentId at, blueprint::Direction direction) const {
    Outcome out{true, false};
    const auto found = layers_.find(at);
    if (found == layers_.end()) {
      return out;
    }
    for (const auto& layer : found->second) {
      const Outcome one = one_layer(p, at, direction, layer);
      out = {out.may_let && one.may_let, out.may_refuse || one.may_refuse};
    }
    return out;
  }

  Outcome one_layer(const Packet& p, ComponentId at, blueprint::Direction direction,
                    const std::pair<std::string, bool>& layer) const {
    std::vector<const NetworkRule*> rules;
    for (const NetworkRule& rule : bp_.network_rules()) {
      const auto& s = rule.subjects;
      if (rule.direction == direction && rule.character.layer == layer.first &&
          std::find(s.begin(), s.end(), at) != s.end()) {
        rules.push_back(&rule);
      }
    }
    if (direction == blueprint::Direction::outbound && rules.empty()) {
      return {true, false};
    }
    if (layer.second) {
      std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) {
        return *a->character.order != *b->character.order
                   ? *a->character.order < *b->character.order
                   : !a->character.allows && b->character.allows;
      });
    }
    Outcome out;
    for (const NetworkRule* rule : rules) {
      const Truth fit = fits(*rule, p, direction);
      if (fit != Truth::no) {
        (rule->character.allows ? out.may_let : out.may_refuse) = true;
      }
      if (fit == Truth::yes) {
        return out;
      }
    }
    out.may_refuse = true;
    return out;
  }

  /// Private ranges say nothing of another network, which may have the same ones.
  Truth fits(const NetworkRule& rule, const Packet& p, blueprint::Direction direction) const {
    if (rule.protocol != "all" &&
        (rule.protocol != p.protocol || p.port < *rule.from_port || p.port > *rule.to_port)) {
      return Truth::no;
    }
    const bool is_inbound = direction == blueprint::Direction::inbound;
    const ComponentId peer = is_inbound ? p.from : p.to;
    const ComponentId self = is_inbound ? p.to : p.from;
    if (peer.exists()) {
      const auto& peers = rule.peer_components;
      if (std::find(peers.begin(), peers.end(), peer) != peers.end()) {
        return Truth::yes;
      }
    }
    const std::uint32_t address = peer.exists() ? address_.at(peer) : number_of("93.184.216.34");
    const bool is_in_range =
        std::any_of(rule.peer_ranges.begin(), rule.peer_ranges.end(),
                    [&](const std::string& range) { return lies_within(range, address); });
    const bool is_elsewhere = peer.exists() && !network_.at(peer).empty() && !are_one(peer, self);
    return !is_in_range ? Truth::no : is_elsewhere ? Truth::unknown : Truth::yes;
  }

  const Blueprint& bp_;
  std::map<ComponentId, std::uint32_t> address_;
  std::map<ComponentId, std::string> network_;
  std::map<ComponentId, bool> is_public_;
  std::map<ComponentId, std::set<std::pair<std::string, bool>>> layers_;
};

constexpr int kPorts = 8;

bool opens(const Opening& opening, const std::string& protocol, int port) {
  return (protocol == "tcp" ? opening.tcp : opening.udp).has(port);
}

void expect_packets_pass_alike(const Blueprint& bp) {
  const SlowFirewalls slow(bp);
  const Passages fast(bp);
  std::set<ComponentId> guarded;
  for (const auto& guard : bp.access().guards) {
    guarded.insert(guard.of);
  }
  for (const ComponentId to : base::ids<ComponentId>(bp.components().size())) {
    for (std::size_t f = 0; f <= bp.components().size(); ++f) {
      const ComponentId from = f < bp.components().size() ? ComponentId(f) : ComponentId();
      const Passing passing = from.exists() ? fast.between(from, to) : fast.from_internet(to);
      for (const std::string protocol : {"tcp", "udp"}) {
        for (int port = 1; port < kPorts; ++port) {
          const Packet packet{from, to, protocol, port};
          RC_ASSERT(opens(passing.at_most, protocol, port) == slow.passes(packet));
          // Where nothing at all stands between, nothing tells of a way either.
          const bool is_told = !from.exists() || guarded.contains(to) || slow.are_one(from, to);
          RC_ASSERT(opens(passing.surely, protocol, port) ==
                    (slow.surely_passes(packet) && is_told));
        }
      }
    }
  }
}

RC_GTEST_PROP(Packets, PassWhereEachRuleInTurnLetsThem, ()) {
  expect_packets_pass_alike(random_network(5).blueprint());
}

RC_GTEST_PROP(Packets, PassBetweenNetworksWhereTheseAreJoinedOrNamed, ()) {
  expect_packets_pass_alike(random_networks(5).blueprint());
}

/// What a stranger ends up with: packets tried one by one, takeovers, roles that are worn or assumed
/// and what they may read.
class PacketIntruder {
 public:
  explicit PacketIntruder(const Blueprint& bp) : bp_(bp), firewalls_(bp) {
    for (const auto& guard : bp.access().guards) {
      guarded_.insert(guard.of);
    }
  }

  std::set<std::string> run() {
    for (std::size_t before = ~std::size_t{0}; before != got_.size() + roles_.size();) {
      before = got_.size() + roles_.size();
      for (const ComponentId to : base::ids<ComponentId>(bp_.components().size())) {
        const auto comes_from = [&](ComponentId from) { return comes(from, to); };
        if (is_on_network(bp_[to]) &&
            (comes({}, to) || std::any_of(held_.begin(), held_.end(), comes_from))) {
          got_.insert(bp_[to].id);
          if (!has_data(bp_[to])) {
            held_.insert(to);
          }
        }
      }
      take_roles();
    }
    return got_;
  }

 private:
  bool comes(ComponentId from, ComponentId to) const {
    const bool is_told = !from.exists() || guarded_.contains(to) || firewalls_.are_one(from, to);
    for (const std::string protocol : {"tcp", "udp"}) {
      for (int port = 1; port < kPorts; ++port) {
        if (is_told && firewalls_.surely_passes({from, to, protocol, port})) {
          return true;
        }
      }
    }
    return false;
  }

  void take_roles() {
    for (const auto& identity : bp_.access().identities) {
      const bool is_worn = std::any_of(identity.worn_by.begin(), identity.worn_by.end(),
                                       [&](ComponentId wearer) { return held_.contains(wearer); });
      const bool is_assumed =
          std::any_of(identity.assumed_by.begin(), identity.assumed_by.end(),
                      [&](const std::string& other) { return roles_.contains(other); });
      if (is_worn || is_assumed) {
        roles_.insert(identity.address);
      }
    }
    for (const auto& data : bp_.access().data) {
      for (const std::string& role : roles_) {
        if (may_read(role, bp_[data.of].id)) {
          got_.insert(bp_[data.of].id);
        }
      }
    }
  }

  bool may_read(const std::string& role, const std::string& bucket) const {
    bool is_allowed = false;
    for (const auto& grant : bp_.grants()) {
      const bool is_meant = grant.identity == role &&
                            slow_matches(grant.actions.front(), "s3:GetObject") &&
                            slow_matches(grant.resources.front(), "arn:aws:s3:::" + bucket + "/x");
      if (is_meant && !grant.allows) {
        return false;
      }
      is_allowed = is_allowed || is_meant;
    }
    return is_allowed;
  }

  const Blueprint& bp_;
  SlowFirewalls firewalls_;
  std::set<ComponentId> guarded_;
  std::set<ComponentId> held_;
  std::set<std::string> roles_;
  std::set<std::string> got_;
};

void expect_ends_up_alike(const Blueprint& bp) {
  const AttackGraph graph(bp);
  const Reach from = reach(graph, {graph.internet()});
  const auto slow = PacketIntruder(bp).run();
  for (const auto& c : bp.components()) {
    const ComponentId id = bp.find(c.id);
    const NodeId node = has_data(c) ? graph.data(id) : graph.held(id);
    RC_ASSERT((from.truth[node.index] == Truth::yes) == slow.contains(c.id));
  }
}

RC_GTEST_PROP(Intruder, EndsUpWithWhatOneByOneTryingGives, ()) {
  expect_ends_up_alike(random_network(6).blueprint());
}

RC_GTEST_PROP(Intruder, EndsUpWithWhatJoinedNetworksAndRolesGive, ()) {
  Network network = random_networks(6);
  add_random_roles(network);
  expect_ends_up_alike(network.blueprint());
}

RC_GTEST_PROP(Grants, AllowWhatOneAllowsAndNoneRefuses, ()) {
  const std::vector<std::string> actions = {"s3:GetObject", "s3:Get*",    "s3:*",        "*",
                                            "s3:PutObject", "dynamodb:*", "s3:?etObject"};
  const std::vector<std::string> things = {"arn:aws:s3:::alpha", "arn:aws:s3:::alpha/*",
                                           "arn:aws:s3:::al*",   "arn:aws:s3:::beta/*",
                                           "arn:aws:s3:::*",     "*"};
  Network network;
  network.store("alpha");
  network.draft.access.data.push_back({"alpha", "s3", true, {"alpha"}, true, {"s3:GetObject"}, {}});
  network.draft.access.identities.push_back({"role", "role", {}, false, Truth::no, {}, {}});
  struct Said {
    bool allows;
    std::string action;
    std::string thing;
  };
  std::vector<Said> said;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
    said.push_back(
        {*rc::gen::inRange(0, 4) > 0, *rc::gen::elementOf(actions), *rc::gen::elementOf(things)});
    blueprint::DraftGrant grant;
    grant.identity = "role";
    grant.allows = said.back().allows;
    grant.actions = {said.back().action};
    grant.resources = {said.back().thing};
    network.draft.grants.push_back(std::move(grant));
  }
  const auto is_meant = [](const Said& one) {
    return slow_matches(one.action, "s3:GetObject") &&
           (slow_matches(one.thing, "arn:aws:s3:::alpha") ||
            slow_matches(one.thing, "arn:aws:s3:::alpha/any.txt"));
  };
  const bool is_allowed = std::any_of(said.begin(), said.end(),
                                      [&](const Said& one) { return one.allows && is_meant(one); });
  const bool is_refused = std::any_of(
      said.begin(), said.end(), [&](const Said& one) { return !one.allows && is_meant(one); });
  const Blueprint bp = network.blueprint();
  const Permission p = Permissions(bp).may("role", {"s3:GetObject"}, bp.access().data.front());
  RC_ASSERT((p.truth == Truth::yes) == (is_allowed && !is_refused));
}

}  // namespace
}  // namespace outlast::security
