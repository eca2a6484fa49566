// The schema of Terraform's provider is that of Kubernetes with other names: words joined by
// underscores, every block a list, and lists called in the singular. So names are spelled anew by
// rule, and only what the rule does not tell is listed: which blocks may stand more than once, and
// names that the rule spells otherwise.

#include "import/kubernetes_of_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.h"

namespace outlast::import {

using base::DocumentBuilder;
using base::Node;
using base::NodeKind;

namespace {

constexpr auto kKinds = std::to_array<KindOfObject>({
    {"kubernetes_deployment", "apps/v1", "Deployment"},
    {"kubernetes_stateful_set", "apps/v1", "StatefulSet"},
    {"kubernetes_daemonset", "apps/v1", "DaemonSet"},
    {"kubernetes_daemon_set", "apps/v1", "DaemonSet"},
    {"kubernetes_replication_controller", "v1", "ReplicationController"},
    {"kubernetes_pod", "v1", "Pod"},
    {"kubernetes_job", "batch/v1", "Job"},
    {"kubernetes_cron_job", "batch/v1", "CronJob"},
    {"kubernetes_service", "v1", "Service"},
    {"kubernetes_ingress", "networking.k8s.io/v1", "Ingress"},
    {"kubernetes_horizontal_pod_autoscaler", "autoscaling/v2", "HorizontalPodAutoscaler"},
    {"kubernetes_pod_disruption_budget", "policy/v1", "PodDisruptionBudget"},
    {"kubernetes_network_policy", "networking.k8s.io/v1", "NetworkPolicy"},
    {"kubernetes_config_map", "v1", "ConfigMap"},
    {"kubernetes_secret", "v1", "Secret"},
    {"kubernetes_namespace", "v1", "Namespace"},
    {"kubernetes_service_account", "v1", "ServiceAccount"},
    {"kubernetes_persistent_volume", "v1", "PersistentVolume"},
    {"kubernetes_persistent_volume_claim", "v1", "PersistentVolumeClaim"},
    {"kubernetes_storage_class", "storage.k8s.io/v1", "StorageClass"},
    {"kubernetes_priority_class", "scheduling.k8s.io/v1", "PriorityClass"},
    {"kubernetes_role", "rbac.authorization.k8s.io/v1", "Role"},
    {"kubernetes_role_binding", "rbac.authorization.k8s.io/v1", "RoleBinding"},
    {"kubernetes_cluster_role", "rbac.authorization.k8s.io/v1", "ClusterRole"},
    {"kubernetes_cluster_role_binding", "rbac.authorization.k8s.io/v1", "ClusterRoleBinding"},
});

/// A block that may stand more than once, or a name that the rule would spell otherwise.
struct Spelled {
  std::string_view from;
  std::string_view to;
  bool is_list = false;
  std::string_view within = {};      ///< only in this block or, with a capital, in this kind
  std::string_view not_within = {};  ///< or not in this one
};

constexpr auto kSpelled = std::to_array<Spelled>({
    {"container", "containers", true},
    {"init_container", "initContainers", true},
    {"env", "env", true},
    {"env_from", "envFrom", true},
    {"port", "ports", true, "", "service"},
    {"ports", "ports", true},
    {"volume", "volumes", true},
    {"volume_mount", "volumeMounts", true},
    {"volume_device", "volumeDevices", true},
    {"volume_claim_template", "volumeClaimTemplates", true},
    {"toleration", "tolerations", true},
    {"topology_spread_constraint", "topologySpreadConstraints", true},
    {"match_expressions", "matchExpressions", true},
    {"match_fields", "matchFields", true},
    {"node_selector_term", "nodeSelectorTerms", true},
    {"preferred_during_scheduling_ignored_during_execution",
     "preferredDuringSchedulingIgnoredDuringExecution", true},
    {"required_during_scheduling_ignored_during_execution",
     "requiredDuringSchedulingIgnoredDuringExecution", true, "", "node_affinity"},
    {"image_pull_secrets", "imagePullSecrets", true},
    {"host_aliases", "hostAliases", true},
    {"readiness_gate", "readinessGates", true},
    {"http_header", "httpHeaders", true},
    {"items", "items", true},
    {"sources", "sources", true},
    {"rule", "rules", true},
    {"path", "paths", true},
    {"tls", "tls", true},
    {"metric", "metrics", true},
    {"policy", "policies", true},
    {"ingress", "ingress", true},
    {"egress", "egress", true},
    {"from", "from", true},
    {"to", "to", true},
    {"subject", "subjects", true},
    {"allowed_topologies", "allowedTopologies", true},
    {"match_label_expressions", "matchLabelExpressions", true},
    {"strategy", "updateStrategy", false, "DaemonSet"},
    {"data", "stringData", false, "Secret"},
    {"binary_data", "data", false, "Secret"},
    {"storage_provisioner", "provisioner"},
    {"cluster_ip", "clusterIP"},
    {"cluster_ips", "clusterIPs"},
    {"external_ips", "externalIPs"},
    {"load_balancer_ip", "loadBalancerIP"},
    {"host_ip", "hostIP"},
    {"host_pid", "hostPID"},
    {"host_ipc", "hostIPC"},
    {"non_resource_urls", "nonResourceURLs"},
    {"target_cpu_utilization_percentage", "targetCPUUtilizationPercentage"},
});

/// Texts of the provider that a manifest writes as numbers, where they are.
constexpr auto kNumbers = std::to_array<std::string_view>(
    {"replicas", "port", "targetPort", "maxSurge", "maxUnavailable", "minAvailable", "number"});

Spelled spelled(std::string_view name, std::string_view within, std::string_view kind) {
  const auto found = std::find_if(kSpelled.begin(), kSpelled.end(), [&](const Spelled& s) {
    const bool is_there = s.within.empty() || s.within == within || s.within == kind;
    return s.from == name && is_there && (s.not_within.empty() || s.not_within != within);
  });
  return found == kSpelled.end() ? Spelled{name, ""} : *found;
}

/// "service_account_name" → "serviceAccountName".
std::string camel_case(std::string_view name) {
  std::string out;
  bool begins = false;
  for (const char c : name) {
    if (c != '_') {
      out += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    }
    begins = c == '_';
  }
  return out;
}

std::string key_of(const Spelled& name) {
  return name.to.empty() ? camel_case(name.from) : std::string(name.to);
}

/// "kubernetes_deployment_v1" → "kubernetes_deployment".
std::string_view without_version(std::string_view type) {
  const auto at = type.rfind("_v");
  const bool is_version = at != std::string_view::npos && at + 2 < type.size() &&
                          std::isdigit(static_cast<unsigned char>(type[at + 2])) != 0;
  return is_version ? type.substr(0, at) : type;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

class ObjectBuilder {
 public:
  ObjectBuilder(const KindOfObject& kind, base::SourceId source, const TakenFrom& taken_from)
      : kind_(kind), builder_(source), taken_from_(taken_from) {}

  base::Document object(Node attributes) {
    std::vector<std::uint32_t> members;
    add("apiVersion", text(kind_.api_version, attributes), attributes, members);
    add("kind", text(kind_.kind, attributes), attributes, members);
    add_members(attributes, "", "", members);
    return builder_.finish(builder_.map(members, attributes.span().begin, attributes.span().end));
  }

 private:
  std::uint32_t text(std::string_view value, Node at) {
    return builder_.scalar(NodeKind::string, value, at.span().begin, at.span().begin);
  }

  void add(std::string_view key, std::uint32_t value, Node at,
           std::vector<std::uint32_t>& members) {
    members.push_back(text(key, at));
    members.push_back(value);
  }

  void add_members(Node block, std::string_view within, const std::string& path,
                   std::vector<std::uint32_t>& members) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::string below = path + (path.empty() ? "" : ".") + std::string(block.key(i));
      const Spelled name = spelled(block.key(i), within, kind_.kind);
      const Node value = block.at(i);
      const bool is_text = value.is(NodeKind::string) && value.text().empty();
      const bool is_empty =
          value.is(NodeKind::null) || is_text || (value.is(NodeKind::list) && value.size() == 0);
      if (is_empty) {
        continue;
      }
      // Of a list of texts no name is one of a block.
      const bool is_block = value.is(NodeKind::list) && !is_scalar(value.at(0));
      const bool is_named = is_block || !name.is_list;
      const std::string key = is_named ? key_of(name) : camel_case(name.from);
      add(key, is_block ? blocks(value, name, below) : plain(value, key, below), value, members);
    }
  }

