#include "import/kubernetes_rights.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "import/kubernetes_made.h"
#include "import/value_tree.h"

namespace outlast::import {

using base::JsonWriter;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kAllAccounts = "system:serviceaccounts";
constexpr std::string_view kDefaultAccount = "default";

/// A namespace and a name in it.
using Account = std::pair<std::string, std::string>;

/// What a binding lets its subjects do.
struct Statement {
  std::vector<std::string> actions;
  bool is_certain = true;
};

std::vector<std::string_view> words_of(Node list) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; list.is(NodeKind::list) && i < list.size(); ++i) {
    words.push_back(list.at(i).text());
  }
  return words;
}

/// One rule of a role. What is named one by one may be another than the one that matters.
Statement statement_of(Node rule) {
  Statement out;
  out.is_certain = rule["resourceNames"].size() == 0;
  for (const std::string_view group : words_of(rule["apiGroups"])) {
    for (const std::string_view resource : words_of(rule["resources"])) {
      for (const std::string_view verb : words_of(rule["verbs"])) {
        const bool is_everything = group == "*" && resource == "*" && verb == "*";
        out.actions.push_back(
            is_everything
                ? "cluster:*"
                : fmt::format("cluster:{}/{}:{}", group.empty() ? "core" : group, resource, verb));
      }
    }
  }
  return out;
}

/// Of roles that every cluster has, and no input need hold, by the documentation of Kubernetes.
std::vector<Statement> built_in_role(std::string_view name) {
  if (name == "cluster-admin") {
    return {{{"cluster:*"}, true}};
  }
  if (name == "admin" || name == "edit") {
    return {{{"cluster:core/secrets:*", "cluster:core/pods:*", "cluster:core/pods/exec:*",
              "cluster:apps/*:*", "cluster:batch/*:*"},
             true}};
  }
  if (name == "view") {
    return {{{"cluster:core/pods:get", "cluster:core/configmaps:get"}, true}};
  }
  return {{{"cluster:*"}, false}};
}

class RightsReader {
 public:
  RightsReader(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {}

  void read() {
    for (const ResourceId id : objects_.all()) {
      note_bearer(id);
    }
    for (const ResourceId id : objects_.all()) {
      const std::string_view type = draft_.resources[id].type;
      if (type == "rbac.authorization.k8s.io/RoleBinding" ||
          type == "rbac.authorization.k8s.io/ClusterRoleBinding") {
        read_binding(id);
      }
    }
  }

 private:
  /// Who carries the token of which account.
  void note_bearer(ResourceId id) {
    const Node pod = pod_template_of(objects_.object(id)).spec();
    if (!pod.exists()) {
      return;
    }
    const std::string& space = objects_.space_of(id);
    const std::string_view named = pod["serviceAccountName"].text();
    const std::string_view name = named.empty() ? kDefaultAccount : named;
    const ResourceId account = objects_.find(space, "ServiceAccount", name);
    Node mounts = pod["automountServiceAccountToken"];
    if (!mounts.exists() && account.exists()) {
      mounts = objects_.object(account)["automountServiceAccountToken"];
    }
    if (mounts.text() != "false") {
      bearers_[{space, std::string(name)}].push_back(id);
    }
  }

  void read_binding(ResourceId id) {
    const auto accounts = accounts_of(id);
    const auto statements = statements_of(id);
    const bool allows_anything =
        std::any_of(statements.begin(), statements.end(),
                    [](const Statement& statement) { return !statement.actions.empty(); });
    if (accounts.empty() || !allows_anything) {
      return;
    }
    const base::Span span = draft_.resources[id].evidence.span;
    ValueTree subjects = unknown_value(span);
    for (const Account& account : accounts) {
      subjects.uses.push_back(identity(account, id));
    }
    ValueTree attributes;
    attributes.kind = NodeKind::map;
    attributes.span = span;
    attributes.members.emplace_back("subjects", std::move(subjects));
    attributes.members.emplace_back("document", text_value(document_of(id, statements), span));
    const DraftResource binding = draft_.resources[id];
    add(binding.address + " rights", "rbac.authorization.k8s.io/RoleBinding rights", binding,
        attributes);
  }

  /// Service accounts that a binding is for, by name or by a group that they are all in.
  [[nodiscard]] std::set<Account> accounts_of(ResourceId binding) const {
    std::set<Account> all;
    const Node subjects = objects_.object(binding)["subjects"];
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const Node subject = subjects.at(i);
      const std::string_view name = subject["name"].text();
      if (subject["kind"].text() == "ServiceAccount") {
        const std::string_view space = subject["namespace"].text();
        all.emplace(space.empty() ? objects_.space_of(binding) : std::string(space), name);
      } else if (subject["kind"].text() == "Group" && name.starts_with(kAllAccounts)) {
        const std::string_view space =
            name.size() > kAllAccounts.size() ? name.substr(kAllAccounts.size() + 1) : "";
        for (const auto& [account, who] : bearers_) {
          if (space.empty() || account.first == space) {
            all.insert(account);
          }
        }
      }
    }
    return all;
  }

