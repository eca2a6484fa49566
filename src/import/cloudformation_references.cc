// What a template names: its parameters and resources, its mappings, and exports of others.

#include "import/cloudformation_stack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "import/cloudformation_functions.h"
#include "import/cloudformation_sam.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Span;

namespace {

/// Attributes by which a resource is named from outside of it.
bool names_resource(std::string_view attribute) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"Arn", "ARN", "Id", "ID", "Name", "Address", "Endpoint", "Url", "URL", "Uri", "URI", "Ip"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return attribute.ends_with(ending); });
}

}  // namespace

ValueTree Stacks::reference(Stack& stack, std::string_view name, Span span) {
  if (name.starts_with("AWS::")) {
    return pseudo_parameter(stack, name, span);
  }
  if (const auto loop = stack.loops.find(std::string(name)); loop != stack.loops.end()) {
    return moved_to(loop->second, span);
  }
  if (const auto found = stack.parameters.find(std::string(name));
      found != stack.parameters.end()) {
    return moved_to(found->second, span);
  }
  if (!stack.resource_at.contains(std::string(name))) {
    return made_by_transform(stack, name, span);
  }
  return name_of(stack, name, span);
}

void Stacks::check_names(Stack& stack) {
  const Node conditions = stack.root["Conditions"];
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (!conditions.key(i).starts_with("Fn::")) {
      (void)condition(stack, std::string(conditions.key(i)), conditions.key_span(i));
    }
  }
  for (const DeclaredResource& resource : stack.resources) {
    const Node awaited = resource.node["DependsOn"];
    for (std::size_t i = 0; i < std::max<std::size_t>(awaited.size(), 1); ++i) {
      const Node one = awaited.is(NodeKind::list) ? awaited.at(i) : awaited;
      const std::string name = with_loops(stack, one.text());
      if (resource.loops.empty() && !name.empty() && !stack.resource_at.contains(name)) {
        (void)made_by_transform(stack, name, one.span());
      }
    }
  }
}

/// What a transform makes has names that the template does not: those of SAM are known, a macro may
/// make anything. Any other name is a mistake.
ValueTree Stacks::made_by_transform(const Stack& stack, std::string_view name, Span span) {
  const Node transform = stack.root["Transform"];
  bool is_sam = false;
  bool is_macro = false;
  for (std::size_t i = 0; i < std::max<std::size_t>(transform.size(), 1); ++i) {
    const Node one = transform.is(NodeKind::list) ? transform.at(i) : transform;
    const bool is_of_sam = one.text().starts_with("AWS::Serverless-");
    is_sam = is_sam || is_of_sam;
    is_macro = is_macro ||
               (one.exists() && !is_of_sam && !one.text().starts_with("AWS::LanguageExtensions"));
  }
  if (is_sam && is_interface_of_sam(name)) {
    return name_of(stack, name, span);
  }
  const auto maker = std::find_if(
      stack.resources.begin(), stack.resources.end(), [&](const DeclaredResource& resource) {
        return is_sam && is_made_beside(name, resource.logical, resource.node["Type"].text());
      });
  if (maker == stack.resources.end()) {
    if (!is_macro && !(is_sam && is_deployment_of_sam(name))) {
      tell_unknown_name(name, span, stack);
    }
    return unknown_value(span);
  }
  // A version or an alias is the function itself; a role or a permission is not.
  return name.find('.') != std::string_view::npos ? name_of(stack, maker->logical, span)
                                                  : unknown_value(span);
}

ValueTree Stacks::name_of(const Stack& stack, std::string_view logical, Span span) {
  return name_value(stack.address_of(logical), span);
}

ValueTree Stacks::pseudo_parameter(const Stack& stack, std::string_view name, Span span) {
  if (name == "AWS::NoValue") {
    return no_value(span);
  }
  if (name == "AWS::StackName") {
    return text_value(std::string(1, kStackName), span);
  }
  if (name == "AWS::Region" && !stack.region.empty()) {
    return text_value(stack.region, span);
  }
  if (name == "AWS::Partition") {
    return text_value("aws", span);
  }
  if (name == "AWS::URLSuffix") {
    return text_value("amazonaws.com", span);
  }
  return unknown_value(span);
}

void Stacks::tell_unknown_name(std::string_view name, Span span, const Stack& stack) {
  std::vector<std::string_view> known;
  for (const auto& [parameter, value] : stack.parameters) {
    known.push_back(parameter);
  }
  for (const DeclaredResource& resource : stack.resources) {
    known.push_back(resource.logical);
  }
  desk_.diagnostics.error("OUT-E1502", span,
                          fmt::format("there is no parameter or resource {}", name),
                          base::suggest(name, known));
}

/// A property that is written at the resource is that; else what names the resource stands for it.
ValueTree Stacks::attribute(Stack& stack, std::string_view logical, std::string_view name,
                            Span span) {
  const auto at = stack.resource_at.find(std::string(logical));
  if (at == stack.resource_at.end()) {
    return made_by_transform(stack, logical, span);
  }
  if (stack.nested.contains(std::string(logical)) && name.starts_with("Outputs.")) {
    return nested_output(stack, logical, name.substr(8), span);
  }
  const DeclaredResource& resource = stack.resources[at->second];
  if (const Node property = resource.node["Properties"][name]; property.exists()) {
    const std::string key = fmt::format("{}.{}", logical, name);
    auto known = stack.properties.find(key);
    if (known == stack.properties.end()) {
      ValueTree value = evaluate_in(stack, resource.loops, property);
      known = stack.properties.insert_or_assign(key, std::move(value)).first;
    }
    return moved_to(known->second, span);
  }
  ValueTree value = names_resource(name)
                        ? text_value(name_of_resource(stack.address_of(logical)), span)
                        : unknown_value(span);
  value.uses = {stack.address_of(logical)};
  return value;
}

