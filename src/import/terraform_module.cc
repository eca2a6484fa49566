#include "import/terraform_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "import/cloudformation_functions.h"
#include "import/hcl_function_table.h"
#include "import/hcl_functions.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;
using Kind = HclExpression::Kind;

namespace {

constexpr std::size_t kMostSteps = 1'000'000;
constexpr std::size_t kDeepest = 150;

}  // namespace

bool TerraformEvaluator::is_within_budget(Span span) {
  if (++steps_ <= kMostSteps && depth_ < kDeepest) {
    return true;
  }
  if (!std::exchange(is_exhausted_, true)) {
    desk_.diagnostics.error("OUT-E1704", span,
                            "what is referred to here leads in a circle or grows without bound",
                            "terraform validate tells more");
  }
  return false;
}

/// What Terraform refuses, once for each place: a module may be called many times.
void TerraformEvaluator::tell_unusable(Span span, std::string message, std::string_view remedy) {
  if (told_.emplace(span.source.index, span.begin).second) {
    desk_.diagnostics.warning("OUT-E1707", span, std::move(message), std::string(remedy));
  }
}

/// A name without a declaration: a typing error, or a file of the folder that was not given.
void TerraformEvaluator::tell_undeclared(std::string_view what, std::string_view name,
                                         const std::vector<std::string_view>& declared, Span span) {
  const std::string_view like = base::nearest(name, declared);
  tell_unusable(span, fmt::format("no {} {} is declared in this module", what, name),
                like.empty() ? "it is taken as not known"
                             : fmt::format("it is taken as not known; did you mean {}?", like));
}

ValueTree TerraformEvaluator::evaluate(TerraformModule& module, const HclExpression& expression,
                                       const NamedValues& locals) {
  if (!is_within_budget(expression.span)) {
    return unknown_value(expression.span);
  }
  ++depth_;
  ValueTree value = evaluate_kind(module, expression, locals);
  --depth_;
  steps_ += value.items.size() + value.members.size() + value.text.size() / 64;
  return value.text.size() > kMostText ? unknown_value(expression.span) : value;
}

ValueTree TerraformEvaluator::evaluate_kind(TerraformModule& module, const HclExpression& e,
                                            const NamedValues& locals) {
  const auto child = [&](std::size_t i) { return evaluate(module, e.children.at(i), locals); };
  switch (e.kind) {
    case Kind::null:
      return no_value(e.span);
    case Kind::boolean:
      return bool_value(e.text == "true", e.span);
    case Kind::number: {
      ValueTree number = text_value(e.text, e.span);
      number.kind = NodeKind::number;
      return number;
    }
    case Kind::text:
      return text_value(e.text, e.span);
    case Kind::joined: {
      ValueTree text = text_value("", e.span);
      for (std::size_t i = 0; i < e.children.size(); ++i) {
        append(text, child(i));
      }
      return text;
    }
    case Kind::list: {
      std::vector<ValueTree> items;
      for (std::size_t i = 0; i < e.children.size(); ++i) {
        items.push_back(child(i));
      }
      return list_value(std::move(items), e.span);
    }
    case Kind::object: {
      ValueTree map = map_at(e.span);
      for (std::size_t i = 0; i + 1 < e.children.size(); i += 2) {
        map.members.emplace_back(child(i).text, child(i + 1));
      }
      return map;
    }
    case Kind::name:
    case Kind::attribute:
    case Kind::index:
    case Kind::splat:
      return path(module, e, locals);
    case Kind::call: {
      std::vector<ValueTree> arguments;
      for (std::size_t i = 0; i < e.children.size(); ++i) {
        arguments.push_back(child(i));
      }
      if (e.is_expanded && !arguments.empty() && arguments.back().is(NodeKind::list)) {
        const std::vector<ValueTree> spread = arguments.back().items;
        arguments.pop_back();
        arguments.insert(arguments.end(), spread.begin(), spread.end());
      }
      return call_function(e.text, arguments, e.span);
    }
    case Kind::unary: {
      const ValueTree value = child(0);
      const auto number = number_of(value);
      if (e.text == "-" && number) {
        return number_value(-*number, e.span);
      }
      return e.text == "!" && value.is_closed() ? bool_value(value.text != "true", e.span)
                                                : unknown_value(e.span);
    }
    case Kind::binary:
      return binary(e, child(0), child(1));
    case Kind::conditional: {
      const ValueTree condition = child(0);
      if (condition.is_closed()) {
        return child(condition.text == "true" ? 1 : 2);
      }
      ValueTree yes = child(1);
      const ValueTree no = child(2);
      if (is_known(yes) && are_equal(yes, no)) {
        return yes;
      }
      ValueTree either = unknown_value(e.span);
      ValueTree all;
      all.uses = all_uses(yes);
      add_uses(either, all);
      all.uses = all_uses(no);
      add_uses(either, all);
      either.is_secret = holds_secret(yes) || holds_secret(no);
      return either;
    }
    case Kind::for_list:
    case Kind::for_object:
      return for_each(module, e, locals);
    case Kind::unknown:
      break;
  }
  return unknown_value(e.span);
}

