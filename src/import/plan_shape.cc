#include "import/plan_shape.h"

#include <fmt/format.h>

#include <string_view>

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;

namespace {

/// The maps a plan is made of. Resources have an address and a type.
enum class Shape {
  plan,
  change_entry,
  change,
  state,
  state_values,
  values_module,
  values_entry,
  configuration,
  provider,
  config_module,
  config_resource,
  module_call,
  output,
  kept_state,  ///< what Terraform keeps itself; `state` is what it shows of one
  kept_resource,
  kept_instance,
  old_module,  ///< of version 3
  old_resource,
  any
};

/// What may stand behind a key; null may stand behind each of them.
enum class Type {
  text,
  index,  ///< text or a number
  texts,
  map,         ///< one map of the shape
  maps,        ///< a list of them
  named_maps,  ///< a map from names to them
  marks,       ///< true or false for the whole, or the shape of what is marked
  blocks       ///< a map from names to expressions: maps, or lists of maps
};

struct Member {
  Shape in;
  std::string_view key;
  Type type;
  Shape of = Shape::any;
};

using enum Shape;

/// As the JSON output format of Terraform documents them, and as it writes its states, as far as
/// they are read here.
constexpr Member kMembers[] = {
    {plan, "resource_changes", Type::maps, change_entry},
    {plan, "resource_drift", Type::maps, change_entry},
    {plan, "planned_values", Type::map, state_values},
    {plan, "prior_state", Type::map, state},
    {plan, "configuration", Type::map, configuration},
    {plan, "variables", Type::named_maps},

    {change_entry, "address", Type::text},
    {change_entry, "previous_address", Type::text},
    {change_entry, "mode", Type::text},
    {change_entry, "type", Type::text},
    {change_entry, "change", Type::map, change},
    {change, "actions", Type::texts},
    {change, "after", Type::map},
    {change, "after_unknown", Type::marks},
    {change, "after_sensitive", Type::marks},

    {state, "values", Type::map, state_values},
    {state_values, "root_module", Type::map, values_module},
    {values_module, "address", Type::text},
    {values_module, "resources", Type::maps, values_entry},
    {values_module, "child_modules", Type::maps, values_module},
    {values_entry, "address", Type::text},
    {values_entry, "mode", Type::text},
    {values_entry, "type", Type::text},
    {values_entry, "index", Type::index},
    {values_entry, "values", Type::map},
    {values_entry, "sensitive_values", Type::marks},

    {configuration, "provider_config", Type::named_maps, provider},
    {configuration, "root_module", Type::map, config_module},
    {provider, "module_address", Type::text},
    {provider, "expressions", Type::blocks},
    {config_module, "resources", Type::maps, config_resource},
    {config_module, "module_calls", Type::named_maps, module_call},
    {config_module, "outputs", Type::named_maps, output},
    {config_resource, "mode", Type::text},
    {config_resource, "type", Type::text},
    {config_resource, "name", Type::text},
    {config_resource, "provider_config_key", Type::text},
    {config_resource, "expressions", Type::blocks},
    {module_call, "expressions", Type::blocks},
    {module_call, "module", Type::map, config_module},
    {output, "expression", Type::map},

    {kept_state, "values", Type::map, state_values},
    {kept_state, "resources", Type::maps, kept_resource},
    {kept_state, "modules", Type::maps, old_module},
    {kept_resource, "module", Type::text},
    {kept_resource, "mode", Type::text},
    {kept_resource, "type", Type::text},
    {kept_resource, "name", Type::text},
    {kept_resource, "provider", Type::text},
    {kept_resource, "instances", Type::maps, kept_instance},
    {kept_instance, "index_key", Type::index},
    {kept_instance, "attributes", Type::map},
    {kept_instance, "attributes_flat", Type::map},
    {kept_instance, "dependencies", Type::texts},
    {old_module, "path", Type::texts},
    {old_module, "resources", Type::named_maps, old_resource},
    {old_resource, "type", Type::text},
    {old_resource, "depends_on", Type::texts},
    {old_resource, "primary", Type::map, kept_instance},
};

class Checker {
 public:
  Checker(Shape root, Diagnostics& diagnostics)
      : is_plan_(root == plan), diagnostics_(diagnostics) {}

