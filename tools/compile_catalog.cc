// Compiles data/catalog/*.yaml into the C++ tables of src/catalog/tables.h.
//
// usage: compile_catalog OUTPUT.cc INPUT.yaml...
//
// Everything that can be wrong in the data is refused here, at build time, with file and line:
// unknown keys, figures without source, names that lead nowhere. The program then starts with
// finished tables and parses nothing.

#include <fmt/format.h>

#include <cstdio>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/file_source.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/units.h"
#include "blueprint/vocabulary.h"
#include "catalog/names.h"

namespace {

using outlast::base::Diagnostics;
using outlast::base::Node;
using outlast::base::NodeKind;
namespace bp = outlast::blueprint;
namespace shelf = outlast::catalog;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

class Compiler {
 public:
  explicit Compiler(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Node root);
  void check_names();
  [[nodiscard]] std::string finish();

 private:
  void wrong(Node at, std::string message, std::string help = "") {
    diagnostics_.error("OUT-D1001", at.span(), std::move(message), std::move(help));
  }
  void allow(Node map, std::span<const std::string_view> keys);
  std::string choice(Node at, std::string_view text, std::span<const std::string_view> names,
                     std::string_view type);
  std::string text(Node node) { return quoted(node.exists() ? node.text() : ""); }

  /// Emits an array of finished initialisers and returns what refers to it.
  std::string array(std::string_view type, const std::vector<std::string>& items);
  std::string strings(Node node);
  std::string conditions(Node node);
  std::string figure(std::string_view name, Node node);
  std::string figures(Node map, std::span<const std::string_view> other_keys = {});
  std::string read_source(Node node);
  std::string read_rules(Node node);
  std::string link(Node node);
  std::string routing(Node node);
  std::string runs(Node node);
  void program(std::string_view name, Node node);
  std::string links(Node node);
  std::string firewall(Node node);
  std::string grants(Node node);
  std::string remedies(Node node);
  std::string checks(Node node);
  std::string spellings(Node node);
  void type(std::string_view name, Node node);
  void duration(Node node, std::string_view key, double& out);

  Diagnostics& diagnostics_;
  std::string arrays_;
  std::size_t array_count_ = 0;
  std::map<std::string, std::string> types_, classes_, services_, regions_, providers_, programs_;
  std::map<std::string, Node> class_uses_, service_uses_;
  std::set<std::string> spelled_;
};

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
  const std::string name = fmt::format("k{}", array_count_++);
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
    items.push_back(fmt::format("{{{}, {}}}", quoted(node.key(i)), text(node.at(i))));
  }
  return array("Condition", items);
}

void Compiler::duration(Node node, std::string_view key, double& out) {
  if (const Node value = node[key]; value.exists()) {
    const auto parsed = outlast::base::parse_duration(value.text());
    parsed ? out = parsed->value : (wrong(value, parsed.error().message), 0.0);
  }
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
  if (node["source"].text().empty() || node["date"].text().empty()) {
    wrong(node, fmt::format("figure {} has no source or no date", name),
          "every figure needs source, date and trust (V verified, M memory, E estimate)");
  }
  const std::string_view trust = node["trust"].text();
  if (trust != "V" && trust != "M" && trust != "E") {
    wrong(node, fmt::format("figure {} has no trust: V, M or E", name));
  }
  const std::string_view words = trust == "V" ? "verified" : trust == "M" ? "memory" : "estimate";
  const double years = every < 0 ? -1 : every / outlast::base::kSecondsPerYear;
  return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {{{}, {}, Trust::{}}}}}", quoted(name), years,
                     median, p90 < 0 ? median : p90, detect, share,
                     node["covers_parents"].text() == "true", text(node["source"]),
                     text(node["date"]), words);
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
      "attribute", "also", "value", "zones_of", "default_zone", "counts_places",   "times_places",
      "unknown",   "plus", "times", "map",      "when",         "times_attribute", "unless"};
  allow(node, kKeys);
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < node["map"].size(); ++i) {
    pairs.push_back(fmt::format("{{{}, {}}}", quoted(node["map"].key(i)), text(node["map"].at(i))));
  }
  const std::string map = array("Mapping", pairs);
  return fmt::format(
      "{{.attribute = {}, .also = {}, .constant = {}, .zones_of = {}, .default_zone = {}, "
      ".counts_places = {}, .times_places = {}, .is_unknown = {}, .plus = {}, .times = {}, "
      ".times_attribute = {}, .map = {}, .when = {}, "
      ".unless = {}}}",
      text(node["attribute"]), text(node["also"]), text(node["value"]), text(node["zones_of"]),
      node["default_zone"].text() == "true", node["counts_places"].text() == "true",
      node["times_places"].text() == "true", node["unknown"].text() == "true",
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
  static constexpr std::string_view kKeys[] = {
      "attribute", "role", "from", "to", "tagged_in", "strength", "kind", "alternatives", "when"};
  allow(node, kKeys);
  const Node strength = node["strength"];
  const Node kind = node["kind"];
  return fmt::format(
      "{{.attribute = {}, .role = {}, .from = {}, .to = {}, .tagged_in = {}, "
      ".strength = {}, .kind = {}, "
      ".alternatives = {}, .when = {}}}",
      text(node["attribute"]),
      choice(node, node["role"].text(), bp::kNames<shelf::LinkRole>, "LinkRole"),
      text(node["from"]), strings(node["to"]), strings(node["tagged_in"]),
      strength.exists()
          ? choice(strength, strength.text(), bp::kNames<bp::Strength>, "blueprint::Strength")
          : "std::nullopt",
      kind.exists() ? choice(kind, kind.text(), bp::kNames<bp::EdgeKind>, "blueprint::EdgeKind")
                    : "blueprint::EdgeKind::service",
      node["alternatives"].text() == "true", conditions(node["when"]));
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
  static constexpr std::string_view kKeys[] = {"image", "ports", "settings"};
  allow(node, kKeys);
  return fmt::format("{{{}, {}, {}}}", text(node["image"]), text(node["ports"]),
                     text(node["settings"]));
}

