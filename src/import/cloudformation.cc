#include "import/cloudformation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "import/cloudformation_connectors.h"
#include "import/cloudformation_names.h"
#include "import/cloudformation_nesting.h"
#include "import/cloudformation_packages.h"
#include "import/cloudformation_sam.h"
#include "import/cloudformation_stack.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::size_t kDeepestNesting = 8;
constexpr std::string_view kTransform = "Fn::Transform";
/// Stands for the resources of another file until the AWS command line has put them in.
constexpr std::string_view kLocalModule = "LocalModule";

class TemplateReader {
 public:
  TemplateReader(const std::vector<InputDocument>& templates, Desk& desk)
      : desk_(desk), stacks_(desk), nesting_(templates) {}

  void read(const std::vector<InputDocument>& templates) {
    // Deques keep their places: what nested stacks are given may be an export of any of the others.
    const auto names = names_of_stacks(templates, desk_.base);
    std::vector<Stack*> given;
    for (std::size_t i = 0; i < templates.size(); ++i) {
      if (has_right_shape(templates[i].root) && !nesting_.is_part(templates[i])) {
        given.push_back(&stacks_.add(names[i], templates[i].path, templates[i].root));
      }
    }
    for (Stack* stack : given) {
      add_nested(*stack, 0);
    }
    for (Stack& stack : stacks_.all()) {
      add_resources(stack);
      find_secret_parameters(stack);
    }
    for (Stack& stack : stacks_.all()) {  // values may have been asked for by other stacks
      for (const std::string& name : stack.left_open) {
        ask_for(stack, name);
      }
    }
    link();
    assume_region();
  }

 private:
  [[nodiscard]] bool has_right_shape(Node root);
  [[nodiscard]] bool resources_have_right_shape(Node resources);
  [[nodiscard]] bool is_of(Node node, NodeKind kind, std::string_view what);
  void add_nested(Stack& stack, std::size_t depth);
  void add_nested_stack(Stack& stack, const DeclaredResource& resource, std::size_t depth);
  void add_resources(Stack& stack);
  void add_declared(Stack& stack, const DeclaredResource& made, const ValueTree& globals,
                    const Connectors& connectors);
  [[nodiscard]] std::optional<bool> is_made(Stack& stack, Node resource);
  void ask_for(Stack& stack, const std::string& name);
  void add_resource(const Stack& stack, const TemplateResource& resource, Node declared);
  void add_packages(const Stack& stack, const TemplateResource& resource, Node declared);
  void add_remarks(const std::string& address, Node notes);
  void find_secret_parameters(const Stack& stack);
  void link();
  void assume_region();

  Desk& desk_;
  Stacks stacks_;
  Nesting nesting_;
  std::string made_if_;  ///< of what is being added: its condition, where that is not decided
  std::map<std::string, ResourceId> by_address_;
  /// References of each resource added: paths and addresses, to be linked once all are there.
  std::vector<std::pair<ResourceId, std::vector<std::pair<std::string, std::vector<std::string>>>>>
      references_;
};

/// Of loops, what they repeat.
bool TemplateReader::resources_have_right_shape(Node resources) {
  bool is_right = true;
  for (std::size_t i = 0; resources.is(NodeKind::map) && i < resources.size(); ++i) {
    const Node resource = resources.at(i);
    if (is_loop(resources.key(i))) {
      is_right = resources_have_right_shape(resource.at(2)) && is_right;
      continue;
    }
    if (resources.key(i) == kTransform) {
      desk_.diagnostics.warning("OUT-E1506", resources.key_span(i),
                                "what this transform adds is not here: it is not checked",
                                "give the template as it is after its transforms: aws "
                                "cloudformation get-template --template-stage Processed");
    }
    if (resources.key(i).starts_with("Fn::")) {
      continue;
    }
    is_right = is_of(resource, NodeKind::map, "a resource") && is_right;
    is_right = is_of(resource["Type"], NodeKind::string, "the type of a resource") && is_right;
    is_right = is_of(resource["Properties"], NodeKind::map, "Properties") && is_right;
    const bool is_made_elsewhere = resource[kTransform].exists();
    if (resource.is(NodeKind::map) && !resource["Type"].exists() && !is_made_elsewhere) {
      desk_.diagnostics.error("OUT-E1501", resources.key_span(i),
                              fmt::format("{} has no Type", resources.key(i)));
      is_right = false;
    }
  }
  return is_right;
}

