#include "blueprint/access_text.h"

#include <fmt/format.h>

#include "blueprint/flow_map.h"
#include "blueprint/format.h"

namespace outlast::blueprint {
namespace {

/// One layer of each name: who says of it twice says both.
std::string guards_text(const std::vector<Guard<std::string>>& guards, const std::string& id) {
  FlowMap layers;
  for (const Guard<std::string>& guard : guards) {
    if (guard.of == id) {
      FlowMap one;
      one.add_unless(false, "in_order", guard.in_order).add_unless(true, "whole", guard.is_whole);
      layers.put(quoted(guard.layer), one.text());
    }
  }
  return layers.is_empty() ? "" : layers.text();
}

std::string address_text(const Address<std::string>& address) {
  FlowMap map;
  map.add_text("network", address.network).add("ranges", address.ranges);
  map.put("public", written(address.is_public));
  std::vector<std::string> ports;
  for (const std::int64_t port : address.listens) {
    ports.push_back(std::to_string(port));
  }
  return map.add("listens", ports).add_told_by(address.evidence, address.of).text();
}

std::string data_text(const DataAccess<std::string>& data) {
  FlowMap map;
  map.add_text("service", data.service).add_unless(false, "bare_name", data.has_bare_name);
  map.add("names", data.names).add_unless(true, "named", data.is_named);
  map.add("reads", data.reads).add("deletes", data.deletes);
  map.add("reading_scopes", data.reading_scopes).add("deleting_scopes", data.deleting_scopes);
  return map.add_unless(false, "closed", data.is_closed).add("opens", data.opens).text();
}

/// A port whose number nobody can tell yet is any of them.
std::string ports_text(const DraftNetworkRule& rule) {
  if (rule.from_port.is_unknown() || rule.to_port.is_unknown()) {
    return std::string(kUnknownPorts);
  }
  if (!rule.from_port.is_known() || !rule.to_port.is_known()) {
    return "";
  }
  return *rule.from_port == *rule.to_port ? std::to_string(*rule.from_port)
                                          : fmt::format("{}..{}", *rule.from_port, *rule.to_port);
}

void add_list(std::string_view key, const std::vector<std::string>& items, std::string& out) {
  if (items.empty()) {
    return;
  }
  out += fmt::format("{}:\n", key);
  for (const std::string& item : items) {
    out += "  - " + item + "\n";
  }
}

}  // namespace

AccessText::AccessText(const Draft& draft) : draft_(draft) {
  for (const DraftComponent& c : draft.components) {
    ids_.insert(c.id);
  }
}

std::vector<std::string> AccessText::known(const std::vector<std::string>& ids) const {
  std::vector<std::string> out = ids;
  std::erase_if(out, [&](const std::string& id) { return !ids_.contains(id); });
  return out;
}

std::string AccessText::of_component(const std::string& id) const {
  std::string out;
  const auto line = [&](std::string_view key, const std::string& text) {
    if (!text.empty()) {
      out += fmt::format("    {}: {}\n", key, text);
    }
  };
  for (const Address<std::string>& address : draft_.access.addresses) {
    line("address", address.of == id ? address_text(address) : "");
  }
  line("guards", guards_text(draft_.access.guards, id));
  for (const DataAccess<std::string>& data : draft_.access.data) {
    line("data_access", data.of == id ? data_text(data) : "");
  }
  std::string safeguards;
  for (const Safeguard<std::string>& safeguard : draft_.access.safeguards) {
    if (safeguard.of == id) {
      FlowMap map;
      map.add_unless(false, "lock", safeguard.is_lock);
      map.add_unless(false, "own", safeguard.at.of == id);
      map.put("at", data_text(safeguard.at)).add_told_by(safeguard.evidence, id);
      safeguards += "      - " + map.text() + "\n";
    }
  }
  out += safeguards.empty() ? "" : "    safeguards:\n" + safeguards;
  for (const GuessedClass<std::string>& guess : draft_.access.guessed) {
    FlowMap map;
    map.add_text("class", guess.name).add_text("from", guess.from);
    map.add_told_by(guess.evidence, id);
    line("seems_to_hold", guess.of == id ? map.text() : "");
  }
  return out;
}

std::string AccessText::rule_text(const DraftNetworkRule& rule) const {
  const std::vector<std::string> subjects = known(rule.subjects);
  if (subjects.empty()) {
    return "";
  }
  const RuleCharacter& character = rule.character;
  FlowMap map;
  map.add("of", subjects).put("direction", written(rule.direction));
  map.put("protocol", quoted(rule.protocol)).add_text("ports", ports_text(rule));
  map.add("ranges", rule.peer_ranges).add("peers", known(rule.peer_components));
  map.add_unless(std::string(kOwnLayer), "layer", character.layer);
  map.add_unless(true, "allows", character.allows);
  map.add_unless(true, "all_ports", character.all_means_all_ports);
  if (character.order.is_known()) {
    map.put("order", written(*character.order));
  }
  map.add_unless(false, "unknown_peers", character.peers_are_unknown);
  return map.add_told_by(rule.evidence, subjects.front()).text();
}

std::string AccessText::identity_text(const Identity<std::string>& identity) const {
  FlowMap map;
  map.put("id", quoted(identity.address)).add_text("name", identity.name);
  map.add("worn_by", known(identity.worn_by)).add_unless(false, "key", identity.has_key);
  map.add_unless(base::Truth::no, "anyones", identity.is_anyones);
  map.add("assumed_by", identity.assumed_by);
  FlowMap narrow;
  for (const NarrowWearer<std::string>& wearer : identity.narrow) {
    if (ids_.contains(wearer.by)) {
      narrow.put(quoted(wearer.by), fmt::format("{{scopes: {}}}", listed(wearer.scopes)));
    }
  }
  if (!narrow.is_empty()) {
    map.put("narrow", narrow.text());
  }
  return map.add_told_by(identity.evidence, identity.address).text();
}

std::string AccessText::grant_text(const DraftGrant& grant) const {
  const GrantCharacter& character = grant.character;
  FlowMap map;
  map.add_text("identity", grant.identity).add("principals", known(grant.principals));
  map.add_unless(true, "allows", grant.allows);
  map.add("actions", grant.actions).add("not_actions", character.not_actions);
  map.add("resources", grant.resources).add("not_resources", character.not_resources);
  map.add("components", known(grant.resource_components));
  map.add_unless(false, "everyone", character.to_everyone);
  map.add_unless(base::Truth::yes, "applies", character.applies);
  return map.add_told_by(grant.evidence, grant.identity).text();
}

std::string AccessText::lists() const {
  std::string out;
  std::vector<std::string> items;
  const auto write = [&](std::string_view key) { add_list(key, std::exchange(items, {}), out); };
  for (const DraftNetworkRule& rule : draft_.network_rules) {
    if (std::string text = rule_text(rule); !text.empty()) {
      items.push_back(std::move(text));
    }
  }
  write("firewall");
  for (const Identity<std::string>& identity : draft_.access.identities) {
    items.push_back(identity_text(identity));
  }
  write("identities");
  for (const DraftGrant& grant : draft_.grants) {
    items.push_back(grant_text(grant));
  }
  write("grants");
  for (const std::vector<std::string>& networks : draft_.access.joined) {
    items.push_back(fmt::format("{{networks: {}}}", listed(networks)));
  }
  write("joined");
  return out;
}

}  // namespace outlast::blueprint
