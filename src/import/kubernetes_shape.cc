#include "import/kubernetes_shape.h"

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

    {"job", "spec", map, "spec"},
    {"template_of_pods", "metadata", map, "metadata"},
    {"template_of_pods", "spec", map, "pod"},

    {"pod", "containers", maps, "container"},
    {"pod", "initContainers", maps, "container"},
    {"pod", "volumes", maps},
    {"container", "name", text},
    {"container", "image", text},
    {"container", "env", maps, "env"},
    {"container", "envFrom", maps},
    {"container", "command", scalars},
    {"container", "args", scalars},
    {"env", "name", text},
    {"env", "value", scalar},
};

/// What extensions write into a spec is theirs.
bool has_known_spec(Node map, const Member& member) {
  const std::string_view version = map["apiVersion"].text();
  const std::string_view group = version.substr(0, version.find('/'));
  return member.of != "spec" || !map["kind"].exists() || group == version || group == "apps" ||
         group == "batch" || group == "extensions";
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