bool TemplateReader::is_of(Node node, NodeKind kind, std::string_view what) {
  if (!node.exists() || node.is(kind) || node.is(NodeKind::null)) {
    return true;
  }
  desk_.diagnostics.error(
      "OUT-E1501", node.span(),
      fmt::format("{} must be {}, not {}", what, words_for(kind), words_for(node.kind())));
  return false;
}

bool TemplateReader::has_right_shape(Node root) {
  bool is_right = true;
  for (const std::string_view section :
       {"Resources", "Parameters", "Conditions", "Mappings", "Outputs"}) {
    is_right = is_of(root[section], NodeKind::map, section) && is_right;
  }
  is_right = resources_have_right_shape(root["Resources"]) && is_right;
  desk_.draft.is_incomplete = desk_.draft.is_incomplete || !is_right;
  return is_right;
}

void TemplateReader::add_nested(Stack& stack, std::size_t depth) {
  for (const DeclaredResource& resource : stack.resources) {
    if (is_nested_stack(resource.node["Type"].text())) {
      add_nested_stack(stack, resource, depth);
    }
  }
}

void TemplateReader::add_nested_stack(Stack& stack, const DeclaredResource& resource,
                                      std::size_t depth) {
  stack.loops = resource.loops;
  made_if_.clear();
  const bool is_surely_left_out = !is_made(stack, resource.node).value_or(true);
  stack.loops.clear();
  if (is_surely_left_out) {
    return;
  }
  const std::string made_if = made_if_.empty() ? stack.made_if : made_if_;
  const Node properties = resource.node["Properties"];
  const Node written =
      properties["TemplateURL"].exists() ? properties["TemplateURL"] : properties["Location"];
  const ValueTree location = stacks_.evaluate_in(stack, resource.loops, written);
  const bool is_local = location.is_closed() && location.text.find("://") == std::string::npos;
  const std::string beside = is_local ? path_below(folder_of(stack.path), location.text) : "";
  const bool is_beside =
      is_local && desk_.files.kind_of(beside) == base::FileSource::PathKind::file;
  const InputDocument* given =
      is_beside ? nesting_.lying_at(beside) : nesting_.named_by(location.text, stack.path);
  const std::string path = given != nullptr ? given->path : beside;
  if (!is_beside && given == nullptr) {
    desk_.diagnostics.warning(
        "OUT-E1506", written.exists() ? written.span() : resource.node.span(),
        fmt::format("the template of the nested stack {} is not here: what it makes is not checked",
                    resource.logical),
        "give its template, too, or name a file beside this one");
    return;
  }
  if (depth >= kDeepestNesting || path == stack.path) {
    desk_.diagnostics.error("OUT-E1504", written.span(),
                            "nested stacks lead in a circle, or lie too deep");
    return;
  }
  const Node root = given != nullptr ? given->root : read_named_file(desk_, path, written.span());
  if (root.exists() && has_right_shape(root)) {
    Stack& nested =
        stacks_.add_nested(stack, resource.logical, path, root,
                           stacks_.evaluate_in(stack, resource.loops, properties["Parameters"]));
    nested.made_if = made_if;
    add_nested(nested, depth + 1);
  }
}

/// Is it made? Not known where its condition cannot be decided: then it is read, and others are only
/// inferred to need it.
std::optional<bool> TemplateReader::is_made(Stack& stack, Node resource) {
  const Node condition = resource["Condition"];
  if (!condition.exists()) {
    return true;
  }
  const std::string name = stacks_.evaluate(stack, condition).text;
  const auto decided = stacks_.condition(stack, name, condition.span());
  if (!decided) {
    made_if_ = stack.address_of(name);
    const blueprint::Assumption assumed{
        fmt::format("condition {} of {}", name, stack.id), "not known",
        "it depends on a parameter without a value: whether others need what is made under it is "
        "only inferred"};
    auto& all = desk_.draft.assumptions;
    if (std::find(all.begin(), all.end(), assumed) == all.end()) {
      all.push_back(assumed);
    }
    ask_for(stack, name);
  }
  return decided;
}

