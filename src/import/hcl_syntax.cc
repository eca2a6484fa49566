// Reads Terraform's language by recursive descent.
//
// A file is a list of attributes and blocks; expressions are read by the precedence of their
// operators. Ends of lines matter between attributes and not within brackets, so the parser counts
// the brackets that are open. Templates ("a ${b} c") are cut into parts here, and each part is read
// by a parser of its own.

#include "import/hcl_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "import/hcl_tokens.h"

namespace outlast::import {

namespace {

using Kind = HclExpression::Kind;
using TokenKind = HclToken::Kind;

constexpr std::size_t kDeepest = 120;

int precedence_of(std::string_view sign) {
  constexpr auto kLevels = std::to_array<std::pair<std::string_view, int>>({{"||", 1},
                                                                            {"&&", 2},
                                                                            {"==", 3},
                                                                            {"!=", 3},
                                                                            {"<", 4},
                                                                            {">", 4},
                                                                            {"<=", 4},
                                                                            {">=", 4},
                                                                            {"+", 5},
                                                                            {"-", 5},
                                                                            {"*", 6},
                                                                            {"/", 6},
                                                                            {"%", 6}});
  const auto level =
      std::find_if(kLevels.begin(), kLevels.end(), [&](const auto& l) { return l.first == sign; });
  return level == kLevels.end() ? 0 : level->second;
}

/// A string with its escapes resolved; $${ and %%{ stand for ${ and %{.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_doubled = (text[i] == '$' || text[i] == '%') && i + 2 < text.size() &&
                            text[i + 1] == text[i] && text[i + 2] == '{';
    if (is_doubled) {
      continue;
    }
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  return out;
}

class Parser {
 public:
  Parser(const std::vector<HclToken>& tokens, base::SourceId source, std::size_t depth,
         base::Diagnostics& diagnostics)
      : tokens_(tokens), source_(source), depth_(depth), diagnostics_(diagnostics) {}

  HclBody file() {
    HclBody body = read_body(TokenKind::end);
    return body;
  }

  HclExpression whole_expression() {
    ++brackets_;
    HclExpression value = expression();
    skip_line_ends();
    if (!has_failed_ && peek().kind != TokenKind::end) {
      fail("this does not belong here");
    }
    return value;
  }

  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
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

  void fail(std::string message) {
    if (!std::exchange(has_failed_, true)) {
      const HclToken& token = peek();
      if (token.kind == TokenKind::wrong && token.text == "\"") {
        message = "this string is never closed";
      }
      diagnostics_.error("OUT-E1701", span(token.begin, std::max(token.end, token.begin + 1)),
                         std::move(message), "terraform validate tells more");
    }
  }

  void expect(std::string_view sign) {
    if (!take_sign(sign)) {
      fail(fmt::format("expected \"{}\" here", sign));
    }
  }

  HclBody read_body(TokenKind until) {
    HclBody body;
    const std::size_t outer = std::exchange(brackets_, 0);
    skip_line_ends();
    while (!has_failed_ && peek().kind != until && !is_sign("}")) {
      read_item(body);
      if (!has_failed_ && peek().kind != TokenKind::line_end && peek().kind != TokenKind::end &&
          !is_sign("}")) {
        fail("expected the end of the line here");
      }
      skip_line_ends();
    }
    if (until == TokenKind::end && is_sign("}")) {
      fail("this brace closes nothing");
    }
    brackets_ = outer;
    return body;
  }

  void read_item(HclBody& body) {
    const HclToken name = peek();
    if (name.kind != TokenKind::word && name.kind != TokenKind::text) {
      fail("expected a name or a block here");
      return;
    }
    next();
    if (take_sign("=")) {
      body.attributes.push_back({std::string(name.text), expression(), span(name.begin, name.end)});
      return;
    }
    HclNode block;
    block.kind = name.text;
    while (peek().kind == TokenKind::text || peek().kind == TokenKind::word) {
      block.labels.emplace_back(next().text);
    }
    expect("{");
    if (++depth_ > kDeepest) {
      fail("blocks lie too deep inside each other");
    }
    if (!has_failed_) {
      block.body = read_body(TokenKind::wrong);
    }
    --depth_;
    expect("}");
    block.span = span(name.begin, tokens_[at_ - (at_ > 0 ? 1 : 0)].end);
    body.blocks.push_back(std::move(block));
  }

  HclExpression make(Kind kind, const HclToken& token) {
    HclExpression e;
    e.kind = kind;
    e.span = span(token.begin, token.end);
    return e;
  }

  HclExpression expression() {
    if (++depth_ > kDeepest) {
      fail("expressions lie too deep inside each other");
    }
    const HclToken first = peek();
    HclExpression value = has_failed_ ? HclExpression() : binary(1);
    if (!has_failed_ && take_sign("?")) {
      HclExpression choice = make(Kind::conditional, first);
      ++brackets_;
      choice.children.push_back(std::move(value));
      choice.children.push_back(expression());
      expect(":");
      choice.children.push_back(expression());
      --brackets_;
      value = std::move(choice);
      value.span.end = end_of_last();
    }
    --depth_;
    return value;
  }

