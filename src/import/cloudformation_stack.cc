// Evaluating a template.
//
// A value is known, has no value, or is not known; parts of a text may be. What stands for a
// resource is known by our own name of it, so that names can be joined, exported and imported as
// text and still be recognised. Parameters without a default are not known, nor is what a
// condition decides that depends on one, unless both ends are alike.

#include "import/cloudformation_stack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "import/cloudformation_functions.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Span;

namespace {

constexpr std::size_t kMostSteps = 1'000'000;
constexpr std::size_t kMostText = std::size_t{1} << 20U;
constexpr std::size_t kDeepest = 200;

constexpr auto kFunctions = std::to_array<std::string_view>(
    {"Ref", "Condition", "GetAtt",      "Sub",       "Join",   "Split",        "Select",
     "If",  "FindInMap", "ImportValue", "GetAZs",    "Cidr",   "Base64",       "Equals",
     "And", "Or",        "Not",         "Transform", "Length", "ToJsonString", "GetStackOutput"});

/// How many arguments a function takes; one that is not here takes any.
struct Arity {
  std::string_view function;
  std::size_t least;
  std::size_t most;
};
constexpr Arity kArities[] = {{"Join", 2, 2}, {"Split", 2, 2},     {"Select", 2, 2},
                              {"If", 3, 3},   {"FindInMap", 3, 4}, {"Cidr", 2, 3}};

bool is_list_type(std::string_view type) {
  return type.starts_with("List<") || type == "CommaDelimitedList";
}

}  // namespace

std::string_view function_of(Node node) {
  if (!node.is(NodeKind::map) || node.size() != 1) {
    return {};
  }
  std::string_view name = node.key(0);
  const bool is_short = name.starts_with('!');
  const bool is_long = name.starts_with("Fn::");
  name.remove_prefix(is_short ? 1 : is_long ? 4 : 0);
  const bool is_known = std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
  const bool is_bare = name == "Ref" || (name == "Condition" && node.at(0).is(NodeKind::string));
  return is_known && (is_short || is_long || is_bare) ? name : std::string_view();
}

bool Stacks::is_within_budget(Span span) {
  if (++steps_ <= kMostSteps && depth_ < kDeepest) {
    return true;
  }
  tell_exhausted(span);
  return false;
}

void Stacks::tell_exhausted(Span span) {
  if (!std::exchange(is_exhausted_, true)) {
    desk_.diagnostics.error("OUT-E1505", span,
                            "what this template refers to leads in a circle or grows without "
                            "bound",
                            "write out what is meant at one of the places");
  }
}

Stack& Stacks::add(std::string id, std::string path, Node root) {
  Stack& stack = stacks_.emplace_back();
  stack.id = std::move(id);
  stack.path = std::move(path);
  stack.root = root;
  for (Parameter& parameter : desk_.parameters) {
    if (parameter.name == "AWS::Region") {
      parameter.is_used = true;
      stack.region = parameter.value;
    }
  }
  read_parameters(stack, nullptr);
  list_resources(stack);
  return stack;
}

Stack& Stacks::add_nested(Stack& parent, const std::string& logical, std::string path, Node root,
                          const ValueTree& parameters) {
  Stack& stack = stacks_.emplace_back();
  stack.id = parent.address_of(logical);
  stack.path = std::move(path);
  stack.root = root;
  stack.region = parent.region;
  stack.parent = &parent;
  stack.handed = parent.root["Resources"][logical]["Properties"]["Parameters"];
  parent.nested.emplace(logical, &stack);
  read_parameters(stack, &parameters);
  list_resources(stack);
  return stack;
}

