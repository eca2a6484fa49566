#include "engines/security/passage.h"

#include <algorithm>
#include <limits>
#include <set>

#include "blueprint/peer_words.h"

namespace outlast::security {

using base::is_for_anybody;
using base::lies_in;
using base::parse_range;
using base::Truth;
using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NetworkRule;

namespace {

/// The protocols that a rule is for; none where sessions are not its matter.
Opening of_protocol(const std::string& protocol, const PortSet& ports) {
  if (protocol == "tcp" || protocol == "6") {
    return {ports, {}};
  }
  if (protocol == "udp" || protocol == "17") {
    return {{}, ports};
  }
  return protocol == "all" ? Opening{ports, ports} : Opening{};
}

/// What a rule is for: surely, and at most.
std::pair<Opening, Opening> opening_of(const NetworkRule& rule) {
  const bool is_any_port = rule.protocol == "all" && rule.character.all_means_all_ports;
  if (!is_any_port && (rule.from_port.is_unknown() || rule.to_port.is_unknown())) {
    return {{}, of_protocol(rule.protocol, PortSet::all())};
  }
  const bool has_ports = !is_any_port && rule.from_port.is_known() && rule.to_port.is_known();
  const PortSet ports = has_ports ? PortSet(*rule.from_port, *rule.to_port) : PortSet::all();
  const Opening opening = of_protocol(rule.protocol, ports);
  return {opening, opening};
}

/// Ranges by name: those of the same network, or a list that is kept elsewhere.
bool is_word_for_network(std::string_view range) {
  return range == "VirtualNetwork";
}
bool is_list_elsewhere(std::string_view range) {
  return range.substr(0, 3) == "pl-";
}

/// The range of all addresses tells nothing of one but that there may be one.
bool tells_one(const std::vector<AddressRange>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [](const auto& r) { return r.length > 0; });
}

}  // namespace

Passages::Passages(const Blueprint& bp) {
  hosts_.resize(bp.components().size());
  class_of_.resize(bp.components().size());
  add_hosts(bp);
  join_networks(bp);
  add_rules(bp);
  classify(bp);
}

void Passages::add_hosts(const Blueprint& bp) {
  for (const ComponentId id : base::ids<ComponentId>(hosts_.size())) {
    const auto& internet = bp[id].internet;
    hosts_[id.index].is_public = internet.is_unknown()      ? Truth::unknown
                                 : internet.value_or(false) ? Truth::yes
                                                            : Truth::no;
    hosts_[id.index].is_stranger =
        bp[id].kind == blueprint::Kind::network || bp[id].kind == blueprint::Kind::external;
  }
  for (const auto& address : bp.access().addresses) {
    Host& host = hosts_[address.of.index];
    host.is_public = address.is_public;
    host.network = address.network;
    for (const std::string& text : address.ranges) {
      if (const auto range = parse_range(text)) {
        host.ranges[range->is_v6 ? 1 : 0].push_back(*range);
      }
    }
    if (!address.listens.empty()) {
      host.listens = PortSet();
      for (const std::int64_t port : address.listens) {
        host.listens = host.listens.with(PortSet(port, port));
      }
    }
  }
  for (const auto& guard : bp.access().guards) {
    Layer& layer = hosts_[guard.of.index].layers[guard.layer];
    layer.in_order = layer.in_order || guard.in_order;
    layer.is_whole = layer.is_whole && guard.is_whole;
  }
}

void Passages::join_networks(const Blueprint& bp) {
  std::map<std::string_view, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < bp.access().joined.size(); ++i) {
    for (const std::string& network : bp.access().joined[i]) {
      groups[network].push_back(i);
    }
  }
  for (Host& host : hosts_) {
    if (const auto found = groups.find(host.network); found != groups.end()) {
      host.joined = found->second;
    }
  }
}

bool Passages::is_one_network(const Host& a, const Host& b) {
  return !a.network.empty() &&
         (a.network == b.network ||
          std::find_first_of(a.joined.begin(), a.joined.end(), b.joined.begin(), b.joined.end()) !=
              a.joined.end());
}