void Compiler::program(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {"title",  "kind",  "flags",   "strength",
                                               "images", "ports", "settings"};
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
  for (std::size_t i = 0; i < node["images"].size(); ++i) {
    const Node image = node["images"].at(i);
    if (!spelled_.insert(fmt::format("image {}", image.text())).second) {
      wrong(image, fmt::format("image {} is of two programs", image.text()));
    }
  }
  programs_[std::string(name)] = fmt::format(
      "{{.name = {}, .title = {}, .kind = {}, {}.strength = {}, .images = {}, .ports = {}, "
      ".settings = {}}}",
      quoted(name), text(node["title"]),
      choice(node["kind"], node["kind"].text(), bp::kNames<bp::Kind>, "blueprint::Kind"), flags,
      strength.exists()
          ? choice(strength, strength.text(), bp::kNames<bp::Strength>, "blueprint::Strength")
          : "std::nullopt",
      images, ports, settings);
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
      "peers",  "self",    "ports",     "target_tags", "peer_tags", "when"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node row = node.at(i);
    allow(row, kKeys);
    const std::string ranges = strings(row["ranges"]);
    const std::string peers = strings(row["peers"]);
    const std::string peer_tags = strings(row["peer_tags"]);
    items.push_back(fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}",
                                text(row["blocks"]), text(row["subject"]), text(row["direction"]),
                                text(row["protocol"]), text(row["from_port"]), text(row["to_port"]),
                                ranges, peers, text(row["self"]), text(row["ports"]),
                                text(row["target_tags"]), peer_tags, conditions(row["when"])));
  }
  return array("FirewallRule", items);
}

std::string Compiler::grants(Node node) {
  static constexpr std::string_view kKeys[] = {"principal", "policy", "role", "to"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    allow(node.at(i), kKeys);
    const std::string to = strings(node.at(i)["to"]);
    items.push_back(fmt::format("{{{}, {}, {}, {}}}", text(node.at(i)["principal"]),
                                text(node.at(i)["policy"]), text(node.at(i)["role"]), to));
  }
  return array("GrantRule", items);
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
        "{{{}, {}, {}, {}, {}, {}}}", quoted(node.key(i)), text(remedy["say"]),
        remedy["replicas"].as_integer().value_or(0), remedy["spread"].text() == "true",
        remedy["backups"].text() == "true",
        redundancy.exists() ? choice(redundancy, redundancy.text(), bp::kNames<bp::Redundancy>,
                                     "blueprint::Redundancy")
                            : "std::nullopt"));
  }
  return array("Remedy", items);
}

