#include "import/hcl_tokens.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace outlast::import {

namespace {

constexpr auto npos = std::string_view::npos;

bool begins_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_in_word(char c) {
  return begins_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-';
}

constexpr std::size_t kDeepestTemplate = 64;  ///< strings within parts of strings

std::size_t behind_part(std::string_view text, std::size_t at, std::size_t depth);

/// Behind the quote that closes the string whose contents begin at `at`; npos if there is none.
std::size_t behind_string(std::string_view text, std::size_t at, std::size_t depth) {
  while (depth < kDeepestTemplate && at < text.size() && text[at] != '"' && text[at] != '\n') {
    if (text[at] == '\\') {
      at += 2;
    } else if ((text[at] == '$' || text[at] == '%') && text.substr(at + 1, 1) == "{") {
      const bool is_escaped = at > 0 && text[at - 1] == text[at];
      const std::size_t end = is_escaped ? at + 2 : behind_part(text, at + 2, depth + 1);
      if (end == npos) {
        return npos;
      }
      at = end;
    } else {
      ++at;
    }
  }
  return at < text.size() && text[at] == '"' ? at + 1 : npos;
}

std::size_t behind_part(std::string_view text, std::size_t at, std::size_t depth) {
  std::size_t open = 1;
  while (at < text.size() && open > 0) {
    if (text[at] == '"') {
      at = behind_string(text, at + 1, depth);
      if (at == npos) {
        return npos;
      }
      continue;
    }
    open += text[at] == '{' ? 1 : 0;
    open -= text[at] == '}' ? 1 : 0;
    ++at;
  }
  return open == 0 ? at : npos;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::uint32_t base) : text_(text), base_(base) {}

  std::vector<HclToken> run() {
    bool goes_on = true;
    while (goes_on) {
      skip_blank();
      goes_on = at_ < text_.size() && take();
    }
    add(HclToken::Kind::end, at_, at_, {});
    return std::move(tokens_);
  }

 private:
  void add(HclToken::Kind kind, std::size_t begin, std::size_t end, std::string_view inside) {
    tokens_.push_back({kind, inside, base_ + static_cast<std::uint32_t>(begin),
                       base_ + static_cast<std::uint32_t>(std::min(end, text_.size()))});
    at_ = std::min(end, text_.size());
  }

  bool wrong(std::size_t begin) {
    add(HclToken::Kind::wrong, begin, begin + 1, text_.substr(begin, 1));
    return false;
  }

  void skip_blank() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("/*")) {
        const std::size_t end = rest.find("*/", 2);
        at_ = end == npos ? text_.size() : at_ + end + 2;
      } else if (rest.front() == '#' || rest.starts_with("//")) {
        at_ += std::min(rest.find('\n'), rest.size());
      } else if (rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool take() {
    const char c = text_[at_];
    if (c == '\n') {
      add(HclToken::Kind::line_end, at_, at_ + 1, "\n");
    } else if (c == '"') {
      const std::size_t end = behind_string(text_, at_ + 1, 0);
      if (end == npos) {
        return wrong(at_);
      }
      add(HclToken::Kind::text, at_, end, text_.substr(at_ + 1, end - at_ - 2));
    } else if (text_.substr(at_, 2) == "<<" && at_ + 2 < text_.size() &&
               (begins_word(text_[at_ + 2]) || text_[at_ + 2] == '-')) {
      return take_heredoc();
    } else if (begins_word(c)) {
      std::size_t end = at_;
      while (end < text_.size() && is_in_word(text_[end])) {
        ++end;
      }
      add(HclToken::Kind::word, at_, end, text_.substr(at_, end - at_));
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      take_number();
    } else {
      return take_sign();
    }
    return true;
  }

  void take_number() {
    std::size_t end = at_;
    const auto is_digit = [&](std::size_t i) {
      return i < text_.size() && std::isdigit(static_cast<unsigned char>(text_[i])) != 0;
    };
    while (is_digit(end)) {
      ++end;
    }
    if (end < text_.size() && text_[end] == '.' && is_digit(end + 1)) {
      ++end;
      while (is_digit(end)) {
        ++end;
      }
    }
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
      const bool has_sign =
          end + 1 < text_.size() && (text_[end + 1] == '-' || text_[end + 1] == '+');
      if (is_digit(end + (has_sign ? 2 : 1))) {
        end += has_sign ? 2 : 1;
        while (is_digit(end)) {
          ++end;
        }
      }
    }
    add(HclToken::Kind::number, at_, end, text_.substr(at_, end - at_));
  }

  bool take_sign() {
    constexpr auto kSigns = std::to_array<std::string_view>(
        {"...", "==", "!=", "<=", ">=", "&&", "||", "=>", "{", "}", "[", "]", "(", ")",
         "=",   ",",  ".",  ":",  "?",  "+",  "-",  "*",  "/", "%", "!", "<", ">"});
    const std::string_view rest = text_.substr(at_);
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                   [&](std::string_view s) { return rest.starts_with(s); });
    if (sign == kSigns.end()) {
      return wrong(at_);
    }
    add(HclToken::Kind::sign, at_, at_ + sign->size(), rest.substr(0, sign->size()));
    return true;
  }

  /// <<EOT or <<-EOT up to a line that holds nothing but the word.
  bool take_heredoc() {
    const std::size_t begin = at_;
    std::size_t word = at_ + 2 + (text_[at_ + 2] == '-' ? 1 : 0);
    const std::size_t line = text_.find('\n', word);
    const std::string_view mark = base::trim(text_.substr(word, line == npos ? 0 : line - word));
    for (std::size_t at = line; at != npos && !mark.empty();) {
      const std::size_t next = text_.find('\n', at + 1);
      const std::string_view content =
          base::trim(text_.substr(at + 1, next == npos ? npos : next - at - 1));
      if (content == mark) {
        add(HclToken::Kind::heredoc, begin, next == npos ? text_.size() : next,
            at > line ? text_.substr(line + 1, at - line) : std::string_view());
        return true;
      }
      at = next;
    }
    return wrong(begin);
  }

  std::string_view text_;
  std::uint32_t base_;
  std::size_t at_ = 0;
  std::vector<HclToken> tokens_;
};

}  // namespace

std::size_t behind_interpolation(std::string_view text, std::size_t at) {
  return behind_part(text, at, 0);
}

std::vector<HclToken> hcl_tokens(std::string_view text, std::uint32_t base) {
  return Lexer(text, base).run();
}

}  // namespace outlast::import