ValueTree Stacks::nested_output(Stack& stack, std::string_view logical, std::string_view output,
                                Span span) {
  Stack& nested = *stack.nested.at(std::string(logical));
  const Node value = nested.root["Outputs"][output]["Value"];
  if (!value.exists()) {
    desk_.diagnostics.error("OUT-E1502", span,
                            fmt::format("{} has no output {}", nested.path, output));
    return unknown_value(span);
  }
  return moved_to(evaluate(nested, value), span);
}

/// A key that is not known leaves a value only where all entries agree.
ValueTree Stacks::find_in_map(Stack& stack, Node argument) {
  const ValueTree name = evaluate(stack, argument.at(0));
  const ValueTree first = evaluate(stack, argument.at(1));
  const ValueTree second = evaluate(stack, argument.at(2));
  const Node map = stack.root["Mappings"][name.text];
  std::vector<Node> found;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const bool is_row = !first.is_closed() || map.key(i) == first.text;
    for (std::size_t j = 0; is_row && j < map.at(i).size(); ++j) {
      if (!second.is_closed() || map.at(i).key(j) == second.text) {
        found.push_back(map.at(i).at(j));
      }
    }
  }
  const Node otherwise = argument.at(3)["DefaultValue"];
  if (found.empty() && otherwise.exists()) {
    return evaluate(stack, otherwise);
  }
  if (found.empty() && map.exists() && first.is_closed() && second.is_closed()) {
    desk_.diagnostics.warning(
        "OUT-E1503", argument.span(),
        fmt::format("the mapping {} has no {} of {}", name.text, second.text, first.text),
        "it is taken as not known");
  }
  const bool are_alike = !found.empty() && std::all_of(found.begin(), found.end(), [&](Node node) {
    return node.size() == 0 && node.text() == found.front().text();
  });
  if (!are_alike && found.size() != 1) {
    return unknown_value(argument.span());
  }
  return moved_to(evaluate(stack, found.front()), argument.span());
}

/// An export of another template given. Names are mostly made of the name of a stack, which no
/// template knows: what is known of both names must agree, and only one export may do so.
ValueTree Stacks::import_value(Stack& stack, Node argument) {
  const ValueTree name = evaluate(stack, argument);
  struct Export {
    Stack* stack;
    Node value;
    bool is_exact;
  };
  std::vector<Export> found;
  for (Stack& other : stacks_) {
    const Node outputs = other.root["Outputs"];
    for (std::size_t i = 0; &other != &stack && i < outputs.size(); ++i) {
      const Node exported = outputs.at(i)["Export"]["Name"];
      if (!exported.exists()) {
        continue;
      }
      std::string text = evaluate(other, exported).text;
      if (may_be_same(name.text, text)) {
        for (auto at = text.find(kStackName); at != std::string::npos; at = text.find(kStackName)) {
          text.replace(at, 1, other.id);
        }
        found.push_back({&other, outputs.at(i)["Value"], text == name.text});
      }
    }
  }
  const auto is_exact = [](const Export& one) { return one.is_exact; };
  if (std::count_if(found.begin(), found.end(), is_exact) == 1) {
    std::erase_if(found, std::not_fn(is_exact));
  }
  if (found.size() == 1) {
    return moved_to(evaluate(*found.front().stack, found.front().value), argument.span());
  }
  tell_unresolved(name, !found.empty(), argument.span());
  return unknown_value(argument.span());
}

/// Once for each name: templates import the same network at many places.
void Stacks::tell_unresolved(const ValueTree& name, bool may_be_several, Span span) {
  std::string said = name.text.empty() ? std::string("what is imported") : name.text;
  for (const char part : {kUnknownPart, kStackName}) {
    for (auto at = said.find(part); at != std::string::npos; at = said.find(part)) {
      said.replace(at, 1, "…");
    }
  }
  if (unresolved_.insert(said).second) {
    desk_.diagnostics.warning(
        "OUT-E1510", span,
        may_be_several
            ? fmt::format("{} may be an export of several of these templates", said)
            : fmt::format("{} is exported by none of the templates that are given", said),
        may_be_several ? "it is taken as not known; --param tells stacks apart by their names"
                       : "it is taken as not known; give the template that exports it, too");
  }
}

/// The zones of the region, by the letters they mostly have: which they are matters less than that
/// the same position is the same zone and another one is another.
ValueTree Stacks::zones(const Stack& stack, Span span) {
  ValueTree out;
  out.kind = NodeKind::list;
  out.span = span;
  for (const char letter : {'a', 'b', 'c'}) {
    out.items.push_back(text_value(stack.region + letter, span));
  }
  const blueprint::Assumption assumed{"zones of Fn::GetAZs", "a, b and c",
                                      "a region has three zones; which, no template says"};
  auto& all = desk_.draft.assumptions;
  if (std::find(all.begin(), all.end(), assumed) == all.end()) {
    all.push_back(assumed);
  }
  return out;
}

/// A value given for the run that the parameter does not take.
void Stacks::check_allowed(Node parameter, std::string_view name, const Parameter& typed) {
  std::vector<std::string_view> allowed;
  const Node all = parameter["AllowedValues"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    allowed.push_back(all.at(i).text());
  }
  const bool is_list = parameter["Type"].text().find("List") != std::string_view::npos;
  for (const std::string_view value : base::split(typed.value, is_list ? ',' : '\0')) {
    const std::string_view one = base::trim(value);
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), one) == allowed.end()) {
      tell_mistake(all.span(), fmt::format("the parameter {} does not take {}", name, one),
                   base::suggest(one, allowed));
    }
  }
}

}  // namespace outlast::import
