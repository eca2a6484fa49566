#include "import/terraform_conditions.h"

#include <algorithm>

#include "import/hcl_functions.h"

namespace outlast::import {

namespace {

/// So far values are followed from locals and callers; expressions have no more levels than that.
constexpr std::size_t kFarthest = 20;

/// As written, each run of spaces as one.
std::string written(const Desk& desk, const HclExpression& e) {
  const std::string_view all = desk.sources.text(e.span.source);
  std::string out;
  for (const char c : all.substr(e.span.begin, e.span.end - e.span.begin)) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

}  // namespace

std::string TerraformConditions::of(TerraformModule& module, const HclNode& block) {
  const HclExpression* count = block.body.attribute("count");
  const HclExpression* decides = count != nullptr ? count : block.body.attribute("for_each");
  if (decides == nullptr) {
    return "";
  }
  std::string address = module.prefix + written(desk_, *decides);
  auto& asked = desk_.draft.conditions;
  const bool is_asked = std::any_of(asked.begin(), asked.end(), [&](const auto& condition) {
    return condition.address == address;
  });
  if (!is_asked) {
    blueprint::OpenCondition condition{address, {}, {address, decides->span, ""}};
    add_deciders(module, *decides, 0, condition.parameters);
    asked.push_back(std::move(condition));
  }
  return address;
}

/// The variables of the root without a value that an expression is made of.
// NOLINTNEXTLINE(misc-no-recursion): no deeper than kFarthest
void TerraformConditions::add_deciders(TerraformModule& module, const HclExpression& e,
                                       std::size_t depth, std::vector<std::string>& out) {
  if (depth > kFarthest) {
    return;
  }
  const bool is_of_name = e.kind == HclExpression::Kind::attribute && !e.children.empty() &&
                          e.children.front().kind == HclExpression::Kind::name;
  const std::string_view root = is_of_name ? std::string_view(e.children.front().text) : "";
  if (root == "var") {
    add_decider(module, e.text, e.span, depth, out);
    return;
  }
  if (const auto local = module.locals.find(e.text);
      root == "local" && local != module.locals.end()) {
    add_deciders(module, *local->second, depth + 1, out);
    return;
  }
  for (const HclExpression& part : e.children) {
    add_deciders(module, part, depth + 1, out);
  }
}

/// A root's variable is asked for; a module's is what its caller hands it.
// NOLINTNEXTLINE(misc-no-recursion): no deeper than kFarthest
void TerraformConditions::add_decider(TerraformModule& module, const std::string& variable,
                                      base::Span span, std::size_t depth,
                                      std::vector<std::string>& out) {
  const HclExpression* handed =
      module.parent == nullptr ? nullptr : module.call->body.attribute(variable);
  if (handed != nullptr) {
    add_deciders(*module.parent, *handed, depth + 1, out);
    return;
  }
  const bool is_open = module.parent == nullptr && module.variables.contains(variable) &&
                       !is_known(evaluator_.variable(module, variable, span));
  if (is_open && std::find(out.begin(), out.end(), variable) == out.end()) {
    out.push_back(variable);
  }
}

}  // namespace outlast::import