  [[nodiscard]] std::uint32_t end_of_last() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }

  HclExpression binary(int level) {
    const HclToken first = peek();
    HclExpression left = unary();
    while (!has_failed_ && peek().kind == TokenKind::sign && precedence_of(peek().text) >= level) {
      const HclToken sign = next();
      HclExpression both = make(Kind::binary, first);
      both.text = sign.text;
      both.children.push_back(std::move(left));
      ++brackets_;
      both.children.push_back(binary(precedence_of(sign.text) + 1));
      --brackets_;
      both.span.end = end_of_last();
      left = std::move(both);
    }
    return left;
  }

  HclExpression unary() {
    if (is_sign("!") || is_sign("-")) {
      const HclToken sign = next();
      HclExpression e = make(Kind::unary, sign);
      e.text = sign.text;
      if (++depth_ > kDeepest) {
        fail("expressions lie too deep inside each other");
        return e;
      }
      e.children.push_back(unary());
      --depth_;
      return e;
    }
    return steps(term());
  }

  /// .name, .0, [index], [*] and .* behind a term.
  HclExpression steps(HclExpression value) {
    while (!has_failed_) {
      const HclToken sign = peek();
      if (take_sign(".")) {
        const HclToken name = next();
        const bool is_splat = name.kind == TokenKind::sign && name.text == "*";
        if (name.kind != TokenKind::word && name.kind != TokenKind::number && !is_splat) {
          fail("expected a name behind the dot");
        }
        value = step(is_splat ? Kind::splat : Kind::attribute, std::move(value));
        value.text = name.text;
      } else if (sign.kind == TokenKind::sign && sign.text == "[" && sign.begin == value.span.end) {
        next();
        ++brackets_;
        if (take_sign("*")) {
          value = step(Kind::splat, std::move(value));
        } else {
          value = step(Kind::index, std::move(value));
          value.children.push_back(expression());
        }
        --brackets_;
        expect("]");
      } else {
        return value;
      }
      value.span.end = end_of_last();
    }
    return value;
  }

  static HclExpression step(Kind kind, HclExpression of) {
    HclExpression e;
    e.kind = kind;
    e.span = of.span;
    e.children.push_back(std::move(of));
    return e;
  }

  HclExpression term() {
    const HclToken token = peek();
    switch (token.kind) {
      case TokenKind::number: {
        next();
        HclExpression e = make(Kind::number, token);
        e.text = token.text;
        return e;
      }
      case TokenKind::text:
        next();
        return template_of(token, true);
      case TokenKind::heredoc:
        next();
        return template_of(token, false);
      case TokenKind::word:
        return word();
      case TokenKind::sign:
        break;
      case TokenKind::line_end:
      case TokenKind::end:
      case TokenKind::wrong:
        fail("expected a value here");
        return {};
    }
    if (token.text == "(") {
      next();
      ++brackets_;
      HclExpression e = expression();
      --brackets_;
      expect(")");
      e.span = span(token.begin, end_of_last());
      return e;
    }
    if (token.text == "[") {
      return bracketed();
    }
    if (token.text == "{") {
      return braced();
    }
    fail("expected a value here");
    return {};
  }

  HclExpression word() {
    const HclToken token = next();
    if (token.text == "true" || token.text == "false" || token.text == "null") {
      HclExpression e = make(token.text == "null" ? Kind::null : Kind::boolean, token);
      e.text = token.text;
      return e;
    }
    if (!is_sign("(")) {
      HclExpression e = make(Kind::name, token);
      e.text = token.text;
      return e;
    }
    HclExpression call = make(Kind::call, token);
    call.text = token.text;
    next();
    ++brackets_;
    while (!has_failed_ && !is_sign(")")) {
      call.children.push_back(expression());
      call.is_expanded = take_sign("...");
      if (!take_sign(",")) {
        break;
      }
    }
    --brackets_;
    skip_if_bracket_follows(")");
    expect(")");
    call.span.end = end_of_last();
    return call;
  }

  /// Ends of lines before a closing bracket do not count, though its group was left.
  void skip_if_bracket_follows(std::string_view sign) {
    std::size_t at = at_;
    while (tokens_[at].kind == TokenKind::line_end) {
      ++at;
    }
    if (tokens_[at].kind == TokenKind::sign && tokens_[at].text == sign) {
      at_ = at;
    }
  }

  void read_for_head(HclExpression& e) {
    next();  // for
    e.names.emplace_back(next().text);
    if (take_sign(",")) {
      e.names.emplace_back(next().text);
    }
    if (peek().text != "in") {
      fail("expected \"in\" here");
      return;
    }
    next();
    e.children.push_back(expression());
    expect(":");
  }

  void read_for_condition(HclExpression& e) {
    if (peek().kind == TokenKind::word && peek().text == "if") {
      next();
      e.children.push_back(expression());
    }
  }

