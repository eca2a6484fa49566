#include "import/compose_project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::size_t kDeepest = 12;
constexpr std::size_t kMostEnvBytes = std::size_t{1} << 20U;

class ProjectReader {
 public:
  explicit ProjectReader(Desk& desk) : desk_(desk) {}

  ComposeProject read(const std::vector<InputDocument>& files) {
    project_.folder = folder_of(files.front().path);
    read_variables();
    ValueTree merged = no_value({});
    for (const InputDocument& file : files) {
      including_.insert(path_below("", file.path));
    }
    for (const InputDocument& file : files) {
      ValueTree tree = tree_of_file(file.path, file.root, 0);
      if (merged.is(NodeKind::null)) {
        merged = std::move(tree);
      } else {
        overlay(merged, std::move(tree));
      }
    }
    take(merged);
    for (auto& [name, service] : project_.services) {
      add_env_files(service);
    }
    keep_active();
    return std::move(project_);
  }

 private:
  void read_variables() {
    const std::string path = project_.folder + ".env";
    if (desk_.files.kind_of(path) == base::FileSource::PathKind::file) {
      if (const auto bytes = desk_.files.read(path, kMostEnvBytes)) {
        project_.variables = read_env_file(*bytes, {});
      }
    }
    for (Parameter& parameter : desk_.parameters) {
      parameter.is_used = true;  // any variable may be named anywhere
      project_.variables.insert_or_assign(parameter.name, parameter.value);
    }
  }

  /// A file with its short forms written out and what its services extend filled in.
  ValueTree tree_of_file(const std::string& path, Node root, std::size_t depth) {
    project_.files.push_back(root);
    if (!has_right_shape(root)) {
      desk_.draft.is_incomplete = true;
      return no_value(root.span());
    }
    ValueTree tree = tree_of_compose(root, project_.variables, desk_.diagnostics);
    for (auto& [section, members] : tree.members) {
      for (std::size_t i = 0; section == "services" && i < members.members.size(); ++i) {
        write_out(members.members[i].second);
      }
    }
    for (auto& [section, members] : tree.members) {
      for (std::size_t i = 0; section == "services" && i < members.members.size(); ++i) {
        std::set<std::string> chain = {path + "#" + members.members[i].first};
        extend(path, members, members.members[i].second, chain);
      }
    }
    read_includes(path, tree, depth);
    return tree;
  }

  [[nodiscard]] bool has_right_shape(Node root) {
    bool is_right = true;
    const auto check = [&](Node node, NodeKind kind, std::string_view what) {
      const bool is_tagged =
          node.is(NodeKind::map) && node.size() == 1 && node.key(0).starts_with('!');
      if (node.exists() && !node.is(kind) && !node.is(NodeKind::null) && !is_tagged) {
        desk_.diagnostics.error(
            "OUT-E1601", node.span(),
            fmt::format("{} must be {}, not {}", what, words_for(kind), words_for(node.kind())));
        is_right = false;
      }
    };
    for (const std::string_view section :
         {"services", "volumes", "networks", "secrets", "configs"}) {
      check(root[section], NodeKind::map, section);
    }
    const Node services = root["services"];
    for (std::size_t i = 0; i < services.size(); ++i) {
      const Node service = services.at(i);
      if (!service.is(NodeKind::map)) {
        desk_.diagnostics.error("OUT-E1601", service.span(),
                                fmt::format("the service {} must be a map", services.key(i)));
        is_right = false;
      }
      check(service["ports"], NodeKind::list, "ports");
      check(service["volumes"], NodeKind::list, "volumes");
      check(service["deploy"], NodeKind::map, "deploy");
      check(service["healthcheck"], NodeKind::map, "healthcheck");
    }
    return is_right;
  }

  void circle(base::Span span, std::string_view how) {
    desk_.diagnostics.error("OUT-E1604", span, fmt::format("this file {} itself", how),
                            "write out what is meant at one of the places");
  }

