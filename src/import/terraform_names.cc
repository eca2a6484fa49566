// What a name in an expression leads to: variables, locals, outputs of modules, resources.

#include "import/terraform_module.h"

#include <fmt/format.h>

#include <algorithm>

#include "import/hcl_functions.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;
using Kind = HclExpression::Kind;

namespace {

ValueTree made_of(std::string use, Span span) {
  ValueTree value = unknown_value(span);
  value.uses = {std::move(use)};
  return value;
}

template <class Declared>
std::vector<std::string_view> declared_names(const Declared& declared) {
  std::vector<std::string_view> names;
  for (const auto& [name, what] : declared) {
    names.push_back(name);
  }
  return names;
}

}  // namespace

/// A chain of names and indexes: its first word, then the steps.
ValueTree TerraformEvaluator::path(TerraformModule& module, const HclExpression& e,
                                   const NamedValues& locals) {
  std::vector<Step> steps;
  const HclExpression* at = &e;
  while (at->kind == Kind::attribute || at->kind == Kind::index || at->kind == Kind::splat) {
    Step step;
    if (at->kind == Kind::attribute) {
      step.name = at->text;
    } else if (at->kind == Kind::index) {
      step.index = evaluate(module, at->children.at(1), locals);
    } else {
      step.is_splat = true;
    }
    steps.push_back(std::move(step));
    at = &at->children.front();
  }
  std::reverse(steps.begin(), steps.end());
  if (at->kind == Kind::name) {
    return named(module, at->text, std::move(steps), locals, e.span);
  }
  return follow(evaluate(module, *at, locals), steps, 0, e.span);
}

ValueTree TerraformEvaluator::named(TerraformModule& module, std::string_view root,
                                    std::vector<Step> steps, const NamedValues& locals, Span span) {
  if (const auto own = locals.find(root); own != locals.end()) {
    return follow(own->second, steps, 0, span);
  }
  const std::string first = steps.empty() ? "" : steps.front().name;
  if (root == "var") {
    return follow(variable(module, first, span), steps, 1, span);
  }
  if (root == "local") {
    return follow(local(module, first, span), steps, 1, span);
  }
  if (root == "module") {
    return module_output(module, steps, span);
  }
  if (root == "path") {
    return text_value(".", span);
  }
  if (root == "terraform") {
    return text_value("default", span);
  }
  const bool is_data = root == "data" && steps.size() > 1;
  const std::string key =
      is_data ? fmt::format("data.{}.{}", first, steps[1].name) : fmt::format("{}.{}", root, first);
  if (module.resources.contains(key)) {
    return resource(module, key, steps, is_data ? 2 : 1, span);
  }
  if (first.empty() || (root.find('_') == std::string_view::npos && !is_data)) {
    return unknown_value(span);  // no type of a resource: all of these have a provider's name
  }
  undeclared_.insert(module.prefix + key);
  return made_of(module.prefix + key, span);
}

ValueTree TerraformEvaluator::whole(ValueTree value, TerraformModule& module,
                                    const std::string& key, const TerraformCopy& copy) {
  const auto next = static_cast<std::uint32_t>(wholes_.size() + 1);
  const auto [at, is_new] = whole_at_.try_emplace({&module, key + copy.index}, next);
  if (is_new) {
    wholes_.push_back({&module, key, copy});
  }
  value.whole = at->second;
  return value;
}

ValueTree TerraformEvaluator::part_of(std::uint32_t whole, const std::vector<Step>& steps,
                                      std::size_t from, Span span) {
  const Whole& of = wholes_[whole - 1];
  return of.key.empty() ? output(*of.module, steps, from, span)
                        : one_resource(*of.module, of.key, of.copy, steps, from, span);
}

/// Steps into a value. What is not known stays made of what it is made of.
ValueTree TerraformEvaluator::follow(ValueTree value, const std::vector<Step>& steps,
                                     std::size_t from, Span span) {
  for (std::size_t i = from; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (value.whole != 0 && !step.name.empty()) {
      return part_of(value.whole, steps, i, span);
    }
    if (step.is_splat) {
      std::vector<ValueTree> items = value.items;
      if (!value.is(NodeKind::list)) {
        if (!value.is(NodeKind::map) && value.whole == 0) {
          return value;
        }
        items = {value};
      }
      for (ValueTree& item : items) {
        item = follow(std::move(item), steps, i + 1, span);
      }
      return list_value(std::move(items), span);
    }
    const ValueTree* next = nullptr;
    const std::string key = step.index ? step.index->text : step.name;
    const auto position = number_of(text_value(key, span));
    if (value.is(NodeKind::map) && (!step.index || step.index->is_closed())) {
      next = value.member(key);
    } else if (value.is(NodeKind::list) && position && *position >= 0 &&
               *position < static_cast<double>(value.items.size())) {
      next = &value.items[static_cast<std::size_t>(*position)];
    }
    if (next == nullptr) {
      ValueTree unknown = unknown_value(span);
      unknown.uses = all_uses(value);
      unknown.is_secret = holds_secret(value);
      return unknown;
    }
    ValueTree inner = *next;
    value = std::move(inner);
  }
  return value;
}

