#include "import/hcl_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/units.h"
#include "import/cloudformation_functions.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

constexpr std::size_t kMostItems = 4096;

using Arguments = std::vector<ValueTree>;

ValueTree unknown_of(const Arguments& arguments, Span span) {
  ValueTree out = unknown_value(span);
  for (const ValueTree& argument : arguments) {
    ValueTree all;
    all.uses = all_uses(argument);
    add_uses(out, all);
    out.is_secret = out.is_secret || holds_secret(argument);
  }
  return out;
}

bool is_list(const ValueTree& value) {
  return value.is(NodeKind::list);
}
bool is_map(const ValueTree& value) {
  return value.is(NodeKind::map);
}

std::vector<ValueTree> values_of(const ValueTree& value) {
  std::vector<ValueTree> out = value.items;
  for (const auto& [key, member] : value.members) {
    out.push_back(member);
  }
  return out;
}

ValueTree length_of(const ValueTree& value, Span span) {
  if (value.is_text() && !value.is_closed()) {
    return unknown_value(span);
  }
  const std::size_t size = is_list(value)  ? value.items.size()
                           : is_map(value) ? value.members.size()
                                           : value.text.size();
  return number_value(static_cast<double>(size), span);
}

ValueTree flatten(const ValueTree& value, Span span) {
  std::vector<ValueTree> out;
  for (const ValueTree& item : value.items) {
    if (is_list(item)) {
      const ValueTree inner = flatten(item, span);
      out.insert(out.end(), inner.items.begin(), inner.items.end());
    } else {
      out.push_back(item);
    }
  }
  out.resize(std::min(out.size(), kMostItems));
  return list_value(std::move(out), span);
}

ValueTree concat(const Arguments& arguments, Span span) {
  std::vector<ValueTree> out;
  for (const ValueTree& argument : arguments) {
    if (!is_list(argument)) {
      return unknown_of(arguments, span);
    }
    out.insert(out.end(), argument.items.begin(), argument.items.end());
  }
  out.resize(std::min(out.size(), kMostItems));
  return list_value(std::move(out), span);
}

ValueTree merged(const Arguments& arguments, Span span) {
  ValueTree out;
  out.kind = NodeKind::map;
  out.span = span;
  for (const ValueTree& argument : arguments) {
    if (argument.is(NodeKind::null)) {
      continue;
    }
    if (!is_map(argument)) {
      return unknown_of(arguments, span);
    }
    for (const auto& [key, value] : argument.members) {
      const auto known = std::find_if(out.members.begin(), out.members.end(),
                                      [&, name = key](const auto& m) { return m.first == name; });
      if (known == out.members.end()) {
        out.members.emplace_back(key, value);
      } else {
        known->second = value;
      }
    }
  }
  return out;
}

ValueTree without_repeats(const ValueTree& list, bool drops_empty, Span span) {
  std::vector<ValueTree> out;
  for (const ValueTree& item : list.items) {
    const bool is_empty = item.is(NodeKind::null) || (item.is_text() && item.text.empty());
    const bool is_repeat =
        !drops_empty && std::any_of(out.begin(), out.end(), [&](const ValueTree& known) {
          return is_known(item) && are_equal(known, item);
        });
    if (!(drops_empty && is_empty) && !is_repeat) {
      out.push_back(item);
    }
  }
  return list_value(std::move(out), span);
}

ValueTree slice(const Arguments& a, Span span) {
  const auto from = number_of(a[1]);
  const auto to = number_of(a[2]);
  const auto size = static_cast<double>(a[0].items.size());
  if (!is_list(a[0]) || !from || !to || *from < 0 || *to > size || *from > *to) {
    return unknown_of(a, span);
  }
  return list_value({a[0].items.begin() + static_cast<std::ptrdiff_t>(*from),
                     a[0].items.begin() + static_cast<std::ptrdiff_t>(*to)},
                    span);
}

ValueTree element(const Arguments& a, Span span) {
  const auto index = number_of(a[1]);
  if (!is_list(a[0]) || a[0].items.empty() || !index || *index < 0) {
    return unknown_of(a, span);
  }
  return a[0]
      .items[static_cast<std::size_t>(std::fmod(*index, static_cast<double>(a[0].items.size())))];
}

ValueTree lookup(const Arguments& a, Span span) {
  if (!is_map(a[0]) || !a[1].is_closed()) {
    return unknown_of(a, span);
  }
  if (const ValueTree* found = a[0].member(a[1].text)) {
    return *found;
  }
  return a.size() > 2 ? a[2] : unknown_of(a, span);
}

ValueTree keys_of(const ValueTree& map, Span span) {
  std::vector<std::string> names;
  for (const auto& [key, value] : map.members) {
    names.push_back(key);
  }
  std::sort(names.begin(), names.end());
  std::vector<ValueTree> out;
  for (std::string& name : names) {
    out.push_back(text_value(std::move(name), span));
  }
  return list_value(std::move(out), span);
}