/// in  given  by the parent of a nested stack; null for a stack of its own
void Stacks::read_parameters(Stack& stack, const ValueTree* given) {
  const Node declared = stack.root["Parameters"];
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const std::string name(declared.key(i));
    const Node parameter = declared.at(i);
    const Node standard = parameter["Default"];
    ValueTree value = unknown_value(parameter.span());
    if (standard.exists()) {
      value = evaluate(stack, standard);
      value.span = standard.span();
    }
    if (given != nullptr) {
      if (const ValueTree* passed = given->member(name)) {
        value = *passed;
      }
    }
    for (Parameter& typed : desk_.parameters) {
      if (typed.name == name && given == nullptr) {
        typed.is_used = true;
        check_allowed(parameter, name, typed);
        value = text_value(typed.value, parameter.span());
      }
    }
    const std::string_view type = parameter["Type"].text();
    if (type.starts_with("AWS::SSM::Parameter::Value")) {
      value = unknown_value(parameter.span());  // the default is only a name
    } else if (is_list_type(type)) {
      value = comma_list(value);
    }
    value.is_secret = value.is_secret || parameter["NoEcho"].text() == "true";
    stack.parameters.insert_or_assign(name, std::move(value));
  }
}

ValueTree Stacks::evaluate(Stack& stack, Node node) {
  if (!is_within_budget(node.span())) {
    return unknown_value(node.span());
  }
  ++depth_;
  ValueTree value;
  value.span = node.span();
  value.kind = node.kind();
  if (node.is(NodeKind::map)) {
    value = evaluate_map(stack, node);
  } else if (node.is(NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      value.items.push_back(evaluate(stack, node.at(i)));
    }
  } else {
    value.text = with_loops(stack, node.text());
    std::erase_if(value.text, [](char c) { return c == kUnknownPart || c == kStackName; });
  }
  --depth_;
  return value;
}

ValueTree Stacks::evaluate_map(Stack& stack, Node node) {
  if (const std::string_view name = function_of(node); !name.empty()) {
    ValueTree value = function(stack, name, node.at(0));
    steps_ += value.text.size() / 64;
    if (value.text.size() > kMostText) {
      tell_exhausted(node.span());
      return unknown_value(node.span());
    }
    return value;
  }
  if (node.size() == 1 && node.key(0).starts_with('!')) {
    const auto name = node.key(0).substr(1);
    std::vector<std::string_view> known(kFunctions.begin(), kFunctions.end());
    tell_mistake(node.at(0).span(), fmt::format("there is no function !{}", name),
                 base::suggest(name, known));
    return unknown_value(node.span());
  }
  ValueTree value;
  value.kind = NodeKind::map;
  value.span = node.span();
  add_members(stack, node, value);
  return value;
}

bool Stacks::has_right_arity(std::string_view name, Node argument) {
  const auto* arity = std::find_if(std::begin(kArities), std::end(kArities),
                                   [&](const Arity& known) { return known.function == name; });
  const std::size_t given = argument.is(NodeKind::list) ? argument.size() : 1;
  if (arity == std::end(kArities) || (given >= arity->least && given <= arity->most)) {
    return true;
  }
  tell_mistake(argument.span(),
               arity->least == arity->most
                   ? fmt::format("{} takes {} arguments, not {}", name, arity->least, given)
                   : fmt::format("{} takes {} or {} arguments, not {}", name, arity->least,
                                 arity->most, given),
               "CloudFormation refuses it");
  return false;
}

void Stacks::tell_mistake(Span span, std::string message, std::string help) {
  if (is_first_at(span)) {
    desk_.diagnostics.error("OUT-E1511", span, std::move(message), std::move(help));
  }
}