std::string Compiler::checks(Node node) {
  static constexpr std::string_view kKeys[] = {"finding", "attribute", "when"};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < node.size(); ++i) {
    allow(node.at(i), kKeys);
    items.push_back(fmt::format("{{{}, {}, {}}}", text(node.at(i)["finding"]),
                                text(node.at(i)["attribute"]), conditions(node.at(i)["when"])));
  }
  return array("Check", items);
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
      items.push_back(fmt::format("{{{}, {}}}", quoted(format), text(list.at(i))));
    }
  }
  return array("Spelling", items);
}

void Compiler::type(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {
      "title",     "becomes",    "kind",     "service_model", "scope",     "redundancy",
      "service",   "class",      "strength", "flags",         "terraform", "cloudformation",
      "identity",  "merge_by",   "apart_by", "routing",       "read",      "links",
      "firewall",  "grants",     "figures",  "remedies",      "checks",    "tags",
      "names_in",  "kubernetes", "compose",  "trace",         "runs",      "shown_by",
      "answers_to"};
  allow(node, kKeys);
  const auto pick = [&]<class E>(std::string_view key, std::string_view type_name, E otherwise) {
    const Node value = node[key];
    return choice(value, value.exists() ? value.text() : bp::name_of(otherwise), bp::kNames<E>,
                  type_name);
  };
  const std::string provider(name.substr(0, name.find('.')));
  const Node becomes = node["becomes"];
  const Node model = node["service_model"];
  std::vector<std::string_view> known;
  for (const shelf::FlagName& flag : shelf::kTypeFlags) {
    known.push_back(flag.name);
  }
  std::string flags;
  for (std::size_t i = 0; i < node["flags"].size(); ++i) {
    (void)choice(node["flags"].at(i), node["flags"].at(i).text(), known, "flag");
  }
  for (const std::string_view flag : known) {
    for (std::size_t i = 0; i < node["flags"].size(); ++i) {
      if (node["flags"].at(i).text() == flag) {
        flags += fmt::format(".{} = true, ", flag);
      }
    }
  }
  if (const Node shared = node["class"]; shared.exists()) {
    class_uses_.emplace(shared.text(), shared);
  }
  if (const Node service = node["service"]; service.exists()) {
    service_uses_.emplace(fmt::format("{} {}", provider, service.text()), service);
  }
  std::string out = fmt::format(
      "{{.name = {}, .title = {}, .becomes = {}, .kind = {}, .service_model = {}, .scope = {}, "
      ".redundancy = {}, .provider = {}, .service = {}, .figures_class = {}, "
      ".default_strength = {}, {}",
      quoted(name), text(node["title"]),
      choice(becomes, becomes.exists() ? becomes.text() : "component", bp::kNames<shelf::Becomes>,
             "Becomes"),
      pick("kind", "blueprint::Kind", bp::Kind::other),
      model.exists()
          ? choice(model, model.text(), bp::kNames<bp::ServiceModel>, "blueprint::ServiceModel")
          : "std::nullopt",
      pick("scope", "blueprint::Scope", bp::Scope::region),
      pick("redundancy", "blueprint::Redundancy", bp::Redundancy::active_active), quoted(provider),
      text(node["service"]), text(node["class"]),
      pick("strength", "blueprint::Strength", bp::Strength::hard), flags);
  out += fmt::format(
      ".spellings = {}, .identity = {}, .merge_by = {}, .apart_by = {}, .tags = {}, .names_in = "
      "{}, "
      ".routing = {}, .answers_to = {}, .runs = {}, .shown_by = {}, .reads = {}, .links = {}, "
      ".firewall = {}, .grants = {}, .figures = {}, .remedies = {}, "
      ".checks = {}}}",
      spellings(node), strings(node["identity"]), strings(node["merge_by"]),
      strings(node["apart_by"]), strings(node["tags"]), strings(node["names_in"]),
      routing(node["routing"]), strings(node["answers_to"]), runs(node["runs"]),
      strings(node["shown_by"]), read_rules(node["read"]), links(node["links"]),
      firewall(node["firewall"]), grants(node["grants"]), figures(node["figures"]),
      remedies(node["remedies"]), checks(node["checks"]));
  if (!types_.emplace(name, out).second) {
    wrong(node, fmt::format("type {} stands twice", name));
  }
}

