#include "import/terraform_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "import/plan_shape.h"
#include "import/secrets.h"
#include "import/terraform_attributes.h"
#include "import/terraform_config.h"
#include "import/terraform_instance.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;
using blueprint::Value;

namespace {

/// What the plan says of the values of one instance, and where it says it.
struct Values {
  Node after;
  Node unknown;               ///< the same shape, true where not known yet
  Node sensitive;             ///< the same shape, true where not to be shown
  std::string pointer;        ///< of the whole entry
  std::string after_pointer;  ///< of `after`
};

/// A resource instance as the plan shows it, before its attributes are merged.
struct Instance : TerraformInstance {
  Values values;
  base::Span span;
};

class PlanReader {
 public:
  PlanReader(Node root, Draft& draft, Diagnostics& diagnostics)
      : root_(root), draft_(draft), diagnostics_(diagnostics), config_(root["configuration"]) {}

  void read();

 private:
  [[nodiscard]] bool check_version();
  void read_changes();
  void read_values(Node module, const std::string& pointer, bool only_data);
  void add(Node entry, std::string address, Values values);
  [[nodiscard]] bool stays(Node actions) const;
  void find_secret_variables();
  void find_provider_secrets();
  void merge_attributes();
  void link_references();
  [[nodiscard]] Value<std::string> provider_setting(Node resource, std::string_view name) const;
  [[nodiscard]] std::string account_of(Node resource) const;
  [[nodiscard]] std::string configured_by(Node resource) const;
  void tell_what_is_missing();
  void tell_what_is_destroyed();

  Node root_;
  Draft& draft_;
  Diagnostics& diagnostics_;
  TerraformConfig config_;
  std::vector<Instance> instances_;
  std::unordered_set<std::string> known_;
  std::unordered_set<std::string> gone_;  ///< addresses that only the prior state may still name
  std::vector<Node> destroyed_;           ///< addresses
  std::size_t first_ = 0;                 ///< of our resources in the draft
};

bool PlanReader::check_version() {
  const Node version = root_["format_version"];
  int major = -1;
  const std::string_view text = version.text();
  std::from_chars(text.data(), text.data() + text.size(), major);
  const bool is_known = major == 0 || major == 1;
  if (!is_known) {
    diagnostics_.error("OUT-E1301", version.exists() ? version.span() : root_.span(),
                       fmt::format("plan format version \"{}\" is not known", text),
                       "this program reads formats 0.1 to 1.x: terraform show -json PLAN");
  }
  return is_known;
}

/// A deleted or forgotten resource is not part of the architecture afterwards.
bool PlanReader::stays(Node actions) const {
  bool stays = actions.size() == 0;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::string_view action = actions.at(i).text();
    stays = stays || (action != "delete" && action != "forget");
  }
  return stays;
}

void PlanReader::add(Node entry, std::string address, Values values) {
  if (known_.insert(address).second) {
    instances_.push_back(
        {instance_at(std::move(address), entry["mode"].text(), entry["type"].text()),
         std::move(values), entry.span()});
  }
}

void PlanReader::read_changes() {
  const Node changes = root_["resource_changes"];
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Node entry = changes.at(i);
    const Node change = entry["change"];
    if (entry["deposed"].exists()) {
      continue;
    }
    if (!stays(change["actions"])) {
      gone_.emplace(entry["address"].text());
      if (entry["mode"].text() != "data") {
        destroyed_.push_back(entry["address"]);
      }
      continue;
    }
    if (const Node previous = entry["previous_address"]; !previous.text().empty()) {
      gone_.emplace(previous.text());
      draft_.moves.push_back(
          {std::string(previous.text()), std::string(entry["address"].text()), previous.span()});
    }
    const std::string pointer = fmt::format("/resource_changes/{}", i);
    add(entry, std::string(entry["address"].text()),
        {change["after"], change["after_unknown"], change["after_sensitive"], pointer,
         pointer + "/change/after"});
  }
}

