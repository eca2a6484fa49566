// The parts of a type, each as a C++ initialiser.

#include <fmt/format.h>

#include "base/text.h"
#include "base/units.h"
#include "catalog_compiler.h"

namespace outlast::tools {

void Compiler::allow(Node map, std::span<const std::string_view> keys) {
  if (!map.is(NodeKind::map)) {
    wrong(map, "expected a map");
    return;
  }
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (std::find(keys.begin(), keys.end(), map.key(i)) == keys.end()) {
      diagnostics_.error("OUT-D1002", map.key_span(i),
                         fmt::format("unknown key \"{}\"", map.key(i)),
                         outlast::base::suggest(map.key(i), keys));
    }
  }
}

std::string Compiler::choice(Node at, std::string_view text,
                             std::span<const std::string_view> names, std::string_view type) {
  if (std::find(names.begin(), names.end(), text) == names.end()) {
    wrong(at, fmt::format("\"{}\" is not allowed here", text), outlast::base::suggest(text, names));
  }
  return fmt::format("{}::{}", type, text);
}

std::string Compiler::array(std::string_view type, const std::vector<std::string>& items) {
  if (items.empty()) {
    return "{}";
  }
  std::string name = fmt::format("k{}", array_count_++);
  arrays_ += fmt::format("constexpr {} {}[] = {{\n", type, name);
  for (const std::string& item : items) {
    arrays_ += "    " + item + ",\n";
  }
  arrays_ += "};\n";
  return name;
}

std::string Compiler::strings(Node node) {
  std::vector<std::string> items;
  if (node.is(NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      items.push_back(text(node.at(i)));
    }
  } else if (node.exists()) {
    items.push_back(text(node));
  }
  return array("std::string_view", items);
}

std::string Compiler::conditions(Node node) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    items.push_back(fmt::format("{{{}, {}}}", literal(node.key(i)), text(node.at(i))));
  }
  return array("Condition", items);
}

std::string Compiler::mappings(Node node) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    items.push_back(fmt::format("{{{}, {}}}", literal(node.key(i)), text(node.at(i))));
  }
  return array("Mapping", items);
}

void Compiler::duration(Node node, std::string_view key, double& out) {
  if (const Node value = node[key]; value.exists()) {
    const auto parsed = outlast::base::parse_duration(value.text());
    parsed ? out = parsed->value : (wrong(value, parsed.error().message), 0.0);
  }
}

/// What every number of the catalog rests on.
std::string Compiler::citation(Node node, const std::string& what) {
  if (node["source"].text().empty() || node["date"].text().empty()) {
    wrong(node, what + " has no source or no date",
          "every figure needs source, date and trust (V verified, M memory, E estimate)");
  }
  const std::string_view trust = node["trust"].text();
  if (trust != "V" && trust != "M" && trust != "E") {
    wrong(node, what + " has no trust: V, M or E");
  }
  return fmt::format("{{{}, {}, Trust::{}}}", text(node["source"]), text(node["date"]),
                     trust == "V"   ? "verified"
                     : trust == "M" ? "memory"
                                    : "estimate");
}

std::string Compiler::figure(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {
      "every", "median", "p90", "detect", "share", "covers_parents", "source", "date", "trust"};
  allow(node, kKeys);
  double every = -1;
  double median = -1;
  double p90 = -1;
  double detect = -1;
  duration(node, "every", every);
  duration(node, "median", median);
  duration(node, "p90", p90);
  duration(node, "detect", detect);
  double share = -1;
  if (const Node value = node["share"]; value.exists()) {
    const auto parsed = outlast::base::parse_share(value.text());
    parsed ? share = parsed->value : (wrong(value, parsed.error().message), 0.0);
  }
  if (p90 >= 0 && p90 < median) {
    wrong(node, "the 90th percentile is below the median");
  }
  const double years = every < 0 ? -1 : every / outlast::base::kSecondsPerYear;
  return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}}}", literal(name), years, median,
                     p90 < 0 ? median : p90, detect, share, node["covers_parents"].text() == "true",
                     citation(node, fmt::format("figure {}", name)));
}