  void check_map(Node map, Shape shape) {
    if (is_plan_ && (shape == change_entry || shape == values_entry) &&
        (is_missing(map["address"]) || is_missing(map["type"]))) {
      is_sound_ = false;
      diagnostics_.error("OUT-E1302", map.span(), "a resource of the plan has no address or type",
                         std::string(remedy()));
    }
    for (const Member& member : kMembers) {
      if (const Node value = map[member.key]; member.in == shape && value.exists()) {
        check(value, member);
      }
    }
  }
  [[nodiscard]] bool is_sound() const { return is_sound_; }

 private:
  [[nodiscard]] std::string_view remedy() const {
    return is_plan_ ? "was the file changed by hand? terraform show -json PLAN writes a new one"
                    : "was the file changed by hand? terraform state pull writes a new one";
  }

  /// Not there, or empty; of another type is another mistake.
  static bool is_missing(Node text) {
    return !text.exists() || text.is(NodeKind::null) ||
           (text.is(NodeKind::string) && text.text().empty());
  }

  void wrong(Node value, std::string_view key, std::string_view expected) {
    is_sound_ = false;
    diagnostics_.error(
        "OUT-E1307", value.span(),
        fmt::format("{}: expected {}, found {}", key, expected, base::words_for(value.kind())),
        std::string(remedy()));
  }

  /// Is the value of that kind? Tells if it is of none that may stand there.
  bool is_a(Node value, NodeKind kind, std::string_view key) {
    const bool is_it = value.is(kind);
    if (!is_it && !value.is(NodeKind::null)) {
      wrong(value, key, base::words_for(kind));
    }
    return is_it;
  }

  void check(Node value, const Member& member) {
    switch (member.type) {
      case Type::text:
        (void)is_a(value, NodeKind::string, member.key);
        break;
      case Type::index:
        if (!value.is(NodeKind::number)) {
          (void)is_a(value, NodeKind::string, member.key);
        }
        break;
      case Type::texts:
        if (is_a(value, NodeKind::list, member.key)) {
          check_items(value, member, NodeKind::string);
        }
        break;
      case Type::map:
        if (is_a(value, NodeKind::map, member.key)) {
          check_map(value, member.of);
        }
        break;
      case Type::maps:
        if (is_a(value, NodeKind::list, member.key)) {
          check_items(value, member, NodeKind::map);
        }
        break;
      case Type::named_maps:
        if (is_a(value, NodeKind::map, member.key)) {
          check_items(value, member, NodeKind::map);
        }
        break;
      case Type::marks:
        if (!value.is(NodeKind::boolean)) {
          (void)is_a(value, NodeKind::map, member.key);
        }
        break;
      case Type::blocks:
        check_expressions(value, member);
        break;
    }
  }

  /// Of a list or of a map of names; here null is no item.
  void check_items(Node items, const Member& member, NodeKind kind) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Node item = items.at(i);
      if (!item.is(kind)) {
        const std::string where = items.is(NodeKind::map)
                                      ? fmt::format("{}: {}", member.key, items.key(i))
                                      : fmt::format("{}[{}]", member.key, i);
        wrong(item, where, base::words_for(kind));
      } else if (kind == NodeKind::map) {
        check_map(item, member.of);
      }
    }
  }

  void check_expressions(Node expressions, const Member& member) {
    if (!is_a(expressions, NodeKind::map, member.key)) {
      return;
    }
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!expressions.at(i).is(NodeKind::list)) {  // the blocks of one name
        (void)is_a(expressions.at(i), NodeKind::map,
                   fmt::format("expression of {}", expressions.key(i)));
      }
    }
  }

  bool is_plan_;  ///< a state's reader tells itself what has no name
  Diagnostics& diagnostics_;
  bool is_sound_ = true;
};

}  // namespace

bool check_plan_shape(Node root, Diagnostics& diagnostics) {
  Checker checker(Shape::plan, diagnostics);
  checker.check_map(root, Shape::plan);
  return checker.is_sound();
}

bool check_state_shape(Node root, Diagnostics& diagnostics) {
  Checker checker(Shape::kept_state, diagnostics);
  checker.check_map(root, Shape::kept_state);
  return checker.is_sound();
}

}  // namespace outlast::import