/// Whether a condition holds is asked once; one that is declared nowhere is told as a mistake.
void TemplateReader::ask_for(Stack& stack, const std::string& name) {
  const std::string address = stack.address_of(name);
  const Node declared = stack.root["Conditions"][name];
  auto& asked = desk_.draft.conditions;
  const bool is_asked = std::any_of(asked.begin(), asked.end(), [&](const auto& condition) {
    return condition.address == address;
  });
  if (!is_asked && declared.exists()) {
    asked.push_back({address, stacks_.deciders(stack, name), {address, declared.span(), ""}});
  }
}

void TemplateReader::add_resources(Stack& stack) {
  stacks_.check_names(stack);
  const ValueTree globals = stacks_.evaluate(stack, stack.root["Globals"]);
  const Connectors connectors(stack, stacks_);
  for (const DeclaredResource& resource : stack.resources) {
    if (resource.node.is(NodeKind::map)) {
      stack.loops = resource.loops;
      made_if_.clear();
      if (is_made(stack, resource.node).value_or(true)) {
        add_declared(stack, resource, globals, connectors);
      }
    }
  }
  stack.loops.clear();
}

void TemplateReader::add_declared(Stack& stack, const DeclaredResource& made,
                                  const ValueTree& globals, const Connectors& connectors) {
  const Node declared = made.node;
  const Node type = declared["Type"];
  TemplateResource resource{made.logical, std::string(type.exists() ? type.text() : kTransform),
                            stacks_.evaluate(stack, declared["Properties"])};
  if (!resource.properties.is(NodeKind::map)) {
    resource.properties.kind = NodeKind::map;
    resource.properties.span = declared.span();
  }
  apply_globals(globals, resource);
  // What is said of a resource beside its properties, under names that no property has.
  for (const auto& [key, name] :
       {std::pair{"UpdatePolicy", "update_policy"}, std::pair{"DeletionPolicy", "deletion_policy"},
        std::pair{"Metadata", "metadata"}}) {
    if (const Node said = declared[key]; said.exists()) {
      resource.properties.members.emplace_back(name, stacks_.evaluate(stack, said));
    }
  }
  std::optional<TemplateResource> connected = connectors.give_policies(resource);
  std::vector<TemplateResource> all_beside = resources_beside(resource, stack.id);
  if (connected) {
    all_beside.push_back(std::move(*connected));
  }
  add_resource(stack, resource, declared);
  add_packages(stack, resource, declared);
  for (const TemplateResource& beside : all_beside) {
    if (!by_address_.contains(stack.address_of(beside.logical))) {
      add_resource(stack, beside, declared);
    }
  }
}

