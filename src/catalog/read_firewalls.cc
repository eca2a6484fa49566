#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using base::Node;
using blueprint::Draft;
using blueprint::DraftNetworkRule;
using blueprint::Value;

namespace {

/// What a rule may name as its peer.
constexpr std::string_view kFirewalls[] = {"aws_security_group", "aws_default_security_group",
                                           "azurerm_application_security_group"};

Node first_node(Node block, std::string_view path) {
  const auto found = path.empty() ? std::vector<Selected>{} : select(block, path);
  return found.empty() ? Node() : found.front().node;
}

Value<std::int64_t> port_of(std::string_view text, base::Span span) {
  std::int64_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size()
             ? Value<std::int64_t>::of(port, blueprint::Provenance::stated, span)
             : Value<std::int64_t>();
}

/// A port, written as a number or as text.
Value<std::int64_t> port_in(Node block, std::string_view path) {
  const Node node = first_node(block, path);
  return node.is(base::NodeKind::unknown) ? Value<std::int64_t>::unknown(node.span())
                                          : port_of(node.text(), node.span());
}

std::string protocol_in(Node block, std::string_view path) {
  const std::string text = base::to_lower(first_node(block, path).text());
  return text.empty() || text == "-1" || text == "*" ? "all" : text;
}

/// "deny" and "@access", in the words of several providers.
bool allows_in(Node block, std::string_view action) {
  const std::string_view said =
      action.substr(0, 1) == "@" ? first_node(block, action.substr(1)).text() : action;
  return base::to_lower(said) != "deny";
}

/// Where a rule stands in its list: a number, or the attribute that has it.
Value<std::int64_t> order_in(Node block, std::string_view order) {
  const bool is_number = !order.empty() && order.find_first_not_of("0123456789") == order.npos;
  return is_number ? port_of(order, block.span()) : port_in(block, order);
}

std::string direction_in(Node block, std::string_view direction) {
  if (direction.substr(0, 1) == "@") {
    direction = first_node(block, direction.substr(1)).text();
  }
  const std::string lower = base::to_lower(direction);
  return lower == "egress" || lower == "outbound" ? "outbound" : "inbound";
}

/// Everybody, in the words of several providers, is the whole range of addresses.
std::string range_of(std::string_view peer) {
  const std::string lower = base::to_lower(peer);
  const bool is_everybody = lower == "*" || lower == "any" || lower == "internet";
  return is_everybody ? "0.0.0.0/0" : std::string(peer);
}

/// "80" → 80 to 80, "8000-8080" → 8000 to 8080.
void read_ports(Node node, DraftNetworkRule& row) {
  if (node.is(base::NodeKind::unknown)) {
    row.from_port = row.to_port = Value<std::int64_t>::unknown(node.span());
    return;
  }
  const std::string_view text = node.text();
  const auto dash = text.find('-');
  row.from_port = port_of(text.substr(0, dash), node.span());
  row.to_port =
      dash == std::string_view::npos ? row.from_port : port_of(text.substr(dash + 1), node.span());
}

class FirewallReader {
 public:
  FirewallReader(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft) {}

  /// Rules that are for all of a network; of one pair in it they say nothing.
  [[nodiscard]] const std::set<std::size_t>& wide() const { return wide_; }

  void read() {
    find_protected();
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      for (const FirewallRule& rule : sight_.graph.entry(id).firewall) {
        read_rows(id, rule);
      }
    }
  }

 private:
  /// Which components each firewall protects.
  void find_protected() {
    protected_.resize(sight_.graph.size());
    for (const Link& link : sight_.graph.links()) {
      if (link.rule->role != LinkRole::firewall) {
        continue;
      }
      for (const ResourceId owner : sight_.folding.owners(link.subject)) {
        for (const ResourceId firewall : link.naming.targets) {
          protect(firewall, sight_.id_of(owner), 0);
        }
      }
    }
    find_protected_places();
    for (const auto& [index, at] : sight_.component_of) {
      const ResourceId id{index};
      note_tags(id, id);
      for (const ResourceId part : sight_.folding.parts(id)) {
        note_tags(part, id);
      }
    }
  }

