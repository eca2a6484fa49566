// Strings of Terraform's language, cut into their parts.

#include <utility>

#include "import/hcl_parser.h"

namespace outlast::import {
namespace {

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

}  // namespace

HclExpression HclParser::template_of(const HclToken& token, bool has_escapes) {
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

HclExpression HclParser::part_of_json(std::string_view text, base::Span span, bool is_template,
                                      base::Diagnostics& diagnostics) {
  const HclToken token = {TokenKind::heredoc, text, span.begin, span.end};
  const HclToken end = {TokenKind::end, {}, span.end, span.end};
  const std::vector<HclToken> tokens = {end};
  HclParser parser(tokens, span.source, 0, diagnostics);
  HclExpression value =
      is_template ? parser.template_of(token, false) : parser.part_of(text, span.begin);
  value.span = span;
  if (parser.has_failed()) {
    value = {};
    value.span = span;
  }
  return value;
}

HclExpression HclParser::part_of(std::string_view text, std::uint32_t begin) {
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
  HclParser inner(tokens, source_, depth_ + 1, diagnostics_);
  HclExpression value = inner.whole_expression();
  has_failed_ = has_failed_ || inner.has_failed();
  return value;
}

}  // namespace outlast::import
