#include "import/value_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

namespace outlast::import {

using base::NodeKind;

bool ValueTree::is_text() const {
  return kind == NodeKind::string || kind == NodeKind::number || kind == NodeKind::boolean;
}

bool ValueTree::is_closed() const {
  return is_text() && text.find(kUnknownPart) == std::string::npos;
}

const ValueTree* ValueTree::member(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const auto& member) { return member.first == key; });
  return found == members.end() ? nullptr : &found->second;
}

std::string name_of_resource(std::string_view address) {
  std::string name(address);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

ValueTree text_value(std::string text, base::Span span) {
  ValueTree value;
  value.kind = NodeKind::string;
  value.text = std::move(text);
  value.span = span;
  return value;
}

ValueTree unknown_value(base::Span span) {
  ValueTree value;
  value.span = span;
  return value;
}

ValueTree no_value(base::Span span) {
  ValueTree value;
  value.kind = NodeKind::null;
  value.span = span;
  return value;
}

ValueTree map_at(base::Span span) {
  ValueTree map;
  map.kind = NodeKind::map;
  map.span = span;
  return map;
}

ValueTree list_value(std::vector<ValueTree> items, base::Span span) {
  ValueTree list;
  list.kind = NodeKind::list;
  list.items = std::move(items);
  list.span = span;
  return list;
}

ValueTree name_value(const std::string& address, base::Span span) {
  ValueTree value = text_value(name_of_resource(address), span);
  value.uses = {address};
  return value;
}

ValueTree copy_of(base::Node from) {
  ValueTree out;
  out.kind = from.kind();
  out.text = from.text();
  out.span = from.span();
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from.is(base::NodeKind::map)) {
      out.members.emplace_back(std::string(from.key(i)), copy_of(from.at(i)));
    } else {
      out.items.push_back(copy_of(from.at(i)));
    }
  }
  return out;
}

void add_uses(ValueTree& to, const ValueTree& from) {
  for (const std::string& use : from.uses) {
    if (std::find(to.uses.begin(), to.uses.end(), use) == to.uses.end()) {
      to.uses.push_back(use);
    }
  }
}

namespace {

void collect_uses(const ValueTree& value, ValueTree& into) {
  add_uses(into, value);
  for (const ValueTree& item : value.items) {
    collect_uses(item, into);
  }
  for (const auto& [key, member] : value.members) {
    collect_uses(member, into);
  }
}

class Builder {
 public:
  Builder(const std::string& stack, base::DocumentBuilder& builder,
          std::vector<std::pair<std::string, std::vector<std::string>>>& references)
      : stack_(stack), builder_(builder), references_(references) {}

  /// What comes from another file is told at the place around it.
  std::uint32_t build(const ValueTree& from, const std::string& path, base::Span around) {
    const bool is_here = from.span.source == around.source;
    const ValueTree& value = is_here ? from : moved_.emplace_back(moved_to(from, around));
    if (!value.uses.empty()) {
      references_.emplace_back(path, value.uses);
    }
    std::vector<std::uint32_t> children;
    if (value.is(NodeKind::list)) {
      for (const ValueTree& item : value.items) {
        if (!item.is(NodeKind::null)) {
          children.push_back(build(item, fmt::format("{}[{}]", path, children.size()), value.span));
        }
      }
      return builder_.list(children, value.span.begin, value.span.end);
    }
    if (value.is(NodeKind::map)) {
      for (const auto& [key, member] : value.members) {
        if (!member.is(NodeKind::null)) {
          children.push_back(scalar(NodeKind::string, key, value.span));
          children.push_back(
              build(member, path.empty() ? key : fmt::format("{}.{}", path, key), value.span));
        }
      }
      return builder_.map(children, value.span.begin, value.span.end);
    }
    const bool is_known = value.is_closed() && !value.is_secret;
    return is_known ? scalar(value.kind, named(value.text), value.span)
                    : scalar(NodeKind::unknown, "", value.span);
  }

 private:
  std::uint32_t scalar(NodeKind kind, std::string_view text, base::Span span) {
    return builder_.scalar(kind, text, span.begin, span.end);
  }

  [[nodiscard]] std::string named(std::string text) const {
    for (auto at = text.find(kStackName); at != std::string::npos; at = text.find(kStackName, at)) {
      text.replace(at, 1, stack_);
    }
    return text;
  }

  const std::string& stack_;
  base::DocumentBuilder& builder_;
  std::vector<std::pair<std::string, std::vector<std::string>>>& references_;
  std::deque<ValueTree> moved_;
};

}  // namespace

std::vector<std::string> all_uses(const ValueTree& value) {
  ValueTree all;
  collect_uses(value, all);
  return all.uses;
}

bool holds_secret(const ValueTree& value) {
  return value.is_secret || std::any_of(value.items.begin(), value.items.end(), holds_secret) ||
         std::any_of(value.members.begin(), value.members.end(),
                     [](const auto& member) { return holds_secret(member.second); });
}

ValueTree moved_to(ValueTree value, base::Span span) {
  value.span = span;
  for (ValueTree& item : value.items) {
    item = moved_to(std::move(item), span);
  }
  for (auto& [key, member] : value.members) {
    member = moved_to(std::move(member), span);
  }
  return value;
}

std::uint32_t build_value(
    const ValueTree& value, const std::string& stack, base::DocumentBuilder& builder,
    std::vector<std::pair<std::string, std::vector<std::string>>>& references) {
  return Builder(stack, builder, references).build(value, "", value.span);
}

}  // namespace outlast::import
