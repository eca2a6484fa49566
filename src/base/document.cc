#include "base/document.h"

#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "base/assert.h"

namespace outlast::base {

namespace {

bool is_scalar_with_text(NodeKind kind) {
  return kind == NodeKind::boolean || kind == NodeKind::number || kind == NodeKind::string;
}

template <class T>
std::optional<T> parse_all(std::string_view digits, int base) {
  T value = {};
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// The integers of YAML that JSON has not: 0x1F, 0o17.
std::optional<std::int64_t> parse_prefixed(std::string_view text) {
  if (text.starts_with("0x")) {
    return parse_all<std::int64_t>(text.substr(2), 16);
  }
  return text.starts_with("0o") ? parse_all<std::int64_t>(text.substr(2), 8) : std::nullopt;
}

std::string_view without_plus(std::string_view text) {
  return text.starts_with('+') ? text.substr(1) : text;
}

/// Whether a number out of the range of double is too small for it rather than too large.
bool is_tiny(std::string_view number) {
  const std::size_t exponent = number.find_first_of("eE");
  return exponent == std::string_view::npos ? number.find('.') < 300
                                            : number.substr(exponent + 1).starts_with('-');
}

}  // namespace

std::string_view words_for(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::boolean:
      return "true or false";
    case NodeKind::number:
      return "a number";
    case NodeKind::string:
      return "text";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      return "a map";
    case NodeKind::unknown:
      break;
  }
  return "something unknown";
}

NodeKind Node::kind() const {
  return exists() ? document_->nodes_[index_].kind : NodeKind::null;
}

Span Node::span() const {
  if (!exists()) {
    return {};
  }
  const Document::Item& item = document_->nodes_[index_];
  return {document_->source_, item.begin, item.end};
}

std::string_view Node::text() const {
  if (!exists() || !is_scalar_with_text(kind())) {
    return {};
  }
  const Document::Item& item = document_->nodes_[index_];
  if (item.is_copied) {
    return std::string_view(document_->strings_).substr(item.first, item.count);
  }
  const std::uint32_t quote = item.kind == NodeKind::string ? 1 : 0;
  return {document_->source_text_ + item.begin + quote, item.end - item.begin - 2 * quote};
}

std::optional<bool> Node::as_bool() const {
  // YAML also writes True and TRUE.
  return is(NodeKind::boolean) ? std::optional(text().starts_with('t') || text().starts_with('T'))
                               : std::nullopt;
}

std::optional<double> Node::as_number() const {
  if (!is(NodeKind::number)) {
    return std::nullopt;
  }
  if (const auto prefixed = parse_prefixed(text())) {
    return static_cast<double>(*prefixed);
  }
  const std::string_view digits = without_plus(text());
  double value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range && is_tiny(digits)) {
    return 0.0;
  }
  const bool is_read = error == std::errc() && stop == digits.data() + digits.size();
  return is_read ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> Node::as_integer() const {
  if (!is(NodeKind::number)) {
    return std::nullopt;
  }
  if (const auto prefixed = parse_prefixed(text())) {
    return prefixed;
  }
  if (const auto integer = parse_all<std::int64_t>(without_plus(text()), 10)) {
    return integer;
  }
  // 3.0 and 1e6 are integers too, as far as a double tells them apart.
  constexpr double kLargestExact = 9007199254740992.0;
  const std::optional<double> number = as_number();
  if (!number || std::abs(*number) > kLargestExact || std::trunc(*number) != *number) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

std::size_t Node::size() const {
  if (!is(NodeKind::list) && !is(NodeKind::map)) {
    return 0;
  }
  const std::uint32_t count = document_->nodes_[index_].count;
  return kind() == NodeKind::map ? count / 2 : count;
}

// Keys and values alternate, so the i-th value of a map is child 2 i + 1.
Node Node::at(std::size_t i) const {
  if (i >= size()) {
    return {};
  }
  const std::size_t offset = kind() == NodeKind::map ? 2 * i + 1 : i;
  return {document_, document_->nodes_[index_].first + static_cast<std::uint32_t>(offset)};
}

std::string_view Node::key(std::size_t i) const {
  const Node value = is(NodeKind::map) ? at(i) : Node();
  return value.exists() ? Node(document_, value.index_ - 1).text() : std::string_view();
}

Span Node::key_span(std::size_t i) const {
  const Node value = is(NodeKind::map) ? at(i) : Node();
  return value.exists() ? Node(document_, value.index_ - 1).span() : Span();
}

Node Node::operator[](std::string_view key) const {
  const std::size_t members = is(NodeKind::map) ? size() : 0;
  for (std::size_t i = 0; i < members; ++i) {
    if (this->key(i) == key) {
      return at(i);
    }
  }
  return {};
}

std::uint32_t DocumentBuilder::add(Document::Item item) {
  made_.push_back(item);
  return static_cast<std::uint32_t>(made_.size() - 1);
}

std::uint32_t DocumentBuilder::scalar(NodeKind kind, std::string_view text, std::uint32_t begin,
                                      std::uint32_t end) {
  OUTLAST_ASSERT(text.size() <= Document::kMostChildren, "a copied scalar has less than 256 MiB");
  Document::Item item;
  item.begin = begin;
  item.end = end;
  item.first = static_cast<std::uint32_t>(document_.strings_.size());
  item.count = static_cast<std::uint32_t>(text.size()) & Document::kMostChildren;
  item.kind = kind;
  item.is_copied = true;
  document_.strings_ += text;
  return add(item);
}

/// Children may have been made in any order and anywhere; here they come to lie side by side.
std::uint32_t DocumentBuilder::collection(NodeKind kind, const std::vector<std::uint32_t>& children,
                                          std::uint32_t begin, std::uint32_t end) {
  OUTLAST_ASSERT(children.size() <= Document::kMostChildren, "readers limit the number of nodes");
  Document::Item item;
  item.begin = begin;
  item.end = end;
  item.first = static_cast<std::uint32_t>(document_.nodes_.size());
  item.count = static_cast<std::uint32_t>(children.size()) & Document::kMostChildren;
  item.kind = kind;
  for (const std::uint32_t child : children) {
    document_.nodes_.push_back(made_[child]);
  }
  return add(item);
}

std::uint32_t DocumentBuilder::list(const std::vector<std::uint32_t>& values, std::uint32_t begin,
                                    std::uint32_t end) {
  return collection(NodeKind::list, values, begin, end);
}

std::uint32_t DocumentBuilder::map(const std::vector<std::uint32_t>& members, std::uint32_t begin,
                                   std::uint32_t end) {
  OUTLAST_ASSERT(members.size() % 2 == 0, "members alternate key and value");
  return collection(NodeKind::map, members, begin, end);
}

std::string_view DocumentBuilder::text(std::uint32_t scalar) const {
  const Document::Item& item = made_[scalar];
  return std::string_view(document_.strings_).substr(item.first, item.count);
}

Document DocumentBuilder::finish(std::uint32_t root) {
  document_.root_ = static_cast<std::uint32_t>(document_.nodes_.size());
  document_.nodes_.push_back(made_[root]);
  return std::move(document_);
}

}  // namespace outlast::base
