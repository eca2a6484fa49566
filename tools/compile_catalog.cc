// Compiles data/catalog/*.yaml into the C++ tables of src/catalog/tables.h.
//
// usage: compile_catalog OUTPUT.cc INPUT.yaml...
//
// Everything that can be wrong in the data is refused here, at build time, with file and line:
// unknown keys, figures without source, names that lead nowhere. The program then starts with
// finished tables and parses nothing.

#include <fmt/format.h>

#include "catalog_compiler.h"

namespace outlast::tools {

void Compiler::type(std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {
      "title", "becomes",  "kind",     "service_model", "scope",      "redundancy", "service",
      "class", "strength", "flags",    "identity",      "merge_by",   "apart_by",   "routing",
      "read",  "links",    "firewall", "grants",        "figures",    "remedies",   "checks",
      "tags",  "names_in", "runs",     "shown_by",      "answers_to", "endings",    "limits",
      "role",  "access",   "traits"};
  std::vector<std::string_view> keys(std::begin(shelf::kFormats), std::end(shelf::kFormats));
  keys.insert(keys.end(), std::begin(kKeys), std::end(kKeys));
  allow(node, keys);
  const auto pick = [&]<class E>(std::string_view key, std::string_view type_name, E otherwise) {
    const Node value = node[key];
    return choice(value, value.exists() ? value.text() : bp::name_of(otherwise), bp::kNames<E>,
                  type_name);
  };
  const std::string provider(name.substr(0, name.find('.')));
  const Node becomes = node["becomes"];
  const Node model = node["service_model"];
  const Node role = node["role"];
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
      literal(name), text(node["title"]),
      choice(becomes, becomes.exists() ? becomes.text() : "component", bp::kNames<shelf::Becomes>,
             "Becomes"),
      pick("kind", "blueprint::Kind", bp::Kind::other),
      model.exists()
          ? choice(model, model.text(), bp::kNames<bp::ServiceModel>, "blueprint::ServiceModel")
          : "std::nullopt",
      pick("scope", "blueprint::Scope", bp::Scope::region),
      pick("redundancy", "blueprint::Redundancy", bp::Redundancy::active_active), literal(provider),
      text(node["service"]), text(node["class"]),
      pick("strength", "blueprint::Strength", bp::Strength::hard), flags);
  out += fmt::format(
      ".spellings = {}, .identity = {}, .merge_by = {}, .apart_by = {}, .tags = {}, .names_in = "
      "{}, "
      ".routing = {}, .answers_to = {}, .runs = {}, .shown_by = {}, .reads = {}, .links = {}, "
      ".firewall = {}, .grants = {}, .access = {}, .figures = {}, .remedies = {}, "
      ".checks = {}, .endings = {}, .limits = {}, .role = {}, .traits = {}}}",
      spellings(node), strings(node["identity"]), strings(node["merge_by"]),
      strings(node["apart_by"]), strings(node["tags"]), strings(node["names_in"]),
      routing(node["routing"]), strings(node["answers_to"]), runs(node["runs"]),
      strings(node["shown_by"]), read_rules(node["read"]), links(node["links"]),
      firewall(node["firewall"]), grants(node["grants"]), access(node["access"]),
      figures(node["figures"]), remedies(node["remedies"]), checks(node["checks"]),
      endings(node["endings"]), limits(node["limits"]),
      role.exists() ? choice(role, role.text(), bp::kNames<shelf::RecoveryRole>, "RecoveryRole")
                    : "std::nullopt",
      traits(node["traits"]));
  if (!types_.emplace(name, out).second) {
    wrong(node, fmt::format("type {} stands twice", name));
  }
}

/// `AWS::X::Y: aws_x_y`, or a map that says how attributes are spelled.
void Compiler::translation(std::string_view format, std::string_view name, Node node) {
  static constexpr std::string_view kKeys[] = {"as", "as_with", "paths", "words", "texts"};
  if (node.is(NodeKind::map)) {
    allow(node, kKeys);
  }
  const Node as = node.is(NodeKind::map) ? node["as"] : node;
  std::vector<std::string> wordings;
  for (std::size_t i = 0; i < node["words"].size(); ++i) {
    wordings.push_back(
        fmt::format("{{{}, {}}}", literal(node["words"].key(i)), mappings(node["words"].at(i))));
  }
  translated_.emplace(as.text(), as);
  for (std::size_t i = 0; i < node["as_with"].size(); ++i) {
    translated_.emplace(node["as_with"].at(i).text(), node["as_with"].at(i));
  }
  const std::string as_with = mappings(node["as_with"]);
  const std::string paths = mappings(node["paths"]);
  const std::string texts = strings(node["texts"]);
  translations_[fmt::format("{} {}", format, name)] =
      fmt::format("{{{}, {}, {}, {}, {}, {}, {}}}", literal(format), literal(name), text(as),
                  as_with, paths, array("Wording", wordings), texts);
}

void Compiler::add_spellings(Node root) {
  const Node formats = root["translations"];
  for (std::size_t i = 0; i < formats.size(); ++i) {
    for (std::size_t j = 0; j < formats.at(i).size(); ++j) {
      const Node node = formats.at(i).at(j);
      translation(formats.key(i), formats.at(i).key(j), node);
      const Node as = node.is(NodeKind::map) ? node["as"] : node;
      also_spelled_[std::string(as.text())].push_back(
          fmt::format("{{{}, {}}}", literal(formats.key(i)), literal(formats.at(i).key(j))));
    }
  }
}

