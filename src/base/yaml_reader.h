#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/document.h"
#include "base/yaml_text.h"
#include "base/yaml_tree.h"

namespace outlast::base {

/// Takes the nodes of a YAML text in the order of the text and finds where each begins and ends.
///
/// The library tells where a node begins, before its anchor and tag, and no more; the rest is found
/// again in the text. What the library lets pass though YAML does not is refused here: strings
/// never closed, keys without a colon, documents that follow each other without a marker.
/// After the first mistake all calls do nothing.
class YamlReader {
 public:
  YamlReader(const Sources& sources, SourceId source, const DocumentLimits& limits,
             Diagnostics& diagnostics);

  // Offsets are of the first byte of a node or of its properties; anchor 0 is none.
  // Tags are written out; "?" is that of plain scalars and collections, "!" of quoted ones.
  void begin_document(std::size_t begin);
  void end_document();
  void null(std::size_t at, std::size_t anchor);
  void alias(std::size_t begin, std::size_t anchor);
  void scalar(std::size_t at, std::string_view tag, std::size_t anchor, std::string_view value);
  void open(NodeKind kind, std::size_t at, std::string_view tag, std::size_t anchor, bool is_flow);
  void close();

  void tell(const YamlTrouble& trouble);
  /// What the library says; `at` is npos if it does not say where.
  void tell_mistake(std::string_view message, std::size_t at);

  [[nodiscard]] bool has_stopped() const { return has_stopped_; }
  [[nodiscard]] std::vector<Document> take() { return std::move(documents_); }

 private:
  enum class Form { block, brackets, pair };  ///< pair: the one-member map of [key: value]
  struct Open {
    Form form;
    bool is_list;
    std::size_t begin;
    bool is_tagged = false;  ///< the only member of a map that stands for its tag
  };

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(std::min(begin, text_.size())),
            static_cast<std::uint32_t>(std::min(end, text_.size()))};
  }
  [[nodiscard]] char byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  void wrong(std::size_t begin, std::size_t end, std::string_view message, std::string_view help);
  void empty(std::size_t next, std::size_t anchor);
  void read_over(std::size_t begin, std::size_t end);
  [[nodiscard]] bool keeps(std::string_view tag) const;
  void open_tag(std::string_view tag, std::size_t begin, std::size_t anchor);
  void check_colon();
  [[nodiscard]] std::size_t null_end(std::size_t begin) const;
  [[nodiscard]] std::size_t scalar_end(std::size_t begin, bool is_plain,
                                       std::string_view value) const;

  const Sources& sources_;
  Diagnostics& diagnostics_;
  SourceId source_;
  std::string_view text_;
  bool keeps_tags_;
  std::size_t end_ = 0;  ///< of what was read last
  YamlTree::Budget budget_;
  std::optional<YamlTree> tree_;
  std::vector<Open> open_;
  Span key_;                      ///< the last one read
  bool is_explicit_key_ = false;  ///< begun with a question mark, so it needs no colon
  bool has_stopped_ = false;
  std::vector<Document> documents_;
};

}  // namespace outlast::base