/// Resources listed by value, as far as no change speaks of them.
void PlanReader::read_values(Node module, const std::string& pointer, bool only_data) {
  for (ListedResource& listed : list_values(module, pointer)) {
    const Node entry = listed.entry;
    const bool is_wanted = !only_data || entry["mode"].text() == "data";
    if (is_wanted && !gone_.contains(listed.address)) {
      add(entry, std::move(listed.address),
          {entry["values"],
           {},
           entry["sensitive_values"],
           listed.pointer,
           listed.pointer + "/values"});
    }
  }
}

/// Region or zone of the provider configuration that a resource uses: a constant or a root
/// variable.
/// More than one reference is a computation, and a module's variables are not in the plan.
Value<std::string> PlanReader::provider_setting(Node resource, std::string_view name) const {
  const Node provider = config_.provider(resource);
  const Node setting = provider["expressions"][name];
  Node value = setting["constant_value"];
  if (const Node references = setting["references"]; !value.exists() && references.size() == 1) {
    const std::string_view reference = references.at(0).text();
    if (reference.substr(0, 4) == "var." && provider["module_address"].text().empty()) {
      value = root_["variables"][reference.substr(4)]["value"];
    }
  }
  if (value.is(NodeKind::string) && !value.text().empty()) {
    return Value<std::string>::of(std::string(value.text()), blueprint::Provenance::stated,
                                  value.span());
  }
  return setting.exists() ? Value<std::string>::unknown(setting.span()) : Value<std::string>();
}

/// Empty for the account of the default provider; an alias may stand for another account only
/// if it signs in differently. A module without a provider of its own has its caller's.
std::string PlanReader::account_of(Node resource) const {
  const std::string_view key = config_.provider_key(resource);
  const Node expressions = config_.provider(resource)["expressions"];
  const bool is_alias = key.find('.') != std::string_view::npos;
  const bool signs_in = expressions["assume_role"].exists() || expressions["profile"].exists() ||
                        expressions["access_key"].exists();
  return is_alias && signs_in ? std::string(key) : "";
}

/// Empty where the configuration is one of several made by `for_each`: the plan does not tell which.
std::string PlanReader::configured_by(Node resource) const {
  const Node references = config_.provider(resource)["expressions"]["region"]["references"];
  for (std::size_t i = 0; i < references.size(); ++i) {
    if (references.at(i).text().starts_with("each.")) {
      return "";
    }
  }
  return std::string(config_.provider_key(resource));
}

/// A plan may hold less than the architecture, or know that the world is another already.
void PlanReader::tell_what_is_missing() {
  const Node errored = root_["errored"];
  const Node complete = root_["complete"];
  if (errored.as_bool().value_or(false)) {
    diagnostics_.warning("OUT-E1305", errored.span(),
                         "planning ended with an error: what was not planned is not checked",
                         "mend the configuration and plan again");
  } else if (!complete.as_bool().value_or(true)) {
    diagnostics_.warning("OUT-E1305", complete.span(),
                         "the plan is not complete: what it leaves for later is not checked",
                         "plan without -target, and again after what it defers is known");
  }
  const Node drift = root_["resource_drift"];
  std::vector<std::string> changed;
  for (std::size_t i = 0; i < drift.size(); ++i) {
    if (drift.at(i)["change"]["actions"].at(0).text() != "no-op") {
      changed.emplace_back(drift.at(i)["address"].text());
    }
  }
  if (!changed.empty()) {
    diagnostics_.warning(
        "OUT-E1306", drift.span(),
        fmt::format("{} {} changed outside of Terraform, {} first", changed.size(),
                    changed.size() == 1 ? "resource was" : "resources were", changed.front()),
        "what is checked is what the plan makes of it");
  }
}

/// Nothing is left to check of a plan that takes all away; what goes is still worth a word.
void PlanReader::tell_what_is_destroyed() {
  const bool is_some_left = std::any_of(instances_.begin(), instances_.end(),
                                        [](const Instance& one) { return one.is_managed; });
  if (destroyed_.empty() || is_some_left) {
    return;
  }
  std::vector<std::string> names;
  for (const Node address : destroyed_) {
    names.emplace_back(address.text());
  }
  constexpr std::size_t kMostNamed = 8;
  diagnostics_.warning(
      "OUT-E1308", destroyed_.front().span(),
      fmt::format(
          "the plan takes away {} and leaves nothing: {}",
          names.size() == 1 ? "its one resource" : fmt::format("all {} resources", names.size()),
          base::join_words(names, kMostNamed)),
      "check the state to see what serves users until then: "
      "terraform show -json > state.json");
}

