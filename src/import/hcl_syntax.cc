#include "import/hcl_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "import/hcl_parser.h"

namespace outlast::import {

void HclParser::fail(std::string message) {
  if (!std::exchange(has_failed_, true)) {
    const HclToken& token = peek();
    if (token.kind == TokenKind::wrong && token.text == "\"") {
      message = "this string is never closed";
    }
    diagnostics_.error("OUT-E1701", span(token.begin, std::max(token.end, token.begin + 1)),
                       std::move(message), "terraform validate tells more");
  }
}

void HclParser::expect(std::string_view sign) {
  if (!take_sign(sign)) {
    fail(fmt::format("expected \"{}\" here", sign));
  }
}

HclBody HclParser::read_body(TokenKind until) {
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

void HclParser::read_item(HclBody& body) {
  const HclToken name = peek();
  if (name.kind != TokenKind::word && name.kind != TokenKind::text) {
    fail("expected a name or a block here");
    return;
  }
  next();
  if (take_sign("=")) {
    if (body.attribute(name.text) != nullptr) {
      diagnostics_.error("OUT-E1104", span(name.begin, name.end),
                         fmt::format("the key \"{}\" is written twice", name.text),
                         "keep one of the two");
    }
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

const HclExpression* HclBody::attribute(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const HclAttribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &found->value;
}

std::optional<HclBody> parse_hcl(const base::Sources& sources, base::SourceId source,
                                 base::Diagnostics& diagnostics) {
  const std::vector<HclToken> tokens = hcl_tokens(sources.text(source), 0);
  HclParser parser(tokens, source, 0, diagnostics);
  HclBody body = parser.file();
  return parser.has_failed() ? std::nullopt : std::optional(std::move(body));
}

}  // namespace outlast::import
