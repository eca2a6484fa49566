#include "import/kubernetes_shape.h"

#include <algorithm>
#include <iterator>

#include "import/shape.h"

namespace outlast::import {

using base::Node;

namespace {

using enum MemberType;

/// As the reference of the Kubernetes API documents them. Members of `spec` are those that have
/// one meaning for every kind; a service's selector, for one, is not a deployment's.
constexpr Member kObjectMembers[] = {
    {"object", "apiVersion", text},
    {"object", "kind", text},
    {"object", "metadata", map, "metadata"},
    {"object", "spec", map, "spec"},
    {"object", "data", map},
    {"object", "stringData", map},

    {"metadata", "name", text},
    {"metadata", "namespace", text},
    {"metadata", "labels", named_scalars},
    {"metadata", "annotations", named_scalars},
    {"metadata", "ownerReferences", maps},

    {"spec", "replicas", scalar},
    {"spec", "selector", map},
    {"spec", "template", map, "template_of_pods"},
    {"spec", "jobTemplate", map, "job"},
    {"spec", "volumeClaimTemplates", maps},
    {"spec", "containers", maps, "container"},
    {"spec", "initContainers", maps, "container"},
    {"spec", "volumes", maps},
    {"spec", "scaleTargetRef", map},
    {"spec", "minReplicas", scalar},
    {"spec", "maxReplicas", scalar},
    {"spec", "metrics", maps},
    {"spec", "minAvailable", scalar},
    {"spec", "maxUnavailable", scalar},
    {"spec", "strategy", map},
    {"spec", "updateStrategy", map},
    {"spec", "ports", maps},
    {"spec", "podSelector", map},
    {"spec", "ingress", maps},
    {"spec", "egress", maps},
    {"spec", "policyTypes", texts},
    {"spec", "nodeAffinity", map},
    {"spec", "tls", maps},
    {"spec", "rules", maps, "ingress_rule"},
    {"spec", "defaultBackend", map, "backend"},

    {"ingress_rule", "host", text},
    {"ingress_rule", "http", map, "ingress_http"},
    {"ingress_http", "paths", maps, "ingress_path"},
    {"ingress_path", "backend", map, "backend"},
    {"backend", "service", map, "backend_service"},
    {"backend", "serviceName", text},
    {"backend_service", "name", text},
    {"backend_service", "port", map},

    {"job", "spec", map, "spec"},
    {"template_of_pods", "metadata", map, "metadata"},
    {"template_of_pods", "spec", map, "pod"},

    {"pod", "containers", maps, "container"},
    {"pod", "initContainers", maps, "container"},
    {"pod", "volumes", maps},
    {"pod", "affinity", map},
    {"pod", "nodeSelector", named_scalars},
    {"pod", "topologySpreadConstraints", maps},
    {"container", "name", text},
    {"container", "image", text},
    {"container", "env", maps, "env"},
    {"container", "envFrom", maps},
    {"container", "command", scalars},
    {"container", "args", scalars},
    {"container", "ports", maps},
    {"container", "resources", map, "resources"},
    {"container", "volumeMounts", maps},
    {"container", "livenessProbe", map, "probe"},
    {"container", "readinessProbe", map, "probe"},
    {"container", "startupProbe", map, "probe"},
    {"resources", "requests", named_scalars},
    {"resources", "limits", named_scalars},
    {"probe", "periodSeconds", scalar},
    {"probe", "failureThreshold", scalar},
    {"env", "name", text},
    {"env", "value", scalar},
};

constexpr std::string_view kGroups[] = {"apps",       "autoscaling",       "batch",
                                        "extensions", "networking.k8s.io", "policy"};

/// What extensions write into a spec is theirs.
bool has_known_spec(Node map, const Member& member) {
  const std::string_view version = map["apiVersion"].text();
  const std::string_view group = version.substr(0, version.find('/'));
  const std::string_view kind = map["kind"].text();
  if (kind == "PodSecurityPolicy") {
    return member.of != "spec";  // its volumes are words
  }
  return member.of != "spec" || kind.empty() || group == version ||
         std::find(std::begin(kGroups), std::end(kGroups), group) != std::end(kGroups);
}

constexpr Grammar kObject = {.members = kObjectMembers,
                             .code = "OUT-E1401",
                             .remedy = "kubectl apply --dry-run=client -f FILE tells what it takes",
                             .applies = has_known_spec};

}  // namespace

bool check_kubernetes_shape(Node object, base::Diagnostics& diagnostics) {
  return has_shape(object, "object", kObject, diagnostics);
}

}  // namespace outlast::import