void Passages::add_rules(const Blueprint& bp) {
  for (std::size_t i = 0; i < bp.network_rules().size(); ++i) {
    const NetworkRule& from = bp.network_rules()[i];
    Rule rule;
    rule.index = i;
    rule.allows = from.character.allows;
    rule.order = from.character.order.value_or(std::numeric_limits<std::int64_t>::max());
    std::tie(rule.surely, rule.at_most) = opening_of(from);
    rule.peers = from.peer_components;
    rule.has_unknown_peers = from.character.peers_are_unknown;
    for (const std::string& text : from.peer_ranges) {
      if (const auto range = parse_range(text)) {
        rule.ranges[range->is_v6 ? 1 : 0].push_back(*range);
        has_v6_rules_ = has_v6_rules_ || range->is_v6;
      }
      rule.is_for_network = rule.is_for_network || is_word_for_network(text);
      rule.has_unknown_peers = rule.has_unknown_peers || is_list_elsewhere(text);
      rule.is_for_strangers = rule.is_for_strangers || text == blueprint::kStrangers;
    }
    for (const ComponentId subject : from.subjects) {
      Layer& layer = hosts_[subject.index].layers[from.character.layer];
      auto& side = from.direction == blueprint::Direction::inbound ? layer.inbound : layer.outbound;
      side.push_back(rule);
    }
  }
  for (Host& host : hosts_) {
    for (auto& [name, layer] : host.layers) {
      for (auto* side : {&layer.inbound, &layer.outbound}) {
        // Of two with one order the one that refuses is heard.
        std::stable_sort(side->begin(), side->end(), [](const Rule& a, const Rule& b) {
          return std::pair(a.order, a.allows) < std::pair(b.order, b.allows);
        });
      }
    }
  }
}

/// Two components are alike if they have the same addresses, layers and rules, and if the same
/// rules name both as peers.
void Passages::classify(const Blueprint& bp) {
  std::vector<std::vector<std::size_t>> signs(hosts_.size());
  for (std::size_t i = 0; i < bp.network_rules().size(); ++i) {
    for (const ComponentId peer : bp.network_rules()[i].peer_components) {
      signs[peer.index].push_back(i);
    }
  }
  using Key =
      std::tuple<std::vector<std::size_t>, std::string, std::vector<std::array<unsigned, 18>>,
                 std::string, std::vector<std::pair<std::int64_t, std::int64_t>>>;
  std::map<Key, std::size_t> classes;
  for (std::size_t c = 0; c < hosts_.size(); ++c) {
    const Host& host = hosts_[c];
    Key key{signs[c], host.network + (host.is_stranger ? "/stranger" : ""), {}, {}, {}};
    for (const auto& family : host.ranges) {
      for (const AddressRange& range : family) {
        std::array<unsigned, 18> flat = {};
        std::copy(range.bits.begin(), range.bits.end(), flat.begin());
        flat[16] = range.length;
        flat[17] = range.is_v6 ? 1 : 0;
        std::get<2>(key).push_back(flat);
      }
    }
    for (const auto& [name, layer] : host.layers) {
      std::get<3>(key) += name + (layer.in_order ? "<" : "|") + (layer.is_whole ? "." : "?");
      for (const auto* side : {&layer.inbound, &layer.outbound}) {
        for (const Rule& rule : *side) {
          std::get<3>(key) += std::to_string(rule.index) + ",";
        }
      }
    }
    for (const auto& interval : host.listens.intervals()) {
      std::get<4>(key).emplace_back(interval.from, interval.to);
    }
    class_of_[c] = classes.emplace(std::move(key), classes.size()).first->second;
  }
}

