// The library scans ahead until it knows whether a bracket begins a key, so a megabyte of [ is
// held in memory as tokens before anything is said; it takes NUL and the byte 4 for other things
// than they are; and whether a tab is refused depends on what follows it. This lexer is a coarse
// one: it knows strings, comments, block scalars and plain text only well enough to count brackets
// and to see the indentation of lines. Where it errs, the library still has the last word.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/characters.h"
#include "base/utf8.h"
#include "base/yaml_text.h"

namespace outlast::base {

namespace {

bool ends_word(char c) {
  return is_blank(c) || c == '\n' || c == '\r' || c == '\0';
}

class Lexer {
 public:
  Lexer(std::string_view text, std::size_t depth_limit) : text_(text), depth_limit_(depth_limit) {}

  std::optional<YamlTrouble> run() {
    while (at_ < text_.size() && !trouble_) {
      line();
    }
    return std::move(trouble_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool in_flow() const { return depth_ > 0; }
  [[nodiscard]] bool at_line_end() const {
    return at_ >= text_.size() || peek() == '\n' || (peek() == '\r' && peek(1) == '\n');
  }
  void next_line() { at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1; }

  void line();
  void token();
  void plain();
  void count_entry();
  bool opens_or_closes();
  bool starts_value();

  std::string_view text_;
  std::size_t depth_limit_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;            ///< of flow lists and maps
  std::size_t entries_ = 0;          ///< commas and brackets in the outermost one
  std::size_t indent_ = 0;           ///< spaces before the line
  std::size_t plain_indent_ = npos;  ///< of the line whose plain value may go on in this one
  bool is_fresh_ = true;             ///< a new node may begin here
  std::optional<YamlTrouble> trouble_;
};

void Lexer::line() {
  const std::size_t begin = at_;
  while (peek() == ' ') {
    ++at_;
  }
  indent_ = at_ - begin;
  const std::size_t tab = at_;
  while (is_blank(peek())) {
    ++at_;
  }
  if (at_line_end() || (peek() == '#' && !in_flow())) {
    return next_line();
  }
  // A plain value goes on in deeper lines: whatever they look like, they are text.
  const bool goes_on = plain_indent_ != npos && indent_ > plain_indent_ && !in_flow();
  if (goes_on) {
    return next_line();
  }
  if (!in_flow() && at_ > tab) {
    trouble_ = {
        "OUT-E1102", tab, tab + 1, "a tab is used for indentation", "YAML is indented with spaces",
        std::nullopt};
    return;
  }
  plain_indent_ = npos;
  is_fresh_ = true;
  if (is_document_marker(text_, begin, "---") || is_document_marker(text_, begin, "...")) {
    at_ += 3;
  }
  if (peek() == '%' && begin == at_ && !is_document_marker(text_, begin, "%YAML") &&
      !is_document_marker(text_, begin, "%TAG")) {
    // The library would pass over the whole line in silence.
    trouble_ = {"OUT-E1102",
                at_,
                at_ + 1,
                "a line may not begin with %",
                "quote it, or render the template first if it was meant as one",
                std::nullopt};
    return;
  }
  while (!at_line_end() && !trouble_) {
    token();
  }
  if (!trouble_) {
    next_line();
  }
}

/// Reads one token of a line, or over the line ends inside it.
void Lexer::token() {
  const char c = peek();
  const bool after_blank = at_ == 0 || ends_word(text_[at_ - 1]);
  if (is_blank(c)) {
    ++at_;
  } else if (c == '#' && after_blank) {
    at_ = std::min(text_.find('\n', at_), text_.size());
  } else if (opens_or_closes() || starts_value()) {
    return;
  } else if (is_fresh_ && (c == '"' || c == '\'')) {
    at_ = std::min(quoted_end(text_, at_), text_.size());
    is_fresh_ = false;
  } else if (is_fresh_ && !in_flow() && (c == '|' || c == '>')) {
    at_ = block_scalar_end(text_, at_);
  } else if (is_fresh_ && (c == '&' || c == '*' || c == '!')) {
    while (!ends_word(peek()) && std::string_view(",[]{}").find(peek()) == npos) {
      ++at_;
    }
  } else {
    plain();
  }
}

/// The library keeps some 300 bytes for each entry until the outermost bracket closes.
void Lexer::count_entry() {
  constexpr std::size_t kMost = 1'000'000;
  entries_ = depth_ == 0 ? 1 : entries_ + 1;
  if (entries_ > kMost) {
    trouble_ = {"OUT-E1101",
                at_,
                at_ + 1,
                "more than a million entries in one pair of brackets",
                "write a list this long with dashes, or the whole file as JSON",
                std::nullopt};
  }
}

/// Brackets and commas. A bracket in the middle of plain text is text.
bool Lexer::opens_or_closes() {
  const char c = peek();
  if ((c == '[' || c == '{') && (is_fresh_ || in_flow())) {
    if (depth_ >= depth_limit_) {
      trouble_ = {"OUT-E1103",
                  at_,
                  at_ + 1,
                  fmt::format("more than {} lists and maps lie inside each other", depth_limit_),
                  "is this file what you meant to give?",
                  std::nullopt};
    }
    count_entry();
    ++depth_;
    is_fresh_ = true;
  } else if ((c == ']' || c == '}') && in_flow()) {
    --depth_;
    is_fresh_ = false;
  } else if (c == ',' && in_flow()) {
    count_entry();
    is_fresh_ = true;
  } else {
    return false;
  }
  ++at_;
  return true;
}

/// The - ? and : after which a value begins.
bool Lexer::starts_value() {
  const char c = peek();
  const bool is_entry = (c == '-' || c == '?') && is_fresh_ && ends_word(peek(1));
  const bool is_colon = c == ':' && (ends_word(peek(1)) || (in_flow() && !is_fresh_));
  if (is_entry || is_colon) {
    ++at_;
    is_fresh_ = true;
  }
  return is_entry || is_colon;
}

/// Words without quotes, to a colon, comment or line end; in brackets to a comma or bracket too.
void Lexer::plain() {
  const auto ends_here = [&] {
    return at_line_end() || (peek() == ':' && ends_word(peek(1))) ||
           (peek() == '#' && is_blank(text_[at_ - 1])) ||
           (in_flow() && std::string_view(",[]{}").find(peek()) != npos);
  };
  do {
    ++at_;
  } while (!ends_here());
  is_fresh_ = false;
  plain_indent_ = at_line_end() ? indent_ : npos;
}

/// Bytes that are not text: YAML allows no control characters but tab and line ends.
std::optional<YamlTrouble> find_no_text(std::string_view text) {
  const std::size_t broken = find_broken_utf8(text);
  if (broken != npos) {
    return YamlTrouble{"OUT-E1102",
                       broken,
                       broken + 1,
                       "this byte is not UTF-8",
                       "save the file as UTF-8; or is it a binary file?",
                       std::nullopt};
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    const bool is_line_end = c == '\r' && (at + 1 == text.size() || text[at + 1] == '\n');
    if (c < 0x20 && c != '\t' && c != '\n' && !is_line_end) {
      return YamlTrouble{"OUT-E1102",
                         at,
                         at + 1,
                         c == '\r' ? "a carriage return stands alone"
                                   : "a control character may not stand in YAML",
                         c == '\r'
                             ? "end lines with a line feed"
                             : "write it as an escape in double quotes; or is the file binary?",
                         std::nullopt};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<YamlTrouble> find_yaml_trouble(std::string_view text, std::size_t depth_limit) {
  if (auto trouble = find_no_text(text)) {
    return trouble;
  }
  return Lexer(text, depth_limit).run();
}

}  // namespace outlast::base
