#include "import/kubernetes_authorizations.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blueprint/peer_words.h"
#include "import/kubernetes_made.h"
#include "import/kubernetes_rows.h"
#include "import/value_tree.h"

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kType = "security.istio.io/AuthorizationPolicy";
constexpr std::string_view kRootSpace = "istio-system";  // whose policies are for the whole mesh

enum class Action { allow, deny, other };

Action action_of(Node spec) {
  const std::string_view text = spec["action"].text();
  return text.empty() || text == "ALLOW" ? Action::allow
         : text == "DENY"                ? Action::deny
                                         : Action::other;
}

/// "a*", "*a", "*", or the text itself.
bool fits(std::string_view pattern, std::string_view text) {
  if (pattern == "*") {
    return true;
  }
  if (pattern.ends_with('*')) {
    return text.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return pattern.starts_with('*') ? text.ends_with(pattern.substr(1)) : text == pattern;
}

/// Does it ask for more than who calls, and at which port?
bool has_further_conditions(Node rule) {
  constexpr auto kOfSource = std::to_array<std::string_view>(
      {"requestPrincipals", "notRequestPrincipals", "notPrincipals", "notNamespaces", "notIpBlocks",
       "notRemoteIpBlocks", "notServiceAccounts"});
  constexpr auto kOfOperation = std::to_array<std::string_view>(
      {"hosts", "notHosts", "methods", "notMethods", "paths", "notPaths", "notPorts"});
  const auto has_any = [](Node list, std::string_view part, const auto& names) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Node one = list.at(i)[part];
      if (std::any_of(names.begin(), names.end(),
                      [&](std::string_view name) { return one[name].size() > 0; })) {
        return true;
      }
    }
    return false;
  };
  return rule["when"].size() > 0 || has_any(rule["from"], "source", kOfSource) ||
         has_any(rule["to"], "operation", kOfOperation);
}

class AuthorizationReader {
 public:
  AuthorizationReader(const KubernetesObjects& objects, Draft& draft)
      : objects_(objects), draft_(draft) {
    for (const ResourceId id : objects.all()) {
      by_address_.emplace(draft.resources[id].address, id);
      const PodTemplate pod = pod_template_of(objects.object(id));
      if (draft.resources[id].type == kType) {
        policies_.push_back(id);
      } else if (pod.pod.exists()) {
        const std::string_view account = pod.spec()["serviceAccountName"].text();
        pods_.push_back({id, objects.space_of(id),
                         account.empty() ? std::string("default") : std::string(account)});
      }
    }
  }

  void read() {
    for (const ResourceId id : policies_) {
      if (action_of(spec_of(id)) == Action::allow) {
        for (const ResourceId pod : selected_by(id)) {
          closed_.insert(pod.index);
        }
      }
    }
    for (const ResourceId id : policies_) {
      read(id);
    }
  }

 private:
  struct Pod {
    ResourceId id;
    std::string space;
    std::string account;
  };

  [[nodiscard]] Node spec_of(ResourceId policy) const { return objects_.object(policy)["spec"]; }