/// What was given for the root's variables stands in the plan in clear, also where it is sensitive.
void PlanReader::find_secret_variables() {
  const Node variables = root_["variables"];
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const std::string_view name = variables.key(i);
    const Node value = variables.at(i)["value"];
    find_secrets(
        value, {},
        {fmt::format("var.{}", name), value.span(), fmt::format("/variables/{}/value", name)},
        draft_.secrets, name);
  }
}

/// What stands in the configuration of providers, such as the key that all is made with.
void PlanReader::find_provider_secrets() {
  const Node providers = root_["configuration"]["provider_config"];
  for (std::size_t i = 0; i < providers.size(); ++i) {
    const Node expressions = providers.at(i)["expressions"];
    for (std::size_t k = 0; expressions.is(NodeKind::map) && k < expressions.size(); ++k) {
      const Node value = expressions.at(k)["constant_value"];
      const std::string_view name = expressions.key(k);
      find_secrets(value, {},
                   {fmt::format("provider.{}", providers.key(i)), value.span(),
                    fmt::format("/configuration/provider_config/{}/expressions/{}/constant_value",
                                providers.key(i), name)},
                   draft_.secrets, name);
    }
  }
}

void PlanReader::merge_attributes() {
  AttributeMerger merger(root_.span().source);
  for (const Instance& instance : instances_) {
    const Node resource = config_.resource(instance.key.module, instance.type_and_name);
    const Values& values = instance.values;
    merger.add(values.after, values.unknown, resource);
    DraftResource draft;
    draft.address = instance.address;
    draft.type = instance.type;
    draft.group = instance.group;
    draft.account = account_of(resource);
    draft.configured_by = configured_by(resource);
    draft.region = provider_setting(resource, "region");
    draft.zone = provider_setting(resource, "zone");
    draft.is_context = !instance.is_managed;
    draft.evidence = {instance.address, instance.span, values.pointer};
    draft.attributes_pointer = values.after_pointer;
    const ResourceId id = draft_.resources.push_back(std::move(draft));
    config_.add_instance(instance.key, instance.type_and_name, id);
    if (instance.is_managed) {
      find_secrets(values.after, values.sensitive,
                   {instance.address, instance.span, values.after_pointer}, draft_.secrets);
    }
  }
  draft_.documents.push_back(merger.finish());
  const Node all = draft_.documents.back().root();
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    draft_.resources[ResourceId(first_ + i)].attributes = all.at(i);
  }
}

void PlanReader::link_references() {
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    const Instance& instance = instances_[i];
    const Node resource = config_.resource(instance.key.module, instance.type_and_name);
    draft_.resources[ResourceId(first_ + i)].references =
        config_.references(instance.key, resource);
  }
}

void PlanReader::read() {
  if (!check_version() || !check_plan_shape(root_, diagnostics_)) {
    draft_.is_incomplete = true;
    return;
  }
  tell_what_is_missing();
  first_ = draft_.resources.size();
  read_changes();
  read_values(root_["planned_values"]["root_module"], "/planned_values/root_module", false);
  // A plan with -target changes its targets only; what else there was is still there. Without
  // changes nobody says what of the prior state is deleted.
  read_values(root_["prior_state"]["values"]["root_module"], "/prior_state/values/root_module",
              !root_["resource_changes"].exists());
  tell_what_is_destroyed();
  find_secret_variables();
  find_provider_secrets();
  merge_attributes();
  link_references();
}

}  // namespace

bool is_terraform_plan(Node root) {
  return root.is(NodeKind::map) && root["format_version"].exists() &&
         (root["resource_changes"].exists() || root["planned_values"].exists());
}

void read_terraform_plan(Node root, Draft& draft, Diagnostics& diagnostics) {
  PlanReader(root, draft, diagnostics).read();
}

}  // namespace outlast::import