void Compiler::add(Node root) {
  static constexpr std::string_view kKeys[] = {"catalog", "types",     "classes", "services",
                                               "regions", "providers", "programs"};
  static constexpr std::string_view kOther[] = {"title", "zone_name", "zones", "zone_letters",
                                                "one_region"};
  allow(root, kKeys);
  for (std::size_t i = 0; i < root["types"].size(); ++i) {
    type(root["types"].key(i), root["types"].at(i));
  }
  for (std::size_t i = 0; i < root["classes"].size(); ++i) {
    const std::string name(root["classes"].key(i));
    classes_[name] = fmt::format("{{{}, {}}}", quoted(name), figures(root["classes"].at(i)));
  }
  for (std::size_t i = 0; i < root["providers"].size(); ++i) {
    const std::string name(root["providers"].key(i));
    const Node node = root["providers"].at(i);
    const bool one_region = node["one_region"].text() == "true";
    providers_[name] = fmt::format("{{{}, {}, {}, {}, {}}}", quoted(name), text(node["title"]),
                                   text(node["zone_name"]), one_region, figures(node, kOther));
  }
  for (std::size_t i = 0; i < root["programs"].size(); ++i) {
    program(root["programs"].key(i), root["programs"].at(i));
  }
  for (const std::string_view section : {"services", "regions"}) {
    const Node by_provider = root[section];
    for (std::size_t i = 0; i < by_provider.size(); ++i) {
      const std::string provider(by_provider.key(i));
      for (std::size_t j = 0; j < by_provider.at(i).size(); ++j) {
        const std::string name(by_provider.at(i).key(j));
        const Node node = by_provider.at(i).at(j);
        const std::string key = provider + " " + name;
        if (section == "services") {
          services_[key] = fmt::format("{{{}, {}, {}, {}}}", quoted(provider), quoted(name),
                                       text(node["title"]), figures(node, kOther));
        } else {
          regions_[key] = fmt::format("{{{}, {}, {}, {}, {}}}", quoted(provider), quoted(name),
                                      node["zones"].as_integer().value_or(0),
                                      text(node["zone_letters"]), figures(node, kOther));
        }
      }
    }
  }
}

void Compiler::check_names() {
  for (const auto& [name, at] : class_uses_) {
    if (!classes_.contains(name)) {
      wrong(at, fmt::format("there is no class {}", name));
    }
  }
  for (const auto& [name, at] : service_uses_) {
    if (!services_.contains(name)) {
      wrong(at, fmt::format("there is no service \"{}\"", name),
            "add it to the services of its provider");
    }
  }
}

std::string Compiler::finish() {
  const auto table = [&](std::string_view type, const std::map<std::string, std::string>& rows) {
    std::vector<std::string> items;
    for (const auto& [key, row] : rows) {
      items.push_back(row);
    }
    return array(type, items);
  };
  const std::string types = table("TypeEntry", types_);
  const std::string classes = table("FiguresClass", classes_);
  const std::string services = table("ServiceEntry", services_);
  const std::string regions = table("RegionEntry", regions_);
  const std::string providers = table("ProviderEntry", providers_);
  const std::string programs = table("ProgramEntry", programs_);
  return fmt::format(
      "// Written by tools/compile_catalog from data/catalog. Do not edit.\n"
      "#include \"catalog/tables.h\"\n\nnamespace outlast::catalog {{\nnamespace {{\n{}"
      "constexpr Tables kTables = {{{}, {}, {}, {}, {}, {}}};\n}}  // namespace\n\n"
      "const Tables& built_in_tables() {{ return kTables; }}\n\n}}  // namespace "
      "outlast::catalog\n",
      arrays_, types, classes, services, regions, providers, programs);
}

bool write(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return false;
  }
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: compile_catalog OUTPUT.cc INPUT.yaml...\n");
    return 2;
  }
  outlast::base::Sources sources;
  Diagnostics diagnostics;
  std::deque<outlast::base::Document> documents;
  Compiler compiler(diagnostics);
  const outlast::base::DiskFiles files;
  for (int i = 2; i < argc; ++i) {
    auto text = files.read(argv[i], std::size_t{64} << 20U);
    if (!text) {
      fmt::print(stderr, "{}: {}\n", argv[i], text.error().message);
      return 2;
    }
    const auto source = sources.add(argv[i], std::move(*text), "");
    auto parsed = outlast::base::parse_yaml(sources, source, diagnostics);
    for (std::size_t d = 0; parsed && d < parsed->size(); ++d) {
      documents.push_back(std::move((*parsed)[d]));
      compiler.add(documents.back().root());
    }
  }
  compiler.check_names();
  const std::string text = compiler.finish();
  if (diagnostics.has_errors()) {
    fmt::print(stderr, "{}", outlast::base::render(diagnostics, sources));
    return 2;
  }
  return write(argv[1], text) ? 0 : 2;
}
