#include "import/access_yaml.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "import/sections.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::Truth;
using blueprint::DeclaredAccess;
using blueprint::Evidence;
using blueprint::Provenance;
using blueprint::Section;
using blueprint::Value;

namespace {

constexpr std::int64_t kLastPort = 65'535;
constexpr std::int64_t kLastOrder = 4'294'967'295;

std::optional<std::int64_t> number_of_port(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_all = error == std::errc() && end == text.data() + text.size();
  return is_all ? std::optional(number) : std::nullopt;
}

bool flag(KeyReader& reader, std::string_view key, bool usual) {
  return reader.boolean(key).value_or(usual);
}

Evidence told_by(KeyReader& reader, Node node, std::string usual) {
  return evidence_of(reader.text("told_by").value_or(std::move(usual)), node);
}

/// "443", "1000..2000", "unknown"; a type of ICMP may be -1, which is any.
void read_ports(KeyReader& reader, blueprint::DraftNetworkRule& rule) {
  using Port = Value<std::int64_t>;
  const auto written = reader.text("ports");
  if (!written.is_known()) {
    return;
  }
  if (*written == blueprint::kUnknownPorts) {
    rule.from_port = rule.to_port = Port::unknown(written.span());
    return;
  }
  const auto dots = written->find("..");
  const auto first = number_of_port(std::string_view(*written).substr(0, dots));
  const auto last = dots == std::string::npos
                        ? first
                        : number_of_port(std::string_view(*written).substr(dots + 2));
  if (!first || !last || *first > *last || *last > kLastPort) {
    reader.wrong(written.span(), "ports: expected a port, two ends of a range, or unknown",
                 "write `ports: 443` or `ports: 1000..2000`");
    return;
  }
  rule.from_port = Port::of(*first, Provenance::stated, written.span());
  rule.to_port = Port::of(*last, Provenance::stated, written.span());
}

blueprint::DraftNetworkRule read_rule(KeyReader& reader, Node node) {
  blueprint::DraftNetworkRule rule;
  rule.subjects = reader.texts("of");
  if (rule.subjects.empty() && !reader.node("of").exists()) {
    reader.wrong(node.span(), "a firewall rule does not say what it stands before",
                 "add `of: [COMPONENT]`");
  }
  rule.direction = reader.choice<blueprint::Direction>("direction").value_or(rule.direction);
  read_ports(reader, rule);
  rule.protocol = reader.text("protocol").value_or(rule.from_port.is_unset() ? "all" : "tcp");
  rule.peer_ranges = reader.texts("ranges");
  rule.peer_components = reader.texts("peers");
  rule.character.layer = reader.text("layer").value_or(rule.character.layer);
  rule.character.allows = flag(reader, "allows", true);
  rule.character.all_means_all_ports = flag(reader, "all_ports", true);
  rule.character.order = reader.integer("order", kLastOrder);
  rule.character.peers_are_unknown = flag(reader, "unknown_peers", false);
  rule.evidence = told_by(reader, node, rule.subjects.empty() ? "" : rule.subjects.front());
  return rule;
}

blueprint::Identity<std::string> read_identity(KeyReader& reader, Node node,
                                               Diagnostics& diagnostics) {
  blueprint::Identity<std::string> identity;
  const auto id = reader.text("id");
  if (id.is_unset()) {
    reader.wrong(node.span(), "an identity has no name by which grants mean it", "add `id: NAME`");
  }
  identity.address = id.value_or("");
  identity.name = reader.text("name").value_or(identity.address);
  identity.worn_by = reader.texts("worn_by");
  identity.has_key = flag(reader, "key", false);
  identity.is_anyones = reader.choice<Truth>("anyones").value_or(Truth::no);
  identity.assumed_by = reader.texts("assumed_by");
  read_named(
      reader, "narrow", Section::narrow_wearer, diagnostics,
      [&](const std::string& by, KeyReader& r, Node) {
        identity.narrow.push_back({by, r.texts("scopes")});
      },
      [] {});
  identity.evidence = told_by(reader, node, identity.address);
  return identity;
}

blueprint::DraftGrant read_grant(KeyReader& reader, Node node) {
  blueprint::DraftGrant grant;
  grant.identity = reader.text("identity").value_or("");
  grant.principals = reader.texts("principals");
  grant.allows = flag(reader, "allows", true);
  grant.actions = reader.texts("actions");
  grant.character.not_actions = reader.texts("not_actions");
  grant.resources = reader.texts("resources");
  grant.character.not_resources = reader.texts("not_resources");
  grant.resource_components = reader.texts("components");
  grant.character.to_everyone = flag(reader, "everyone", false);
  grant.character.applies = reader.choice<Truth>("applies").value_or(Truth::yes);
  grant.evidence = told_by(reader, node, grant.identity);
  return grant;
}

void read_data(KeyReader& reader, blueprint::DataAccess<std::string>& data) {
  data.service = reader.text("service").value_or("");
  data.has_bare_name = flag(reader, "bare_name", false);
  data.names = reader.texts("names");
  data.is_named = flag(reader, "named", true);
  data.reads = reader.texts("reads");
  data.deletes = reader.texts("deletes");
  data.reading_scopes = reader.texts("reading_scopes");
  data.deleting_scopes = reader.texts("deleting_scopes");
  data.is_closed = flag(reader, "closed", false);
  data.opens = reader.texts("opens");
}

void read_address(const std::string& id, Node node, KeyReader& reader, DeclaredAccess& out) {
  blueprint::DeclaredAddress address;
  address.row.of = id;
  address.row.network = reader.text("network").value_or("");
  address.row.ranges = reader.texts("ranges");
  address.is_public = reader.choice<Truth>("public");
  for (const std::string& text : reader.texts("listens")) {
    const auto port = number_of_port(text);
    if (!port || *port < 0 || *port > kLastPort) {
      reader.wrong(reader.node("listens").span(), fmt::format("listens: \"{}\" is no port", text),
                   "write `listens: [443]`");
      continue;
    }
    address.row.listens.push_back(*port);
  }
  address.row.evidence = told_by(reader, node, id);
  out.addresses.push_back(std::move(address));
}

}  // namespace

