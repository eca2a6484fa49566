#include "engines/cost/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"

namespace outlast::engines::cost {

using base::Node;
using base::NodeKind;
using catalog::Truth;

namespace {

/// The n-th run of digits of a text, from 1: "db-custom-2-7680" has 2 and 7680.
std::string number_in(std::string_view text, std::size_t n) {
  constexpr std::string_view kDigits = "0123456789";
  for (auto begin = text.find_first_of(kDigits); begin != std::string_view::npos;
       begin = text.find_first_of(kDigits)) {
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_not_of(kDigits), text.size());
    if (--n == 0) {
      return std::string(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
  return "";
}

/// "stated" and "stated gp3": what the provider fills in where nobody says is not stated.
constexpr std::string_view kStated = "stated";

/// "@whole.path": beside the block that is looked at.
constexpr std::string_view kWhole = "whole.";

/// "path:2" → path and 2; 0 where no number is asked for.
std::pair<std::string_view, std::size_t> parted(std::string_view path) {
  const auto colon = path.rfind(':');
  std::size_t n = 0;
  if (colon != std::string_view::npos &&
      std::from_chars(path.data() + colon + 1, path.data() + path.size(), n).ec == std::errc()) {
    return {path.substr(0, colon), n};
  }
  return {path, 0};
}

}  // namespace

std::vector<Facts::Found> Facts::values(std::string_view path) const {
  std::vector<Node> roots;
  if (block_.exists()) {
    roots.push_back(block_);
  } else {
    if (resource_ != nullptr) {
      roots.push_back(resource_->attributes);
    }
    for (const auto* part : parts_) {
      roots.push_back(part->attributes);
    }
  }
  std::vector<Found> all;
  for (std::size_t i = 0; i < roots.size() && all.empty(); ++i) {
    for (const auto& at : catalog::select(roots[i], path)) {
      if (at.node.is(NodeKind::unknown) || at.node.is(NodeKind::map)) {
        all.push_back({Found::As::unknown});
      } else if (!at.node.text().empty()) {
        all.push_back({Found::As::set, std::string(at.node.text())});
      }
    }
  }
  if (all.empty() && resource_ == nullptr) {
    all.push_back(trait(path));
  }
  return all;
}

Facts::Found Facts::attribute(std::string_view path) const {
  const auto all = values(path);
  return all.empty() ? Found{} : all.front();
}

Facts::Found Facts::trait(std::string_view name) const {
  if (component_ == nullptr) {
    return {};
  }
  const auto said = component_->traits.find(std::string(name));
  return said == component_->traits.end() ? Found{} : Found{Found::As::set, said->second};
}

Facts::Found Facts::fact(std::string_view name) const {
  if (name.starts_with(kWhole)) {
    return within(Node()).attribute(name.substr(kWhole.size()));
  }
  if (name == "owner") {
    return owner_.empty() ? Found{} : Found{Found::As::set, std::string(owner_)};
  }
  const auto known = [](const auto& value, auto as_text) {
    return value.is_unknown() ? Found{Found::As::unknown}
           : value.is_known() ? Found{Found::As::set, as_text(*value)}
                              : Found{};
  };
  const auto same = [](const std::string& text) { return text; };
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  if (name == "zones" && component_ != nullptr) {
    return {Found::As::set, std::to_string(std::max<std::size_t>(1, component_->zones.size()))};
  }
  if (name == "variant" && component_ != nullptr && entry_ != nullptr) {
    const bool has =
        component_->type.size() > entry_->name.size() && component_->type.starts_with(entry_->name);
    return has ? Found{Found::As::set, component_->type.substr(entry_->name.size() + 1)} : Found{};
  }
  if (name == kStorage) {
    return trait(name);
  }
  if (name == "internet" && component_ != nullptr) {
    return known(component_->internet, [](bool faces) { return faces ? "true" : "false"; });
  }
  if (component_ != nullptr && (name == "size" || name == "replicas")) {
    return name == "size" ? known(component_->size, same)
                          : known(component_->replica_count, number);
  }
  if (resource_ != nullptr && entry_ != nullptr && (name == "size" || name == "replicas")) {
    const catalog::FieldReader reader(*resource_, *entry_);
    return name == "size" ? known(reader.text(catalog::Field::size), same)
                          : known(reader.integer(catalog::Field::replicas), number);
  }
  return {};
}

Facts::Found Facts::look_up(std::string_view path) const {
  const auto [plain, n] = parted(path);
  Found found = plain.starts_with('@') ? fact(plain.substr(1)) : attribute(plain);
  if (n > 0 && found.as == Found::As::set) {
    found.text = number_in(found.text, n);
    found.as = found.text.empty() ? Found::As::unset : Found::As::set;
  }
  return found;
}

/// The first of `a|b|=8` that is set.
Filled Facts::choose(std::string_view alternatives) const {
  std::string_view first;
  for (const std::string_view path : base::split(alternatives, '|')) {
    if (path.starts_with('=')) {
      return {std::string(path.substr(1)), "", true};
    }
    const Found found = look_up(path);
    if (found.as == Found::As::set) {
      return {found.text, "", false};
    }
    first = first.empty() ? parted(path).first : first;
    if (found.as == Found::As::unknown) {
      return {std::nullopt, fmt::format("{} is not known", parted(path).first), false};
    }
  }
  return {std::nullopt, fmt::format("nobody says {}", first), false};
}

Filled Facts::fill(std::string_view pattern) const {
  Filled filled{std::string(), "", false};
  while (!pattern.empty()) {
    const auto open = std::min(pattern.find('{'), pattern.size());
    *filled.text += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) {
      break;
    }
    const auto close = pattern.find('}');
    Filled part = choose(pattern.substr(1, close - 1));
    if (!part.text) {
      return part;
    }
    *filled.text += *part.text;
    filled.is_default = filled.is_default || part.is_default;
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

Truth Facts::holds(const catalog::Condition& condition) const {
  const Found found = look_up(condition.attribute);
  if (condition.value.starts_with(kStated)) {
    const auto value = condition.value.substr(std::min(condition.value.size(), kStated.size() + 1));
    const bool is_so = value.empty() || catalog::matches(value, found.text);
    return found.as == Found::As::set && is_so ? Truth::yes : Truth::no;
  }
  if (condition.value == "absent" || condition.value == "present") {
    const bool is_there = found.as != Found::As::unset;
    return is_there == (condition.value == "present") ? Truth::yes : Truth::no;
  }
  const auto is_it = [&](const Found& one) {
    return one.as == Found::As::unknown ? Truth::unknown
           : one.as == Found::As::set && catalog::matches(condition.value, one.text) ? Truth::yes
                                                                                     : Truth::no;
  };
  Truth truth = is_it(found);
  if (!condition.attribute.starts_with('@')) {
    for (const Found& one : values(condition.attribute)) {
      truth = base::either(truth, is_it(one));
    }
  }
  return truth;
}

Truth Facts::hold(std::span<const catalog::Condition> when,
                  std::span<const catalog::Condition> unless) const {
  Truth truth = Truth::yes;
  for (const auto& condition : when) {
    truth = catalog::both(truth, holds(condition));
  }
  for (const auto& condition : unless) {
    truth = catalog::both(truth, catalog::opposite(holds(condition)));
  }
  return truth;
}

std::vector<Node> Facts::blocks(std::string_view attribute, std::string_view alike) const {
  std::vector<Node> found;
  std::set<std::string> known;
  const auto add = [&](const blueprint::DraftResource& resource) {
    for (const auto& at : catalog::select(resource.attributes, attribute)) {
      const Found name = alike.empty() ? Found{} : within(at.node).attribute(alike);
      if (name.as != Found::As::set || known.insert(name.text).second) {
        found.push_back(at.node);
      }
    }
  };
  if (resource_ != nullptr) {
    add(*resource_);
  }
  for (const auto* part : parts_) {
    add(*part);
  }
  return found;
}

}  // namespace outlast::engines::cost
