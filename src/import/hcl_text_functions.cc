// Terraform's functions that make texts.

#include <algorithm>
#include <array>
#include <string>

#include "base/json_writer.h"
#include "base/text.h"
#include "import/cloudformation_functions.h"
#include "import/hcl_function_table.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

ValueTree to_upper(const Arguments& a, Span span) {
  std::string out = a[0].text;
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return text_value(std::move(out), span);
}

/// The first letter of each word as a capital.
ValueTree title(const Arguments& a, Span span) {
  std::string out = a[0].text;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = i == 0 || out[i - 1] == ' ' ? upper(out[i]) : out[i];
  }
  return text_value(std::move(out), span);
}

ValueTree trim_prefix(const Arguments& a, Span span) {
  return text_value(
      a[0].text.starts_with(a[1].text) ? a[0].text.substr(a[1].text.size()) : a[0].text, span);
}

ValueTree trim_suffix(const Arguments& a, Span span) {
  const std::string& text = a[0].text;
  return text_value(
      text.ends_with(a[1].text) ? text.substr(0, text.size() - a[1].text.size()) : text, span);
}

/// Without the characters of the second at both ends.
ValueTree trim(const Arguments& a, Span span) {
  const auto first = a[0].text.find_first_not_of(a[1].text);
  const auto last = a[0].text.find_last_not_of(a[1].text);
  return text_value(first == std::string::npos ? "" : a[0].text.substr(first, last - first + 1),
                    span);
}

/// A length of -1 is all the rest; a negative offset counts from the end.
ValueTree substr(const Arguments& a, Span span) {
  const auto offset = number_of(a[1]);
  const auto length = number_of(a[2]);
  const auto size = static_cast<double>(a[0].text.size());
  const bool is_ascii = std::all_of(a[0].text.begin(), a[0].text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 128; });
  if (!offset || !length || !is_ascii) {
    return unknown_of(a, span);
  }
  const double from = std::clamp(*offset < 0 ? size + *offset : *offset, 0.0, size);
  const double count = *length < 0 ? size : std::min(*length, size);
  return text_value(
      a[0].text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count)), span);
}

/// As far as it may be known.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from);
       at != std::string::npos && !from.empty() && text.size() <= kMostText;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

ValueTree replace(const Arguments& a, Span span) {
  // Between slashes it is a pattern, which is not worked out.
  return a[1].text.starts_with('/') ? unknown_of(a, span)
                                    : text_value(replaced(a[0].text, a[1].text, a[2].text), span);
}

/// %s, %d, %q, %v and numbers of digits; anything else is not known.
ValueTree format_text(const Arguments& a, Span span) {
  if (!a[0].is_closed()) {
    return unknown_of(a, span);
  }
  ValueTree out = text_value("", span);
  std::size_t next = 1;
  std::string_view rest = a[0].text;
  while (!rest.empty()) {
    const std::size_t percent = rest.find('%');
    out.text += rest.substr(0, percent);
    if (percent == std::string_view::npos || percent + 1 >= rest.size()) {
      break;
    }
    rest.remove_prefix(percent + 1);
    std::size_t width = 0;
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
      width = std::min<std::size_t>(width * 10 + static_cast<std::size_t>(rest.front() - '0'), 64);
      rest.remove_prefix(1);
    }
    const char verb = rest.empty() ? '\0' : rest.front();
    if (verb == '%') {
      out.text += '%';
    } else if (next < a.size() && std::string_view("sdvqi").find(verb) != std::string_view::npos) {
      const ValueTree& value = a[next++];
      out.text += value.text.size() < width ? std::string(width - value.text.size(), '0') : "";
      append(out, value);
    } else {
      return unknown_of(a, span);
    }
    rest.remove_prefix(1);
  }
  return out;
}

/// One text for each item of its lists; what is no list stands in all of them.
ValueTree format_list(const Arguments& a, Span span) {
  std::size_t count = 1;
  for (const ValueTree& argument : a) {
    count = argument.is(NodeKind::list) ? argument.items.size() : count;
  }
  std::vector<ValueTree> out;
  for (std::size_t i = 0; i < std::min(count, kMostItems); ++i) {
    Arguments one;
    for (const ValueTree& argument : a) {
      const bool is_short = argument.is(NodeKind::list) && argument.items.size() != count;
      if (is_short) {
        return unknown_of(a, span);
      }
      one.push_back(argument.is(NodeKind::list) ? argument.items[i] : argument);
    }
    out.push_back(format_text(one, span));
  }
  return list_value(std::move(out), span);
}

