#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/document.h"
#include "base/duplicate_keys.h"

namespace outlast::base {

enum class JsonRefusal { none, syntax, too_deep, too_large };

/// Makes a document of a text and the offsets of its tokens, in one pass.
class JsonReader {
 public:
  JsonReader(std::string_view text, SourceId source, std::size_t depth_limit);

  /// `tokens` has one offset more than `count`: the end of the text.
  [[nodiscard]] JsonRefusal read(const std::uint32_t* tokens, std::size_t count);
  [[nodiscard]] Document take() { return std::move(document_); }
  [[nodiscard]] DuplicateKeys& duplicates() { return duplicates_; }
  /// Offset of the token that was refused.
  [[nodiscard]] std::uint32_t place() const { return tokens_[at_]; }

 private:
  enum class Next { value, separator, done, refused };
  struct Open {
    std::uint32_t first;  ///< of its children in pending_
    std::uint32_t begin;
    bool is_map;
  };
  using Item = Document::Item;

  [[nodiscard]] char token() const { return text_.data()[tokens_[at_]]; }
  [[nodiscard]] std::uint32_t scalar_end() const;
  Next refuse(JsonRefusal why);
  Next take_value();
  Next take_separator();
  Next take_key();
  Next open(bool is_map);
  Next close();
  bool take_string();
  bool take_plain();
  bool unescape(std::string_view written, Item& item);
  bool unescape_one(std::string_view written, std::size_t& at);
  void check_keys(std::span<const Item> members);

  std::string_view text_;
  std::size_t depth_limit_;
  const std::uint32_t* tokens_ = nullptr;
  std::size_t count_ = 0;
  std::size_t at_ = 0;
  JsonRefusal refusal_ = JsonRefusal::none;
  Document document_;
  std::vector<Open> open_;
  std::vector<Item> pending_;  ///< complete values whose parent is still open
  DuplicateKeys duplicates_;
  std::vector<std::string_view> keys_;
};

}  // namespace outlast::base
