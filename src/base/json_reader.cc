// The walk over the tokens. A value that is complete waits in pending_ until its parent closes;
// then all children of that parent move together to the end of nodes_, where they lie side by
// side for good, and the parent itself waits in their place. So a node is written twice and needs
// neither a list of children nor a link to the next one: 16 bytes, and the i-th child in one step.

#include "base/json_reader.h"

#include <algorithm>
#include <cstring>

#include "base/json_scalar.h"
#include "base/utf8.h"

namespace outlast::base {

namespace {

/// The four hexadecimal digits of an escape (\u0041); more than 0xFFFF if they are not there.
std::uint32_t escaped_unit(std::string_view written, std::size_t at) {
  constexpr std::uint32_t kNone = 0x10000;
  if (written.size() - at < 6 || written[at] != '\\' || written[at + 1] != 'u') {
    return kNone;
  }
  std::uint32_t value = 0;
  for (const char c : written.substr(at + 2, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    const bool is_letter = lower >= 'a' && lower <= 'f';
    if (!is_letter && (c < '0' || c > '9')) {
      return kNone;
    }
    value = value * 16 + static_cast<std::uint32_t>(is_letter ? lower - 'a' + 10 : c - '0');
  }
  return value;
}

}  // namespace

JsonReader::JsonReader(std::string_view text, SourceId source, std::size_t depth_limit)
    : text_(text), depth_limit_(depth_limit) {
  document_.source_ = source;
  document_.source_text_ = text.data();
}

JsonRefusal JsonReader::read(const std::uint32_t* tokens, std::size_t count) {
  tokens_ = tokens;
  count_ = count;
  // Between two values stands a token, and a list or map has one more: half are nodes, at most.
  const std::size_t most_nodes = count / 2 + 1;
  if (most_nodes > Document::kMostChildren) {
    return JsonRefusal::too_large;
  }
  document_.nodes_.reserve(most_nodes);
  Next next = Next::value;
  while (next == Next::value || next == Next::separator) {
    next = next == Next::value ? take_value() : take_separator();
  }
  if (next == Next::done) {
    document_.root_ = static_cast<std::uint32_t>(document_.nodes_.size());
    document_.nodes_.push_back(pending_.front());
  }
  return refusal_;
}

/// Only white space lies between a scalar and the next token.
std::uint32_t JsonReader::scalar_end() const {
  std::uint32_t end = tokens_[at_ + 1];
  while (end > tokens_[at_] && (text_[end - 1] == ' ' || text_[end - 1] == '\n' ||
                                text_[end - 1] == '\r' || text_[end - 1] == '\t')) {
    --end;
  }
  return end;
}

JsonReader::Next JsonReader::refuse(JsonRefusal why) {
  refusal_ = refusal_ == JsonRefusal::none ? why : refusal_;
  return Next::refused;
}

/// The token at hand begins a value.
JsonReader::Next JsonReader::take_value() {
  switch (token()) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      return take_string() ? Next::separator : refuse(JsonRefusal::syntax);
    default:
      return take_plain() ? Next::separator : refuse(JsonRefusal::syntax);
  }
}

/// A value is complete: a comma follows, its parent closes, or it was the root.
JsonReader::Next JsonReader::take_separator() {
  if (open_.empty()) {
    return at_ == count_ ? Next::done : refuse(JsonRefusal::syntax);
  }
  const bool is_map = open_.back().is_map;
  if (token() == ',') {
    ++at_;
    return is_map ? take_key() : Next::value;
  }
  return token() == (is_map ? '}' : ']') ? close() : refuse(JsonRefusal::syntax);
}

/// A key and its colon.
JsonReader::Next JsonReader::take_key() {
  if (token() != '"' || !take_string() || token() != ':') {
    return refuse(JsonRefusal::syntax);
  }
  ++at_;
  return Next::value;
}

JsonReader::Next JsonReader::open(bool is_map) {
  if (open_.size() >= depth_limit_) {
    return refuse(JsonRefusal::too_deep);
  }
  open_.push_back({static_cast<std::uint32_t>(pending_.size()), tokens_[at_], is_map});
  ++at_;
  if (token() == (is_map ? '}' : ']')) {
    return close();
  }
  return is_map ? take_key() : Next::value;
}

/// Moves the children of the innermost list or map to their place and makes the node itself.
JsonReader::Next JsonReader::close() {
  const Open opened = open_.back();
  open_.pop_back();
  const std::span<const Item> children = std::span<const Item>(pending_).subspan(opened.first);
  if (opened.is_map) {
    check_keys(children);
  }
  Item item;
  item.begin = opened.begin;
  item.end = tokens_[at_] + 1;
  item.first = static_cast<std::uint32_t>(document_.nodes_.size());
  item.count = static_cast<std::uint32_t>(children.size()) & Document::kMostChildren;
  item.kind = opened.is_map ? NodeKind::map : NodeKind::list;
  document_.nodes_.insert(document_.nodes_.end(), children.begin(), children.end());
  pending_.resize(opened.first);
  pending_.push_back(item);
  ++at_;
  return Next::separator;
}

/// A string without a backslash stays where it is written.
bool JsonReader::take_string() {
  Item item;
  item.begin = tokens_[at_];
  item.end = scalar_end();
  item.kind = NodeKind::string;
  if (item.end - item.begin < 2 || text_[item.end - 1] != '"') {
    return false;
  }
  const char* content = text_.data() + item.begin + 1;
  const std::size_t length = item.end - item.begin - 2;
  if (std::memchr(content, '\\', length) != nullptr && !unescape({content, length}, item)) {
    return false;
  }
  pending_.push_back(item);
  ++at_;
  return true;
}

/// null, true, false or a number; nothing else begins a token that is no bracket and no string.
bool JsonReader::take_plain() {
  if (at_ == count_) {
    return false;
  }
  Item item;
  item.begin = tokens_[at_];
  item.end = scalar_end();
  const std::string_view written = text_.substr(item.begin, item.end - item.begin);
  if (written == "null") {
    item.kind = NodeKind::null;
  } else if (written == "true" || written == "false") {
    item.kind = NodeKind::boolean;
  } else if (is_json_number(written)) {
    item.kind = NodeKind::number;
  } else {
    return false;
  }
  pending_.push_back(item);
  ++at_;
  return true;
}

/// Copies a string into strings_ with its escapes replaced; false if one is wrong.
bool JsonReader::unescape(std::string_view written, Item& item) {
  if (written.size() > Document::kMostChildren) {
    refusal_ = JsonRefusal::too_large;
    return false;
  }
  std::string& out = document_.strings_;
  item.first = static_cast<std::uint32_t>(out.size());
  std::size_t at = 0;
  while (at < written.size()) {
    const std::size_t backslash = std::min(written.find('\\', at), written.size());
    out += written.substr(at, backslash - at);
    at = backslash;
    if (at < written.size() && !unescape_one(written, at)) {
      return false;
    }
  }
  item.count = static_cast<std::uint32_t>(out.size() - item.first) & Document::kMostChildren;
  item.is_copied = true;
  return true;
}

bool JsonReader::unescape_one(std::string_view written, std::size_t& at) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  // The closing quote is not escaped, so a character follows.
  const std::size_t letter = kLetters.find(written[at + 1]);
  if (letter != std::string_view::npos) {
    document_.strings_ += kMeanings[letter];
    at += 2;
    return true;
  }
  std::uint32_t unit = escaped_unit(written, at);
  at += 6;
  if (unit >= 0xD800 && unit < 0xDC00 && at <= written.size()) {
    const std::uint32_t low = escaped_unit(written, at);
    at += 6;
    if (low < 0xDC00 || low >= 0xE000) {
      return false;
    }
    unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
    append_utf8(document_.strings_, unit);
    return true;
  }
  if (unit >= 0x10000 || (unit >= 0xD800 && unit < 0xE000)) {
    return false;
  }
  append_utf8(document_.strings_, unit);
  return true;
}

void JsonReader::check_keys(std::span<const Item> members) {
  const auto text_of = [&](const Item& key) {
    return key.is_copied ? std::string_view(document_.strings_).substr(key.first, key.count)
                         : text_.substr(key.begin + 1, key.end - key.begin - 2);
  };
  const auto span_of = [&](std::size_t member) {
    return Span{document_.source_, members[2 * member].begin, members[2 * member].end};
  };
  keys_.clear();
  for (std::size_t i = 0; i < members.size(); i += 2) {
    keys_.push_back(text_of(members[i]));
  }
  for (const auto& [first, again] : duplicates_.find(keys_)) {
    duplicates_.remember(keys_[again], span_of(first), span_of(again));
  }
}

}  // namespace outlast::base