void read_access_of(const std::string& id, KeyReader& component, DeclaredAccess& out,
                    Diagnostics& diagnostics) {
  read_section(component, "address", Section::address, diagnostics,
               [&](KeyReader& r) { read_address(id, component.node("address"), r, out); });
  read_named(
      component, "guards", Section::guard, diagnostics,
      [&](const std::string& layer, KeyReader& r, Node) {
        out.access.guards.push_back(
            {id, layer, flag(r, "in_order", false), flag(r, "whole", true)});
      },
      [] {});
  read_section(component, "data_access", Section::data_access, diagnostics, [&](KeyReader& r) {
    blueprint::DataAccess<std::string> data;
    data.of = id;
    read_data(r, data);
    out.access.data.push_back(std::move(data));
  });
  read_listed(component, "safeguards", Section::safeguard, diagnostics,
              [&](KeyReader& r, Node node) {
                blueprint::Safeguard<std::string> safeguard;
                safeguard.of = id;
                safeguard.is_lock = flag(r, "lock", false);
                safeguard.at.of = flag(r, "own", false) ? id : "";
                read_section(r, "at", Section::data_access, diagnostics,
                             [&](KeyReader& at) { read_data(at, safeguard.at); });
                safeguard.evidence = told_by(r, node, id);
                out.access.safeguards.push_back(std::move(safeguard));
              });
  read_section(component, "seems_to_hold", Section::guessed_class, diagnostics, [&](KeyReader& r) {
    const Node node = component.node("seems_to_hold");
    out.access.guessed.push_back(
        {id, r.text("class").value_or(""), r.text("from").value_or(id), told_by(r, node, id)});
  });
}

void read_access_lists(KeyReader& top, DeclaredAccess& out, Diagnostics& diagnostics) {
  read_listed(top, "firewall", Section::firewall_rule, diagnostics,
              [&](KeyReader& r, Node node) { out.network_rules.push_back(read_rule(r, node)); });
  read_listed(top, "identities", Section::identity, diagnostics, [&](KeyReader& r, Node node) {
    out.access.identities.push_back(read_identity(r, node, diagnostics));
  });
  read_listed(top, "grants", Section::grant, diagnostics,
              [&](KeyReader& r, Node node) { out.grants.push_back(read_grant(r, node)); });
  read_listed(top, "joined", Section::joined_networks, diagnostics,
              [&](KeyReader& r, Node) { out.access.joined.push_back(r.texts("networks")); });
}

}  // namespace outlast::import
