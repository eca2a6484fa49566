// Loops of a template (`Fn::ForEach` of the language extensions): the same for each item of a list.
//
//   Fn::ForEach::Topics:
//     - Topic
//     - [Orders, Mails]
//     - "Queue${Topic}": {Type: AWS::SQS::Queue, Properties: {QueueName: {Ref: Topic}}}
//
// makes QueueOrders and QueueMails. "&{Topic}" is the item without what a name may not hold.

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "import/cloudformation_stack.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::size_t kMostResources = 5000;

std::string only_letters_and_digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return out;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

/// A text of the template with the names of the loops around it filled in.
std::string Stacks::with_loops(const Stack& stack, std::string_view text) const {
  std::string out(text);
  for (const auto& [name, value] : stack.loops) {
    replace_all(out, "${" + name + "}", value.text);
    replace_all(out, "&{" + name + "}", only_letters_and_digits(value.text));
  }
  return out;
}

template <class Turn>
void Stacks::for_each_turn(Stack& stack, Node loop, const Loops& around, Turn turn) {
  if (!loop.is(NodeKind::list) || loop.size() != 3 || !loop.at(2).is(NodeKind::map)) {
    desk_.diagnostics.error("OUT-E1501", loop.span(),
                            "a loop must be a list of a name, a list and a map");
    return;
  }
  const ValueTree over = evaluate_in(stack, around, loop.at(1));
  const bool is_known = over.is(NodeKind::list) &&
                        std::all_of(over.items.begin(), over.items.end(),
                                    [](const ValueTree& item) { return item.is_closed(); });
  if (!is_known) {
    desk_.diagnostics.warning("OUT-E1509", loop.at(1).span(),
                              "it is not known what this loop goes over: what it makes is not "
                              "checked",
                              "--param NAME=VALUE gives a parameter its value");
    desk_.draft.is_incomplete = true;
    return;
  }
  for (const ValueTree& item : over.items) {
    Loops loops = around;
    loops.insert_or_assign(std::string(loop.at(0).text()), item);
    turn(loops, loop.at(2));
  }
}

void Stacks::list_resources(Stack& stack, Node resources, const Loops& loops) {
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (is_loop(resources.key(i))) {
      for_each_turn(stack, resources.at(i), loops,
                    [&](const Loops& inner, Node body) { list_resources(stack, body, inner); });
      continue;
    }
    if (!is_within_budget(resources.key_span(i)) || stack.resources.size() >= kMostResources) {
      tell_exhausted(resources.key_span(i));
      return;
    }
    const Loops before = std::exchange(stack.loops, loops);
    std::string logical = with_loops(stack, resources.key(i));
    stack.loops = before;
    if (stack.resource_at.emplace(logical, stack.resources.size()).second) {
      stack.resources.push_back(
          {std::move(logical), resources.at(i), resources.key_span(i), loops});
    }
  }
}

ValueTree Stacks::evaluate_in(Stack& stack, const Loops& loops, Node node) {
  Loops before = std::exchange(stack.loops, loops);
  ValueTree value = evaluate(stack, node);
  stack.loops = std::move(before);
  return value;
}

/// The members of a map, those that its loops make among them.
void Stacks::add_members(Stack& stack, Node map, ValueTree& out) {
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (!is_loop(map.key(i))) {
      out.members.emplace_back(with_loops(stack, map.key(i)), evaluate(stack, map.at(i)));
      continue;
    }
    for_each_turn(stack, map.at(i), stack.loops, [&](const Loops& inner, Node body) {
      Loops before = std::exchange(stack.loops, inner);
      add_members(stack, body, out);
      stack.loops = std::move(before);
    });
  }
}

}  // namespace outlast::import