ValueTree TerraformEvaluator::binary(const HclExpression& e, const ValueTree& a,
                                     const ValueTree& b) {
  const auto flag = [](const ValueTree& value) {
    return value.is_closed() ? std::optional(value.text == "true") : std::nullopt;
  };
  if (e.text == "&&" || e.text == "||") {
    const bool decisive = e.text == "||";
    if (flag(a) == decisive || flag(b) == decisive) {
      return bool_value(decisive, e.span);
    }
    return flag(a) && flag(b) ? bool_value(!decisive, e.span) : unknown_value(e.span);
  }
  if (e.text == "==" || e.text == "!=") {
    // A resource is there, whatever it is called.
    const bool one_is_null = a.is(NodeKind::null) != b.is(NodeKind::null) &&
                             !a.is(NodeKind::unknown) && !b.is(NodeKind::unknown);
    if ((!is_known(a) || !is_known(b)) && !one_is_null) {
      return unknown_value(e.span);
    }
    return bool_value(are_equal(a, b) == (e.text == "=="), e.span);
  }
  const auto x = number_of(a);
  const auto y = number_of(b);
  if (!x || !y) {
    return unknown_value(e.span);
  }
  switch (e.text.front()) {
    case '+':
      return number_value(*x + *y, e.span);
    case '-':
      return number_value(*x - *y, e.span);
    case '*':
      return number_value(*x * *y, e.span);
    case '/':
      return *y == 0 ? unknown_value(e.span) : number_value(*x / *y, e.span);
    case '%':
      return *y == 0 ? unknown_value(e.span) : number_value(std::fmod(*x, *y), e.span);
    case '<':
      return bool_value(e.text == "<=" ? *x <= *y : *x < *y, e.span);
    default:
      return bool_value(e.text == ">=" ? *x >= *y : *x > *y, e.span);
  }
}

ValueTree TerraformEvaluator::for_each(TerraformModule& module, const HclExpression& e,
                                       const NamedValues& locals) {
  const ValueTree over = evaluate(module, e.children.at(0), locals);
  if (!over.is(NodeKind::list) && !over.is(NodeKind::map)) {
    ValueTree unknown = unknown_value(e.span);
    unknown.uses = all_uses(over);
    return unknown;
  }
  const bool is_object = e.kind == Kind::for_object;
  ValueTree out = is_object ? map_at(e.span) : list_value({}, e.span);
  const std::size_t condition_at = is_object ? 3 : 2;
  for (const auto& [key, value] : entries_of(over, false, e.span)) {
    NamedValues inner = locals;
    inner.insert_or_assign(e.names.back(), value);
    if (e.names.size() > 1) {
      inner.insert_or_assign(e.names.front(), key);
    }
    if (e.children.size() > condition_at) {
      const ValueTree condition = evaluate(module, e.children[condition_at], inner);
      if (condition.is_closed() && condition.text != "true") {
        continue;
      }
    }
    if (is_object) {
      out.members.emplace_back(evaluate(module, e.children.at(1), inner).text,
                               evaluate(module, e.children.at(2), inner));
    } else {
      out.items.push_back(evaluate(module, e.children.at(1), inner));
    }
  }
  return out;
}

}  // namespace outlast::import