ValueTree range_of(const Arguments& a, Span span) {
  const auto first = number_of(a[0]);
  const auto second = a.size() > 1 ? number_of(a[1]) : std::optional(0.0);
  const auto step = a.size() > 2 ? number_of(a[2]) : std::optional(1.0);
  if (!first || !second || !step || *step <= 0) {
    return unknown_of(a, span);
  }
  const double from = a.size() > 1 ? *first : 0;
  const double to = a.size() > 1 ? *second : *first;
  std::vector<ValueTree> out;
  for (double x = from; x < to && out.size() < kMostItems; x += *step) {
    out.push_back(number_value(x, span));
  }
  return list_value(std::move(out), span);
}

/// %s, %d, %q, %v and numbers of digits; anything else is not known.
ValueTree format_text(const Arguments& a, Span span) {
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

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos && !from.empty();
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// A part of an IPv4 block: cidrsubnet("10.0.0.0/16", 8, 2) is 10.0.2.0/24.
ValueTree cidr_subnet(const Arguments& a, Span span) {
  const auto slash = a[0].text.find('/');
  const auto bits = number_of(a[1]);
  const auto number = number_of(a[2]);
  const auto prefix = slash == std::string::npos
                          ? std::nullopt
                          : number_of(text_value(a[0].text.substr(slash + 1), span));
  const double size = prefix.value_or(0) + bits.value_or(0);
  if (!prefix || !bits || !number || size > 32 || size < 0 || *number < 0 || *number > 4096) {
    return unknown_of(a, span);
  }
  const ValueTree blocks =
      cidr_blocks(a[0], number_value(*number + 1, span), number_value(32 - size, span), span);
  return is_list(blocks) && !blocks.items.empty() ? blocks.items.back() : unknown_of(a, span);
}

void write_json(base::JsonWriter& json, const ValueTree& value) {
  if (is_map(value)) {
    json.begin_object();
    for (const auto& [key, member] : value.members) {
      json.key(key);
      write_json(json, member);
    }
    json.end_object();
  } else if (is_list(value)) {
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

ValueTree first_given(const Arguments& arguments, bool skips_empty, Span span) {
  for (const ValueTree& argument : arguments) {
    const bool is_empty =
        argument.is(NodeKind::null) || (skips_empty && argument.is_text() && argument.text.empty());
    if (!is_empty) {
      return argument;
    }
  }
  return unknown_of(arguments, span);
}

ValueTree zipped(const Arguments& a, Span span) {
  ValueTree out;
  out.kind = NodeKind::map;
  out.span = span;
  for (std::size_t i = 0; i < std::min(a[0].items.size(), a[1].items.size()); ++i) {
    out.members.emplace_back(a[0].items[i].text, a[1].items[i]);
  }
  return out;
}

ValueTree extreme(const Arguments& arguments, bool is_max, Span span) {
  std::optional<double> best;
  for (const ValueTree& argument : arguments) {
    const auto number = number_of(argument);
    if (!number) {
      return unknown_of(arguments, span);
    }
    best = !best ? *number : is_max ? std::max(*best, *number) : std::min(*best, *number);
  }
  return best ? number_value(*best, span) : unknown_of(arguments, span);
}

ValueTree contains(const Arguments& a, Span span) {
  if (!is_list(a[0]) || !is_known(a[1])) {
    return unknown_of(a, span);
  }
  const bool is_in = std::any_of(a[0].items.begin(), a[0].items.end(),
                                 [&](const ValueTree& item) { return are_equal(item, a[1]); });
  return is_in || is_known(a[0]) ? bool_value(is_in, span) : unknown_of(a, span);
}

/// Functions of one text.
std::optional<ValueTree> text_function(std::string_view name, const Arguments& a, Span span) {
  if (a.empty() || !a[0].is_closed()) {
    return std::nullopt;
  }
  const std::string& text = a[0].text;
  const bool has_two = a.size() > 1 && a[1].is_closed();
  if (name == "lower" || name == "upper") {
    std::string out = base::to_lower(text);
    if (name == "upper") {
      std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      });
    }
    return text_value(out, span);
  }
  if (name == "trimspace") {
    return text_value(std::string(base::trim(text)), span);
  }
  if (name == "trimprefix" && has_two) {
    return text_value(text.starts_with(a[1].text) ? text.substr(a[1].text.size()) : text, span);
  }
  if (name == "trimsuffix" && has_two) {
    return text_value(
        text.ends_with(a[1].text) ? text.substr(0, text.size() - a[1].text.size()) : text, span);
  }
  if (name == "startswith" && has_two) {
    return bool_value(text.starts_with(a[1].text), span);
  }
  if (name == "endswith" && has_two) {
    return bool_value(text.ends_with(a[1].text), span);
  }
  if (name == "replace" && a.size() == 3 && has_two && a[2].is_closed() &&
      !a[1].text.starts_with('/')) {
    return text_value(replaced(text, a[1].text, a[2].text), span);
  }
  if (name == "abspath" || name == "basename" || name == "dirname") {
    return text_value(text, span);
  }
  return std::nullopt;
}

/// Functions of one list or map.
std::optional<ValueTree> collection_function(std::string_view name, const Arguments& a, Span span) {
  if (a.empty() || (!is_list(a[0]) && !is_map(a[0]))) {
    return std::nullopt;
  }
  if (name == "flatten") {
    return flatten(a[0], span);
  }
  if (name == "compact" || name == "distinct" || name == "toset") {
    return without_repeats(a[0], name == "compact", span);
  }
  if (name == "keys") {
    return keys_of(a[0], span);
  }
  if (name == "values") {
    return list_value(values_of(a[0]), span);
  }
  if (name == "tolist" || name == "tomap" || name == "sort") {
    return a[0];
  }
  if (name == "reverse") {
    return list_value({a[0].items.rbegin(), a[0].items.rend()}, span);
  }
  if (name == "one") {
    return a[0].items.empty() ? no_value(span) : a[0].items.front();
  }
  if (name == "zipmap" && a.size() == 2) {
    return zipped(a, span);
  }
  if (name == "slice" && a.size() == 3) {
    return slice(a, span);
  }
  if (name == "element" && a.size() == 2) {
    return element(a, span);
  }
  if (name == "lookup" && a.size() >= 2) {
    return lookup(a, span);
  }
  if (name == "contains" && a.size() == 2) {
    return contains(a, span);
  }
  return std::nullopt;
}

std::optional<ValueTree> other_function(std::string_view name, const Arguments& a, Span span) {
  if (name == "concat") {
    return concat(a, span);
  }
  if (name == "merge") {
    return merged(a, span);
  }
  if (a.empty()) {
    return std::nullopt;
  }
  if (name == "length" && !a[0].is(NodeKind::unknown)) {
    return length_of(a[0], span);
  }
  if (name == "format") {
    return format_text(a, span);
  }
  if (name == "join" && a.size() == 2) {
    return join(a[0], a[1], span);
  }
  if (name == "split" && a.size() == 2) {
    return split_text(a[0], a[1], span);
  }
  if (name == "range") {
    return range_of(a, span);
  }
  if (name == "coalesce" || name == "try" || name == "coalescelist") {
    return first_given(a, name == "coalesce", span);
  }
  if (name == "min" || name == "max") {
    return extreme(a, name == "max", span);
  }
  if (name == "cidrsubnet" && a.size() == 3) {
    return cidr_subnet(a, span);
  }
  if (name == "jsonencode") {
    return json_text(a[0], span);
  }
  if (name == "tostring" || name == "tonumber" || name == "tobool" || name == "base64encode" ||
      name == "nonsensitive" || name == "any") {
    return a[0];
  }
  if (name == "sensitive") {
    ValueTree out = a[0];
    out.is_secret = true;
    return out;
  }
  return std::nullopt;
}

}  // namespace