  /// The address of an account as somebody who is allowed things, worn by all its bearers.
  std::string identity(const Account& account, ResourceId binding) {
    const auto& [space, name] = account;
    std::string address = kubernetes_address(space, "ServiceAccount", name) + " rights";
    if (by_address_.contains(address)) {
      return address;
    }
    const ResourceId object = objects_.find(space, "ServiceAccount", name);
    const DraftResource told = draft_.resources[object.exists() ? object : binding];
    ValueTree attributes;
    attributes.kind = NodeKind::map;
    attributes.span = told.evidence.span;
    attributes.members.emplace_back("name", text_value(name, told.evidence.span));
    const ResourceId made = add(address, "ServiceAccount rights", told, attributes);
    const auto bearers = bearers_.find(account);
    for (const ResourceId bearer :
         bearers == bearers_.end() ? std::vector<ResourceId>() : bearers->second) {
      draft_.resources[bearer].references.push_back({"rights", {made}});
    }
    return address;
  }

  [[nodiscard]] std::vector<Statement> statements_of(ResourceId binding) const {
    const Node role = objects_.object(binding)["roleRef"];
    const std::string_view kind = role["kind"].text();
    const ResourceId found =
        objects_.find(kind == "Role" ? std::string_view(objects_.space_of(binding)) : "", kind,
                      role["name"].text());
    if (!found.exists()) {
      return built_in_role(role["name"].text());
    }
    const Node rules = objects_.object(found)["rules"];
    std::vector<Statement> all;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      all.push_back(statement_of(rules.at(i)));
    }
    if (objects_.object(found)["aggregationRule"].exists()) {
      all.push_back({{"cluster:*"}, false});
    }
    return all;
  }

  [[nodiscard]] std::string document_of(ResourceId binding,
                                        const std::vector<Statement>& statements) const {
    const bool is_everywhere = objects_.object(binding)["kind"].text() == "ClusterRoleBinding";
    const std::string where =
        is_everywhere ? "*" : fmt::format("namespace/{}", objects_.space_of(binding));
    JsonWriter json;
    json.begin_object();
    json.key("Statement");
    json.begin_array();
    for (const Statement& statement : statements) {
      json.begin_object();
      json.member("Effect", "Allow");
      json.member("Action", statement.actions);
      json.member("Resource", where);
      if (!statement.is_certain) {
        json.key("Condition");
        json.begin_object();
        json.member("rules", "not known");
        json.end_object();
      }
      json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take();
  }

  /// `told` is the object that it is made of.
  ResourceId add(const std::string& address, std::string type, const DraftResource& told,
                 const ValueTree& attributes) {
    const ResourceId id = draft_.resources.push_back(
        made_beside(told, address, std::move(type), attributes, by_address_, draft_));
    by_address_.emplace(address, id);
    return id;
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::map<Account, std::vector<ResourceId>> bearers_;
  std::map<std::string, ResourceId> by_address_;  ///< identities made
};

}  // namespace

void add_kubernetes_rights(const KubernetesObjects& objects, Draft& draft) {
  RightsReader(objects, draft).read();
}

}  // namespace outlast::import