  HclExpression bracketed() {
    const HclToken open = next();
    ++brackets_;
    HclExpression e = make(Kind::list, open);
    if (peek().kind == TokenKind::word && peek().text == "for") {
      e.kind = Kind::for_list;
      read_for_head(e);
      e.children.push_back(expression());
      read_for_condition(e);
    } else {
      while (!has_failed_ && !is_sign("]")) {
        e.children.push_back(expression());
        if (!take_sign(",")) {
          break;
        }
      }
    }
    --brackets_;
    skip_if_bracket_follows("]");
    expect("]");
    e.span.end = end_of_last();
    return e;
  }

  HclExpression braced() {
    const HclToken open = next();
    ++brackets_;
    HclExpression e = make(Kind::object, open);
    if (peek().kind == TokenKind::word && peek().text == "for") {
      e.kind = Kind::for_object;
      read_for_head(e);
      e.children.push_back(expression());
      expect("=>");
      e.children.push_back(expression());
      take_sign("...");
      read_for_condition(e);
    } else {
      while (!has_failed_ && !is_sign("}")) {
        read_member(e);
      }
    }
    --brackets_;
    skip_if_bracket_follows("}");
    expect("}");
    e.span.end = end_of_last();
    return e;
  }

  /// key = value, "key" : value, (expression) = value; a bare word is its own name.
  void read_member(HclExpression& object) {
    const HclToken key = peek();
    if (key.kind == TokenKind::word && !has_failed_) {
      const std::size_t before = at_;
      next();
      HclExpression name = make(Kind::text, key);
      name.text = key.text;
      if (is_sign("=") || is_sign(":")) {
        object.children.push_back(std::move(name));
      } else {
        at_ = before;
        object.children.push_back(expression());
      }
    } else {
      object.children.push_back(expression());
    }
    if (!take_sign("=") && !take_sign(":")) {
      fail("expected \"=\" behind the key");
      return;
    }
    object.children.push_back(expression());
    take_sign(",");
  }

  /// A string with its parts.
  HclExpression template_of(const HclToken& token, bool has_escapes) {
    HclExpression joined = make(Kind::joined, token);
    std::string_view text = token.text;
    std::uint32_t offset = token.begin + (has_escapes ? 1 : 0);
    std::string plain;
    const auto close_plain = [&] {
      if (!plain.empty()) {
        HclExpression part = make(Kind::text, token);
        part.text = has_escapes ? unescaped(plain) : plain;
        joined.children.push_back(std::move(part));
        plain.clear();
      }
    };
    for (std::size_t at = 0; at < text.size() && !has_failed_;) {
      const bool is_escaped = at > 0 && text[at - 1] == text[at];
      const bool begins =
          (text[at] == '$' || text[at] == '%') && text.substr(at + 1, 1) == "{" && !is_escaped;
      const std::size_t end = begins ? behind_interpolation(text, at + 2) : std::string_view::npos;
      if (end == std::string_view::npos) {
        plain += text[at++];
        continue;
      }
      close_plain();
      if (text[at] == '%') {
        joined.children.push_back(make(Kind::unknown, token));
      } else {
        joined.children.push_back(
            part_of(text.substr(at + 2, end - at - 3),
                    offset + static_cast<std::uint32_t>(has_escapes ? at + 2 : 0)));
      }
      at = end;
    }
    close_plain();
    if (joined.children.empty()) {
      joined.kind = Kind::text;
    } else if (joined.children.size() == 1) {
      HclExpression only = std::move(joined.children.front());
      only.span = joined.span;
      return only;
    }
    return joined;
  }

  HclExpression part_of(std::string_view text, std::uint32_t begin) {
    if (text.starts_with('~')) {
      text.remove_prefix(1);
    }
    if (text.ends_with('~')) {
      text.remove_suffix(1);
    }
    if (depth_ > kDeepest) {
      fail("expressions lie too deep inside each other");
      return {};
    }
    const std::vector<HclToken> tokens = hcl_tokens(text, begin);
    Parser inner(tokens, source_, depth_ + 1, diagnostics_);
    HclExpression value = inner.whole_expression();
    has_failed_ = has_failed_ || inner.has_failed();
    return value;
  }

  const std::vector<HclToken>& tokens_;
  base::SourceId source_;
  std::size_t depth_;
  base::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t brackets_ = 0;  ///< open ones within which lines do not end
  bool has_failed_ = false;
};

}  // namespace

const HclExpression* HclBody::attribute(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const HclAttribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &found->value;
}

std::optional<HclBody> parse_hcl(const base::Sources& sources, base::SourceId source,
                                 base::Diagnostics& diagnostics) {
  const std::vector<HclToken> tokens = hcl_tokens(sources.text(source), 0);
  Parser parser(tokens, source, 0, diagnostics);
  HclBody body = parser.file();
  return parser.has_failed() ? std::nullopt : std::optional(std::move(body));
}

}  // namespace outlast::import