  static bool is_scalar(Node node) {
    return !node.is(NodeKind::map) && !node.is(NodeKind::list) && !node.is(NodeKind::null);
  }

  std::uint32_t blocks(Node list, const Spelled& name, const std::string& path) {
    std::vector<std::uint32_t> items;
    for (std::size_t i = 0; i < (name.is_list ? list.size() : 1); ++i) {
      std::vector<std::uint32_t> members;
      add_members(list.at(i), name.from, fmt::format("{}[{}]", path, i), members);
      items.push_back(builder_.map(members, list.at(i).span().begin, list.at(i).span().end));
    }
    return name.is_list ? builder_.list(items, list.span().begin, list.span().end) : items.front();
  }

  /// Scalars, lists of them, and maps from names, which are nobody's words but the owner's.
  std::uint32_t plain(Node value, std::string_view key, const std::string& path) {
    std::vector<std::uint32_t> children;
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value.is(NodeKind::map)) {
        children.push_back(text(value.key(i), value.at(i)));
      }
      children.push_back(plain(value.at(i), value.is(NodeKind::map) ? value.key(i) : "", path));
    }
    const auto span = value.span();
    if (value.is(NodeKind::map)) {
      return builder_.map(children, span.begin, span.end);
    }
    if (value.is(NodeKind::list)) {
      return builder_.list(children, span.begin, span.end);
    }
    if (value.is(NodeKind::unknown)) {
      const std::string taken = taken_from_(path, key);
      return builder_.scalar(taken.empty() ? NodeKind::unknown : NodeKind::string, taken,
                             span.begin, span.end);
    }
    const bool counts = std::find(kNumbers.begin(), kNumbers.end(), key) != kNumbers.end();
    const NodeKind kind = counts && is_number(value.text()) ? NodeKind::number : value.kind();
    return builder_.scalar(kind, value.text(), span.begin, span.end);
  }

  const KindOfObject& kind_;
  DocumentBuilder builder_;
  const TakenFrom& taken_from_;
};

}  // namespace

const KindOfObject* kind_of_object(std::string_view terraform_type) {
  const std::string_view plain = without_version(terraform_type);
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const KindOfObject& kind) { return kind.type == plain; });
  return found == kKinds.end() ? nullptr : &*found;
}

base::Document object_of_blocks(const KindOfObject& kind, Node attributes,
                                const TakenFrom& taken_from) {
  return ObjectBuilder(kind, attributes.span().source, taken_from).object(attributes);
}

std::string path_of_blocks(const KindOfObject& kind, std::string_view path) {
  std::string out;
  std::string_view within;
  for (const std::string_view step : base::split(path, '.')) {
    const auto bracket = std::min(step.find('['), step.size());
    const Spelled name = spelled(step.substr(0, bracket), within, kind.kind);
    out += out.empty() ? "" : ".";
    out += key_of(name);
    out += name.is_list ? step.substr(bracket) : std::string_view();
    within = step.substr(0, bracket);
  }
  return out;
}

}  // namespace outlast::import