/// The members of a map that are figures: maps themselves, and not among `other_keys`.
std::string Compiler::figures(Node map, std::span<const std::string_view> other_keys) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (std::find(other_keys.begin(), other_keys.end(), map.key(i)) == other_keys.end()) {
      items.push_back(figure(map.key(i), map.at(i)));
    }
  }
  return array("Figure", items);
}

std::string Compiler::read_source(Node node) {
  if (!node.is(NodeKind::map)) {
    return fmt::format("{{.attribute = {}}}", text(node));
  }
  static constexpr std::string_view kKeys[] = {
      "each",          "attribute",       "also",    "value",  "zones_of", "default_zone",
      "counts_places", "times_places",    "unknown", "plus",   "times",    "map",
      "when",          "times_attribute", "unless",  "adds_up"};
  allow(node, kKeys);
  const std::string map = mappings(node["map"]);
  return fmt::format(
      "{{.each = {}, .attribute = {}, .also = {}, .constant = {}, .zones_of = {}, "
      ".default_zone = {}, "
      ".counts_places = {}, .times_places = {}, .is_unknown = {}, .adds_up = {}, .plus = {}, "
      ".times = {}, "
      ".times_attribute = {}, .map = {}, .when = {}, "
      ".unless = {}}}",
      text(node["each"]), text(node["attribute"]), text(node["also"]), text(node["value"]),
      text(node["zones_of"]), node["default_zone"].text() == "true",
      node["counts_places"].text() == "true", node["times_places"].text() == "true",
      node["unknown"].text() == "true", node["adds_up"].text() == "true",
      node["plus"].as_number().value_or(0), node["times"].as_number().value_or(1),
      text(node["times_attribute"]), map, conditions(node["when"]), conditions(node["unless"]));
}

std::string Compiler::read_rules(Node node) {
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < node.size(); ++i) {
    std::vector<std::string> sources;
    const Node value = node.at(i);
    for (std::size_t j = 0; j < (value.is(NodeKind::list) ? value.size() : 1); ++j) {
      sources.push_back(read_source(value.is(NodeKind::list) ? value.at(j) : value));
    }
    rules.push_back(fmt::format("{{{}, {}}}",
                                choice(value, node.key(i), bp::kNames<shelf::Field>, "Field"),
                                array("ReadSource", sources)));
  }
  return array("ReadRule", rules);
}

std::string Compiler::link(Node node) {
  static constexpr std::string_view kKeys[] = {"attribute", "role",     "from", "to",
                                               "tagged_in", "strength", "kind", "alternatives",
                                               "order",     "when"};
  allow(node, kKeys);
  const Node strength = node["strength"];
  const Node kind = node["kind"];
  return fmt::format(
      "{{.attribute = {}, .role = {}, .from = {}, .to = {}, .tagged_in = {}, "
      ".strength = {}, .kind = {}, "
      ".alternatives = {}, .order = {}, .when = {}}}",
      text(node["attribute"]),
      choice(node, node["role"].text(), bp::kNames<shelf::LinkRole>, "LinkRole"),
      text(node["from"]), strings(node["to"]), strings(node["tagged_in"]),
      strength.exists()
          ? choice(strength, strength.text(), bp::kNames<bp::Strength>, "blueprint::Strength")
          : "std::nullopt",
      kind.exists() ? choice(kind, kind.text(), bp::kNames<bp::EdgeKind>, "blueprint::EdgeKind")
                    : "blueprint::EdgeKind::service",
      node["alternatives"].text() == "true", text(node["order"]), conditions(node["when"]));
}

std::string Compiler::routing(Node node) {
  if (!node.exists()) {
    return "{}";
  }
  static constexpr std::string_view kKeys[] = {"switched_by", "check", "watched", "standby"};
  allow(node, kKeys);
  return fmt::format("{{{}, {}, {}, {}}}", text(node["switched_by"]), text(node["check"]),
                     conditions(node["watched"]), conditions(node["standby"]));
}

std::string Compiler::runs(Node node) {
  if (!node.exists()) {
    return "{}";
  }
  static constexpr std::string_view kKeys[] = {"image", "ports", "settings", "commands"};
  allow(node, kKeys);
  return fmt::format("{{{}, {}, {}, {}}}", text(node["image"]), text(node["ports"]),
                     text(node["settings"]), strings(node["commands"]));
}

