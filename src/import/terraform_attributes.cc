#include "import/terraform_attributes.h"

#include <algorithm>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

/// Is anything unknown, at whatever depth?
bool holds_unknown(Node unknown) {
  if (unknown.as_bool().value_or(false)) {
    return true;
  }
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    if (holds_unknown(unknown.at(i))) {
      return true;
    }
  }
  return false;
}

/// Of a value that is not there, any unknown part makes the whole unknown.
bool is_unknown(Node value, Node unknown) {
  const bool is_there = value.exists() && !value.is(NodeKind::null);
  return is_there ? unknown.as_bool().value_or(false) : holds_unknown(unknown);
}

}  // namespace

std::uint32_t AttributeMerger::merge(Node value, Node unknown, Written written) {
  const base::Span span = value.exists() ? value.span() : unknown.span();
  if (is_unknown(value, unknown)) {
    const bool provider_chooses = written.is_certain && !written.node.exists();
    return builder_.scalar(provider_chooses ? NodeKind::null : NodeKind::unknown, "", span.begin,
                           span.end);
  }
  if (!written.node.exists()) {
    written.is_certain = false;  // a dynamic block: the plan does not show what was written in it
  }
  if (value.is(NodeKind::map)) {
    return merge_map(value, unknown, written);
  }
  if (value.is(NodeKind::list)) {
    return merge_list(value, unknown, written);
  }
  const NodeKind kind = value.exists() ? value.kind() : NodeKind::null;
  return builder_.scalar(kind, value.text(), span.begin, span.end);
}

std::uint32_t AttributeMerger::merge_map(Node value, Node unknown, Written written) {
  const Node config = written.node;
  const bool is_expression = config["references"].exists() || config["constant_value"].exists();
  const auto below = [&](std::string_view key) -> Written {
    // Below an expression, or where the configuration does not show, anything may be written.
    const bool shows = written.is_certain && !is_expression;
    return {shows ? config[key] : Node(), shows};
  };
  std::vector<std::uint32_t> members;
  const auto add = [&](std::string_view key, base::Span span, std::uint32_t merged) {
    members.push_back(builder_.scalar(NodeKind::string, key, span.begin, span.end));
    members.push_back(merged);
  };
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string_view key = value.key(i);
    if (value.at(i).is(NodeKind::null) && !unknown[key].exists()) {
      continue;
    }
    add(key, value.key_span(i), merge(value.at(i), unknown[key], below(key)));
  }
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    const std::string_view key = unknown.key(i);
    if (unknown.is(NodeKind::map) && !value[key].exists() && holds_unknown(unknown.at(i))) {
      add(key, unknown.key_span(i), merge({}, unknown.at(i), below(key)));
    }
  }
  return builder_.map(members, value.span().begin, value.span().end);
}

std::uint32_t AttributeMerger::merge_list(Node value, Node unknown, Written written) {
  std::vector<std::uint32_t> items;
  const bool is_blocks = written.node.is(NodeKind::list);
  for (std::size_t i = 0; i < std::max(value.size(), unknown.size()); ++i) {
    if (i >= value.size() && !holds_unknown(unknown.at(i))) {
      continue;
    }
    Written below = {{}, false};
    if (is_blocks && i < written.node.size()) {
      below = {written.node.at(i), true};
    } else if (written.node.is(NodeKind::map) && value.size() == 1) {
      below = written;  // a single nested block stands as a map
    }
    items.push_back(merge(value.at(i), unknown.at(i), below));
  }
  return builder_.list(items, value.span().begin, value.span().end);
}

void AttributeMerger::add(Node values, Node unknown, Node config) {
  const Node expressions = config["expressions"];
  if (!values.is(NodeKind::map)) {
    roots_.push_back(builder_.map({}, 0, 0));
    return;
  }
  // A resource without any argument has no expressions: then it is certain that none is written.
  roots_.push_back(merge_map(values, unknown, {expressions, config.exists()}));
}

base::Document AttributeMerger::finish() {
  const std::uint32_t all = builder_.list(roots_, 0, 0);
  return builder_.finish(all);
}

}  // namespace outlast::import