Truth Passages::fits(const Rule& rule, const Peer& peer) {
  const bool is_stranger = !peer.component.exists() || peer.host->is_stranger;
  Truth truth =
      rule.has_unknown_peers || (rule.is_for_strangers && is_stranger) ? Truth::unknown : Truth::no;
  const auto& ranges = rule.ranges[peer.is_v6 ? 1 : 0];
  if (!peer.component.exists()) {
    return is_for_anybody(ranges) ? Truth::yes : truth;
  }
  if (std::find(rule.peers.begin(), rule.peers.end(), peer.component) != rule.peers.end()) {
    return Truth::yes;
  }
  const bool are_told = !peer.own->network.empty() && !peer.host->network.empty();
  if (rule.is_for_network) {
    truth = base::either(truth, !are_told                               ? Truth::unknown
                                : is_one_network(*peer.own, *peer.host) ? Truth::yes
                                                                        : Truth::no);
  }
  // Private ranges say nothing of another network that has the same ones.
  const bool is_elsewhere = are_told && !is_one_network(*peer.own, *peer.host);
  const Truth in_range = lies_in(peer.host->ranges[peer.is_v6 ? 1 : 0], ranges);
  return base::either(truth, is_elsewhere ? base::both(in_range, Truth::unknown) : in_range);
}

Passing Passages::through(const Layer& layer, const std::vector<Rule>& rules, const Peer& peer) {
  Passing out;
  if (!layer.is_whole) {
    out.at_most = Opening::all();
  }
  // Of rules beside each other that refuse nothing, those that no input holds can only let in more.
  const bool only_adds = !layer.in_order && std::all_of(rules.begin(), rules.end(),
                                                        [](const Rule& r) { return r.allows; });
  Opening surely_left = Opening::all();   // no rule before may have decided
  Opening at_most_left = Opening::all();  // no rule before has surely decided
  const auto decide = [&](const Rule& rule, Truth fit) {
    if (fit != Truth::no) {
      surely_left = surely_left.without(rule.at_most);
    }
    if (fit == Truth::yes) {
      at_most_left = at_most_left.without(rule.surely);
    }
  };
  for (const bool is_first_round : {true, false}) {
    // Beside each other, what refuses is heard first wherever it stands.
    for (const Rule& rule : rules) {
      if (layer.in_order ? !is_first_round : rule.allows == is_first_round) {
        continue;
      }
      const Truth fit = fits(rule, peer);
      if (rule.allows && fit != Truth::no) {
        const Opening surely = fit == Truth::yes && (layer.is_whole || only_adds)
                                   ? rule.surely.within(surely_left)
                                   : Opening{};
        const Opening at_most = rule.at_most.within(at_most_left);
        out.surely = out.surely.with(surely);
        out.at_most = out.at_most.with(at_most);
        if (!at_most.is_empty()) {
          out.rules.push_back(rule.index);
        }
      }
      if (layer.in_order || !rule.allows) {
        decide(rule, fit);
      }
    }
  }
  return out;
}

Passing Passages::into(const Host& host, const Peer& from) {
  Passing out{Opening::all(), Opening::all(), {}};
  for (const auto& [name, layer] : host.layers) {
    const Passing one = through(layer, layer.inbound, from);
    out.surely = out.surely.within(one.surely);
    out.at_most = out.at_most.within(one.at_most);
    // The component's own rules tell more of it than those of the place it lies in.
    out.rules.insert(name == blueprint::kOwnLayer ? out.rules.begin() : out.rules.end(),
                     one.rules.begin(), one.rules.end());
  }
  const Opening listened = {host.listens, host.listens};
  out.surely = out.surely.within(listened);
  out.at_most = out.at_most.within(listened);
  return out;
}

/// Whose addresses are not told has one of IPv4, and perhaps one of IPv6.
Truth Passages::speaks(const Host& host, bool is_v6) const {
  const auto& [v4, v6] = host.ranges;
  if (!is_v6) {
    return v4.empty() && tells_one(v6) ? Truth::no : Truth::yes;
  }
  const bool may = has_v6_rules_ && (v4.empty() || !v6.empty());
  return tells_one(v6) ? Truth::yes : may ? Truth::unknown : Truth::no;
}

/// Adds what passes in another way.
/// in  can  is there that way at all?
void Passages::add(const Passing& one, Truth can, Passing& all) {
  all.surely = can == Truth::yes ? all.surely.with(one.surely) : all.surely;
  all.at_most = all.at_most.with(one.at_most);
  for (const std::size_t rule : one.rules) {
    if (std::find(all.rules.begin(), all.rules.end(), rule) == all.rules.end()) {
      all.rules.push_back(rule);
    }
  }
}

