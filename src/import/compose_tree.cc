#include "import/compose_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

ValueTree* member_of(ValueTree& map, std::string_view key) {
  const auto found = std::find_if(map.members.begin(), map.members.end(),
                                  [&](const auto& member) { return member.first == key; });
  return found == map.members.end() ? nullptr : &found->second;
}

/// ["A=1", "B"] → {A: 1, B: null}; as Compose, a name alone takes its value from where it runs.
void pairs_to_map(ValueTree& list, char separator, NodeKind otherwise) {
  ValueTree map = map_at(list.span);
  for (const ValueTree& item : list.items) {
    const std::size_t at = item.text.find(separator);
    ValueTree value = item;
    value.text = at == std::string::npos ? "" : item.text.substr(at + 1);
    value.kind = at == std::string::npos ? otherwise : NodeKind::string;
    const std::string key = item.text.substr(0, at);
    if (ValueTree* known = member_of(map, key)) {
      *known = std::move(value);
    } else if (item.is_text()) {
      map.members.emplace_back(key, std::move(value));
    }
  }
  list = std::move(map);
}

/// [a, b] → {a: {}, b: {}}.
void names_to_map(ValueTree& list) {
  ValueTree map = map_at(list.span);
  for (const ValueTree& item : list.items) {
    if (item.is_text() && member_of(map, item.text) == nullptr) {
      map.members.emplace_back(item.text, map_at(item.span));
    }
  }
  list = std::move(map);
}

void add_text(ValueTree& map, std::string_view key, std::string_view text, base::Span span) {
  map.members.emplace_back(std::string(key), text_value(std::string(text), span));
}

/// "127.0.0.1:8080:80/tcp", "8080:80", "80".
void write_out_port(ValueTree& port) {
  if (!port.is_text()) {
    return;
  }
  ValueTree map = map_at(port.span);
  std::string_view text = port.text;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    add_text(map, "protocol", text.substr(slash + 1), port.span);
    text = text.substr(0, slash);
  }
  const std::size_t colon = text.rfind(':');
  add_text(map, "target", colon == std::string_view::npos ? text : text.substr(colon + 1),
           port.span);
  if (colon != std::string_view::npos) {
    const std::string_view outside = text.substr(0, colon);
    const std::size_t host = outside.rfind(':');
    add_text(map, "published", host == std::string_view::npos ? outside : outside.substr(host + 1),
             port.span);
    if (host != std::string_view::npos) {
      add_text(map, "host_ip", outside.substr(0, host), port.span);
    }
  }
  port = std::move(map);
}

/// "data:/var/lib/x:ro", "./conf:/etc/x", "/var/lib/x".
void write_out_volume(ValueTree& volume) {
  if (!volume.is_text()) {
    return;
  }
  ValueTree map = map_at(volume.span);
  const auto parts = base::split(volume.text, ':');
  const bool has_source = parts.size() > 1;
  const std::string_view source = has_source ? parts[0] : std::string_view();
  const bool is_path =
      source.starts_with('.') || source.starts_with('/') || source.starts_with('~');
  add_text(map, "type", is_path ? "bind" : "volume", volume.span);
  if (has_source) {
    add_text(map, "source", source, volume.span);
  }
  add_text(map, "target", parts[has_source ? 1 : 0], volume.span);
  volume = std::move(map);
}

constexpr auto kReplacedWhole = std::to_array<std::string_view>({"command", "entrypoint", "test"});

/// What tells two entries of a list apart; empty where nothing does.
std::string_view identity_in(std::string_view list, const ValueTree& entry) {
  const bool has_target = list == "volumes" || list == "ports";
  const ValueTree* target = has_target ? entry.member("target") : nullptr;
  return target == nullptr ? std::string_view() : std::string_view(target->text);
}

void join_lists(std::string_view key, ValueTree& lower, ValueTree upper) {
  for (ValueTree& item : upper.items) {
    const std::string_view identity = identity_in(key, item);
    const auto same =
        std::find_if(lower.items.begin(), lower.items.end(), [&](const ValueTree& known) {
          const bool is_port = key == "ports";
          const ValueTree* mine = item.member("published");
          const ValueTree* other = known.member("published");
          const bool publishes_alike =
              mine != nullptr && other != nullptr ? mine->text == other->text : mine == other;
          return !identity.empty() && identity_in(key, known) == identity &&
                 (!is_port || publishes_alike);
        });
    if (same != lower.items.end()) {
      *same = std::move(item);
    } else {
      lower.items.push_back(std::move(item));
    }
  }
}

