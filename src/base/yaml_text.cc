// Small readers of pieces of YAML, for places in the text only; values come from the library.
// They are told where a piece begins and what it is, so they need not know the whole grammar.
// Where a text is stranger than they expect they end early: then a caret is too short, no more.

#include "base/yaml_text.h"

#include <algorithm>

#include "base/characters.h"

namespace outlast::base {

namespace {

bool is_space(char c) {
  return is_blank(c) || c == '\n' || c == '\r';
}
bool is_flow(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}
bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

/// 0x1F or 0o17; without a sign, as the core schema has them.
bool is_prefixed(std::string_view value) {
  const std::string_view digits = value.substr(std::min<std::size_t>(2, value.size()));
  return !digits.empty() &&
         ((value.starts_with("0x") && std::all_of(digits.begin(), digits.end(), is_hex)) ||
          (value.starts_with("0o") && std::all_of(digits.begin(), digits.end(), is_octal)));
}

/// [-+]? (digits [. digits?]? | . digits) ([eE] [-+]? digits)?
bool is_number(std::string_view value) {
  const std::size_t first = value.starts_with('-') || value.starts_with('+') ? 1 : 0;
  std::size_t at = skip_digits(value, first);
  std::size_t digits = at - first;
  if (at < value.size() && value[at] == '.') {
    const std::size_t end = skip_digits(value, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits > 0 && at < value.size() && (value[at] == 'e' || value[at] == 'E')) {
    const bool has_sign = at + 1 < value.size() && (value[at + 1] == '-' || value[at + 1] == '+');
    const std::size_t exponent = at + (has_sign ? 2 : 1);
    at = skip_digits(value, exponent);
    digits = at - exponent;
  }
  return digits > 0 && at == value.size();
}

/// Behind one anchor or tag.
std::size_t property_end(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("!<")) {
    return std::min(text.find('>', at), text.size() - 1) + 1;
  }
  while (at < text.size() && !is_space(text[at]) && !is_flow(text[at])) {
    ++at;
  }
  return at;
}

}  // namespace

NodeKind kind_of_plain(std::string_view value) {
  for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
    if (value == word) {
      return NodeKind::boolean;
    }
  }
  if (value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL") {
    return NodeKind::null;
  }
  return is_number(value) || is_prefixed(value) ? NodeKind::number : NodeKind::string;
}

bool is_document_marker(std::string_view text, std::size_t at, std::string_view marker) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return rest.starts_with(marker) &&
         (rest.size() == marker.size() || is_space(rest[marker.size()]));
}

std::size_t skip_properties(std::string_view text, std::size_t at, bool over_lines) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    at = property_end(text, at);
    if (over_lines) {
      at = skip_blank(text, at);
    } else {
      while (at < text.size() && is_blank(text[at])) {
        ++at;
      }
    }
  }
  return at;
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '#' && (at == 0 || is_space(text[at - 1]))) {
      at = line_end(text, at);
    } else if (is_space(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size()) {
    const bool is_doubled = quote == '\'' && text.substr(at).starts_with("''");
    if (text[at] == quote && !is_doubled) {
      return at + 1;
    }
    at += is_doubled || (quote == '"' && text[at] == '\\') ? 2 : 1;
  }
  return npos;
}

// The first line with content fixes the indentation; the scalar ends before the first line that
// has less. What indentation the parent has is not known here, but it is less than that.
std::size_t block_scalar_end(std::string_view text, std::size_t at) {
  const std::size_t begin_of_line = at == 0 ? npos : text.rfind('\n', at - 1);
  const std::size_t own = begin_of_line == npos ? 0 : begin_of_line + 1;
  const std::size_t own_indent = text.find_first_not_of(' ', own) - own;
  // A line that begins with the indicator says nothing of the parent, but is not left of it.
  const bool starts_line = own + own_indent == at;
  const auto may_be_content = [&](std::size_t indent) {
    return indent > own_indent || (starts_line && (own_indent == 0 || indent > 0)) ||
           is_document_marker(text, own, "---");
  };
  std::size_t end = line_end(text, at);
  std::size_t content_indent = npos;
  for (std::size_t next = end; next < text.size();) {
    const std::size_t begin = next + 1;
    next = line_end(text, begin);
    const std::size_t first = std::min(text.find_first_not_of(' ', begin), text.size());
    if (first >= next || text[first] == '\r') {
      continue;  // an empty line belongs to the scalar if more of it follows
    }
    const std::size_t indent = first - begin;
    if (content_indent == npos && may_be_content(indent)) {
      content_indent = indent;
    }
    if (content_indent == npos || indent < content_indent ||
        is_document_marker(text, begin, "---") || is_document_marker(text, begin, "...")) {
      break;
    }
    end = next;
  }
  return end;
}

std::size_t plain_end(std::string_view text, std::size_t at, std::string_view value) {
  for (std::size_t i = 0; i < value.size() && at < text.size();) {
    if (text[at] == value[i]) {
      ++at;
      ++i;
    } else if (is_space(text[at])) {
      // A fold: the line end and the space around it became one space or some line ends.
      while (at < text.size() && is_space(text[at])) {
        ++at;
      }
      while (i < value.size() && is_space(value[i])) {
        ++i;
      }
    } else {
      break;
    }
  }
  return at;
}

std::size_t flow_end(std::string_view text, std::size_t at, char closer) {
  while (at < text.size()) {
    at = skip_blank(text, at);
    if (at == text.size() || text[at] == closer) {
      return std::min(at + 1, text.size());
    }
    if (text[at] == '&' || text[at] == '!') {
      at = property_end(text, at);  // of an empty node
    } else if (text[at] == ',' || text[at] == ':' || text[at] == '?') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace outlast::base