Passing Passages::from_internet(ComponentId to) const {
  const Host& host = hosts_[to.index];
  Passing out;
  for (const bool is_v6 : {false, true}) {
    const Truth can = base::both(host.is_public, speaks(host, is_v6));
    if (can != Truth::no) {
      add(into(host, {.is_v6 = is_v6}), can, out);
    }
  }
  return out;
}

/// Its network is told, and its addresses are such as 0.0.0.0/0 takes in.
bool Passages::is_told_and_plain(const Host& host) {
  return !host.network.empty() && !tells_one(host.ranges[1]);
}

bool Passages::is_for_all_addresses(const Rule& rule) {
  return std::any_of(rule.ranges[0].begin(), rule.ranges[0].end(),
                     [](const AddressRange& range) { return range.length == 0; });
}

bool Passages::is_guarded(ComponentId from, ComponentId to) const {
  const auto& sender = hosts_[from.index].layers;
  return !hosts_[to.index].layers.empty() ||
         std::any_of(sender.begin(), sender.end(),
                     [](const auto& named) { return !named.second.outbound.empty(); });
}

bool Passages::sends_anywhere(ComponentId c) const {
  const Host& host = hosts_[c.index];
  return is_told_and_plain(host) &&
         std::all_of(host.layers.begin(), host.layers.end(), [](const auto& named) {
           const auto& [in_order, is_whole, inbound, outbound] = named.second;
           const bool only_allows = std::all_of(outbound.begin(), outbound.end(),
                                                [](const Rule& rule) { return rule.allows; });
           const bool allows_all =
               std::any_of(outbound.begin(), outbound.end(), [](const Rule& rule) {
                 return rule.surely == Opening::all() && is_for_all_addresses(rule);
               });
           return outbound.empty() || (!in_order && is_whole && only_allows && allows_all);
         });
}

bool Passages::is_alike_to_strangers(ComponentId c) const {
  const Host& host = hosts_[c.index];
  return is_told_and_plain(host) &&
         std::all_of(host.layers.begin(), host.layers.end(), [](const auto& named) {
           const auto& [in_order, is_whole, inbound, outbound] = named.second;
           return !in_order && std::all_of(inbound.begin(), inbound.end(), [](const Rule& rule) {
             return rule.allows && !rule.is_for_network && !rule.has_unknown_peers &&
                    ((rule.ranges[0].empty() && rule.ranges[1].empty()) ||
                     is_for_all_addresses(rule));
           });
         });
}

std::vector<ComponentId> Passages::lets_in_by_name(ComponentId c) const {
  std::vector<ComponentId> named;
  for (const auto& [name, layer] : hosts_[c.index].layers) {
    for (const Rule& rule : layer.inbound) {
      named.insert(named.end(), rule.peers.begin(), rule.peers.end());
    }
  }
  return named;
}

Passing Passages::between(ComponentId from, ComponentId to) const {
  Passing out;
  for (const bool is_v6 : {false, true}) {
    const Truth can =
        base::both(speaks(hosts_[from.index], is_v6), speaks(hosts_[to.index], is_v6));
    if (can != Truth::no) {
      add(between(from, to, is_v6), can, out);
    }
  }
  return out;
}

Passing Passages::between(ComponentId from, ComponentId to, bool is_v6) const {
  const Host& sender = hosts_[from.index];
  const Host& receiver = hosts_[to.index];
  Passing out = into(receiver, {from, &sender, &receiver, is_v6});
  for (const auto& [name, layer] : sender.layers) {
    if (layer.outbound.empty()) {
      continue;
    }
    const Passing one = through(layer, layer.outbound, {to, &receiver, &sender, is_v6});
    out.surely = out.surely.within(one.surely);
    out.at_most = out.at_most.within(one.at_most);
  }
  if (receiver.layers.empty() && !is_one_network(sender, receiver)) {
    out.surely = {};  // nothing stands between that we know of, and no way that we know of
  }
  return out;
}

}  // namespace outlast::security
