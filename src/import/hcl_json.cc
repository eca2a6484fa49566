// Terraform's language written as JSON (*.tf.json, *.tfvars.json): the same blocks and attributes.
//
// Which members of a body are blocks only the provider's schema tells; what means the same either
// way is read as an attribute: a list of maps, or a map. Those of the language itself are blocks.
// source  developer.hashicorp.com/terraform/language/syntax/json

#include <algorithm>
#include <array>

#include "base/document.h"
#include "import/hcl_parser.h"
#include "import/hcl_syntax.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using Kind = HclExpression::Kind;

namespace {

constexpr std::string_view kComment = "//";

/// How many labels blocks of this kind have; none for what is an attribute.
std::optional<std::size_t> labels_of(std::string_view kind, std::string_view around) {
  if (around.empty()) {
    return kind == "resource" || kind == "data"      ? 2
           : kind == "locals" || kind == "terraform" ? 0
                                                     : 1;
  }
  if (kind == "dynamic" || (kind == "backend" && around == "terraform")) {
    return 1;
  }
  const bool is_block =
      kind == "lifecycle" || kind == "connection" || (kind == "content" && around == "dynamic") ||
      ((kind == "cloud" || kind == "required_providers") && around == "terraform") ||
      (kind == "assume_role" && around == "provider");
  return is_block ? std::optional<std::size_t>(0) : std::nullopt;
}

/// Arguments that name things instead of holding values.
bool holds_names(std::string_view argument) {
  constexpr std::array<std::string_view, 4> kOfNames = {"depends_on", "provider", "providers",
                                                        "iterator"};
  return std::find(kOfNames.begin(), kOfNames.end(), argument) != kOfNames.end();
}

class JsonBodies {
 public:
  JsonBodies(base::SourceId source, base::Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  /// in  around  the kind of block that holds this body; empty for a file
  HclBody body(Node node, std::string_view around) {
    HclBody out;
    for (std::size_t i = 0; node.is(NodeKind::list) && i < node.size(); ++i) {
      add_members(node.at(i), around, out);
    }
    add_members(node, around, out);
    return out;
  }

  HclBody values(Node node) {
    HclBody out;
    for (std::size_t i = 0; node.is(NodeKind::map) && i < node.size(); ++i) {
      out.attributes.push_back(
          {std::string(node.key(i)), value(node.at(i), Strings::texts), node.key_span(i)});
    }
    return out;
  }

 private:
  enum class Strings { templates, names, texts };

  void add_members(Node node, std::string_view around, HclBody& out) {
    for (std::size_t i = 0; node.is(NodeKind::map) && i < node.size(); ++i) {
      const std::string_view key = node.key(i);
      if (key == kComment) {
        continue;
      }
      if (const auto labels = labels_of(key, around)) {
        HclNode block;
        block.kind = key;
        add_blocks(node.at(i), node.key_span(i), *labels, block, out);
      } else {
        const bool is_type = around == "variable" && key == "type";
        const auto strings = is_type            ? Strings::texts
                             : holds_names(key) ? Strings::names
                                                : Strings::templates;
        out.attributes.push_back({std::string(key), value(node.at(i), strings), node.key_span(i)});
      }
    }
  }

  /// Blocks below as many labels as there are left to read.
  void add_blocks(Node node, base::Span span, std::size_t labels, HclNode& block, HclBody& out) {
    for (std::size_t i = 0; node.is(NodeKind::list) && i < node.size(); ++i) {
      add_blocks(node.at(i), span, labels, block, out);
    }
    if (!node.is(NodeKind::map)) {
      return;
    }
    if (labels == 0) {
      HclNode one = block;
      one.span = {source_, span.begin, std::max(span.end, node.span().end)};
      one.body = body(node, block.kind);
      out.blocks.push_back(std::move(one));
      return;
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
      if (node.key(i) != kComment) {
        block.labels.emplace_back(node.key(i));
        add_blocks(node.at(i), node.key_span(i), labels - 1, block, out);
        block.labels.pop_back();
      }
    }
  }

  HclExpression value(Node node, Strings strings) {
    HclExpression e;
    e.span = node.span();
    switch (node.kind()) {
      case NodeKind::null:
        e.kind = Kind::null;
        break;
      case NodeKind::boolean:
      case NodeKind::number:
        e.kind = node.is(NodeKind::boolean) ? Kind::boolean : Kind::number;
        e.text = node.text();
        break;
      case NodeKind::string:
        return text(node, strings);
      case NodeKind::list:
        e.kind = Kind::list;
        for (std::size_t i = 0; i < node.size(); ++i) {
          e.children.push_back(value(node.at(i), strings));
        }
        break;
      case NodeKind::map:
        e.kind = Kind::object;
        for (std::size_t i = 0; i < node.size(); ++i) {
          HclExpression key;
          key.kind = Kind::text;
          key.text = node.key(i);
          key.span = node.key_span(i);
          e.children.push_back(std::move(key));
          e.children.push_back(value(node.at(i), strings));
        }
        break;
      case NodeKind::unknown:
        break;
    }
    return e;
  }

  HclExpression text(Node node, Strings strings) {
    HclExpression e;
    e.kind = Kind::text;
    e.text = node.text();
    e.span = node.span();
    const bool is_plain = strings == Strings::texts || (strings == Strings::templates &&
                                                        e.text.find("${") == std::string::npos &&
                                                        e.text.find("%{") == std::string::npos);
    if (is_plain) {
      return e;
    }
    const bool is_template = strings == Strings::templates || e.text.starts_with("${");
    return HclParser::part_of_json(node.text(), node.span(), is_template, diagnostics_);
  }

  base::SourceId source_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<HclBody> parse_hcl_json(const base::Sources& sources, base::SourceId source,
                                      bool is_of_values, base::Diagnostics& diagnostics) {
  const auto document = base::parse_json(sources, source, diagnostics);
  if (!document) {
    return std::nullopt;
  }
  JsonBodies reader(source, diagnostics);
  return is_of_values ? reader.values(document->root()) : reader.body(document->root(), "");
}

}  // namespace outlast::import