void Compiler::program(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {"title",  "kind",  "flags",    "strength",
                                               "images", "ports", "settings", "commands"};
  static constexpr std::string_view kFlags[] = {"is_store", "needs_majority"};
  allow(node, kKeys);
  std::string flags;
  for (const std::string_view flag : kFlags) {
    for (std::size_t i = 0; i < node["flags"].size(); ++i) {
      (void)choice(node["flags"].at(i), node["flags"].at(i).text(), kFlags, "flag");
      if (node["flags"].at(i).text() == flag) {
        flags += fmt::format(".{} = true, ", flag);
      }
    }
  }
  const Node strength = node["strength"];
  const std::string images = strings(node["images"]);
  const std::string ports = strings(node["ports"]);
  const std::string settings = strings(node["settings"]);
  const std::string commands = strings(node["commands"]);
  for (std::size_t i = 0; i < node["images"].size(); ++i) {
    const Node image = node["images"].at(i);
    if (!spelled_.insert(fmt::format("image {}", image.text())).second) {
      wrong(image, fmt::format("image {} is of two programs", image.text()));
    }
  }
  programs_[std::string(name)] = fmt::format(
      "{{.name = {}, .title = {}, .kind = {}, {}.strength = {}, .images = {}, .ports = {}, "
      ".settings = {}, .commands = {}}}",
      literal(name), text(node["title"]),
      choice(node["kind"], node["kind"].text(), bp::kNames<bp::Kind>, "blueprint::Kind"), flags,
      strength.exists()
          ? choice(strength, strength.text(), bp::kNames<bp::Strength>, "blueprint::Strength")
          : "std::nullopt",
      images, ports, settings, commands);
}

std::string Compiler::links(Node node) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    items.push_back(link(node.at(i)));
  }
  return array("LinkRule", items);
}

std::string Compiler::firewall(Node node) {
  static constexpr std::string_view kKeys[] = {
      "blocks", "subject", "direction", "protocol",    "from_port", "to_port", "ranges",
      "peers",  "self",    "ports",     "target_tags", "peer_tags", "when",    "action",
      "order",  "range",   "places",    "workloads",   "layer",     "lists"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node row = node.at(i);
    allow(row, kKeys);
    const std::string ranges = strings(row["ranges"]);
    const std::string peers = strings(row["peers"]);
    const std::string peer_tags = strings(row["peer_tags"]);
    const std::string workloads = strings(row["workloads"]);
    const std::string lists = strings(row["lists"]);
    items.push_back(fmt::format(
        "{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}",
        text(row["blocks"]), text(row["subject"]), text(row["direction"]), text(row["protocol"]),
        text(row["from_port"]), text(row["to_port"]), ranges, peers, text(row["self"]),
        text(row["ports"]), text(row["target_tags"]), peer_tags, conditions(row["when"]),
        text(row["action"]), text(row["order"]), text(row["range"]), text(row["places"]), workloads,
        text(row["layer"]), lists));
  }
  return array("FirewallRule", items);
}

std::string Compiler::grants(Node node) {
  static constexpr std::string_view kKeys[] = {"principal", "policy", "role",    "to", "own",
                                               "actions",   "when",   "shut_by", "all"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node row = node.at(i);
    allow(row, kKeys);
    const std::string to = strings(row["to"]);
    const std::string actions = strings(row["actions"]);
    const std::string when = conditions(row["when"]);
    const std::string shut_by = conditions(row["shut_by"]);
    items.push_back(fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}}}", text(row["principal"]),
                                text(row["policy"]), text(row["role"]), to,
                                row["own"].text() == "true", actions, when, shut_by,
                                text(row["all"])));
  }
  return array("GrantRule", items);
}

