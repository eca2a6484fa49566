#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "base/source.h"

namespace outlast::import {

/// An expression of Terraform's language as a tree.
struct HclExpression {
  enum class Kind : std::uint8_t {
    null,
    boolean,      ///< `text` is true or false
    number,       ///< `text` as written
    text,         ///< a string without parts
    joined,       ///< a template: children one behind the other
    list,         ///< children
    object,       ///< children: key, value, key, value …
    name,         ///< `text`: the first word of a path
    attribute,    ///< child[0].text
    index,        ///< child[0][child[1]]
    splat,        ///< child[0][*], what follows is applied to each element
    call,         ///< text(children)
    unary,        ///< text child[0]
    binary,       ///< child[0] text child[1]
    conditional,  ///< child[0] ? child[1] : child[2]
    for_list,     ///< [for names in child[0] : child[1] if child[2]]
    for_object,   ///< {for names in child[0] : child[1] => child[2] if child[3]}
    unknown       ///< what is not evaluated: a template with %{ }
  };
  Kind kind = Kind::unknown;
  std::string text;
  std::vector<HclExpression> children;
  std::vector<std::string> names;  ///< of a for: one or two
  bool is_expanded = false;        ///< a call whose last argument is a list to be spread: f(x...)
  base::Span span;
};

struct HclAttribute {
  std::string name;
  HclExpression value;
  base::Span span;  ///< of the name
};

struct HclNode;

struct HclBody {
  std::vector<HclAttribute> attributes;
  std::vector<HclNode> blocks;

  [[nodiscard]] const HclExpression* attribute(std::string_view name) const;
};

/// A block: `resource "aws_instance" "web" { … }`.
struct HclNode {
  std::string kind;
  std::vector<std::string> labels;
  HclBody body;
  base::Span span;
};

/// Reads a file of Terraform's language; absent, and told with its place, at the first mistake.
///
/// cost    linear in the text; expressions inside each other up to a depth
/// source  the HCL native syntax specification (github.com/hashicorp/hcl, hclsyntax/spec.md)
[[nodiscard]] std::optional<HclBody> parse_hcl(const base::Sources& sources, base::SourceId source,
                                               base::Diagnostics& diagnostics);

/// The same language written as JSON; values of variables where `is_of_values`, whose strings are no
/// templates.
[[nodiscard]] std::optional<HclBody> parse_hcl_json(const base::Sources& sources,
                                                    base::SourceId source, bool is_of_values,
                                                    base::Diagnostics& diagnostics);

}  // namespace outlast::import