void write_json(base::JsonWriter& json, const ValueTree& value) {
  if (value.is(NodeKind::map)) {
    json.begin_object();
    for (const auto& [key, member] : value.members) {
      json.key(key);
      write_json(json, member);
    }
    json.end_object();
  } else if (value.is(NodeKind::list)) {
    json.begin_array();
    for (const ValueTree& item : value.items) {
      write_json(json, item);
    }
    json.end_array();
  } else {
    json.value(value.is_closed() ? std::string_view(value.text) : std::string_view("${unknown}"));
  }
}

/// The text, made of all that the value is made of.
ValueTree json_text(const ValueTree& value, Span span) {
  base::JsonWriter json;
  write_json(json, value);
  ValueTree out = text_value(json.take(), span);
  out.uses = all_uses(value);
  out.is_secret = holds_secret(value);
  return out;
}

ValueTree the_same(const Arguments& a, Span /*span*/) {
  return a[0];
}

ValueTree secret(const Arguments& a, Span /*span*/) {
  ValueTree out = a[0];
  out.is_secret = true;
  return out;
}

constexpr auto kFunctions = std::to_array<HclFunction>({
    {"abspath", 1, 1, Takes::known, the_same},
    {"any", 1, 1, Takes::anything, the_same},
    {"base64encode", 1, 1, Takes::anything, the_same},
    {"basename", 1, 1, Takes::known, the_same},
    {"chomp", 1, 1, Takes::known,
     [](const Arguments& a, Span span) {
       const auto end = a[0].text.find_last_not_of("\r\n");
       return text_value(end == std::string::npos ? "" : a[0].text.substr(0, end + 1), span);
     }},
    {"dirname", 1, 1, Takes::known, the_same},
    {"endswith", 2, 2, Takes::known,
     [](const Arguments& a, Span span) {
       return bool_value(a[0].text.ends_with(a[1].text), span);
     }},
    {"format", 1, kAnyNumber, Takes::anything, format_text},
    {"formatlist", 1, kAnyNumber, Takes::anything, format_list},
    {"join", 2, 2, Takes::anything,
     [](const Arguments& a, Span span) {
       return a[0].text.size() * a[1].items.size() > kMostText ? unknown_of(a, span)
                                                               : join(a[0], a[1], span);
     }},
    {"jsonencode", 1, 1, Takes::anything,
     [](const Arguments& a, Span span) { return json_text(a[0], span); }},
    {"lower", 1, 1, Takes::known,
     [](const Arguments& a, Span span) { return text_value(base::to_lower(a[0].text), span); }},
    {"nonsensitive", 1, 1, Takes::anything, the_same},
    {"replace", 3, 3, Takes::known, replace},
    {"sensitive", 1, 1, Takes::anything, secret},
    {"split", 2, 2, Takes::anything,
     [](const Arguments& a, Span span) { return split_text(a[0], a[1], span); }},
    {"startswith", 2, 2, Takes::known,
     [](const Arguments& a, Span span) {
       return bool_value(a[0].text.starts_with(a[1].text), span);
     }},
    {"strcontains", 2, 2, Takes::known,
     [](const Arguments& a, Span span) {
       return bool_value(a[0].text.find(a[1].text) != std::string::npos, span);
     }},
    {"strrev", 1, 1, Takes::known,
     [](const Arguments& a, Span span) {
       return text_value({a[0].text.rbegin(), a[0].text.rend()}, span);
     }},
    {"substr", 3, 3, Takes::known, substr},
    {"title", 1, 1, Takes::known, title},
    {"tobool", 1, 1, Takes::anything, the_same},
    {"tonumber", 1, 1, Takes::anything, the_same},
    {"tostring", 1, 1, Takes::anything, the_same},
    {"trim", 2, 2, Takes::known, trim},
    {"trimprefix", 2, 2, Takes::known, trim_prefix},
    {"trimspace", 1, 1, Takes::known,
     [](const Arguments& a,
        Span span) { return text_value(std::string(base::trim(a[0].text)), span); }},
    {"trimsuffix", 2, 2, Takes::known, trim_suffix},
    {"upper", 1, 1, Takes::known, to_upper},
});

}  // namespace

std::span<const HclFunction> text_functions() {
  return kFunctions;
}

}  // namespace outlast::import
