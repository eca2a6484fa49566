// The flat attributes of old states, as trees.
//
// Problem. Terraform up to 0.11 kept attributes as texts by paths: a list of blocks
// ingress { cidr_blocks = ["0.0.0.0/0"] } is
//   ingress.# = 1, ingress.123.cidr_blocks.# = 1, ingress.123.cidr_blocks.0 = 0.0.0.0/0
// where 123 is a place in a list or a hash in a set, and tags.% = 1 tells a map, whose keys may
// hold dots themselves.
//
// Method. Group the paths by their first step; what is told of a group (#, %, or a text of its
// own) says what it is; recurse with the rest of the paths. Elements of lists and sets come in the
// order of their numbers, for the file has them in the order of texts (0, 1, 10, 2).
//
// It ends because each step makes every path shorter; below kMostSteps the rest is one key.

#include "import/terraform_flatmap.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::size_t kMostSteps = 64;

/// How Terraform up to 0.11 wrote a value that is not known yet.
constexpr std::string_view kUnknown = "74D93920-ED26-11E3-AC10-0800200C9A66";

/// A path with what it leads to; `rest` is empty where it ends here.
struct Entry {
  std::string_view rest;
  Node value;
};

struct Group {
  std::string_view step;
  std::vector<Entry> entries;
};

std::uint64_t number_of(std::string_view step) {
  std::uint64_t value = 0;
  std::from_chars(step.data(), step.data() + step.size(), value);
  return value;
}

/// Entries by the first step of their paths, in the order of the file.
std::vector<Group> grouped(const std::vector<Entry>& entries, bool whole_keys) {
  std::vector<Group> groups;
  std::unordered_map<std::string_view, std::size_t> known;
  for (const Entry& entry : entries) {
    const auto dot = whole_keys ? std::string_view::npos : entry.rest.find('.');
    const std::string_view step = entry.rest.substr(0, dot);
    const auto [at, is_new] = known.emplace(step, groups.size());
    if (is_new) {
      groups.push_back({step, {}});
    }
    const bool ends = dot == std::string_view::npos;
    groups[at->second].entries.push_back({ends ? "" : entry.rest.substr(dot + 1), entry.value});
  }
  return groups;
}

class Unflattener {
 public:
  explicit Unflattener(base::DocumentBuilder& builder) : builder_(builder) {}

  std::uint32_t map(const std::vector<Entry>& entries, Node at, bool whole_keys,
                    std::size_t depth) {
    std::vector<std::uint32_t> members;
    for (const Group& group : grouped(entries, whole_keys || depth >= kMostSteps)) {
      if (group.step == "%" || group.step == "#") {
        continue;  // how many there are
      }
      const base::Span span = group.entries.front().value.span();
      members.push_back(builder_.scalar(NodeKind::string, group.step, span.begin, span.end));
      members.push_back(value(group.entries, depth + 1));
    }
    return builder_.map(members, at.span().begin, at.span().end);
  }

 private:
  std::uint32_t value(const std::vector<Entry>& entries, std::size_t depth) {
    Node own;
    bool is_list = false;
    bool is_map = false;
    bool is_nested = false;
    for (const Entry& entry : entries) {
      is_list = is_list || entry.rest == "#";
      is_map = is_map || entry.rest == "%";
      is_nested = is_nested || !entry.rest.empty();
      own = entry.rest.empty() ? entry.value : own;
    }
    const Node first = entries.front().value;
    if (is_list) {
      return list(entries, first, depth);
    }
    return is_nested ? map(entries, first, is_map, depth) : scalar(own);
  }

  std::uint32_t list(const std::vector<Entry>& entries, Node at, std::size_t depth) {
    std::vector<Group> groups = grouped(entries, depth >= kMostSteps);
    std::erase_if(groups, [](const Group& group) { return group.step == "#"; });
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      return number_of(a.step) < number_of(b.step);
    });
    std::vector<std::uint32_t> items;
    for (const Group& group : groups) {
      items.push_back(value(group.entries, depth + 1));
    }
    return builder_.list(items, at.span().begin, at.span().end);
  }

  std::uint32_t scalar(Node value) {
    const bool is_unknown = value.text() == kUnknown;
    const NodeKind kind = is_unknown ? NodeKind::unknown : value.kind();
    return builder_.scalar(kind, is_unknown ? "" : value.text(), value.span().begin,
                           value.span().end);
  }

  base::DocumentBuilder& builder_;
};

}  // namespace

std::uint32_t append_unflattened(Node flat, base::DocumentBuilder& builder) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; flat.is(NodeKind::map) && i < flat.size(); ++i) {
    const Node value = flat.at(i);
    if (!value.is(NodeKind::map) && !value.is(NodeKind::list)) {
      entries.push_back({flat.key(i), value});
    }
  }
  return Unflattener(builder).map(entries, flat, false, 0);
}

}  // namespace outlast::import
