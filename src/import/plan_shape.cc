#include "import/plan_shape.h"

#include "import/shape.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;

namespace {

using enum MemberType;

/// As the JSON output format of Terraform documents them, and as it writes its states, as far as
/// they are read here. `kept_state` is what Terraform keeps itself, `state` what it shows of one;
/// an `old_module` is of version 3.
constexpr Member kPlanMembers[] = {
    {"plan", "resource_changes", maps, "change_entry"},
    {"plan", "resource_drift", maps, "change_entry"},
    {"plan", "planned_values", map, "state_values"},
    {"plan", "prior_state", map, "state"},
    {"plan", "configuration", map, "configuration"},
    {"plan", "variables", named_maps},

    {"change_entry", "address", text},
    {"change_entry", "previous_address", text},
    {"change_entry", "mode", text},
    {"change_entry", "type", text},
    {"change_entry", "change", map, "change"},
    {"change", "actions", texts},
    {"change", "after", map},
    {"change", "after_unknown", marks},
    {"change", "after_sensitive", marks},

    {"state", "values", map, "state_values"},
    {"state_values", "root_module", map, "values_module"},
    {"values_module", "address", text},
    {"values_module", "resources", maps, "values_entry"},
    {"values_module", "child_modules", maps, "values_module"},
    {"values_entry", "address", text},
    {"values_entry", "mode", text},
    {"values_entry", "type", text},
    {"values_entry", "index", index},
    {"values_entry", "values", map},
    {"values_entry", "sensitive_values", marks},

    {"configuration", "provider_config", named_maps, "provider"},
    {"configuration", "root_module", map, "config_module"},
    {"provider", "module_address", text},
    {"provider", "expressions", blocks},
    {"config_module", "resources", maps, "config_resource"},
    {"config_module", "module_calls", named_maps, "module_call"},
    {"config_module", "outputs", named_maps, "output"},
    {"config_resource", "mode", text},
    {"config_resource", "type", text},
    {"config_resource", "name", text},
    {"config_resource", "provider_config_key", text},
    {"config_resource", "expressions", blocks},
    {"module_call", "expressions", blocks},
    {"module_call", "module", map, "config_module"},
    {"output", "expression", map},

    {"kept_state", "values", map, "state_values"},
    {"kept_state", "resources", maps, "kept_resource"},
    {"kept_state", "modules", maps, "old_module"},
    {"kept_resource", "module", text},
    {"kept_resource", "mode", text},
    {"kept_resource", "type", text},
    {"kept_resource", "name", text},
    {"kept_resource", "provider", text},
    {"kept_resource", "instances", maps, "kept_instance"},
    {"kept_instance", "index_key", index},
    {"kept_instance", "attributes", map},
    {"kept_instance", "attributes_flat", map},
    {"kept_instance", "dependencies", texts},
    {"old_module", "path", texts},
    {"old_module", "resources", named_maps, "old_resource"},
    {"old_resource", "type", text},
    {"old_resource", "depends_on", texts},
    {"old_resource", "primary", map, "kept_instance"},
};

constexpr const char* kPlanRemedy =
    "was the file changed by hand? terraform show -json PLAN writes a new one";

/// Not there, or empty; of another type is another mistake.
bool is_missing(Node text) {
  return !text.exists() || text.is(NodeKind::null) ||
         (text.is(NodeKind::string) && text.text().empty());
}

/// A state's reader tells itself what has no name.
bool has_address_and_type(Node map, std::string_view shape, Diagnostics& diagnostics) {
  const bool is_resource = shape == "change_entry" || shape == "values_entry";
  if (!is_resource || (!is_missing(map["address"]) && !is_missing(map["type"]))) {
    return true;
  }
  diagnostics.error("OUT-E1302", map.span(), "a resource of the plan has no address or type",
                    kPlanRemedy);
  return false;
}

constexpr const char* kPlanCode = "OUT-E1307";
constexpr Grammar kPlan = {.members = kPlanMembers,
                           .code = kPlanCode,
                           .remedy = kPlanRemedy,
                           .inspect = has_address_and_type};
constexpr Grammar kState = {
    .members = kPlanMembers,
    .code = kPlanCode,
    .remedy = "was the file changed by hand? terraform state pull writes a new one"};

}  // namespace

bool check_plan_shape(Node root, Diagnostics& diagnostics) {
  return has_shape(root, "plan", kPlan, diagnostics);
}

bool check_state_shape(Node root, Diagnostics& diagnostics) {
  return has_shape(root, "kept_state", kState, diagnostics);
}

}  // namespace outlast::import
