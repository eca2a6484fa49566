#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/result.h"
#include "base/source.h"

namespace outlast::base {

/// `unknown` never comes out of a file: importers put it where a value exists but cannot be known.
enum class NodeKind : std::uint8_t { null, boolean, number, string, list, map, unknown };

/// For messages: "a map", "a number".
[[nodiscard]] std::string_view words_for(NodeKind kind);

class Document;

/// A place in a document: cheap to copy, valid as long as the document lives.
/// A default-made node does not exist; asking it anything is safe and finds nothing.
class Node {
 public:
  Node() = default;
  Node(const Document* document, std::uint32_t index) : document_(document), index_(index) {}

  [[nodiscard]] bool exists() const { return document_ != nullptr; }
  [[nodiscard]] NodeKind kind() const;
  [[nodiscard]] bool is(NodeKind kind) const { return exists() && this->kind() == kind; }
  [[nodiscard]] Span span() const;

  /// Text of a string, or of a number or boolean as written; empty for anything else.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] std::optional<double> as_number() const;
  [[nodiscard]] std::optional<std::int64_t> as_integer() const;

  /// Elements of a list, or members of a map; 0 for a scalar.
  [[nodiscard]] std::size_t size() const;
  /// The i-th element of a list, or value of the i-th member of a map, in the order written.
  [[nodiscard]] Node at(std::size_t i) const;
  /// Key of the i-th member of a map.
  [[nodiscard]] std::string_view key(std::size_t i) const;
  [[nodiscard]] Span key_span(std::size_t i) const;
  /// Value of the member with this key; a node that does not exist if there is none.
  /// cost: linear in the members
  [[nodiscard]] Node operator[](std::string_view key) const;

  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] const Document* document() const { return document_; }

 private:
  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

/// A tree of YAML or JSON kind in which every node knows its bytes.
/// Nodes lie in one vector, so a document of millions of nodes is a few allocations.
/// What JSON writes without escapes is not copied: the document's Sources must outlive it.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  [[nodiscard]] Node root() const { return nodes_.empty() ? Node() : Node(this, root_); }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }

 private:
  friend class Node;
  friend class DocumentBuilder;
  friend class JsonReader;
  static constexpr std::uint32_t kMostChildren = (1U << 28U) - 1;
  /// The children of a list or map lie side by side in nodes_, so that no index of them is needed;
  /// of a map key, value, key, value …
  struct Item {
    std::uint32_t begin = 0, end = 0;  ///< bytes in the source
    std::uint32_t first = 0;           ///< nodes_ of a list or map; strings_ of a copied scalar
    std::uint32_t count : 28 = 0;      ///< children, or bytes of a copied scalar
    NodeKind kind : 3 = NodeKind::null;
    bool is_copied : 1 = false;  ///< text in strings_; otherwise in the source, as written
  };
  static_assert(sizeof(Item) == 16);
  SourceId source_;
  const char* source_text_ = nullptr;
  std::uint32_t root_ = 0;
  std::vector<Item> nodes_;
  std::string strings_;
};

/// Builds a document bottom-up: children first, then the list or map that holds them.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(SourceId source) { document_.source_ = source; }

  std::uint32_t scalar(NodeKind kind, std::string_view text, std::uint32_t begin,
                       std::uint32_t end);
  std::uint32_t list(const std::vector<std::uint32_t>& values, std::uint32_t begin,
                     std::uint32_t end);
  /// `members` alternates key and value; keys are string scalars.
  std::uint32_t map(const std::vector<std::uint32_t>& members, std::uint32_t begin,
                    std::uint32_t end);
  /// Text of a scalar made before; valid until the next one is made.
  [[nodiscard]] std::string_view text(std::uint32_t scalar) const;
  [[nodiscard]] Document finish(std::uint32_t root);

 private:
  std::uint32_t add(Document::Item item);
  std::uint32_t collection(NodeKind kind, const std::vector<std::uint32_t>& children,
                           std::uint32_t begin, std::uint32_t end);
  Document document_;
  std::vector<Document::Item> made_;  ///< copied behind each other when their parent is made
};

struct DocumentLimits {
  std::size_t bytes = 1ULL << 30;        ///< JSON; offsets are 32 bits wide
  std::size_t yaml_bytes = 32ULL << 20;  ///< yaml-cpp reads 4 MB a second; JSON is not counted
  std::size_t depth = 256;
  std::size_t yaml_nodes = 10'000'000;  ///< aliases multiply: "billion laughs"
  /// YAML: `!Ref x`, with a tag that is not YAML's own, becomes the map {"!Ref": x}.
  bool keeps_tags = false;
};

/// Reads JSON (RFC 8259). Duplicate keys, bytes that are no UTF-8 and what follows the value are
/// errors. On a syntax error the first one is told, with its place, and nothing is returned;
/// duplicate keys are all told.
[[nodiscard]] std::optional<Document> parse_json(const Sources& sources, SourceId source,
                                                 Diagnostics& diagnostics,
                                                 const DocumentLimits& limits = {});

/// Reads YAML 1.2 as far as yaml-cpp does, all documents of a stream.
/// Anchors and aliases are followed up to a size; merge keys (`<<`) are applied, nearest key wins;
/// duplicate keys, tabs in indentation and keys that are no scalars are errors with a place.
/// Plain scalars become null, boolean (true, True, TRUE …, never yes or on), number or string
/// (YAML 1.2 core). Whatever has a tag that is not YAML's own is a string, list or map as written,
/// unless the limits say that such tags are kept.
[[nodiscard]] std::optional<std::vector<Document>> parse_yaml(const Sources& sources,
                                                              SourceId source,
                                                              Diagnostics& diagnostics,
                                                              const DocumentLimits& limits = {});

/// Bytes as UTF-8: a byte order mark is removed, UTF-16 of either order is converted.
/// errors  UTF-16 that is broken, or bytes that are neither (with the offset)
[[nodiscard]] Result<std::string> to_utf8(std::string bytes);

}  // namespace outlast::base
