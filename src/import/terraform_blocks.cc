// What blocks make: copies by count and for_each, bodies with their dynamic blocks written out.

#include "import/terraform_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "import/hcl_functions.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

constexpr std::size_t kMostCopies = 500;
constexpr double kMostCounted = 1e9;

constexpr auto kMetaArguments =
    std::to_array<std::string_view>({"count", "for_each", "depends_on", "provider", "lifecycle",
                                     "provisioner", "connection", "dynamic"});

}  // namespace

bool is_backend(const HclNode& block) {
  return block.kind == "cloud" || (block.kind == "backend" && block.labels.size() == 1);
}

std::string type_of(const HclNode& block) {
  return block.kind == "cloud"     ? "backend.cloud"
         : block.kind == "backend" ? "backend." + block.labels.front()
                                   : block.labels.front();
}

bool is_meta_argument(std::string_view name) {
  return std::find(kMetaArguments.begin(), kMetaArguments.end(), name) != kMetaArguments.end();
}

std::vector<std::pair<ValueTree, ValueTree>> entries_of(const ValueTree& value, bool is_set,
                                                        Span span) {
  std::vector<std::pair<ValueTree, ValueTree>> out;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    out.emplace_back(is_set ? value.items[i] : number_value(static_cast<double>(i), span),
                     value.items[i]);
  }
  for (const auto& [key, member] : value.members) {
    out.emplace_back(text_value(key, span), member);
  }
  return out;
}

/// As many as are written out; of more it is told that they are left out.
std::size_t TerraformEvaluator::at_most(std::size_t wanted, const HclNode& block, Span span) {
  if (wanted <= kMostCopies) {
    return wanted;
  }
  const bool is_resource = block.kind == "resource";
  left_out_ += is_resource ? wanted - kMostCopies : 0;
  desk_.diagnostics.warning(
      "OUT-E1706", span,
      fmt::format("{} of them are asked for here: {} are read, the others are left out", wanted,
                  kMostCopies),
      "what is alike may stand for the rest: what it needs and where it lies is the same");
  return kMostCopies;
}

const std::vector<TerraformCopy>& TerraformEvaluator::copies(TerraformModule& module,
                                                             const HclNode& block) {
  const auto key = std::pair<const TerraformModule*, const HclNode*>(&module, &block);
  if (const auto known = copies_.find(key); known != copies_.end()) {
    return known->second;
  }
  copies_[key] = {{}};  // what refers to itself meanwhile sees one
  std::vector<TerraformCopy> out;
  const HclExpression* count = block.body.attribute("count");
  const HclExpression* each = block.body.attribute("for_each");
  if (count != nullptr && each != nullptr) {
    tell_unusable(each->span, "count and for_each are both here", "it is taken as not there");
  }
  if (count != nullptr) {
    const ValueTree told = evaluate(module, *count, {});
    const auto number = number_of(told);
    if (!number && is_known(told)) {
      tell_unusable(count->span, "count must be a whole number");
    }
    const auto wanted =
        static_cast<std::size_t>(number ? std::ceil(std::clamp(*number, 0.0, kMostCounted)) : 1);
    const std::size_t made = at_most(wanted, block, count->span);
    for (std::size_t i = 0; i < made; ++i) {
      ValueTree locals = map_at(count->span);
      locals.members.emplace_back("index", number_value(static_cast<double>(i), count->span));
      out.push_back({fmt::format("[{}]", i), {{"count", locals}}, number.has_value()});
    }
  } else if (each != nullptr) {
    const ValueTree over = evaluate(module, *each, {});
    const bool is_told = over.is(NodeKind::list) || over.is(NodeKind::map);
    if (!is_told && is_known(over)) {
      tell_unusable(each->span, "for_each must be a map or a set of text");
    }
    auto entries = entries_of(over, true, each->span);
    if (!is_told) {
      entries = {{unknown_value(each->span), unknown_value(each->span)}};
    }
    entries.resize(at_most(entries.size(), block, each->span),
                   {unknown_value(each->span), unknown_value(each->span)});
    for (const auto& [name, value] : entries) {
      ValueTree locals = map_at(each->span);
      locals.members.emplace_back("key", name);
      locals.members.emplace_back("value", value);
      out.push_back({name.is_closed() ? fmt::format("[\"{}\"]", name.text) : "",
                     {{"each", locals}},
                     is_told});
    }
  } else {
    out.push_back({});
  }
  return copies_[key] = std::move(out);
}

ValueTree TerraformEvaluator::body(TerraformModule& module, const HclBody& body,
                                   const NamedValues& locals, Span span, bool is_block) {
  // Within a block the words are its provider's own: a rule of copies has a lifecycle.
  const auto is_meta = [&](std::string_view name) {
    return is_block ? name == "dynamic" : is_meta_argument(name);
  };
  ValueTree out = map_at(span);
  for (const HclAttribute& attribute : body.attributes) {
    if (!is_meta(attribute.name)) {
      ValueTree value = evaluate(module, attribute.value, locals);
      value.span = attribute.value.span;
      out.members.emplace_back(attribute.name, std::move(value));
    }
  }
  const auto add_block = [&](const std::string& kind, ValueTree value) {
    auto known = std::find_if(out.members.begin(), out.members.end(),
                              [&](const auto& member) { return member.first == kind; });
    if (known == out.members.end()) {
      out.members.emplace_back(kind, list_value({}, value.span));
      known = out.members.end() - 1;
    }
    known->second.items.push_back(std::move(value));
  };
  for (const HclNode& block : body.blocks) {
    if (block.kind == "dynamic" && block.labels.size() == 1) {
      ValueTree blocks = list_value({}, block.span);
      add_dynamic(module, block, locals, blocks);
      for (ValueTree& one : blocks.items) {
        add_block(block.labels.front(), std::move(one));
      }
    } else if (!is_meta(block.kind)) {
      add_block(block.kind, this->body(module, block.body, locals, block.span, true));
    }
  }
  return out;
}

/// One block for each entry; one of which nothing is certain where these are not known.
void TerraformEvaluator::add_dynamic(TerraformModule& module, const HclNode& block,
                                     const NamedValues& locals, ValueTree& out) {
  const HclExpression* each = block.body.attribute("for_each");
  const HclExpression* iterator = block.body.attribute("iterator");
  const auto content = std::find_if(block.body.blocks.begin(), block.body.blocks.end(),
                                    [](const HclNode& inner) { return inner.kind == "content"; });
  if (each == nullptr || content == block.body.blocks.end()) {
    return;
  }
  const std::string name = iterator == nullptr ? block.labels.front() : iterator->text;
  const ValueTree over = evaluate(module, *each, locals);
  auto entries = entries_of(over, true, each->span);
  if (!over.is(NodeKind::list) && !over.is(NodeKind::map)) {
    ValueTree unknown = unknown_value(each->span);
    unknown.uses = all_uses(over);
    entries = {{unknown, unknown}};
  }
  entries.resize(at_most(entries.size(), block, each->span),
                 {unknown_value(each->span), unknown_value(each->span)});
  for (const auto& [key, value] : entries) {
    ValueTree own = map_at(each->span);
    own.members.emplace_back("key", key);
    own.members.emplace_back("value", value);
    NamedValues inner = locals;
    inner.insert_or_assign(name, std::move(own));
    out.items.push_back(body(module, content->body, inner, content->span, true));
  }
}

}  // namespace outlast::import