void overlay_at(std::string_view key, ValueTree& lower, ValueTree upper) {
  if (upper.is(NodeKind::map) && upper.members.size() == 1) {
    if (upper.members.front().first == "!reset") {
      lower = no_value(upper.span);
      return;
    }
    if (upper.members.front().first == "!override") {
      lower = std::move(upper.members.front().second);
      return;
    }
  }
  const bool is_whole =
      std::find(kReplacedWhole.begin(), kReplacedWhole.end(), key) != kReplacedWhole.end();
  if (lower.is(NodeKind::map) && upper.is(NodeKind::map)) {
    for (auto& [name, value] : upper.members) {
      if (ValueTree* known = member_of(lower, name)) {
        overlay_at(name, *known, std::move(value));
      } else {
        ValueTree fresh = no_value(value.span);
        overlay_at(name, fresh, std::move(value));
        lower.members.emplace_back(name, std::move(fresh));
      }
    }
  } else if (lower.is(NodeKind::list) && upper.is(NodeKind::list) && !is_whole) {
    join_lists(key, lower, std::move(upper));
  } else {
    lower = std::move(upper);
  }
}

/// The value behind `!override`, so that it is written out as any other.
ValueTree& untagged(ValueTree& value) {
  const bool is_tagged = value.is(NodeKind::map) && value.members.size() == 1 &&
                         value.members.front().first == "!override";
  return is_tagged ? value.members.front().second : value;
}

}  // namespace

ValueTree tree_of_compose(Node node, const Variables& variables, base::Diagnostics& diagnostics) {
  ValueTree tree;
  tree.kind = node.kind();
  tree.span = node.span();
  if (node.is(NodeKind::map)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      tree.members.emplace_back(std::string(node.key(i)),
                                tree_of_compose(node.at(i), variables, diagnostics));
    }
  } else if (node.is(NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      tree.items.push_back(tree_of_compose(node.at(i), variables, diagnostics));
    }
  } else if (node.is(NodeKind::string)) {
    Interpolated filled = interpolate(node.text(), variables);
    tree.text = std::move(filled.text);
    tree.is_computed = filled.is_computed;
    for (const std::string& name : filled.missing) {
      diagnostics.warning("OUT-E1603", node.span(),
                          fmt::format("the variable {} must have a value and has none here", name),
                          fmt::format("give it: --param {}=…, or a line in .env", name));
    }
    if (filled.is_wrong) {
      diagnostics.error("OUT-E1602", node.span(), "this is no variable",
                        "write ${NAME} or ${NAME:-default}; $$ is a dollar sign");
    }
  } else {
    tree.text = std::string(node.text());
  }
  return tree;
}

void write_out(ValueTree& service) {
  for (auto& [key, member] : service.members) {
    ValueTree& value = untagged(member);
    if (value.is(NodeKind::list)) {
      if (key == "environment" || key == "labels" || key == "annotations") {
        pairs_to_map(value, '=', NodeKind::null);
      } else if (key == "extra_hosts") {
        pairs_to_map(value,
                     value.items.empty() || value.items.front().text.find('=') == std::string::npos
                         ? ':'
                         : '=',
                     NodeKind::null);
      } else if (key == "depends_on" || key == "networks") {
        names_to_map(value);
      } else if (key == "ports") {
        std::for_each(value.items.begin(), value.items.end(), write_out_port);
      } else if (key == "volumes") {
        std::for_each(value.items.begin(), value.items.end(), write_out_volume);
      }
    } else if (ValueTree* labels = member_of(value, "labels");
               key == "deploy" && labels != nullptr && labels->is(NodeKind::list)) {
      pairs_to_map(*labels, '=', NodeKind::null);
    } else if (value.is_text() && key == "env_file") {
      ValueTree list;
      list.kind = NodeKind::list;
      list.span = value.span;
      list.items = {value};
      value = std::move(list);
    }
  }
}

void overlay(ValueTree& lower, ValueTree upper) {
  overlay_at("", lower, std::move(upper));
}

}  // namespace outlast::import
