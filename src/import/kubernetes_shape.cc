#include "import/kubernetes_shape.h"

#include <fmt/format.h>

#include <string_view>

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;

namespace {

/// The maps that objects are made of, as far as they are read.
enum class Shape { object, metadata, spec, job, template_of_pods, pod, container, env, any };

enum class Type {
  text,
  text_or_number,
  texts,
  map,     ///< one map of the shape
  maps,    ///< a list of them
  strings  ///< a map from names to texts
};

struct Member {
  Shape in;
  std::string_view key;
  Type type;
  Shape of = Shape::any;
};

using enum Shape;

/// As the reference of the Kubernetes API documents them. Members of `spec` are those that have
/// one meaning for every kind; a service's selector, for one, is not a deployment's.
constexpr Member kMembers[] = {
    {object, "apiVersion", Type::text},
    {object, "kind", Type::text},
    {object, "metadata", Type::map, metadata},
    {object, "spec", Type::map, spec},
    {object, "data", Type::map},
    {object, "stringData", Type::map},

    {metadata, "name", Type::text},
    {metadata, "namespace", Type::text},
    {metadata, "labels", Type::strings},
    {metadata, "annotations", Type::strings},
    {metadata, "ownerReferences", Type::maps},

    {spec, "replicas", Type::text_or_number},
    {spec, "selector", Type::map},
    {spec, "template", Type::map, template_of_pods},
    {spec, "jobTemplate", Type::map, job},
    {spec, "volumeClaimTemplates", Type::maps},
    {spec, "containers", Type::maps, container},
    {spec, "initContainers", Type::maps, container},
    {spec, "volumes", Type::maps},
    {spec, "scaleTargetRef", Type::map},

    {job, "spec", Type::map, spec},
    {template_of_pods, "metadata", Type::map, metadata},
    {template_of_pods, "spec", Type::map, pod},

    {pod, "containers", Type::maps, container},
    {pod, "initContainers", Type::maps, container},
    {pod, "volumes", Type::maps},
    {container, "name", Type::text},
    {container, "image", Type::text},
    {container, "env", Type::maps, env},
    {container, "envFrom", Type::maps},
    {container, "command", Type::texts},
    {container, "args", Type::texts},
    {env, "name", Type::text},
    {env, "value", Type::text_or_number},
};

class Checker {
 public:
  explicit Checker(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void check(Node map, Shape shape) {
    if (!map.is(NodeKind::map)) {
      wrong(map, "an object", "a map");
      return;
    }
    for (const Member& member : kMembers) {
      const bool is_asked = member.in == shape && (member.of != Shape::spec || has_known_spec(map));
      const Node value = is_asked ? map[member.key] : Node();
      if (value.exists() && !value.is(NodeKind::null) && !value.is(NodeKind::unknown)) {
        check_member(member, value);
      }
    }
  }
  [[nodiscard]] bool is_sound() const { return is_sound_; }

 private:
  static bool is_scalar(Node node) {
    return node.is(NodeKind::string) || node.is(NodeKind::number) || node.is(NodeKind::boolean) ||
           node.is(NodeKind::null);
  }

  /// What extensions write into a spec is theirs.
  static bool has_known_spec(Node map) {
    const std::string_view version = map["apiVersion"].text();
    const std::string_view group = version.substr(0, version.find('/'));
    return !map["kind"].exists() || group == version || group == "apps" || group == "batch" ||
           group == "extensions";
  }

  void wrong(Node at, std::string_view key, std::string_view expected) {
    is_sound_ = false;
    diagnostics_.error("OUT-E1401", at.span(),
                       fmt::format("{} is {}, not {}", key, base::words_for(at.kind()), expected),
                       "kubectl apply --dry-run=client -f FILE tells what it takes");
  }

  void check_member(const Member& member, Node value) {
    switch (member.type) {
      case Type::text:
        if (!value.is(NodeKind::string)) {
          wrong(value, member.key, "a text");
        }
        break;
      case Type::text_or_number:
        if (!is_scalar(value)) {
          wrong(value, member.key, "a single value");
        }
        break;
      case Type::texts:
        check_list(member, value);
        break;
      case Type::map:
        check_map(member, value);
        break;
      case Type::maps:
        check_list(member, value);
        break;
      case Type::strings:
        check_strings(member, value);
        break;
    }
  }

  void check_map(const Member& member, Node value) {
    if (!value.is(NodeKind::map)) {
      wrong(value, member.key, "a map");
    } else if (member.of != any) {
      check(value, member.of);
    }
  }

  void check_list(const Member& member, Node value) {
    if (!value.is(NodeKind::list)) {
      wrong(value, member.key, "a list");
      return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (member.type == Type::maps) {
        check_map(member, value.at(i));
      } else if (!is_scalar(value.at(i))) {
        wrong(value.at(i), member.key, "a list of texts");
      }
    }
  }

  void check_strings(const Member& member, Node value) {
    if (!value.is(NodeKind::map)) {
      wrong(value, member.key, "a map of texts");
      return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!is_scalar(value.at(i))) {
        wrong(value.at(i), value.key(i), "a text");
      }
    }
  }

  Diagnostics& diagnostics_;
  bool is_sound_ = true;
};

}  // namespace

bool check_kubernetes_shape(Node object, Diagnostics& diagnostics) {
  Checker checker(diagnostics);
  checker.check(object, Shape::object);
  return checker.is_sound();
}

}  // namespace outlast::import
