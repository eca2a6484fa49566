// Conditions of a template: true, false, or not known. Unknown is never false.

#include "import/cloudformation_stack.h"

#include <fmt/format.h>

#include "base/text.h"
#include "import/cloudformation_functions.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Span;

std::optional<bool> Stacks::condition(Stack& stack, const std::string& name, Span named_at) {
  if (const auto known = stack.conditions.find(name); known != stack.conditions.end()) {
    return known->second;
  }
  const Node declared = stack.root["Conditions"];
  if (!declared[name].exists()) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < declared.size(); ++i) {
      known.push_back(declared.key(i));
    }
    desk_.diagnostics.error("OUT-E1502", named_at, fmt::format("there is no condition {}", name),
                            base::suggest(name, known));
    return std::nullopt;
  }
  if (!stack.deciding.insert(name).second) {
    desk_.diagnostics.error("OUT-E1504", declared[name].span(),
                            fmt::format("the condition {} depends on itself", name));
    return std::nullopt;
  }
  const auto decided = decide(stack, declared[name]);
  stack.deciding.erase(name);
  stack.conditions.insert_or_assign(name, decided);
  return decided;
}

std::optional<bool> Stacks::decide(Stack& stack, Node node) {
  if (!is_within_budget(node.span())) {
    return std::nullopt;
  }
  ++depth_;
  const std::string_view name = function_of(node);
  auto decided = name.empty() ? std::optional<bool>() : decide_function(stack, name, node.at(0));
  if (node.is(NodeKind::boolean) || node.is(NodeKind::string)) {
    decided = node.text() == "true";
  }
  --depth_;
  return decided;
}

std::optional<bool> Stacks::decide_function(Stack& stack, std::string_view name, Node argument) {
  if (name == "Condition") {
    return condition(stack, with_loops(stack, argument.text()), argument.span());
  }
  if (name == "Not") {
    const auto inner = decide(stack, argument.at(0));
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (name == "Equals") {
    const ValueTree a = evaluate(stack, argument.at(0));
    const ValueTree b = evaluate(stack, argument.at(1));
    if (!a.is_text() || !b.is_text()) {
      return std::nullopt;
    }
    if (!may_be_same(a.text, b.text)) {
      return false;
    }
    return a.is_closed() && b.is_closed() && a.text == b.text ? std::optional(true) : std::nullopt;
  }
  if (name != "And" && name != "Or") {
    return std::nullopt;
  }
  // One that is true decides an Or, one that is false an And, whatever the others are.
  const bool decisive = name == "Or";
  bool all_are_known = true;
  for (std::size_t i = 0; i < argument.size(); ++i) {
    const auto one = decide(stack, argument.at(i));
    if (one == decisive) {
      return decisive;
    }
    all_are_known = all_are_known && one.has_value();
  }
  return all_are_known ? std::optional(!decisive) : std::nullopt;
}

std::vector<std::string> Stacks::deciders(Stack& stack, const std::string& name) {
  std::set<std::string> seen;
  std::set<std::string> out;
  add_deciders(stack, stack.root["Conditions"][name], seen, out);
  return {out.begin(), out.end()};
}

// NOLINTNEXTLINE(misc-no-recursion): each condition and each parameter is looked at once
void Stacks::add_deciders(Stack& stack, Node node, std::set<std::string>& seen,
                          std::set<std::string>& out) {
  const std::string_view function = function_of(node);
  const std::string name(function.empty() ? std::string_view() : node.at(0).text());
  const auto parameter = stack.parameters.find(name);
  if (function == "Condition") {
    if (seen.insert(stack.address_of(name)).second) {
      add_deciders(stack, stack.root["Conditions"][name], seen, out);
    }
  } else if (function == "Ref" && parameter != stack.parameters.end()) {
    const Node handed = stack.handed[name];
    const bool is_open = !parameter->second.is_closed();
    if (is_open && handed.exists() && seen.insert(stack.address_of(name)).second) {
      add_deciders(*stack.parent, handed, seen, out);
    } else if (is_open && !handed.exists()) {
      out.insert(name);
    }
  } else if (function == "Ref" && name == "AWS::Region" && stack.region.empty()) {
    out.insert(name);
  } else if (node.is(NodeKind::map) || node.is(NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      add_deciders(stack, node.at(i), seen, out);
    }
  }
}

}  // namespace outlast::import
