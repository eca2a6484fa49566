#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "import/hcl_syntax.h"
#include "import/hcl_tokens.h"

namespace outlast::import {

/// Reads Terraform's language by recursive descent: the attributes and blocks of a file, expressions
/// by the precedence of their operators. Ends of lines matter between attributes and not within
/// brackets, so it counts the brackets that are open. Templates ("a ${b} c") are cut into parts, and
/// each part is read by a parser of its own.
class HclParser {
 public:
  using Kind = HclExpression::Kind;
  using TokenKind = HclToken::Kind;

  HclParser(const std::vector<HclToken>& tokens, base::SourceId source, std::size_t depth,
            base::Diagnostics& diagnostics)
      : tokens_(tokens), source_(source), depth_(depth), diagnostics_(diagnostics) {}

  /// A string of JSON, its escapes resolved: a template, or an expression. What is wrong is told
  /// and not known.
  static HclExpression part_of_json(std::string_view text, base::Span span, bool is_template,
                                    base::Diagnostics& diagnostics);

  HclBody file() { return read_body(TokenKind::end); }
  HclExpression whole_expression();
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  static constexpr std::size_t kDeepest = 120;

  [[nodiscard]] base::Span span(std::uint32_t begin, std::uint32_t end) const {
    return {source_, begin, end};
  }
  /// Of the token that comes next: within brackets ends of lines do not count.
  [[nodiscard]] std::size_t ahead() const {
    std::size_t at = at_;
    while (brackets_ > 0 && tokens_[at].kind == TokenKind::line_end) {
      ++at;
    }
    return at;
  }
  [[nodiscard]] const HclToken& peek() const { return tokens_[ahead()]; }
  HclToken next() {
    const std::size_t at = ahead();
    at_ = at + (tokens_[at].kind == TokenKind::end ? 0 : 1);
    return tokens_[at];
  }
  [[nodiscard]] bool is_sign(std::string_view sign) const {
    return peek().kind == TokenKind::sign && peek().text == sign;
  }
  bool take_sign(std::string_view sign) {
    const bool is_there = is_sign(sign);
    at_ = is_there ? ahead() + 1 : at_;
    return is_there;
  }
  void skip_line_ends() {
    while (tokens_[at_].kind == TokenKind::line_end) {
      ++at_;
    }
  }
  /// Tells the first mistake alone.
  void fail(std::string message);
  void expect(std::string_view sign);

  HclBody read_body(TokenKind until);
  void read_item(HclBody& body);

  HclExpression make(Kind kind, const HclToken& token) {
    HclExpression e;
    e.kind = kind;
    e.span = span(token.begin, token.end);
    return e;
  }
  HclExpression expression();
  [[nodiscard]] std::uint32_t end_of_last() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }
  HclExpression binary(int level);
  HclExpression unary();
  /// .name, .0, [index], [*] and .* behind a term.
  HclExpression steps(HclExpression value);
  static HclExpression step(Kind kind, HclExpression of);
  HclExpression term();
  HclExpression word();
  /// Ends of lines before a closing bracket do not count, though its group was left.
  void skip_if_bracket_follows(std::string_view sign);
  void read_for_head(HclExpression& e);
  void read_for_condition(HclExpression& e);
  HclExpression bracketed();
  HclExpression braced();
  /// key = value, "key" : value, (expression) = value; a bare word is its own name.
  void read_member(HclExpression& object);
  /// A string with its parts.
  HclExpression template_of(const HclToken& token, bool has_escapes);
  HclExpression part_of(std::string_view text, std::uint32_t begin);

  const std::vector<HclToken>& tokens_;
  base::SourceId source_;
  std::size_t depth_;
  base::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t brackets_ = 0;  ///< open ones within which lines do not end
  bool has_failed_ = false;
};

}  // namespace outlast::import