  /// Lists that stand before places: whatever lies there is behind them.
  void find_protected_places() {
    std::map<std::uint32_t, std::vector<ResourceId>> lists;  // place → its lists
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      for (const FirewallRule& rule : sight_.graph.entry(id).firewall) {
        for (const ResourceId place : rule.places.empty()
                                          ? std::vector<ResourceId>{}
                                          : sight_.graph.named_by(id, rule.places).targets) {
          lists[place.index].push_back(id);
        }
      }
    }
    for (const Link& link : sight_.graph.links()) {
      if (link.rule->role == LinkRole::firewall && is_place(sight_.graph.entry(link.subject))) {
        auto& to = lists[link.subject.index];
        to.insert(to.end(), link.naming.targets.begin(), link.naming.targets.end());
      }
    }
    for (const auto& [index, at] :
         lists.empty() ? decltype(sight_.component_of)() : sight_.component_of) {
      for (const Place& place : places_of(sight_.graph, sight_.folding, ResourceId{index}).all) {
        const auto found = lists.find(place.subnet.index);
        if (found == lists.end()) {
          continue;
        }
        for (const ResourceId list : found->second) {
          append(protected_[list.index], {draft_.components[at].id});
        }
      }
    }
  }

  /// What protects a subnet protects all that lies in it.
  void protect(ResourceId firewall, const std::string& component, std::size_t depth) {
    constexpr std::size_t kMostSteps = 3;
    append(protected_[firewall.index], {component});
    if (depth > 0) {
      by_place_.insert({firewall.index, component});
    }
    for (const std::size_t index : sight_.graph.links_of(firewall)) {
      const Link& link = sight_.graph.links()[index];
      if (link.rule->role == LinkRole::firewall && depth < kMostSteps) {
        for (const ResourceId next : link.naming.targets) {
          protect(next, component, depth + 1);
        }
      }
    }
  }

  void note_tags(ResourceId from, ResourceId component) {
    for (const std::string_view attribute : sight_.graph.entry(from).tags) {
      for (const Selected& at : select(sight_.graph.resource(from).attributes, attribute)) {
        if (!at.node.text().empty()) {
          for (const ResourceId worker : sight_.relays.workers(component)) {
            append(tagged_[std::string(at.node.text())], {sight_.id_of(worker)});
          }
        }
      }
    }
  }

  void append_tagged(Node block, std::string_view attribute, std::vector<std::string>& to) const {
    for (const Selected& at : select(block, attribute)) {
      if (const auto found = tagged_.find(std::string(at.node.text())); found != tagged_.end()) {
        append(to, found->second);
      }
    }
  }

  void read_rows(ResourceId id, const FirewallRule& rule) {
    const Node attributes = sight_.graph.resource(id).attributes;
    if (rule.blocks.empty()) {
      add_row(id, rule, "", attributes);
      return;
    }
    for (const Selected& block : select(attributes, rule.blocks)) {
      add_row(id, rule, block.path, block.node);
    }
  }

  void add_row(ResourceId id, const FirewallRule& rule, const std::string& path, Node block) {
    for (const Condition& condition : rule.when) {
      if (holds(block, condition.attribute, condition.value) == Truth::no) {
        return;
      }
    }
    const std::vector<ResourceId> firewalls =
        rule.subject.empty() ? std::vector{id} : sight_.graph.named_by(id, rule.subject).targets;
    DraftNetworkRule row;
    row.direction = direction_in(block, rule.direction) == "inbound"
                        ? blueprint::Direction::inbound
                        : blueprint::Direction::outbound;
    row.protocol = protocol_in(block, rule.protocol);
    row.from_port = port_in(block, rule.from_port);
    row.to_port = port_in(block, rule.to_port);
    row.character.allows = allows_in(block, rule.action);
    row.character.order = order_in(block, rule.order);
    row.character.all_means_all_ports = rule.ports.empty();
    row.character.layer = rule.layer.empty() ? blueprint::kOwnLayer : rule.layer;
    row.evidence = sight_.graph.resource(id).evidence;
    row.evidence.span = block.span();
    if (!rule.range.empty()) {
      row.peer_ranges.emplace_back(rule.range);
    }
    const Node attributes = sight_.graph.resource(id).attributes;
    for (const std::string_view range : rule.ranges) {
      // Where the rows are blocks, what they share stands beside them.
      const auto inside = select(block, range);
      for (const Selected& at : inside.empty() ? select(attributes, range) : inside) {
        if (!at.node.text().empty()) {
          row.peer_ranges.push_back(range_of(at.node.text()));
        } else if (at.node.is(base::NodeKind::unknown)) {
          row.character.peers_are_unknown = true;
        }
      }
    }
    const bool is_for_tagged =
        !rule.target_tags.empty() && first_node(attributes, rule.target_tags).exists();
    if (is_for_tagged) {
      append_tagged(attributes, rule.target_tags, row.subjects);
    } else if (firewalls.empty()) {  // a network that is not in the inputs is known by its name
      append_tagged(attributes, rule.subject, row.subjects);
    }
    for (const std::string_view tags : rule.peer_tags) {
      append_tagged(attributes, tags, row.peer_components);
    }
    for (const ResourceId firewall : firewalls) {
      if (!is_for_tagged) {
        append(row.subjects, protected_[firewall.index]);
      }
      if (first_node(block, rule.self).text() == "true") {
        append(row.peer_components, protected_[firewall.index]);
      }
    }
    for (const std::string_view peer : rule.peers) {
      const Naming named = sight_.graph.named_by(id, peer, path, kFirewalls);
      for (const ResourceId other : named.targets) {
        append(row.peer_components, protected_[other.index]);
      }
    }
    for (const std::string_view peer : rule.workloads) {
      for (const ResourceId other : sight_.graph.named_by(id, peer, path).targets) {
        for (const ResourceId owner : sight_.folding.owners(other)) {
          append(row.peer_components, {sight_.id_of(owner)});
        }
      }
    }
    const std::size_t first = draft_.network_rules.size();
    const auto ports = rule.ports.empty() ? std::vector<Selected>{} : select(block, rule.ports);
    for (const Selected& port : ports) {
      DraftNetworkRule one = row;
      read_ports(port.node, one);
      draft_.network_rules.push_back(std::move(one));
    }
    if (ports.empty()) {
      draft_.network_rules.push_back(std::move(row));
    }
    const std::size_t last = draft_.network_rules.size();
    for (std::size_t i = first; i < last; ++i) {
      if (!rule.target_tags.empty() && !is_for_tagged) {
        wide_.insert(i);
      }
      if (!is_list(firewalls)) {
        set_apart_places(firewalls, i);
      } else {
        draft_.network_rules[i].character.layer = blueprint::kListLayer;
      }
    }
  }

  /// Do they stand before whole places, as lists of subnets do?
  [[nodiscard]] bool is_list(const std::vector<ResourceId>& firewalls) const {
    return std::any_of(firewalls.begin(), firewalls.end(), [&](ResourceId id) {
      const auto& rules = sight_.graph.entry(id).firewall;
      return std::any_of(rules.begin(), rules.end(),
                         [](const FirewallRule& rule) { return !rule.places.empty(); });
    });
  }

  /// Before those that it protects because of the place they lie in, a firewall is a layer of its
  /// own.
  void set_apart_places(const std::vector<ResourceId>& firewalls, std::size_t at) {
    const auto is_by_place = [&](const std::string& component) {
      return std::any_of(firewalls.begin(), firewalls.end(), [&](ResourceId firewall) {
        return by_place_.contains({firewall.index, component});
      });
    };
    DraftNetworkRule apart = draft_.network_rules[at];
    auto& subjects = draft_.network_rules[at].subjects;
    const auto middle = std::stable_partition(
        subjects.begin(), subjects.end(), [&](const std::string& id) { return !is_by_place(id); });
    apart.subjects.assign(middle, subjects.end());
    if (apart.subjects.empty()) {
      return;
    }
    apart.character.layer = blueprint::kPlaceLayer;
    if (middle == subjects.begin()) {
      draft_.network_rules[at] = std::move(apart);
      return;
    }
    subjects.erase(middle, subjects.end());
    draft_.network_rules.push_back(std::move(apart));
  }

  static void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
    for (const std::string& id : from) {
      if (std::find(to.begin(), to.end(), id) == to.end()) {
        to.push_back(id);
      }
    }
  }

  const Sight& sight_;
  Draft& draft_;
  std::vector<std::vector<std::string>> protected_;
  std::map<std::string, std::vector<std::string>> tagged_;  ///< components by what firewalls say
  std::set<std::size_t> wide_;
  std::set<std::pair<std::uint32_t, std::string>> by_place_;  ///< firewall, component
};

}  // namespace

void read_firewalls(const Sight& sight, Draft& draft) {
  FirewallReader reader(sight, draft);
  reader.read();
  infer_calls_by_firewalls(sight, draft, reader.wide());
}

}  // namespace outlast::catalog
