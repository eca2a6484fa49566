// Problem: which resource a line of Terraform's language belongs to, without Terraform.
// Method:  one walk over the text that knows what hides a brace or a comment (strings with their
//          templates, heredocs, comments) and counts depth; a block begins where words and quoted
//          labels stand before a brace at depth 0.
// Limits:  no expressions are read; JSON syntax (.tf.json) holds no comments and is left out.

#include "import/hcl_blocks.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace outlast::import {
namespace {

constexpr std::size_t kDeepest = 32;  ///< templates in strings in templates

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  HclFile read() {
    while (at_ < text_.size()) {
      step();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_next(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }

  void step() {
    const char c = text_[at_];
    if (c == '#' || is_next("//")) {
      take_comment(c == '#' ? 1 : 2, text_.find('\n', at_), 0);
    } else if (is_next("/*")) {
      take_comment(2, text_.find("*/", at_ + 2), 2);
    } else if (is_next("<<")) {
      skip_heredoc();
    } else if (c == '"') {
      take_string();
    } else if (c == '{' || c == '[' || c == '(') {
      open(c);
    } else if (c == '}' || c == ']' || c == ')') {
      close();
    } else if (is_word(c)) {
      take_word();
    } else {
      if (c == '\n' || c == '=') {
        forget_head();
      }
      ++at_;
    }
  }

  void take_comment(std::size_t mark, std::size_t end, std::size_t closing) {
    end = std::min(end, text_.size());
    const std::size_t line = at_ == 0 ? 0 : text_.rfind('\n', at_ - 1) + 1;
    HclComment comment;
    comment.text =
        base::trim(text_.substr(std::min(at_ + mark, end), end - std::min(at_ + mark, end)));
    comment.begin = static_cast<std::uint32_t>(at_);
    comment.end = static_cast<std::uint32_t>(std::min(end + closing, text_.size()));
    comment.is_alone = base::trim(text_.substr(line, at_ - line)).empty();
    out_.comments.push_back(comment);
    at_ = comment.end;
  }

  /// <<EOT or <<-EOT up to a line that holds the word alone.
  void skip_heredoc() {
    std::size_t begin = at_ + (is_next("<<-") ? 3 : 2);
    std::size_t end = begin;
    while (end < text_.size() && is_word(text_[end])) {
      ++end;
    }
    const std::string_view word = text_.substr(begin, end - begin);
    at_ = end;
    if (word.empty()) {
      return;
    }
    for (std::size_t line = text_.find('\n', end); line != std::string_view::npos;) {
      const std::size_t next = text_.find('\n', line + 1);
      const auto content = text_.substr(line + 1, std::min(next, text_.size()) - line - 1);
      at_ = std::min(next, text_.size());
      if (base::trim(content) == word) {
        return;
      }
      line = next;
    }
    at_ = text_.size();
  }

  void take_string() {
    const std::size_t begin = ++at_;
    skip_string(0);
    if (depth_ == 0 && !kind_.empty()) {
      labels_.emplace_back(text_.substr(begin, at_ - begin));
    }
    at_ += at_ < text_.size() && text_[at_] == '"' ? 1 : 0;
  }

  /// From behind a quote to the closing one, or the line's end where it is missing.
  void skip_string(std::size_t nesting) {
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') {
      if ((is_next("${") || is_next("%{")) && nesting < kDeepest) {
        at_ += 2;
        skip_template(nesting + 1);
      } else {
        at_ += text_[at_] == '\\' ? 2 : 1;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  /// From behind ${ to behind its brace; quotes within nest.
  void skip_template(std::size_t nesting) {
    for (std::size_t braces = 1; at_ < text_.size() && braces > 0; ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        skip_string(nesting);
      }
      const char c = at_ < text_.size() ? text_[at_] : ' ';
      braces += c == '{' ? 1 : 0;
      braces -= c == '}' ? 1 : 0;
    }
    at_ = std::min(at_, text_.size());
  }

  void take_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) {
      ++at_;
    }
    if (depth_ == 0 && kind_.empty()) {
      kind_ = text_.substr(begin, at_ - begin);
      begin_ = begin;
    }
  }

  void forget_head() {
    if (depth_ == 0) {
      kind_ = {};
      labels_.clear();
    }
  }

  void open(char bracket) {
    if (depth_ == 0 && bracket == '{' && !kind_.empty()) {
      out_.blocks.push_back({std::string(kind_), std::move(labels_),
                             static_cast<std::uint32_t>(begin_),
                             static_cast<std::uint32_t>(text_.size())});
      is_in_block_ = true;
    }
    forget_head();
    ++depth_;
    ++at_;
  }

  void close() {
    depth_ -= depth_ > 0 ? 1 : 0;
    ++at_;
    if (depth_ == 0 && is_in_block_) {
      out_.blocks.back().end = static_cast<std::uint32_t>(at_);
      is_in_block_ = false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string_view kind_;
  std::vector<std::string> labels_;
  std::size_t begin_ = 0;
  bool is_in_block_ = false;
  HclFile out_;
};

}  // namespace

HclFile read_hcl(std::string_view text) {
  return Reader(text).read();
}

std::string string_attribute(std::string_view text, const HclBlock& block, std::string_view name) {
  for (std::string_view line :
       base::split(text.substr(block.begin, block.end - block.begin), '\n')) {
    line = base::trim(line);
    if (!line.starts_with(name)) {
      continue;
    }
    std::string_view rest = base::trim(line.substr(name.size()));
    if (rest.size() < 2 || rest.front() != '=') {
      continue;
    }
    rest = base::trim(rest.substr(1));
    const std::size_t end = rest.find('"', 1);
    if (rest.starts_with('"') && end != std::string_view::npos) {
      return std::string(rest.substr(1, end - 1));
    }
  }
  return "";
}

}  // namespace outlast::import