  /// Lays a service over the one that it extends, which may extend another.
  void extend(const std::string& path, ValueTree& siblings, ValueTree& service,
              std::set<std::string>& chain) {
    const ValueTree* extends = service.member("extends");
    if (extends == nullptr || extends->is(NodeKind::null)) {
      return;
    }
    const base::Span span = extends->span;
    const ValueTree* named = extends->is_text() ? extends : extends->member("service");
    const ValueTree* file = extends->member("file");
    const std::string name = named == nullptr ? "" : named->text;
    const std::string from = file == nullptr ? path : path_below(folder_of(path), file->text);
    std::erase_if(service.members, [](const auto& member) { return member.first == "extends"; });
    if (!chain.insert(from + "#" + name).second || chain.size() > kDeepest) {
      circle(span, "extends");
      return;
    }
    ValueTree other_file = no_value(span);
    ValueTree* others = &siblings;
    if (from != path) {
      const Node root = read_named_file(desk_, from, span);
      if (!root.exists()) {
        return;
      }
      project_.files.push_back(root);
      other_file = tree_of_compose(root["services"], project_.variables, desk_.diagnostics);
      for (auto& [key, other] : other_file.members) {
        write_out(other);
      }
      others = &other_file;
    }
    const ValueTree* base = others->member(name);
    if (base == nullptr) {
      desk_.diagnostics.error("OUT-E1605", span, fmt::format("{} has no service {}", from, name));
      return;
    }
    ValueTree lower = *base;
    extend(from, *others, lower, chain);
    overlay(lower, std::move(service));
    service = std::move(lower);
  }

  /// Projects that are included bring what they declare; what is declared here too stays as here.
  void read_includes(const std::string& path, ValueTree& tree, std::size_t depth) {
    const ValueTree* include = tree.member("include");
    if (include == nullptr || !include->is(NodeKind::list)) {
      return;
    }
    const ValueTree listed = *include;
    for (const ValueTree& item : listed.items) {
      const ValueTree* named = item.is_text() ? &item : item.member("path");
      if (named == nullptr) {
        continue;
      }
      std::vector<ValueTree> paths = named->is(NodeKind::list) ? named->items : std::vector{*named};
      ValueTree included = no_value(item.span);
      for (const ValueTree& one : paths) {
        const std::string file = path_below(folder_of(path), one.text);
        if (depth >= kDeepest || !including_.insert(file).second) {
          circle(one.span, "includes");
          continue;
        }
        if (const Node root = read_named_file(desk_, file, one.span); root.exists()) {
          ValueTree part = tree_of_file(file, root, depth + 1);
          if (included.is(NodeKind::null)) {
            included = std::move(part);
          } else {
            overlay(included, std::move(part));
          }
        }
        including_.erase(file);
      }
      overlay(included, std::move(tree));
      tree = std::move(included);
    }
  }

  void take(const ValueTree& merged) {
    if (const ValueTree* name = merged.member("name")) {
      project_.name = name->text;
    }
    const std::array<std::pair<std::string_view, std::map<std::string, ValueTree>*>, 5> sections = {
        {{"services", &project_.services},
         {"volumes", &project_.volumes},
         {"networks", &project_.networks},
         {"secrets", &project_.secrets},
         {"configs", &project_.configs}}};
    for (const auto& [section, into] : sections) {
      const ValueTree* members = merged.member(section);
      for (std::size_t i = 0; members != nullptr && i < members->members.size(); ++i) {
        const auto& [key, value] = members->members[i];
        if (section != "services" || value.is(NodeKind::map)) {
          into->insert_or_assign(key, value);
        }
      }
    }
  }

  /// What `environment` does not say itself comes from its files, of which the last counts.
  void add_env_files(ValueTree& service) {
    const ValueTree* listed = service.member("env_file");
    const std::vector<ValueTree> files =
        listed == nullptr ? std::vector<ValueTree>() : listed->items;
    for (auto file = files.rbegin(); file != files.rend(); ++file) {
      const ValueTree* named = file->is_text() ? &*file : file->member("path");
      const ValueTree* required = file->member("required");
      const std::string path = named == nullptr ? "" : path_below(project_.folder, named->text);
      if (named == nullptr || !named->is_closed()) {
        continue;
      }
      const auto bytes = desk_.files.read(path, kMostEnvBytes);
      if (!bytes) {
        if (required == nullptr || required->text != "false") {
          desk_.diagnostics.warning("OUT-E1606", file->span,
                                    fmt::format("{} {}", path, bytes.error().message),
                                    "the settings in it are taken as not known");
        }
        continue;
      }
      fill_environment(service, read_env_file(*bytes, project_.variables), file->span);
    }
  }

