#include "catalog/firewall_words.h"

#include <charconv>

#include "base/text.h"
#include "catalog/attribute_path.h"

namespace outlast::catalog {

using base::Node;
using blueprint::DraftNetworkRule;
using blueprint::Value;

namespace {

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

blueprint::Direction direction_in(Node block, std::string_view direction) {
  if (direction.substr(0, 1) == "@") {
    direction = first_node(block, direction.substr(1)).text();
  }
  const std::string lower = base::to_lower(direction);
  return lower == "egress" || lower == "outbound" ? blueprint::Direction::outbound
                                                  : blueprint::Direction::inbound;
}

}  // namespace

Node first_node(Node block, std::string_view path) {
  const auto found = path.empty() ? std::vector<Selected>{} : select(block, path);
  return found.empty() ? Node() : found.front().node;
}

std::string range_of(std::string_view peer) {
  const std::string lower = base::to_lower(peer);
  const bool is_everybody = lower == "*" || lower == "any" || lower == "internet";
  return is_everybody ? "0.0.0.0/0" : std::string(peer);
}

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

DraftNetworkRule packets_of(const FirewallRule& rule, Node block) {
  DraftNetworkRule row;
  row.direction = direction_in(block, rule.direction);
  row.protocol = protocol_in(block, rule.protocol);
  row.from_port = port_in(block, rule.from_port);
  row.to_port = port_in(block, rule.to_port);
  row.character.allows = allows_in(block, rule.action);
  row.character.order = order_in(block, rule.order);
  row.character.all_means_all_ports = rule.ports.empty();
  row.character.layer = rule.layer.empty() ? blueprint::kOwnLayer : rule.layer;
  return row;
}

}  // namespace outlast::catalog
