#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/document.h"
#include "blueprint/draft.h"

namespace outlast::import {

/// A value of a format with expressions, after these were evaluated as far as they can be.
///
/// In CloudFormation what names a resource is known by a name of our own (`name_of_resource`), so
/// that it can be joined, split, exported and compared like any other text.
struct ValueTree {
  struct Member;
  base::NodeKind kind = base::NodeKind::unknown;  ///< null: no value, the attribute is left out
  std::string text;              ///< of a scalar; a part that cannot be known is `kUnknownPart`
  std::vector<ValueTree> items;  ///< of a list
  std::vector<Member> members;   ///< of a map
  base::Span span;
  bool is_computed = false;  ///< filled in from elsewhere: it does not stand in the input
  bool is_secret = false;    ///< made of a parameter that must not be shown
  std::uint32_t whole = 0;   ///< a resource or module as one object, by its reader's count; 0: none
  std::vector<std::string> uses;  ///< addresses of the resources it is made of; each once

  [[nodiscard]] bool is(base::NodeKind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_text() const;
  /// A scalar of which all is known.
  [[nodiscard]] bool is_closed() const;
  /// The member with this key; null if there is none.
  [[nodiscard]] const ValueTree* member(std::string_view key) const;
};

/// A key and its value, called as in a pair; a pair's own type would have to be complete earlier.
struct ValueTree::Member {
  Member(std::string key, ValueTree value) : first(std::move(key)), second(std::move(value)) {}
  std::string first;
  ValueTree second;
};

/// Stand in texts for what is not known, and for the name of a stack, which is known only as far as
/// we name it ourselves.
inline constexpr char kUnknownPart = '\x01';
inline constexpr char kStackName = '\x02';

/// "stack/Logical" → "stack.Logical": what values that name the resource hold.
[[nodiscard]] std::string name_of_resource(std::string_view address);

[[nodiscard]] ValueTree text_value(std::string text, base::Span span);
[[nodiscard]] ValueTree unknown_value(base::Span span);
[[nodiscard]] ValueTree no_value(base::Span span);
[[nodiscard]] ValueTree map_at(base::Span span);  ///< without members yet
[[nodiscard]] ValueTree list_value(std::vector<ValueTree> items, base::Span span);
/// Stands for the resource with this address.
[[nodiscard]] ValueTree name_value(const std::string& address, base::Span span);

/// A copy of what an input says.
[[nodiscard]] ValueTree copy_of(base::Node from);

/// Adds what another value is made of.
void add_uses(ValueTree& to, const ValueTree& from);
/// All resources that a value and what it holds are made of.
[[nodiscard]] std::vector<std::string> all_uses(const ValueTree& value);
[[nodiscard]] bool holds_secret(const ValueTree& value);

/// The same value, said at another place.
[[nodiscard]] ValueTree moved_to(ValueTree value, base::Span span);

/// Values as a node of a document, and what they refer to.
///
/// in   stack    stands where a text holds the name of the stack
/// out  `uses` of `references`: path of an attribute, with positions, and addresses
[[nodiscard]] std::uint32_t build_value(
    const ValueTree& value, const std::string& stack, base::DocumentBuilder& builder,
    std::vector<std::pair<std::string, std::vector<std::string>>>& references);

}  // namespace outlast::import
