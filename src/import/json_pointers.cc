#include "import/json_pointers.h"

#include <algorithm>
#include <map>
#include <string>

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Span;

namespace {

bool holds(Span outer, Span inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

/// The last child that begins no later than the span does: children stand in the order written.
std::size_t child_before(Node parent, Span span) {
  std::size_t low = 0;
  std::size_t high = parent.size();
  while (low + 1 < high) {
    const std::size_t middle = low + (high - low) / 2;
    (parent.at(middle).span().begin <= span.begin ? low : high) = middle;
  }
  return low;
}

/// RFC 6901: ~ and / are written ~0 and ~1.
std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}

class Pointers {
 public:
  explicit Pointers(const std::vector<Node>& roots) {
    for (const Node root : roots) {
      roots_.emplace(root.span().source.index, root);
    }
  }

  void add(blueprint::Evidence& evidence) const {
    const auto root = roots_.find(evidence.span.source.index);
    if (evidence.pointer.empty() && evidence.span.exists() && root != roots_.end()) {
      evidence.pointer = pointer_at(root->second, evidence.span);
    }
  }

 private:
  std::map<std::uint32_t, Node> roots_;
};

}  // namespace

std::string pointer_at(Node root, Span span) {
  std::string pointer;
  while (root.size() > 0) {
    const std::size_t i = child_before(root, span);
    const Node child = root.at(i);
    if (!holds(child.span(), span)) {
      break;
    }
    pointer += '/';
    pointer += root.is(NodeKind::map) ? escaped(root.key(i)) : std::to_string(i);
    root = child;
  }
  return pointer;
}

void add_pointers(const std::vector<Node>& roots, blueprint::Draft& draft) {
  const Pointers pointers(roots);
  for (blueprint::DraftResource& resource : draft.resources) {
    if (resource.evidence.pointer.empty()) {
      pointers.add(resource.evidence);
      resource.attributes_pointer = resource.evidence.pointer;
    }
    for (blueprint::DraftCall& call : resource.calls) {
      pointers.add(call.evidence);
    }
  }
  for (blueprint::SecretPlace& secret : draft.secrets) {
    pointers.add(secret.evidence);
  }
}

}  // namespace outlast::import
