#pragma once

#include "base/assert.h"
#include "base/document.h"

namespace outlast::base {

/// Asks every node of a document everything; ends the process if an answer cannot be true.
inline void walk(Node node, std::size_t text_size) {
  const Span span = node.span();
  const bool is_inside = span.begin <= span.end && span.end <= text_size;
  const bool is_leaf_or_has_no_text = node.size() == 0 || node.text().empty();
  const bool has_number = node.as_number().has_value() || !node.as_integer().has_value();
  const bool has_end = !node.at(node.size()).exists() && node.key(node.size()).empty();
  OUTLAST_ASSERT(is_inside, "a node lies in its text");
  OUTLAST_ASSERT(is_leaf_or_has_no_text, "what has text has no children");
  OUTLAST_ASSERT(has_number, "an integer is a number");
  OUTLAST_ASSERT(has_end, "behind the last child is none");
  OUTLAST_ASSERT(node.as_bool().has_value() == node.is(NodeKind::boolean), "booleans are read");
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Span key = node.key_span(i);
    OUTLAST_ASSERT(key.exists() == node.is(NodeKind::map), "members have keys, elements none");
    OUTLAST_ASSERT(key.end <= text_size, "a key lies in its text");
    walk(node.at(i), text_size);
  }
  if (node.is(NodeKind::map) && node.size() > 0) {
    OUTLAST_ASSERT(node[node.key(0)].exists(), "a member is found by its key");
  }
}

}  // namespace outlast::base
