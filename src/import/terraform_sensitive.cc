#include "import/terraform_sensitive.h"

#include <string>
#include <string_view>
#include <vector>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

/// A path of which the first steps are gone already.
struct Rest {
  Node path;
  std::size_t at = 0;
};

/// The key or number of the step that a path goes next.
std::string_view step_of(const Rest& rest) {
  const Node value = rest.path.at(rest.at)["value"];
  return value.is(NodeKind::map) ? value["value"].text() : value.text();
}

std::uint32_t mark(Node attributes, const std::vector<Rest>& paths,
                   base::DocumentBuilder& builder) {
  for (const Rest& rest : paths) {
    if (rest.at >= rest.path.size()) {
      return builder.scalar(NodeKind::boolean, "true", 0, 0);
    }
  }
  const bool is_map = attributes.is(NodeKind::map);
  std::vector<std::uint32_t> children;
  for (std::size_t i = 0; !paths.empty() && i < attributes.size(); ++i) {
    const std::string number = is_map ? "" : std::to_string(i);
    const std::string_view key = is_map ? attributes.key(i) : std::string_view(number);
    std::vector<Rest> below;
    for (const Rest& rest : paths) {
      if (step_of(rest) == key) {
        below.push_back({rest.path, rest.at + 1});
      }
    }
    if (is_map && below.empty()) {
      continue;
    }
    if (is_map) {
      children.push_back(builder.scalar(NodeKind::string, key, 0, 0));
    }
    children.push_back(mark(attributes.at(i), below, builder));
  }
  return is_map ? builder.map(children, 0, 0) : builder.list(children, 0, 0);
}

}  // namespace

std::uint32_t append_sensitive(Node attributes, Node paths, base::DocumentBuilder& builder) {
  std::vector<Rest> all;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Node path = paths.at(i);
    if (path.is(NodeKind::list) && path.size() > 0) {
      all.push_back({path, 0});
    }
  }
  return mark(attributes, all, builder);
}

}  // namespace outlast::import
