// Aliases and merge keys let a file of a kilobyte stand for a terabyte ("billion laughs").
// Two measures hold that down. The weight of a node counts it with all its children, those behind
// aliases as often as they are referred to: it bounds what a walk over the document can meet.
// The nodes made count what is really built and compared: they bound memory and time here.
// Depth is counted through aliases too, for whoever walks the document recursively.
//
// An alias shares the node it refers to, so its weight costs no memory.
// A merge key copies members, side by side with the map's own, so that nobody after this needs to
// know of merging. Which members a map has must then be remembered; only maps that have an anchor
// or stand in a merge key can ever be asked for, and only those are kept.

#include "base/yaml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/assert.h"

namespace outlast::base {

YamlTree::YamlTree(const Sources& sources, SourceId source, Budget& budget,
                   Diagnostics& diagnostics)
    : sources_(sources),
      diagnostics_(diagnostics),
      source_(source),
      budget_(budget),
      builder_(source) {}

void YamlTree::scalar(NodeKind kind, std::string_view text, Span span, std::size_t anchor,
                      bool is_plain) {
  Value value;
  value.is_merge_key = is_plain && text == "<<";
  value.is_missing = is_plain && text.empty();
  value.kind = expects_key() ? NodeKind::string : kind;
  value.span = span;
  make(1, span);
  value.node =
      builder_.scalar(value.kind, value.kind == NodeKind::null ? "" : text, span.begin, span.end);
  add(value, anchor);
}

void YamlTree::alias(std::size_t anchor, Span span) {
  has_aliases_ = true;
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end()) {
    return fail("OUT-E1105", span, "this alias stands inside what it refers to",
                "what contains itself has no end; write out what is meant");
  }
  if (open_.size() + found->second.height > budget_.depth) {
    return fail("OUT-E1103", span,
                fmt::format("with this alias more than {} lists and maps lie inside each other",
                            budget_.depth),
                "is this file what you meant to give?");
  }
  Value value = found->second;
  value.span = span;
  add(value, 0);
}

void YamlTree::open(NodeKind kind, std::size_t begin, std::size_t anchor) {
  if (open_.size() >= budget_.depth) {
    const auto at = static_cast<std::uint32_t>(begin);
    return fail("OUT-E1103", {source_, at, at + 1},
                fmt::format("more than {} lists and maps lie inside each other", budget_.depth),
                "is this file what you meant to give?");
  }
  open_.push_back({kind, begin, anchor, anchor != 0 || may_be_merged(), {}});
}

/// Makes the innermost list or map, now that its children are known.
void YamlTree::close(std::size_t end) {
  OUTLAST_ASSERT(!open_.empty(), "every list and map that closes was opened");
  const Open done = std::move(open_.back());
  open_.pop_back();
  Value value;
  value.kind = done.kind;
  value.span = {source_, static_cast<std::uint32_t>(done.begin), static_cast<std::uint32_t>(end)};
  const bool is_map = done.kind == NodeKind::map;
  std::vector<Value> children = is_map ? members_of(done) : done.children;
  std::vector<std::uint32_t> nodes;
  nodes.reserve(children.size());
  for (const Value& child : children) {
    nodes.push_back(child.node);
    value.height = std::max(value.height, child.height);
    value.weight += child.weight;
  }
  ++value.height;
  weigh(value.weight, value.span);
  make(1, value.span);
  if (has_failed_) {
    return;
  }
  value.node = is_map ? builder_.map(nodes, value.span.begin, value.span.end)
                      : builder_.list(nodes, value.span.begin, value.span.end);
  if (done.is_kept) {
    kept_.emplace(value.node, std::move(children));
  }
  add(value, done.anchor);
}

bool YamlTree::expects_key() const {
  return !open_.empty() && open_.back().kind == NodeKind::map &&
         open_.back().children.size() % 2 == 0;
}

Document YamlTree::take() {
  duplicates_.tell(sources_, diagnostics_);
  OUTLAST_ASSERT(root_.has_value(), "a document that ended has a root");
  budget_.nodes -= std::min<std::size_t>(budget_.nodes, root_->weight);
  return builder_.finish(root_->node);
}

/// Puts a complete node into the list or map that is open, and under its anchor.
void YamlTree::add(const Value& value, std::size_t anchor) {
  if (anchor != 0) {
    anchored_.insert_or_assign(anchor, value);
  }
  if (open_.empty()) {
    root_ = value;
  } else {
    open_.back().children.push_back(value);
  }
}

