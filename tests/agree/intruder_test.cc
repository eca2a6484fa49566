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

class SlowFirewalls {
 public:
  explicit SlowFirewalls(const Blueprint& bp) : bp_(bp) {
    for (const auto& address : bp.access().addresses) {
      address_[address.of] = number_of(address.ranges.front());
      is_public_[address.of] = address.is_public == Truth::yes;
    }
    for (const auto& guard : bp.access().guards) {
      layers_[guard.of].insert({guard.layer, guard.in_order});
    }
  }

  bool passes(const Packet& p) const {
    if (!p.from.exists() && !is_public_.at(p.to)) {
      return false;
    }
    if (!all_layers_let(p, p.to, blueprint::Direction::inbound)) {
      return false;
    }
    return !p.from.exists() || all_layers_let(p, p.from, blueprint::Direction::outbound);
  }

 private:
  bool all_layers_let(const Packet& p, ComponentId at, blueprint::Direction direction) const {
    const auto found = layers_.find(at);
    if (found == layers_.end()) {
      return true;
    }
    return std::all_of(found->second.begin(), found->second.end(), [&](const auto& layer) {
      std::vector<const NetworkRule*> rules;
      for (const NetworkRule& rule : bp_.network_rules()) {
        const auto& s = rule.subjects;
        if (rule.direction == direction && rule.character.layer == layer.first &&
            std::find(s.begin(), s.end(), at) != s.end()) {
          rules.push_back(&rule);
        }
      }
      if (direction == blueprint::Direction::outbound && rules.empty()) {
        return true;
      }
      if (layer.second) {
        std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) {
          return *a->character.order != *b->character.order
                     ? *a->character.order < *b->character.order
                     : !a->character.allows && b->character.allows;
        });
      }
      for (const NetworkRule* rule : rules) {
        if (fits(*rule, p, direction)) {
          return rule->character.allows;
        }
      }
      return false;
    });
  }

  bool fits(const NetworkRule& rule, const Packet& p, blueprint::Direction direction) const {
    if (rule.protocol != "all" &&
        (rule.protocol != p.protocol || p.port < *rule.from_port || p.port > *rule.to_port)) {
      return false;
    }
    const ComponentId peer = direction == blueprint::Direction::inbound ? p.from : p.to;
    if (peer.exists()) {
      const auto& peers = rule.peer_components;
      if (std::find(peers.begin(), peers.end(), peer) != peers.end()) {
        return true;
      }
    }
    const std::uint32_t address = peer.exists() ? address_.at(peer) : number_of("93.184.216.34");
    return std::any_of(rule.peer_ranges.begin(), rule.peer_ranges.end(),
                       [&](const std::string& range) { return lies_within(range, address); });
  }

  const Blueprint& bp_;
  std::map<ComponentId, std::uint32_t> address_;
  std::map<ComponentId, bool> is_public_;
  std::map<ComponentId, std::set<std::pair<std::string, bool>>> layers_;
};

constexpr int kPorts = 8;

bool opens(const Opening& opening, const std::string& protocol, int port) {
  return (protocol == "tcp" ? opening.tcp : opening.udp).has(port);
}

RC_GTEST_PROP(Packets, PassWhereEachRuleInTurnLetsThem, ()) {
  const Network network = random_network(5);
  const Blueprint bp = network.blueprint();
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
          const bool is_let = slow.passes({from, to, protocol, port});
          RC_ASSERT(opens(passing.at_most, protocol, port) == is_let);
          // Where nothing at all stands between, nothing tells of a way either.
          const bool is_told = !from.exists() || guarded.contains(to);
          RC_ASSERT(opens(passing.surely, protocol, port) == (is_let && is_told));
        }
      }
    }
  }
}

/// What a stranger ends up with: packets tried one by one, takeovers, calls.
std::set<std::string> slow_reach(const Blueprint& bp) {
  const SlowFirewalls slow(bp);
  std::set<ComponentId> guarded;
  for (const auto& guard : bp.access().guards) {
    guarded.insert(guard.of);
  }
  std::set<ComponentId> held;
  std::set<std::string> got;
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (const ComponentId to : base::ids<ComponentId>(bp.components().size())) {
      const auto comes_from = [&](ComponentId from) {
        for (const std::string protocol : {"tcp", "udp"}) {
          for (int port = 1; port < kPorts; ++port) {
            if (slow.passes({from, to, protocol, port}) &&
                (!from.exists() || guarded.contains(to))) {
              return true;
            }
          }
        }
        return false;
      };
      const bool is_reached = comes_from({}) || std::any_of(held.begin(), held.end(), comes_from);
      if (is_reached && got.insert(bp[to].id).second) {
        is_new = true;
        if (!has_data(bp[to])) {
          held.insert(to);
        }
      }
    }
  }
  return got;
}

RC_GTEST_PROP(Intruder, EndsUpWithWhatOneByOneTryingGives, ()) {
  const Network network = random_network(6);
  const Blueprint bp = network.blueprint();
  const AttackGraph graph(bp);
  const Reach from = reach(graph, {graph.internet()});
  const auto slow = slow_reach(bp);
  for (const auto& c : bp.components()) {
    const ComponentId id = bp.find(c.id);
    const NodeId node = has_data(c) ? graph.data(id) : graph.held(id);
    RC_ASSERT((from.truth[node.index] == Truth::yes) == slow.contains(c.id));
  }
}

RC_GTEST_PROP(Grants, AllowWhatOneAllowsAndNoneRefuses, ()) {
  const std::vector<std::string> actions = {"s3:GetObject", "s3:Get*",    "s3:*",        "*",
                                            "s3:PutObject", "dynamodb:*", "s3:?etObject"};
  const std::vector<std::string> things = {"arn:aws:s3:::alpha", "arn:aws:s3:::alpha/*",
                                           "arn:aws:s3:::al*",   "arn:aws:s3:::beta/*",
                                           "arn:aws:s3:::*",     "*"};
  Network network;
  network.store("alpha");
  network.draft.access.data.push_back({"alpha", "s3", {"alpha"}, true, {"s3:GetObject"}, {}});
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