ValueTree TerraformEvaluator::variable(TerraformModule& module, std::string_view name, Span span) {
  const std::string key = "var." + std::string(name);
  if (const auto known = module.cached.find(key); known != module.cached.end()) {
    return known->second;
  }
  const auto declared = module.variables.find(name);
  if (declared == module.variables.end()) {
    tell_undeclared("variable", name, declared_names(module.variables), span);
    return unknown_value(span);
  }
  if (!module.open.insert(key).second) {
    return unknown_value(span);
  }
  const HclBody& body = declared->second->body;
  const HclExpression* standard = body.attribute("default");
  const HclExpression* passed =
      module.call == nullptr ? nullptr : module.call->body.attribute(name);
  ValueTree value = unknown_value(declared->second->span);
  if (const auto given = module.given.find(name); given != module.given.end()) {
    value = given->second;
  } else if (passed != nullptr) {
    value = evaluate(*module.parent, *passed, module.call_locals);
  } else if (standard != nullptr) {
    value = evaluate(module, *standard, {});
  }
  if (passed != nullptr && value.is(NodeKind::null) && standard != nullptr) {
    value = evaluate(module, *standard, {});
  }
  const HclExpression* sensitive = body.attribute("sensitive");
  value.is_secret = value.is_secret || (sensitive != nullptr && sensitive->text == "true");
  value.is_computed = true;
  module.open.erase(key);
  module.cached.insert_or_assign(key, value);
  return value;
}

ValueTree TerraformEvaluator::local(TerraformModule& module, std::string_view name, Span span) {
  const std::string key = "local." + std::string(name);
  if (const auto known = module.cached.find(key); known != module.cached.end()) {
    return known->second;
  }
  const auto declared = module.locals.find(name);
  if (declared == module.locals.end()) {
    tell_undeclared("local", name, declared_names(module.locals), span);
    return unknown_value(span);
  }
  if (!module.open.insert(key).second) {
    tell_unusable(span, fmt::format("local.{} leads back to itself", name));
    return unknown_value(span);
  }
  ValueTree value = evaluate(module, *declared->second, {});
  module.open.erase(key);
  module.cached.insert_or_assign(key, value);
  return value;
}

/// module.name.output, module.name["a"].output, module.name[*].output.
ValueTree TerraformEvaluator::module_output(TerraformModule& module, const std::vector<Step>& steps,
                                            Span span) {
  const auto called =
      steps.empty() ? module.modules.end() : module.modules.find(steps.front().name);
  if (called == module.modules.end()) {
    const auto output = std::find_if(steps.begin() + (steps.empty() ? 0 : 1), steps.end(),
                                     [](const Step& step) { return !step.name.empty(); });
    if (output != steps.end() && module.calls.contains(steps.front().name)) {
      asked_of_others_[module.prefix + "module." + steps.front().name].insert(output->name);
    }
    return unknown_value(span);
  }
  std::size_t at = 1;
  std::string index;
  const bool is_splat = steps.size() > at && steps[at].is_splat;
  if (steps.size() > at && steps[at].index) {
    const ValueTree& key = *steps[at].index;
    index = key.is(NodeKind::number) ? fmt::format("[{}]", key.text)
                                     : fmt::format("[\"{}\"]", key.text);
    ++at;
  } else if (is_splat) {
    ++at;
  }
  std::vector<ValueTree> values;
  for (const auto& [its_index, inner] : called->second) {
    if (!index.empty() && its_index != index) {
      continue;
    }
    values.push_back(steps.size() > at ? output(*inner, steps, at, span)
                                       : whole(unknown_value(span), *inner, "", {}));
  }
  if (is_splat) {
    return list_value(std::move(values), span);
  }
  return values.size() == 1 ? values.front() : unknown_value(span);
}