void YamlTree::fail(std::string_view code, Span span, std::string message, std::string_view help) {
  has_failed_ = true;
  diagnostics_.error(std::string(code), span, std::move(message), std::string(help));
}

/// Stops what aliases and merge keys, or a file of brackets and commas, would make without bound.
void YamlTree::weigh(std::uint64_t weight, Span span) {
  if (weight <= budget_.nodes || has_failed_) {
    return;
  }
  if (has_aliases_) {
    fail("OUT-E1105", span, "aliases make the file too large to be followed",
         "write out fewer of them; lists of aliases to lists of aliases grow without bound");
  } else {
    fail("OUT-E1101", span, "the file holds too many values",
         "give the parts that matter in several smaller files");
  }
}

void YamlTree::make(std::size_t nodes, Span span) {
  made_ += nodes;
  weigh(made_, span);
}

/// Whether the next node is the value of a merge key, or an item of a list that is or may be.
bool YamlTree::may_be_merged() const {
  if (open_.empty()) {
    return false;
  }
  const Open& parent = open_.back();
  return parent.kind == NodeKind::list ? parent.is_kept
                                       : !expects_key() && parent.children.back().is_merge_key;
}

/// What one merge key names: a map, or the maps of a list; neither is told and names nothing.
std::vector<YamlTree::Value> YamlTree::maps_to_merge(const Value& from) {
  std::vector<Value> maps = {from};
  if (from.kind == NodeKind::list) {
    const auto items = kept_.find(from.node);
    OUTLAST_ASSERT(items != kept_.end(), "the items of a list that is merged were kept");
    maps = items->second;
  }
  const bool are_maps = std::all_of(maps.begin(), maps.end(),
                                    [](const Value& value) { return value.kind == NodeKind::map; });
  if (!are_maps) {
    diagnostics_.error("OUT-E1102", from.span, "<< takes a map or a list of maps",
                       "write <<: *anchor, or <<: [*one, *two]");
    maps.clear();
  }
  return maps;
}

/// The members of a map with its merge keys applied; keys that are none are told and left out.
std::vector<YamlTree::Value> YamlTree::members_of(const Open& map) {
  std::vector<Value> members;
  std::vector<Value> keys;
  std::vector<Value> merged;
  for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
    const Value& key = map.children[i];
    const Value& value = map.children[i + 1];
    if (key.kind == NodeKind::list || key.kind == NodeKind::map) {
      diagnostics_.error("OUT-E1106", key.span, "a key must be a word or a string",
                         "quote it, or render the template first if {{ }} was meant");
    } else if (key.is_missing) {
      diagnostics_.error("OUT-E1106", key.span, "a key is missing here", "write \"\" for none");
    } else {
      keys.push_back(key);
      if (key.is_merge_key) {
        merged.push_back(value);
      } else {
        members.insert(members.end(), {key, value});
      }
    }
  }
  check_duplicates(keys);
  if (!merged.empty()) {
    apply_merges(merged, members);
  }
  return members;
}

/// A merge key counts as a key: two of them are one too many.
void YamlTree::check_duplicates(const std::vector<Value>& keys) {
  std::vector<std::string_view> texts;
  texts.reserve(keys.size());
  for (const Value& key : keys) {
    texts.push_back(builder_.text(key.node));
  }
  for (const auto& [first, again] : duplicates_.find(texts)) {
    duplicates_.remember(texts[again], keys[first].span, keys[again].span);
  }
}

/// Adds the members of the maps named whose keys are not there yet: the nearest key wins.
void YamlTree::apply_merges(const std::vector<Value>& merged, std::vector<Value>& members) {
  has_aliases_ = true;
  std::unordered_set<std::string_view> known;
  for (std::size_t i = 0; i < members.size(); i += 2) {
    known.insert(builder_.text(members[i].node));
  }
  for (const Value& from : merged) {
    for (const Value& map : maps_to_merge(from)) {
      const auto found = kept_.find(map.node);
      OUTLAST_ASSERT(found != kept_.end(), "the members of a map that is merged were kept");
      make(found->second.size() + 1, from.span);
      for (std::size_t i = 0; i < found->second.size() && !has_failed_; i += 2) {
        if (known.insert(builder_.text(found->second[i].node)).second) {
          members.insert(members.end(), {found->second[i], found->second[i + 1]});
        }
      }
    }
  }
}

}  // namespace outlast::base