  static void fill_environment(ValueTree& service, const Variables& variables, base::Span span) {
    auto at = std::find_if(service.members.begin(), service.members.end(),
                           [](const auto& member) { return member.first == "environment"; });
    if (at == service.members.end()) {
      ValueTree map;
      map.kind = NodeKind::map;
      map.span = span;
      service.members.emplace_back("environment", std::move(map));
      at = service.members.end() - 1;
    }
    for (const auto& [name, text] : variables) {
      if (at->second.member(name) == nullptr) {
        ValueTree value = text_value(text, span);
        value.is_computed = true;  // it stands in another file
        at->second.members.emplace_back(name, std::move(value));
      }
    }
  }

  /// Services with profiles run where one of these is active, or where another needs them.
  void keep_active() {
    if (const auto given = project_.variables.find("COMPOSE_PROFILES");
        given != project_.variables.end()) {
      for (const std::string_view profile : base::split(given->second, ',')) {
        profiles_.emplace_back(base::trim(profile));
      }
    }
    std::set<std::string> kept;
    for (const auto& [name, service] : project_.services) {
      if (is_active(service)) {
        keep_with_needs(name, kept);
      }
    }
    std::vector<std::string> left_out;
    std::erase_if(project_.services, [&](const auto& service) {
      const bool is_out = !kept.contains(service.first);
      if (is_out) {
        left_out.push_back(service.first);
      }
      return is_out;
    });
    if (!left_out.empty()) {
      desk_.draft.assumptions.push_back(
          {"profiles that are not active", base::join_words(left_out),
           "they do not run unless asked for: --param COMPOSE_PROFILES=…"});
    }
  }

  [[nodiscard]] bool is_active(const ValueTree& service) const {
    const ValueTree* own = service.member("profiles");
    return own == nullptr || own->items.empty() ||
           std::any_of(profiles_.begin(), profiles_.end(), [&](const std::string& active) {
             return active == "*" ||
                    std::any_of(own->items.begin(), own->items.end(),
                                [&](const ValueTree& profile) { return profile.text == active; });
           });
  }

  void keep_with_needs(const std::string& name, std::set<std::string>& kept) {
    std::vector<std::string> open = {name};
    while (!open.empty()) {
      const std::string next = std::move(open.back());
      open.pop_back();
      const auto service = project_.services.find(next);
      if (service == project_.services.end() || !kept.insert(next).second) {
        continue;
      }
      if (const ValueTree* needs = service->second.member("depends_on")) {
        for (const auto& [needed, how] : needs->members) {
          if (is_waited_for(next, needed, how)) {
            open.push_back(needed);
          }
        }
      }
    }
  }

  /// Compose refuses a service that cannot do without one of no active profile. That is told; whoever
  /// runs it all the same has asked for that profile.
  [[nodiscard]] bool is_waited_for(const std::string& name, const std::string& needed,
                                   const ValueTree& how) {
    const auto service = project_.services.find(needed);
    if (service == project_.services.end() || is_active(service->second)) {
      return true;
    }
    const ValueTree* required = how.member("required");
    if (required != nullptr && required->text == "false") {
      return false;
    }
    desk_.diagnostics.warning(
        "OUT-E1610", how.span,
        fmt::format("{} waits for {}, which is in no profile that is active", name, needed),
        fmt::format("Compose refuses that: --param COMPOSE_PROFILES={} runs it",
                    service->second.member("profiles")->items.front().text));
    return true;
  }

  Desk& desk_;
  ComposeProject project_;
  std::set<std::string> including_;
  std::vector<std::string> profiles_;  ///< that are active
};

}  // namespace

ComposeProject read_compose_project(const std::vector<InputDocument>& files, Desk& desk) {
  return ProjectReader(desk).read(files);
}

}  // namespace outlast::import