  /// Without a selector all of its namespace, or of the mesh.
  [[nodiscard]] std::vector<ResourceId> selected_by(ResourceId policy) const {
    const Node labels = spec_of(policy)["selector"]["matchLabels"];
    const std::string& own = objects_.space_of(policy);
    std::vector<ResourceId> all;
    std::set<std::string> spaces;
    for (const Pod& pod : pods_) {
      if ((pod.space == own || own == kRootSpace) && has_sidecars(pod.space)) {
        spaces.insert(pod.space);
      }
    }
    for (const std::string& space : spaces) {
      const auto some =
          labels.size() > 0 ? objects_.with_labels(space, labels) : objects_.all_in(space);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  [[nodiscard]] bool has_sidecars(const std::string& space) const {
    const ResourceId object = objects_.find("", "Namespace", space);
    return !object.exists() ||
           objects_.object(object)["metadata"]["labels"]["istio-injection"].text() != "disabled";
  }

  void read(ResourceId id) {
    const Node spec = spec_of(id);
    const Action action = action_of(spec);
    if (action == Action::other || spec["targetRefs"].exists()) {
      return;
    }
    RowMaker rows(spec.span());
    rows.close("inbound", spec.span());
    const Node rules = spec["rules"];
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (action == Action::allow || !has_further_conditions(rules.at(i))) {
        read_rule(rules.at(i), action, rows);
      }
    }
    // What denies some leaves open to others what no policy that allows closes.
    std::vector<ResourceId> closed;
    std::vector<ResourceId> open;
    for (const ResourceId pod : selected_by(id)) {
      (closed_.contains(pod.index) ? closed : open).push_back(pod);
    }
    if (!open.empty()) {
      RowMaker with_others = rows;
      with_others.open("inbound", spec.span());
      guard_with(id, with_others.take(), " to others", open, by_address_, draft_);
    }
    if (!closed.empty()) {
      guard_with(id, rows.take(), "", closed, by_address_, draft_);
    }
  }

  void read_rule(Node rule, Action action, RowMaker& rows) const {
    ValueTree ranges = list_value({}, rule.span());
    ValueTree workloads = unknown_value(rule.span());
    const Node from = rule["from"];
    for (std::size_t i = 0; i < from.size(); ++i) {
      read_source(from.at(i)["source"], ranges, workloads);
    }
    if (from.size() == 0) {
      ranges.items.push_back(text_value("*", rule.span()));
    }
    const std::string_view word = action == Action::deny ? "deny" : "allow";
    std::vector<Node> ports;
    const Node to = rule["to"];
    bool is_for_all = to.size() == 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
      const Node listed = to.at(i)["operation"]["ports"];
      is_for_all = is_for_all || listed.size() == 0;
      for (std::size_t k = 0; k < listed.size(); ++k) {
        ports.push_back(listed.at(k));
      }
    }
    if (is_for_all) {
      rows.add("inbound", rule.span(), all_ports(rule.span()), ranges, workloads, word);
      return;
    }
    for (const Node port : ports) {
      ValueTree one;
      one.members.emplace_back("protocol", text_value("tcp", port.span()));
      one.members.emplace_back("from_port", text_value(std::string(port.text()), port.span()));
      one.members.emplace_back("to_port", text_value(std::string(port.text()), port.span()));
      rows.add("inbound", port.span(), std::move(one), ranges, workloads, word);
    }
  }

  /// Callers by account, by namespace, by address. Of a namespace, and of what fits nobody here, no
  /// input may hold all.
  void read_source(Node source, ValueTree& ranges, ValueTree& workloads) const {
    bool is_told = false;
    for (const std::string_view list : {"principals", "serviceAccounts", "namespaces"}) {
      const Node patterns = source[list];
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        is_told = true;
        add_callers(list, patterns.at(i), ranges, workloads);
      }
    }
    for (const std::string_view list : {"ipBlocks", "remoteIpBlocks"}) {
      const Node blocks = source[list];
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        is_told = true;
        ranges.items.push_back(text_value(std::string(blocks.at(i).text()), blocks.at(i).span()));
      }
    }
    if (!is_told) {
      ranges.items.push_back(text_value("*", source.span()));
    }
  }

  void add_callers(std::string_view list, Node pattern, ValueTree& ranges,
                   ValueTree& workloads) const {
    bool is_anybody = false;
    for (const Pod& pod : pods_) {
      const std::string name = list == "namespaces" ? pod.space
                               : list == "serviceAccounts"
                                   ? pod.space + "/" + pod.account
                                   : "cluster.local/ns/" + pod.space + "/sa/" + pod.account;
      const std::string& address = draft_.resources[pod.id].address;
      if (fits(pattern.text(), name)) {
        is_anybody = true;
        if (std::find(workloads.uses.begin(), workloads.uses.end(), address) ==
            workloads.uses.end()) {
          workloads.uses.push_back(address);
        }
      }
    }
    if (!is_anybody || list == "namespaces" || pattern.text().find('*') != std::string_view::npos) {
      ranges.items.push_back(text_value(std::string(blueprint::kStrangers), pattern.span()));
    }
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::map<std::string, ResourceId> by_address_;
  std::vector<ResourceId> policies_;
  std::vector<Pod> pods_;
  std::set<std::uint32_t> closed_;  ///< but for what some policy allows
};

}  // namespace

void add_kubernetes_authorizations(const KubernetesObjects& objects, Draft& draft) {
  AuthorizationReader(objects, draft).read();
}

}  // namespace outlast::import
