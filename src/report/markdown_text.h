#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "words/phrasebook.h"

namespace outlast::report {

/// Text of an input as Markdown that shows it as it is: nothing in it becomes a table's border,
/// markup, a tag, a mention or a link to an issue. At most `most` code points.
[[nodiscard]] std::string escaped_markdown(std::string_view text, std::size_t most = 400);

/// Markdown that fits into a comment; what does not is counted.
class MarkdownPage {
 public:
  /// in  book  of the language that everything is said in; null: English
  explicit MarkdownPage(const words::Phrasebook* book = nullptr) : book_(book) {}

  /// Is it added? Not where it would not fit.
  bool add(const std::string& english);

  /// Lines as long as they fit; the rest is counted.
  void add_all(const std::vector<std::string>& lines, std::string_view what);

  /// Added even where there is little room: a closing tag.
  void close(std::string_view text) { out_ += text; }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string said(const std::string& text) const;
  const words::Phrasebook* book_;
  std::string out_;
};

}  // namespace outlast::report