ValueTree Stacks::function(Stack& stack, std::string_view name, Node argument) {
  const Span span = argument.span();
  const auto at = [&](std::size_t i) { return evaluate(stack, argument.at(i)); };
  if (!has_right_arity(name, argument)) {
    return unknown_value(span);
  }
  if (name == "Ref") {
    // With the language extensions what is referred to may be put together.
    const std::string to = argument.is(NodeKind::map) ? evaluate(stack, argument).text
                                                      : with_loops(stack, argument.text());
    return reference(stack, to, span);
  }
  if (name == "GetAtt") {
    std::string path;
    for (std::size_t i = 0; i < argument.size(); ++i) {
      path += (i == 0 ? "" : ".") + at(i).text;
    }
    path += with_loops(stack, argument.text());
    const auto dot = path.find('.');
    return attribute(stack, path.substr(0, dot),
                     dot == std::string::npos ? "" : path.substr(dot + 1), span);
  }
  if (name == "Sub") {
    return substitute(stack, argument);
  }
  if (name == "Join") {
    return join(at(0), at(1), span);
  }
  if (name == "Split") {
    return split_text(at(0), at(1), span);
  }
  if (name == "Select") {
    const ValueTree index = at(0), list = at(1);
    if (is_out_of_range(index, list) && function_of(argument.at(1)) != "GetAZs" &&
        is_first_at(argument.at(0).span())) {
      desk_.diagnostics.warning(
          "OUT-E1512", argument.at(0).span(),
          fmt::format("there is no item {} in a list of {}", index.text, list.items.size()),
          "it is taken as not known; items are counted from 0");
    }
    return select_item(index, list, span);
  }
  if (name == "If") {
    return choose(stack, argument);
  }
  if (name == "FindInMap") {
    return find_in_map(stack, argument);
  }
  if (name == "ImportValue") {
    return import_value(stack, argument);
  }
  if (name == "GetAZs") {
    return zones(stack, span);
  }
  if (name == "Cidr") {
    return cidr_blocks(at(0), at(1), argument.size() > 2 ? at(2) : text_value("8", span), span);
  }
  if (name == "Base64") {
    return moved_to(evaluate(stack, argument), span);  // what it holds is what matters
  }
  if (name == "Length") {
    const ValueTree list = evaluate(stack, argument);
    return list.is(NodeKind::list) ? text_value(std::to_string(list.items.size()), span)
                                   : unknown_value(span);
  }
  return unknown_value(span);
}

/// "${Name}", "${Resource.Attribute}", "${!left as it is}"; with a map of names of its own.
ValueTree Stacks::substitute(Stack& stack, Node argument) {
  const Node text = argument.is(NodeKind::list) ? argument.at(0) : argument;
  Locals locals;
  const Node own = argument.at(1);
  for (std::size_t i = 0; argument.is(NodeKind::list) && i < own.size(); ++i) {
    locals.insert_or_assign(std::string(own.key(i)), evaluate(stack, own.at(i)));
  }
  ValueTree out = text_value("", text.span());
  std::string_view rest = text.text();
  while (!rest.empty()) {
    const std::size_t begin = rest.find("${");
    out.text += rest.substr(0, begin);
    const std::size_t end = begin == std::string_view::npos ? begin : rest.find('}', begin);
    if (end == std::string_view::npos) {
      out.text += begin == std::string_view::npos ? "" : rest.substr(begin);
      break;
    }
    const std::string_view name = base::trim(rest.substr(begin + 2, end - begin - 2));
    if (name.starts_with('!')) {
      out.text += fmt::format("${{{}}}", name.substr(1));
    } else {
      append(out, substitute_one(stack, name, locals, text.span()));
    }
    rest.remove_prefix(end + 1);
  }
  return out;
}

ValueTree Stacks::substitute_one(Stack& stack, std::string_view name, const Locals& locals,
                                 Span span) {
  if (const auto own = locals.find(std::string(name)); own != locals.end()) {
    return own->second;
  }
  const auto dot = name.find('.');
  return dot == std::string_view::npos
             ? reference(stack, name, span)
             : attribute(stack, name.substr(0, dot), name.substr(dot + 1), span);
}

/// Where the condition is not known, a value that both ends share; else one that is not known.
ValueTree Stacks::choose(Stack& stack, Node argument) {
  const std::string name = with_loops(stack, argument.at(0).text());
  const auto decided = condition(stack, name, argument.at(0).span());
  if (decided) {
    return evaluate(stack, argument.at(*decided ? 1 : 2));
  }
  ValueTree yes = evaluate(stack, argument.at(1));
  const ValueTree no = evaluate(stack, argument.at(2));
  if (yes.is_text() && no.is_text() && yes.text == no.text) {
    return yes;
  }
  stack.left_open.insert(name);
  ValueTree either = unknown_value(argument.span());
  either.is_secret = holds_secret(yes) || holds_secret(no);
  either.uses = all_uses(yes);
  ValueTree others;
  others.uses = all_uses(no);
  add_uses(either, others);
  return either;
}

}  // namespace outlast::import