void Compiler::add(Node root) {
  static constexpr std::string_view kKeys[] = {
      "catalog",  "types",        "classes",    "services", "regions", "providers",
      "programs", "translations", "lifecycles", "policies", "as_of"};
  static constexpr std::string_view kOther[] = {"title",        "zone_name",  "zones",
                                                "zone_letters", "one_region", "stands_in",
                                                "registries",   "networks",   "firewalls"};
  allow(root, kKeys);
  for (std::size_t i = 0; i < root["types"].size(); ++i) {
    type(root["types"].key(i), root["types"].at(i));
  }
  for (std::size_t i = 0; i < root["classes"].size(); ++i) {
    const std::string name(root["classes"].key(i));
    classes_[name] = fmt::format("{{{}, {}}}", literal(name), figures(root["classes"].at(i)));
  }
  for (std::size_t i = 0; i < root["providers"].size(); ++i) {
    const std::string name(root["providers"].key(i));
    const Node node = root["providers"].at(i);
    const bool one_region = node["one_region"].text() == "true";
    const bool stands_in = node["stands_in"].text() == "true";
    for (const std::string_view named : {"networks", "firewalls"}) {
      for (std::size_t t = 0; t < node[named].size(); ++t) {
        translated_.emplace(node[named].at(t).text(), node[named].at(t));
      }
    }
    providers_[name] =
        fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}}}", literal(name), text(node["title"]),
                    text(node["zone_name"]), one_region, stands_in, strings(node["registries"]),
                    strings(node["networks"]), strings(node["firewalls"]), figures(node, kOther));
  }
  for (std::size_t i = 0; i < root["programs"].size(); ++i) {
    program(root["programs"].key(i), root["programs"].at(i));
  }
  for (std::size_t i = 0; i < root["lifecycles"].size(); ++i) {
    lifecycle(root["lifecycles"].key(i), root["lifecycles"].at(i));
  }
  for (std::size_t i = 0; i < root["policies"].size(); ++i) {
    const std::string name(root["policies"].key(i));
    policies_[name] = fmt::format("{{{}, {}}}", literal(name), strings(root["policies"].at(i)));
  }
  if (const Node as_of = root["as_of"]; as_of.exists()) {
    as_of_ = day(as_of);
  }
  for (const std::string_view section : {"services", "regions"}) {
    const Node by_provider = root[section];
    for (std::size_t i = 0; i < by_provider.size(); ++i) {
      const std::string provider(by_provider.key(i));
      for (std::size_t j = 0; j < by_provider.at(i).size(); ++j) {
        const std::string name(by_provider.at(i).key(j));
        const Node node = by_provider.at(i).at(j);
        const std::string key = fmt::format("{} {}", provider, name);
        if (section == "services") {
          services_[key] = fmt::format("{{{}, {}, {}, {}}}", literal(provider), literal(name),
                                       text(node["title"]), figures(node, kOther));
        } else {
          regions_[key] = fmt::format("{{{}, {}, {}, {}, {}}}", literal(provider), literal(name),
                                      node["zones"].as_integer().value_or(0),
                                      text(node["zone_letters"]), figures(node, kOther));
        }
      }
    }
  }
}

void Compiler::check_names() {
  for (const auto& [name, at] : translated_) {
    if (!spelled_.contains("terraform " + name)) {
      wrong(at, fmt::format("no type is spelled {}", name));
    }
  }
  for (const auto& [name, at] : class_uses_) {
    if (!classes_.contains(name)) {
      wrong(at, fmt::format("there is no class {}", name));
    }
  }
  for (const auto& [name, at] : lifecycle_uses_) {
    if (!lifecycles_.contains(name)) {
      wrong(at, fmt::format("there is no lifecycle {}", name));
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
  const std::string translations = table("Translation", translations_);
  const std::string lifecycles = table("Lifecycle", lifecycles_);
  const std::string policies = table("KnownPolicy", policies_);
  return fmt::format(
      "// Written by tools/compile_catalog from data/catalog. Do not edit.\n"
      "#include \"catalog/tables.h\"\n\nnamespace outlast::catalog {{\nnamespace {{\n{}"
      "constexpr Tables kTables = {{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}};\n}}  // namespace\n\n"
      "const Tables& built_in_tables() {{ return kTables; }}\n\n}}  // namespace "
      "outlast::catalog\n",
      arrays_, types, classes, services, regions, providers, programs, translations, lifecycles,
      policies, as_of_.empty() ? "{}" : as_of_);
}

}  // namespace outlast::tools

int main(int argc, char** argv) {
  outlast::tools::DataFiles data;
  if (!data.read(argc, argv)) {
    return 2;
  }
  outlast::tools::Compiler compiler(data.diagnostics);
  for (const outlast::base::Document& document : data.documents) {
    compiler.add_spellings(document.root());
  }
  for (const outlast::base::Document& document : data.documents) {
    compiler.add(document.root());
  }
  compiler.check_names();
  return data.finish(argv, compiler.finish());
}
