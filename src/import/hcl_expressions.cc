// Expressions of Terraform's language, by the precedence of their operators.

#include <algorithm>
#include <array>
#include <utility>

#include "import/hcl_parser.h"

namespace outlast::import {
namespace {

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

}  // namespace

HclExpression HclParser::whole_expression() {
  ++brackets_;
  HclExpression value = expression();
  skip_line_ends();
  if (!has_failed_ && peek().kind != TokenKind::end) {
    fail("this does not belong here");
  }
  return value;
}

HclExpression HclParser::expression() {
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

HclExpression HclParser::binary(int level) {
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

HclExpression HclParser::unary() {
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

HclExpression HclParser::steps(HclExpression value) {
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

HclExpression HclParser::step(Kind kind, HclExpression of) {
  HclExpression e;
  e.kind = kind;
  e.span = of.span;
  e.children.push_back(std::move(of));
  return e;
}

HclExpression HclParser::term() {
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

HclExpression HclParser::word() {
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

void HclParser::skip_if_bracket_follows(std::string_view sign) {
  std::size_t at = at_;
  while (tokens_[at].kind == TokenKind::line_end) {
    ++at;
  }
  if (tokens_[at].kind == TokenKind::sign && tokens_[at].text == sign) {
    at_ = at;
  }
}

void HclParser::read_for_head(HclExpression& e) {
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

void HclParser::read_for_condition(HclExpression& e) {
  if (peek().kind == TokenKind::word && peek().text == "if") {
    next();
    e.children.push_back(expression());
  }
}

HclExpression HclParser::bracketed() {
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

HclExpression HclParser::braced() {
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

void HclParser::read_member(HclExpression& object) {
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

}  // namespace outlast::import
