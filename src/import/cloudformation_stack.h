#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "import/desk.h"
#include "import/value_tree.h"

namespace outlast::import {

/// Names that loops around something stand for, with what each is this time.
using Loops = std::map<std::string, ValueTree>;

/// A resource as it is declared, once for each turn of the loops (`Fn::ForEach`) around it.
struct DeclaredResource {
  std::string logical;
  base::Node node;
  base::Span named_at;
  Loops loops;
};

/// A template with the parameters of one use of it.
struct Stack {
  std::string id;    ///< the file's name without its ending, or "parent/Logical" of a nested one
  std::string path;  ///< of the template
  base::Node root;
  std::map<std::string, ValueTree> parameters;
  std::vector<DeclaredResource> resources;         ///< in the order of the template
  std::map<std::string, std::size_t> resource_at;  ///< by logical id: index of `resources`
  Loops loops;                                     ///< around what is evaluated right now
  std::map<std::string, Stack*> nested;            ///< by the logical id of the resource
  Stack* parent = nullptr;                         ///< of a nested one
  std::string made_if;  ///< of a nested one: the condition that makes it, where it is not decided
  base::Node handed;    ///< the parameters, as the parent has them
  std::map<std::string, std::optional<bool>> conditions;  ///< those decided; absent: not known
  std::set<std::string> deciding;                         ///< conditions being decided right now
  std::set<std::string> left_open;              ///< conditions not known that some value depends on
  std::map<std::string, ValueTree> properties;  ///< asked for by others: "Logical.Name"
  std::string region;                           ///< empty: not known

  [[nodiscard]] std::string address_of(std::string_view logical) const {
    return id + "/" + std::string(logical);
  }
};

/// All stacks of a run, and the means to evaluate what their templates say.
///
/// cost    bounded: what refers to itself in a circle, or grows by referring, becomes unknown once
///         the budget is used up, which is told
class Stacks {
 public:
  explicit Stacks(Desk& desk) : desk_(desk) {}

  /// Adds a stack whose parameters have the values given for the run, or their defaults.
  Stack& add(std::string id, std::string path, base::Node root);
  /// Adds a stack whose parameters its parent gives.
  Stack& add_nested(Stack& parent, const std::string& logical, std::string path, base::Node root,
                    const ValueTree& parameters);

  /// Lists a stack's resources, turn by turn of their loops. Parameters must be there.
  void list_resources(Stack& stack) { list_resources(stack, stack.root["Resources"], {}); }

  /// The value of something of a resource, within the loops around it.
  [[nodiscard]] ValueTree evaluate_in(Stack& stack, const Loops& loops, base::Node node);
  /// The value of anything in a template.
  [[nodiscard]] ValueTree evaluate(Stack& stack, base::Node node);
  /// Absent where it depends on what is not known.
  [[nodiscard]] std::optional<bool> condition(Stack& stack, const std::string& name,
                                              base::Span named_at);

  /// Tells mistakes where nothing else looks: in conditions that nobody asks for, and in what is
  /// only awaited.
  void check_names(Stack& stack);

  /// Parameters without a value that a condition depends on: those of the file, also where it is the
  /// condition of a nested stack to which another one hands them.
  [[nodiscard]] std::vector<std::string> deciders(Stack& stack, const std::string& name);

  [[nodiscard]] std::deque<Stack>& all() { return stacks_; }

 private:
  using Locals = std::map<std::string, ValueTree>;

  void read_parameters(Stack& stack, const ValueTree* given);
  void check_allowed(base::Node parameter, std::string_view name, const Parameter& typed);
  void list_resources(Stack& stack, base::Node resources, const Loops& loops);
  /// Calls `turn(loops, body)` for each turn of a loop: [name, list, map].
  template <class Turn>
  void for_each_turn(Stack& stack, base::Node loop, const Loops& around, Turn turn);
  void add_members(Stack& stack, base::Node map, ValueTree& out);
  [[nodiscard]] std::string with_loops(const Stack& stack, std::string_view text) const;
  [[nodiscard]] ValueTree evaluate_map(Stack& stack, base::Node node);
  [[nodiscard]] ValueTree function(Stack& stack, std::string_view name, base::Node argument);
  [[nodiscard]] ValueTree reference(Stack& stack, std::string_view name, base::Span span);
  [[nodiscard]] ValueTree pseudo_parameter(const Stack& stack, std::string_view name,
                                           base::Span span);
  [[nodiscard]] ValueTree attribute(Stack& stack, std::string_view logical, std::string_view name,
                                    base::Span span);
  [[nodiscard]] ValueTree nested_output(Stack& stack, std::string_view logical,
                                        std::string_view output, base::Span span);
  [[nodiscard]] ValueTree substitute(Stack& stack, base::Node argument);
  [[nodiscard]] ValueTree substitute_one(Stack& stack, std::string_view name, const Locals& locals,
                                         base::Span span);
  [[nodiscard]] ValueTree choose(Stack& stack, base::Node argument);
  [[nodiscard]] ValueTree find_in_map(Stack& stack, base::Node argument);
  [[nodiscard]] ValueTree import_value(Stack& stack, base::Node argument);
  [[nodiscard]] ValueTree zones(const Stack& stack, base::Span span);
  [[nodiscard]] std::optional<bool> decide(Stack& stack, base::Node node);
  [[nodiscard]] std::optional<bool> decide_function(Stack& stack, std::string_view name,
                                                    base::Node argument);
  void add_deciders(Stack& stack, base::Node node, std::set<std::string>& seen,
                    std::set<std::string>& out);
  [[nodiscard]] bool has_right_arity(std::string_view name, base::Node argument);
  /// Is nothing told of this place yet? One that is evaluated again is told once.
  [[nodiscard]] bool is_first_at(base::Span span) {
    return mistaken_.emplace(span.source.index, span.begin).second;
  }
  /// Tells what CloudFormation itself refuses.
  void tell_mistake(base::Span span, std::string message, std::string help);
  [[nodiscard]] bool is_within_budget(base::Span span);
  void tell_exhausted(base::Span span);
  [[nodiscard]] ValueTree made_by_transform(const Stack& stack, std::string_view name,
                                            base::Span span);
  [[nodiscard]] static ValueTree name_of(const Stack& stack, std::string_view logical,
                                         base::Span span);
  void tell_unknown_name(std::string_view name, base::Span span, const Stack& stack);
  void tell_unresolved(const ValueTree& name, bool may_be_several, base::Span span);

  Desk& desk_;
  std::deque<Stack> stacks_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool is_exhausted_ = false;
  std::set<std::pair<std::size_t, std::size_t>> mistaken_;  ///< source and byte
  std::set<std::string> unresolved_;                        ///< imports that were told
};

/// Is this the key of a loop over what stands beneath it?
[[nodiscard]] inline bool is_loop(std::string_view key) {
  return key.starts_with("Fn::ForEach::");
}

/// The logical name of an intrinsic function, in either form: "Ref", "Condition", "Fn::If", "!If";
/// empty if the map is no call of one.
[[nodiscard]] std::string_view function_of(base::Node node);

}  // namespace outlast::import
