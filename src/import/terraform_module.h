#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/desk.h"
#include "import/hcl_syntax.h"
#include "import/value_tree.h"

namespace outlast::import {

using NamedValues = std::map<std::string, ValueTree, std::less<>>;

/// One of the things that a block with count or for_each makes.
struct TerraformCopy {
  std::string index;       ///< "[0]", "[\"a\"]"; empty where there is only one
  NamedValues locals;      ///< `count` and `each`
  bool is_certain = true;  ///< false: how many there are is not known, and one stands for all
};

/// A folder of Terraform files as one caller uses it.
struct TerraformModule {
  std::string prefix;  ///< of addresses: "module.network[0]."
  std::string folder;
  TerraformModule* parent = nullptr;
  const HclNode* call = nullptr;  ///< the block that calls it; null for a root
  NamedValues call_locals;        ///< `count` and `each` of that block
  std::string made_if = {};  ///< what decides whether it is there at all, where nobody can tell
  std::map<std::string, const HclExpression*, std::less<>> locals;
  std::map<std::string, const HclNode*, std::less<>> variables;
  std::map<std::string, const HclNode*, std::less<>> outputs;
  std::map<std::string, const HclNode*, std::less<>> resources;  ///< "type.name", "data.type.name"
  std::map<std::string, const HclNode*, std::less<>> calls;      ///< modules, by name
  std::map<std::string, std::vector<std::pair<std::string, TerraformModule*>>, std::less<>> modules;
  NamedValues given;  ///< values of a root's variables
  NamedValues cached;
  std::set<std::string> open;  ///< what is being evaluated right now
};

/// Evaluates expressions in modules.
///
/// A name that leads to a resource is known as far as the resource's block says its attribute; the
/// rest is not known, and made of that resource (`uses`, by address).
/// cost  bounded: past a budget everything is not known, which is told once
class TerraformEvaluator {
 public:
  explicit TerraformEvaluator(Desk& desk) : desk_(desk) {}

  [[nodiscard]] ValueTree evaluate(TerraformModule& module, const HclExpression& expression,
                                   const NamedValues& locals);
  /// What a block with count or for_each makes; one where neither is there.
  [[nodiscard]] const std::vector<TerraformCopy>& copies(TerraformModule& module,
                                                         const HclNode& block);
  /// Attributes and blocks of a body, with dynamic blocks written out; without meta-arguments.
  /// in  is_block  of a block within a resource, where only `dynamic` is Terraform's own word
  [[nodiscard]] ValueTree body(TerraformModule& module, const HclBody& body,
                               const NamedValues& locals, base::Span span, bool is_block = false);
  [[nodiscard]] ValueTree variable(TerraformModule& module, std::string_view name, base::Span span);
  /// Resources that were asked for and not made, for they were too many.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }
  /// Addresses of resources that expressions name and that their module does not declare.
  [[nodiscard]] const std::set<std::string>& undeclared() const { return undeclared_; }
  /// Outputs that are asked for of modules whose files are not here, by their calls.
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& asked_of_others() const {
    return asked_of_others_;
  }

 private:
  struct Step {
    std::string name;  ///< of an attribute
    std::optional<ValueTree> index;
    bool is_splat = false;
  };

  [[nodiscard]] ValueTree evaluate_kind(TerraformModule& module, const HclExpression& e,
                                        const NamedValues& locals);
  [[nodiscard]] ValueTree path(TerraformModule& module, const HclExpression& e,
                               const NamedValues& locals);
  [[nodiscard]] ValueTree named(TerraformModule& module, std::string_view root,
                                std::vector<Step> steps, const NamedValues& locals,
                                base::Span span);
  [[nodiscard]] ValueTree follow(ValueTree value, const std::vector<Step>& steps, std::size_t from,
                                 base::Span span);
  /// A resource or module as one object, of which only names or later steps ask for a part.
  struct Whole {
    TerraformModule* module;  ///< that the resource is in, or the module itself
    std::string key;          ///< of the resource; empty for a module
    TerraformCopy copy;
  };
  [[nodiscard]] ValueTree whole(ValueTree value, TerraformModule& module, const std::string& key,
                                const TerraformCopy& copy);
  [[nodiscard]] ValueTree part_of(std::uint32_t whole, const std::vector<Step>& steps,
                                  std::size_t from, base::Span span);
  [[nodiscard]] ValueTree output(TerraformModule& inner, const std::vector<Step>& steps,
                                 std::size_t from, base::Span span);
  [[nodiscard]] ValueTree local(TerraformModule& module, std::string_view name, base::Span span);
  [[nodiscard]] ValueTree module_output(TerraformModule& module, const std::vector<Step>& steps,
                                        base::Span span);
  [[nodiscard]] ValueTree resource(TerraformModule& module, const std::string& key,
                                   const std::vector<Step>& steps, std::size_t from,
                                   base::Span span);
  [[nodiscard]] ValueTree one_resource(TerraformModule& module, const std::string& key,
                                       const TerraformCopy& copy, const std::vector<Step>& steps,
                                       std::size_t from, base::Span span);
  [[nodiscard]] ValueTree binary(const HclExpression& e, const ValueTree& a, const ValueTree& b);
  [[nodiscard]] ValueTree for_each(TerraformModule& module, const HclExpression& e,
                                   const NamedValues& locals);
  void add_dynamic(TerraformModule& module, const HclNode& block, const NamedValues& locals,
                   ValueTree& out);
  [[nodiscard]] bool is_within_budget(base::Span span);
  void tell_unusable(base::Span span, std::string message,
                     std::string_view remedy = "it is taken as not known");
  void tell_undeclared(std::string_view what, std::string_view name,
                       const std::vector<std::string_view>& declared, base::Span span);
  [[nodiscard]] std::size_t at_most(std::size_t wanted, const HclNode& block, base::Span span);

  Desk& desk_;
  std::map<std::pair<const TerraformModule*, const HclNode*>, std::vector<TerraformCopy>> copies_;
  std::deque<Whole> wholes_;
  std::map<std::pair<const TerraformModule*, std::string>, std::uint32_t> whole_at_;
  std::set<std::string> undeclared_;
  std::map<std::string, std::set<std::string>> asked_of_others_;
  std::set<std::pair<std::size_t, std::size_t>> told_;  ///< places, by file
  std::size_t left_out_ = 0;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool is_exhausted_ = false;
};

/// Keys and values of a list or map; of a set each element is its own key.
[[nodiscard]] std::vector<std::pair<ValueTree, ValueTree>> entries_of(const ValueTree& value,
                                                                      bool is_set, base::Span span);

/// Is it where Terraform keeps its state: a block `backend` or `cloud` inside `terraform`?
[[nodiscard]] bool is_backend(const HclNode& block);

/// The type that a block of a resource is of: "aws_instance"; of a backend "backend.s3".
[[nodiscard]] std::string type_of(const HclNode& block);

/// Is it an argument that every block may have, and no attribute of the thing?
[[nodiscard]] bool is_meta_argument(std::string_view name);

}  // namespace outlast::import