ValueTree number_value(double number, Span span) {
  ValueTree value = text_value(base::format_number(number), span);
  value.kind = NodeKind::number;
  return value;
}

ValueTree bool_value(bool flag, Span span) {
  ValueTree value = text_value(flag ? "true" : "false", span);
  value.kind = NodeKind::boolean;
  return value;
}

ValueTree list_value(std::vector<ValueTree> items, Span span) {
  ValueTree value;
  value.kind = NodeKind::list;
  value.items = std::move(items);
  value.span = span;
  return value;
}

std::optional<double> number_of(const ValueTree& value) {
  double number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  const bool is_number = value.is_text() && error == std::errc() && stop == end;
  return is_number ? std::optional(number) : std::nullopt;
}

bool is_known(const ValueTree& value) {
  if (is_list(value)) {
    return std::all_of(value.items.begin(), value.items.end(), is_known);
  }
  if (is_map(value)) {
    return std::all_of(value.members.begin(), value.members.end(),
                       [](const auto& member) { return is_known(member.second); });
  }
  return value.is(NodeKind::null) || value.is_closed();
}

bool are_equal(const ValueTree& a, const ValueTree& b) {
  const bool are_texts = a.is_text() && b.is_text();
  if (are_texts) {
    return a.text == b.text;
  }
  if (a.kind != b.kind || a.items.size() != b.items.size() ||
      a.members.size() != b.members.size()) {
    return false;
  }
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), are_equal) &&
         std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
           const ValueTree* other = b.member(member.first);
           return other != nullptr && are_equal(member.second, *other);
         });
}

ValueTree call_function(std::string_view name, const std::vector<ValueTree>& arguments, Span span) {
  for (const auto& function : {text_function, collection_function, other_function}) {
    if (auto value = function(name, arguments, span)) {
      return std::move(*value);
    }
  }
  return unknown_of(arguments, span);
}

}  // namespace outlast::import
