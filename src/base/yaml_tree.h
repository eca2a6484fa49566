#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/document.h"
#include "base/duplicate_keys.h"

namespace outlast::base {

/// Makes one document from the nodes of a YAML text as they come, and does what the library leaves
/// undone: it follows aliases up to a size, applies merge keys, and refuses keys written twice or
/// not scalar.
class YamlTree {
 public:
  /// What may be made of all documents of a stream together.
  struct Budget {
    std::size_t nodes = 0;
    std::size_t depth = 0;
  };

  YamlTree(const Sources& sources, SourceId source, Budget& budget, Diagnostics& diagnostics);

  /// `anchor` is 0 for none. A key is a string, whatever it looks like.
  void scalar(NodeKind kind, std::string_view text, Span span, std::size_t anchor, bool is_plain);
  void alias(std::size_t anchor, Span span);
  void open(NodeKind kind, std::size_t begin, std::size_t anchor);
  void close(std::size_t end);

  [[nodiscard]] bool expects_key() const;
  /// Told and not to be gone on from: too deep, too large.
  [[nodiscard]] bool has_failed() const { return has_failed_; }
  [[nodiscard]] Document take();

 private:
  struct Value {
    std::uint32_t node = 0;
    NodeKind kind = NodeKind::null;
    bool is_merge_key = false;
    bool is_missing = false;   ///< an empty plain scalar
    std::uint32_t height = 0;  ///< lists and maps inside each other
    std::uint64_t weight = 1;  ///< nodes, with those behind aliases counted each time
    Span span;
  };
  struct Open {
    NodeKind kind;
    std::size_t begin;
    std::size_t anchor;
    bool is_kept;  ///< a merge key may ask for its children
    std::vector<Value> children;
  };

  void add(const Value& value, std::size_t anchor);
  void fail(std::string_view code, Span span, std::string message, std::string_view help);
  void weigh(std::uint64_t weight, Span span);
  void make(std::size_t nodes, Span span);
  [[nodiscard]] bool may_be_merged() const;
  [[nodiscard]] std::vector<Value> maps_to_merge(const Value& from);
  [[nodiscard]] std::vector<Value> members_of(const Open& map);
  void check_duplicates(const std::vector<Value>& keys);
  void apply_merges(const std::vector<Value>& merged, std::vector<Value>& members);

  const Sources& sources_;
  Diagnostics& diagnostics_;
  SourceId source_;
  Budget& budget_;
  DocumentBuilder builder_;
  DuplicateKeys duplicates_;
  std::vector<Open> open_;
  std::optional<Value> root_;
  std::unordered_map<std::size_t, Value> anchored_;
  std::unordered_map<std::uint32_t, std::vector<Value>> kept_;  ///< children, by node
  std::size_t made_ = 0;  ///< nodes built and members merged: a measure of memory and work
  bool has_aliases_ = false;
  bool has_failed_ = false;
};

}  // namespace outlast::base