void TemplateReader::add_resource(const Stack& stack, const TemplateResource& resource,
                                  Node declared) {
  DraftResource draft;
  draft.format = "cloudformation";
  draft.address = stack.address_of(resource.logical);
  draft.group = draft.address;
  draft.type = resource.type;
  draft.evidence = {draft.address, declared.span(), ""};
  // A nested stack lies where the one does that it is of.
  draft.configured_by = stack.id.substr(0, stack.id.find('/'));
  draft.made_if = made_if_.empty() ? stack.made_if : made_if_;
  draft.region = stack.region.empty() ? blueprint::Value<std::string>::unknown(declared.span())
                                      : blueprint::Value<std::string>::of(stack.region);
  ValueTree attributes = resource.properties;
  attributes.members.emplace_back("id",
                                  text_value(name_of_resource(draft.address), declared.span()));
  base::DocumentBuilder builder(declared.span().source);
  std::vector<std::pair<std::string, std::vector<std::string>>> references;
  const std::uint32_t root = build_value(attributes, stack.id, builder, references);
  desk_.draft.documents.push_back(builder.finish(root));
  draft.attributes = desk_.draft.documents.back().root();
  const Node depends = declared["DependsOn"];
  std::vector<std::string> awaited;
  for (std::size_t i = 0; i < std::max<std::size_t>(depends.size(), 1); ++i) {
    const Node one = depends.is(NodeKind::list) ? depends.at(i) : depends;
    if (!one.text().empty()) {
      awaited.push_back(stack.address_of(one.text()));
    }
  }
  if (!awaited.empty()) {
    references.emplace_back("depends_on", std::move(awaited));
  }
  if (resource.type == kLocalModule) {
    desk_.draft.coverage.unknown_attributes.push_back(
        fmt::format("{}: what the module {} holds (aws cloudformation package writes it)",
                    draft.address, declared["Source"].text()));
  }
  find_secrets_by_line(declared["Properties"], draft.evidence, desk_);
  add_remarks(draft.address, declared["Metadata"]["outlast"]["ignore"]);
  const ResourceId id = desk_.draft.resources.push_back(std::move(draft));
  by_address_.emplace(desk_.draft.resources[id].address, id);
  references_.emplace_back(id, std::move(references));
}

void TemplateReader::add_packages(const Stack& stack, const TemplateResource& resource,
                                  Node declared) {
  if (const auto made = packages_of(resource, stack.address_of(resource.logical))) {
    add_resource(stack, *made, declared);
    desk_.draft.resources[by_address_.at(stack.address_of(made->logical))].is_context = true;
  }
}

/// Entries of `Metadata.outlast.ignore`: maps of id, reason and perhaps until.
void TemplateReader::add_remarks(const std::string& address, Node notes) {
  for (std::size_t i = 0; i < notes.size(); ++i) {
    desk_.remarks.push_back(remark_of_ignore(address, notes.at(i)));
  }
}

/// A default that is not to be shown is a secret that stands in the template.
void TemplateReader::find_secret_parameters(const Stack& stack) {
  const Node parameters = stack.root["Parameters"];
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Node parameter = parameters.at(i);
    const Node standard = parameter["Default"];
    const std::string address = stack.address_of(parameters.key(i));
    if (parameter["NoEcho"].text() == "true" && !standard.text().empty()) {
      desk_.draft.secrets.push_back(
          {std::string(parameters.key(i)), {address, standard.span(), ""}});
    } else {
      find_secrets_by_line(standard, {address, standard.span(), ""}, desk_, parameters.key(i));
    }
  }
}

/// Templates work in any region; all that are given together are taken to be used in one.
void TemplateReader::assume_region() {
  const auto& all = stacks_.all();
  if (std::any_of(all.begin(), all.end(),
                  [](const Stack& stack) { return stack.region.empty(); })) {
    desk_.draft.assumptions.push_back(
        {"region of the stacks", "one, not known",
         "no template says in which it is used; --param AWS::Region=eu-west-1 does"});
  }
}

void TemplateReader::link() {
  for (auto& [id, references] : references_) {
    for (auto& [path, addresses] : references) {
      blueprint::Reference reference;
      reference.path = path;
      for (const std::string& address : addresses) {
        if (const auto known = by_address_.find(address); known != by_address_.end()) {
          reference.targets.push_back(known->second);
        }
      }
      if (!reference.targets.empty()) {
        desk_.draft.resources[id].references.push_back(std::move(reference));
      }
    }
  }
}

}  // namespace

bool is_cloudformation(Node root) {
  const Node resources = root["Resources"];
  if (!root.is(NodeKind::map) || !resources.exists()) {
    return false;
  }
  bool has_a_type = false;
  for (std::size_t i = 0; resources.is(NodeKind::map) && i < resources.size() && !has_a_type; ++i) {
    has_a_type = resources.at(i)["Type"].text().find("::") != std::string_view::npos;
  }
  return root["AWSTemplateFormatVersion"].exists() || root["Transform"].exists() || has_a_type;
}

void read_cloudformation(const std::vector<InputDocument>& templates, Desk& desk) {
  TemplateReader(templates, desk).read(templates);
}

}  // namespace outlast::import