/// An output of a module, and the steps behind it.
ValueTree TerraformEvaluator::output(TerraformModule& inner, const std::vector<Step>& steps,
                                     std::size_t from, Span span) {
  const auto declared = inner.outputs.find(steps[from].name);
  const HclExpression* value =
      declared == inner.outputs.end() ? nullptr : declared->second->body.attribute("value");
  const std::string key = "output." + steps[from].name;
  if (value == nullptr || !inner.open.insert(key).second) {
    return unknown_value(span);
  }
  ValueTree out = follow(evaluate(inner, *value, {}), steps, from + 1, span);
  inner.open.erase(key);
  return out;
}

/// An attribute of a resource: what its block says, else not known and made of it.
ValueTree TerraformEvaluator::one_resource(TerraformModule& module, const std::string& key,
                                           const TerraformCopy& copy,
                                           const std::vector<Step>& steps, std::size_t from,
                                           Span span) {
  const std::string address = module.prefix + key + copy.index;
  ValueTree value = made_of(address, span);
  if (from >= steps.size()) {
    return whole(std::move(value), module, key, copy);
  }
  if (steps[from].name.empty()) {
    return value;
  }
  const HclNode& block = *module.resources.at(key);
  const std::string& name = steps[from].name;
  const HclExpression* written = is_meta_argument(name) ? nullptr : block.body.attribute(name);
  const std::string mark = key + copy.index + "." + name;
  if (const auto known = module.cached.find(mark); known != module.cached.end()) {
    value = follow(known->second, steps, from + 1, span);
    value.uses = {address};
    return value;
  }
  if (written != nullptr && module.open.insert(mark).second) {
    ValueTree whole = evaluate(module, *written, copy.locals);
    module.open.erase(mark);
    module.cached.insert_or_assign(mark, whole);
    value = follow(std::move(whole), steps, from + 1, span);
    value.uses = {address};  // it is asked of the resource, whatever that is made of
    return value;
  }
  // Data of zones: which they are no file says, but the first is not the second.
  if (key.starts_with("data.") && key.find("_availability_zones.") != std::string::npos &&
      name == "names") {
    std::vector<ValueTree> zones;
    for (const char* letter : {"a", "b", "c"}) {
      zones.push_back(text_value(letter, span));
    }
    return follow(list_value(std::move(zones), span), steps, from + 1, span);
  }
  return value;
}

ValueTree TerraformEvaluator::resource(TerraformModule& module, const std::string& key,
                                       const std::vector<Step>& steps, std::size_t from,
                                       Span span) {
  const HclNode& block = *module.resources.at(key);
  const std::vector<TerraformCopy>& all = copies(module, block);
  const bool is_many =
      block.body.attribute("count") != nullptr || block.body.attribute("for_each") != nullptr;
  if (!is_many) {
    const bool is_splat = from < steps.size() && steps[from].is_splat;
    return one_resource(module, key, all.front(), steps, from + (is_splat ? 1 : 0), span);
  }
  if (from < steps.size() && steps[from].index) {
    const ValueTree& wanted = *steps[from].index;
    const std::string index = number_of(wanted) && block.body.attribute("count") != nullptr
                                  ? fmt::format("[{}]", wanted.text)
                                  : fmt::format("[\"{}\"]", wanted.text);
    for (const TerraformCopy& copy : all) {
      if (copy.index == index && wanted.is_closed()) {
        return one_resource(module, key, copy, steps, from + 1, span);
      }
    }
    return made_of(module.prefix + key, span);
  }
  if (from < steps.size() && steps[from].is_splat) {
    std::vector<ValueTree> values;
    for (const TerraformCopy& copy : all) {
      values.push_back(one_resource(module, key, copy, steps, from + 1, span));
    }
    return list_value(std::move(values), span);
  }
  // All of them, as a map or a list: [for s in aws_subnet.a : s.id], values(aws_subnet.a).
  const bool has_keys = block.body.attribute("for_each") != nullptr;
  ValueTree out = has_keys ? map_at(span) : list_value({}, span);
  for (const TerraformCopy& copy : all) {
    ValueTree one = one_resource(module, key, copy, {}, 0, span);
    if (has_keys) {
      const ValueTree* name = copy.locals.at("each").member("key");
      out.members.emplace_back(name == nullptr ? "" : name->text, std::move(one));
    } else {
      out.items.push_back(std::move(one));
    }
  }
  return follow(std::move(out), steps, from, span);
}

}  // namespace outlast::import
