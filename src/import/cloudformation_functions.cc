#include "import/cloudformation_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace outlast::import {

using base::NodeKind;

namespace {

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_all = error == std::errc() && end == text.data() + text.size();
  return is_all ? std::optional(number) : std::nullopt;
}

/// "10.0.0.0" as a number.
std::optional<std::uint32_t> address_of(std::string_view text) {
  std::uint32_t address = 0;
  const auto parts = base::split(text, '.');
  for (const std::string_view part : parts) {
    const auto byte = whole_number(part);
    if (parts.size() != 4 || !byte || *byte > 255) {
      return std::nullopt;
    }
    address = address << 8U | *byte;
  }
  return address;
}

bool is_unknown_part(char c) {
  return c == kUnknownPart || c == kStackName;
}

/// Do the known parts of `open`, which begins and ends with unknown ones, follow each other in
/// `text`?
bool holds_in_order(std::string_view text, std::string_view open) {
  while (!open.empty()) {
    const auto end = std::find_if(open.begin(), open.end(), is_unknown_part);
    const auto size = static_cast<std::size_t>(end - open.begin());
    const std::size_t at = text.find(open.substr(0, size));
    if (at == std::string_view::npos) {
      return false;
    }
    text.remove_prefix(at + size);
    open.remove_prefix(std::min(size + 1, open.size()));
  }
  return true;
}

}  // namespace

void append(ValueTree& text, const ValueTree& part) {
  add_uses(text, part);
  text.is_secret = text.is_secret || part.is_secret;
  if (part.is_text()) {
    text.text += part.text;
  } else if (!part.is(NodeKind::null)) {
    text.text += kUnknownPart;
    for (const std::string& use : all_uses(part)) {
      ValueTree one;
      one.uses = {use};
      add_uses(text, one);
    }
  }
}

ValueTree join(const ValueTree& separator, const ValueTree& parts, base::Span span) {
  ValueTree out = text_value("", span);
  if (!parts.is(NodeKind::list)) {
    append(out, parts.is(NodeKind::null) ? unknown_value(span) : parts);
    return out;
  }
  bool is_first = true;
  for (const ValueTree& part : parts.items) {
    if (part.is(NodeKind::null)) {
      continue;
    }
    if (!is_first) {
      append(out, separator);
    }
    is_first = false;
    append(out, part);
  }
  return out;
}

ValueTree split_text(const ValueTree& separator, const ValueTree& text, base::Span span) {
  if (!text.is_text() || separator.text.empty()) {
    ValueTree unknown = unknown_value(span);
    add_uses(unknown, text);
    return unknown;
  }
  ValueTree out;
  out.kind = NodeKind::list;
  out.span = span;
  std::string_view rest = text.text;
  for (bool goes_on = true; goes_on;) {
    const std::size_t end = rest.find(separator.text);
    goes_on = end != std::string_view::npos;
    ValueTree part = text_value(std::string(rest.substr(0, end)), span);
    part.is_secret = text.is_secret;
    for (const std::string& use : text.uses) {
      // Which of the resources a part is made of shows in the part; one that is all unknown may be
      // made of any.
      const std::string name = name_of_resource(use);
      if (part.text.find(name) != std::string::npos || !part.is_closed()) {
        part.uses.push_back(use);
      }
    }
    out.items.push_back(std::move(part));
    rest.remove_prefix(goes_on ? end + separator.text.size() : 0);
  }
  return out;
}

bool is_out_of_range(const ValueTree& index, const ValueTree& list) {
  const bool is_known =
      index.is_text() && index.is_closed() && list.is(NodeKind::list) &&
      std::all_of(list.items.begin(), list.items.end(),
                  [](const ValueTree& item) { return item.is_text() && item.is_closed(); });
  const auto at = is_known ? whole_number(index.text) : std::nullopt;
  return is_known && (!at || *at >= list.items.size());
}

ValueTree select_item(const ValueTree& index, const ValueTree& list, base::Span span) {
  const auto at = index.is_text() ? whole_number(index.text) : std::nullopt;
  if (at && list.is(NodeKind::list) && *at < list.items.size()) {
    return list.items[*at];
  }
  ValueTree unknown = unknown_value(span);
  unknown.uses = all_uses(list);
  return unknown;
}

ValueTree cidr_blocks(const ValueTree& block, const ValueTree& count, const ValueTree& bits,
                      base::Span span) {
  constexpr std::uint32_t kMostBlocks = 256;
  ValueTree out = unknown_value(span);
  const auto number = whole_number(count.text);
  if (!number || *number > kMostBlocks) {
    return out;
  }
  out.kind = NodeKind::list;
  const auto address = address_of(std::string_view(block.text).substr(0, block.text.find('/')));
  const auto width = whole_number(bits.text);
  const bool is_known = address && width && *width < 32 && block.is_closed();
  for (std::uint32_t i = 0; i < *number; ++i) {
    if (!is_known) {
      out.items.push_back(unknown_value(span));
      continue;
    }
    const std::uint32_t from = *address + (i << *width);
    out.items.push_back(text_value(fmt::format("{}.{}.{}.{}/{}", from >> 24U, from >> 16U & 255U,
                                               from >> 8U & 255U, from & 255U, 32 - *width),
                                   span));
  }
  return out;
}

ValueTree comma_list(const ValueTree& text) {
  if (text.is(NodeKind::list)) {
    return text;
  }
  ValueTree out = split_text(text_value(",", text.span), text, text.span);
  for (ValueTree& item : out.items) {
    item.text = std::string(base::trim(item.text));
  }
  if (out.items.size() == 1 && out.items.front().text == std::string(1, kUnknownPart)) {
    ValueTree unknown = unknown_value(text.span);
    unknown.is_secret = text.is_secret;
    return unknown;
  }
  return out;
}

bool may_be_same(std::string_view a, std::string_view b) {
  // Unknown parts of both: what is before the first and behind the last must agree.
  const auto is_open = [](std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_unknown_part);
  };
  if (!is_open(a) && !is_open(b)) {
    return a == b;
  }
  while (!a.empty() && !b.empty() && !is_unknown_part(a.front()) && !is_unknown_part(b.front())) {
    if (a.front() != b.front()) {
      return false;
    }
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && !is_unknown_part(a.back()) && !is_unknown_part(b.back())) {
    if (a.back() != b.back()) {
      return false;
    }
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  return is_open(a) ? is_open(b) || holds_in_order(b, a) : holds_in_order(a, b);
}

}  // namespace outlast::import
