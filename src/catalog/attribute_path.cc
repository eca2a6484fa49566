#include "catalog/attribute_path.h"

#include <fmt/format.h>

namespace outlast::catalog {

using base::Node;
using base::NodeKind;

namespace {

void descend(Node node, std::string_view rest, std::string path, std::vector<Selected>& out) {
  if (!node.exists() || node.is(NodeKind::null)) {
    return;
  }
  if (node.is(NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      descend(node.at(i), rest, fmt::format("{}[{}]", path, i), out);
    }
    return;
  }
  if (rest.empty() || node.is(NodeKind::unknown)) {
    out.push_back({node, std::move(path)});
    return;
  }
  const auto dot = rest.find('.');
  const std::string_view key = rest.substr(0, dot);
  const std::string_view next = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
  const auto joined = [&](std::string_view step) {
    return path.empty() ? std::string(step) : fmt::format("{}.{}", path, step);
  };
  const Node child = node[key];
  if (!child.exists() && !next.empty()) {  // the last key may hold dots itself
    descend(node[rest], "", joined(rest), out);
  } else {
    descend(child, next, joined(key), out);
  }
}

}  // namespace

std::vector<Selected> select(Node root, std::string_view path) {
  std::vector<Selected> out;
  descend(root, path, "", out);
  return out;
}

std::string without_positions(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    inside = inside ? c != ']' : c == '[';
    if (!inside && c != ']') {
      plain += c;
    }
  }
  return plain;
}

std::string pointer_to(const std::string& base_pointer, std::string_view path) {
  if (base_pointer.empty()) {
    return "";
  }
  std::string pointer = base_pointer;
  if (!path.empty()) {
    pointer += '/';
  }
  for (const char c : path) {
    if (c == '.' || c == '[') {
      pointer += '/';
    } else if (c != ']') {
      pointer += c;
    }
  }
  return pointer;
}

Truth holds(Node root, std::string_view path, std::string_view value) {
  constexpr std::string_view kNot = "not ";
  if (value.starts_with(kNot)) {
    return base::opposite(holds(root, path, value.substr(kNot.size())));
  }
  const auto found = select(root, path);
  Truth truth = value == "absent" ? Truth::yes : Truth::no;
  for (const Selected& at : found) {
    const bool is_empty_text = at.node.is(NodeKind::string) && at.node.text().empty();
    if (is_empty_text) {
      continue;  // Terraform writes "" for what was not given
    }
    if (at.node.is(NodeKind::unknown)) {
      // A value that is not known yet is there, but which one it is cannot be told; of a block that is
      // not known as a whole, not even whether it is there.
      const bool is_there = without_positions(at.path) == path;
      truth = is_there && value == "present"  ? Truth::yes
              : is_there && value == "absent" ? Truth::no
                                              : Truth::unknown;
    } else if (value == "present" || matches(value, at.node.text())) {
      return Truth::yes;
    } else if (value == "absent") {
      return Truth::no;
    }
  }
  return truth;
}

}  // namespace outlast::catalog