std::string Compiler::access(Node node) {
  if (!node.exists()) {
    return "{}";
  }
  static constexpr std::string_view kKeys[] = {
      "identity", "trust",    "key_of",     "reads",       "deletes", "names",
      "contents", "network",  "ranges",     "leads_out",   "joins",   "hub",
      "routed",   "leads_to", "safeguards", "narrowed_by", "scopes",  "closed",
      "opens",    "service",  "bare_name",  "unguarded",   "group_of"};
  allow(node, kKeys);
  const std::string reads = strings(node["reads"]);
  const std::string deletes = strings(node["deletes"]);
  const std::string names = strings(node["names"]);
  const std::string contents = strings(node["contents"]);
  const std::string ranges = strings(node["ranges"]);
  const std::string joins = strings(node["joins"]);
  const std::string leads_to = strings(node["leads_to"]);
  const std::string kept = safeguards(node["safeguards"]);
  const Node scopes = node["scopes"];
  static constexpr std::string_view kScopes[] = {"reads", "deletes"};
  if (scopes.exists()) {
    allow(scopes, kScopes);
  }
  const std::string reading = strings(scopes["reads"]);
  const std::string deleting = strings(scopes["deletes"]);
  const std::string closed = conditions(node["closed"]);
  const std::string opens = strings(node["opens"]);
  const std::string unguarded = conditions(node["unguarded"]);
  return fmt::format(
      "{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
      "{}, {}}}",
      node["identity"].text() == "true", text(node["trust"]), text(node["key_of"]), reads, deletes,
      names, contents, text(node["network"]), ranges, node["leads_out"].text() == "true", joins,
      text(node["hub"]), node["routed"].text() == "true", leads_to, kept, text(node["narrowed_by"]),
      reading, deleting, closed, opens, text(node["service"]), node["bare_name"].text() == "true",
      unguarded, text(node["group_of"]));
}

std::string Compiler::safeguards(Node node) {
  static constexpr std::string_view kKeys[] = {"by", "own", "lock", "names", "when"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node row = node.at(i);
    allow(row, kKeys);
    const std::string by = strings(row["by"]);
    const std::string names = strings(row["names"]);
    items.push_back(fmt::format("{{{}, {}, {}, {}, {}}}", by, row["own"].text() == "true",
                                row["lock"].text() == "true", names, conditions(row["when"])));
  }
  return array("SafeguardRule", items);
}

std::string Compiler::remedies(Node node) {
  static constexpr std::string_view kKeys[] = {"say", "replicas", "spread", "backups",
                                               "redundancy"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node remedy = node.at(i);
    allow(remedy, kKeys);
    const Node redundancy = remedy["redundancy"];
    items.push_back(fmt::format(
        "{{{}, {}, {}, {}, {}, {}}}", literal(node.key(i)), text(remedy["say"]),
        remedy["replicas"].as_integer().value_or(0), remedy["spread"].text() == "true",
        remedy["backups"].text() == "true",
        redundancy.exists() ? choice(redundancy, redundancy.text(), bp::kNames<bp::Redundancy>,
                                     "blueprint::Redundancy")
                            : "std::nullopt"));
  }
  return array("Remedy", items);
}

std::string Compiler::checks(Node node) {
  static constexpr std::string_view kKeys[] = {"finding", "attribute",  "when",     "binds",
                                               "loses",   "stays_down", "not_apart"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    allow(node.at(i), kKeys);
    const auto says = [&](const char* key) { return node.at(i)[key].as_bool().value_or(false); };
    items.push_back(fmt::format("{{{}, {}, {}, {}, {}, {}, {}}}", text(node.at(i)["finding"]),
                                text(node.at(i)["attribute"]), conditions(node.at(i)["when"]),
                                says("binds"), says("loses"), says("stays_down"),
                                says("not_apart")));
  }
  return array("Check", items);
}

std::string Compiler::traits(Node node) {
  static constexpr std::string_view kKeys[] = {"name", "value", "of", "when"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    allow(node.at(i), kKeys);
    items.push_back(fmt::format("{{{}, {}, {}, {}}}", text(node.at(i)["name"]),
                                text(node.at(i)["value"]), text(node.at(i)["of"]),
                                conditions(node.at(i)["when"])));
  }
  return array("TraitRule", items);
}

std::string Compiler::spellings(Node node) {
  std::vector<std::string> items;
  for (const std::string_view format : shelf::kFormats) {
    const Node list = node[format];
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string key = fmt::format("{} {}", format, list.at(i).text());
      if (!spelled_.insert(key).second) {
        wrong(list.at(i), fmt::format("{} is spelled by two types", list.at(i).text()));
      }
      items.push_back(fmt::format("{{{}, {}}}", literal(format), text(list.at(i))));
      for (const std::string& other : also_spelled_[std::string(list.at(i).text())]) {
        items.push_back(other);
      }
    }
  }
  return array("Spelling", items);
}

}  // namespace outlast::tools
