#include "import/shape.h"

#include <fmt/format.h>

#include <string>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

bool is_scalar(Node node) {
  return node.is(NodeKind::string) || node.is(NodeKind::number) || node.is(NodeKind::boolean);
}

class Checker {
 public:
  Checker(const Grammar& grammar, base::Diagnostics& diagnostics)
      : grammar_(grammar), diagnostics_(diagnostics) {}

  void check_map(Node map, std::string_view shape) {
    if (grammar_.inspect != nullptr && !grammar_.inspect(map, shape, diagnostics_)) {
      is_sound_ = false;
    }
    for (const Member& member : grammar_.members) {
      if (member.in != shape || (grammar_.applies != nullptr && !grammar_.applies(map, member))) {
        continue;
      }
      const Node value = map[member.key];
      if (value.exists() && !value.is(NodeKind::null) && !value.is(NodeKind::unknown)) {
        check(value, member);
      }
    }
  }

  void check_root(Node root, std::string_view shape) {
    if (is_a(root, NodeKind::map, shape)) {
      check_map(root, shape);
    }
  }

  [[nodiscard]] bool is_sound() const { return is_sound_; }

 private:
  void expect(bool is_right, Node value, std::string_view key, std::string_view expected) {
    if (is_right) {
      return;
    }
    is_sound_ = false;
    diagnostics_.error(
        std::string(grammar_.code), value.span(),
        fmt::format("{}: expected {}, found {}", key, expected, base::words_for(value.kind())),
        std::string(grammar_.remedy));
  }

  bool is_a(Node value, NodeKind kind, std::string_view key) {
    expect(value.is(kind), value, key, base::words_for(kind));
    return value.is(kind);
  }

  void check(Node value, const Member& member) {
    switch (member.type) {
      case MemberType::text:
        (void)is_a(value, NodeKind::string, member.key);
        break;
      case MemberType::index:
        expect(value.is(NodeKind::number) || value.is(NodeKind::string), value, member.key,
               base::words_for(NodeKind::string));
        break;
      case MemberType::scalar:
        expect(is_scalar(value), value, member.key, "a single value");
        break;
      case MemberType::map:
        if (is_a(value, NodeKind::map, member.key)) {
          check_map(value, member.of);
        }
        break;
      case MemberType::texts:
      case MemberType::scalars:
      case MemberType::maps:
        if (is_a(value, NodeKind::list, member.key)) {
          check_items(value, member);
        }
        break;
      case MemberType::named_maps:
      case MemberType::named_scalars:
      case MemberType::blocks:
        if (is_a(value, NodeKind::map, member.key)) {
          check_items(value, member);
        }
        break;
      case MemberType::marks:
        expect(value.is(NodeKind::boolean) || value.is(NodeKind::map), value, member.key,
               base::words_for(NodeKind::map));
        break;
    }
  }

  /// Of a list or of a map of names.
  void check_items(Node items, const Member& member) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      check_item(items.at(i), member,
                 items.is(NodeKind::map) ? fmt::format("{}: {}", member.key, items.key(i))
                                         : fmt::format("{}[{}]", member.key, i));
    }
  }

  void check_item(Node item, const Member& member, const std::string& where) {
    switch (member.type) {
      case MemberType::texts:
        (void)is_a(item, NodeKind::string, where);
        break;
      case MemberType::scalars:
      case MemberType::named_scalars:
        expect(is_scalar(item) || item.is(NodeKind::null), item, where, "a single value");
        break;
      case MemberType::blocks:
        expect(item.is(NodeKind::list) || item.is(NodeKind::map) || item.is(NodeKind::null), item,
               where, base::words_for(NodeKind::map));
        break;
      default:
        if (is_a(item, NodeKind::map, where)) {
          check_map(item, member.of);
        }
    }
  }

  const Grammar& grammar_;
  base::Diagnostics& diagnostics_;
  bool is_sound_ = true;
};

}  // namespace

bool has_shape(Node root, std::string_view shape, const Grammar& grammar,
               base::Diagnostics& diagnostics) {
  Checker checker(grammar, diagnostics);
  checker.check_root(root, shape);
  return checker.is_sound();
}

}  // namespace outlast::import
