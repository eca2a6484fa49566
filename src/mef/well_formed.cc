// Is it XML, and nothing but elements?
//
// Problem: the parser that makes the tree is fast because it lets pass what XML forbids: text around
//   the root, entities that nobody defined, attributes given twice. A model must not mean something
//   else than its author, or another tool, takes it for.
// Method: one pass over the text with the names of the open elements; what is inside a tag is read
//   by the letters, everything between tags is skipped to the next "<" or "&".
// Why it ends: each step goes on in the text or ends it.

#include "mef/well_formed.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

namespace outlast::mef {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool is_space(char c) {
  return kSpaces.find(c) != std::string_view::npos;
}

/// Letters beyond ASCII are taken as they come.
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Is it a character of XML that a number stands for?
bool is_character(std::uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code < 0xD800) ||
         (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
}

bool is_reference_to_character(std::string_view digits) {
  const bool is_hex = digits.starts_with('x');
  digits.remove_prefix(is_hex ? 1 : 0);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
  return error == std::errc() && end == digits.data() + digits.size() && is_character(code);
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t deepest) : text_(text), deepest_(deepest) {}

  std::optional<XmlMistake> run() {
    (void)(has_only_characters() && has_only_markup() && is_complete());
    return std::move(mistake_);
  }

 private:
  bool wrong(std::size_t offset, std::size_t length, std::string message, std::string remedy,
             std::string_view code = "OUT-E1501") {
    mistake_ = {code, offset, length, std::move(message), std::move(remedy)};
    return false;
  }

  bool has_only_characters() {
    const auto* const control = std::find_if(text_.begin(), text_.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ' && !is_space(c);
    });
    return control == text_.end() || wrong(static_cast<std::size_t>(control - text_.begin()), 1,
                                           "this is no XML: a control character", "remove it");
  }

  bool has_only_markup() {
    bool goes_on = true;
    while (goes_on && at_ < text_.size()) {
      goes_on = text_[at_] == '<' ? markup() : characters();
    }
    return goes_on;
  }

  bool is_complete() {
    if (!open_.empty()) {
      return wrong(text_.size(), 1, "the file ends within " + std::string(open_.back()),
                   "its end is missing: is the file complete?");
    }
    return has_root_ || wrong(0, 1, text_.empty() ? "the file is empty" : "there is no element",
                              "give a model in the Open-PSA exchange format");
  }

  /// Text between two tags.
  bool characters() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view between = text_.substr(at_, end - at_);
    const std::size_t first = between.find_first_not_of(kSpaces);
    if (first != std::string_view::npos && !holds_text()) {
      return stray(at_ + first);
    }
    const bool is_right = has_known_entities(at_, end);
    at_ = end;
    return is_right;
  }

  /// Labels do, and so may a document that is no model: that is told by its root.
  [[nodiscard]] bool holds_text() const {
    return !open_.empty() && (open_.back() == "label" || open_.front() != "opsa-mef");
  }

  bool stray(std::size_t offset) {
    if (!open_.empty()) {
      return wrong(offset, 1, "there is text in " + std::string(open_.back()),
                   "remove it, or make it a comment: only labels hold text");
    }
    return has_root_ ? wrong(offset, 1, "there is text behind the end of the model",
                             "remove what follows the root element")
                     : wrong(offset, 1, "this is no XML: it begins with text",
                             "give a model in the Open-PSA exchange format");
  }

  bool has_known_entities(std::size_t begin, std::size_t end) {
    constexpr std::string_view kEntities[] = {"lt", "gt", "amp", "quot", "apos"};
    const std::string_view text = text_.substr(0, end);
    for (std::size_t at = text.find('&', begin); at < end; at = text.find('&', at + 1)) {
      std::size_t stop = at + 1;
      while (stop < end && (is_name_part(text_[stop]) || text_[stop] == '#')) {
        ++stop;
      }
      const std::string_view name = text_.substr(at + 1, stop - at - 1);
      if (name.empty() || stop == end || text_[stop] != ';') {
        return wrong(at, 1, "this is no XML: an & that begins no entity", "write &amp;");
      }
      const std::size_t length = stop + 1 - at;
      if (name.starts_with('#') && !is_reference_to_character(name.substr(1))) {
        return wrong(at, length, "there is no character &" + std::string(name) + ";",
                     "write the character itself");
      }
      if (!name.starts_with('#') &&
          std::find(std::begin(kEntities), std::end(kEntities), name) == std::end(kEntities)) {
        return wrong(at, length, "the entity " + std::string(name) + " is not defined",
                     "write what it stands for", "OUT-E1503");
      }
    }
    return true;
  }

  bool markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) {
      return comment();
    }
    if (rest.starts_with("<![CDATA[")) {
      return character_data();
    }
    if (rest.starts_with("<?")) {
      return instruction();
    }
    if (rest.starts_with("<!DOCTYPE")) {
      return document_type();
    }
    return rest.starts_with("</") ? end_tag() : start_tag();
  }

  bool skip_past(std::string_view end, std::size_t opening, std::string message,
                 std::string remedy) {
    const std::size_t found = text_.find(end, std::min(at_ + opening, text_.size()));
    if (found == std::string_view::npos) {
      return wrong(at_, opening, std::move(message), std::move(remedy));
    }
    at_ = found + end.size();
    return true;
  }

  bool comment() { return skip_past("-->", 4, "the comment has no end", "end it with -->"); }

  bool character_data() {
    const std::size_t begin = at_ + std::string_view("<![CDATA[").size();
    const std::size_t first = text_.find_first_not_of(kSpaces, begin);
    const bool is_blank = first == std::string_view::npos || text_.substr(first).starts_with("]]>");
    if (open_.empty() || (!is_blank && !holds_text())) {
      return stray(at_);
    }
    return skip_past("]]>", begin - at_, "the character data has no end", "end it with ]]>");
  }

  bool instruction() {
    const std::size_t begin = at_;
    constexpr std::size_t kTarget = 3;
    std::string target(text_.substr(begin + 2, kTarget));
    std::transform(target.begin(), target.end(), target.begin(),
                   [](char c) { return static_cast<char>(c | 0x20); });
    const std::size_t behind = begin + 2 + kTarget;
    const bool is_declaration =
        target == "xml" && behind < text_.size() && !is_name_part(text_[behind]);
    if (is_declaration && begin > 0) {
      return wrong(begin, 2 + kTarget, "this is no XML: a declaration that is not at the beginning",
                   "leave it out, or let the file begin with it");
    }
    return skip_past("?>", 2, "the instruction has no end", "end it with ?>");
  }

  void skip_spaces() { at_ = std::min(text_.find_first_not_of(kSpaces, at_), text_.size()); }

  /// A name, or nothing.
  std::string_view name() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && is_name_start(text_[at_])) {
      while (at_ < text_.size() && is_name_part(text_[at_])) {
        ++at_;
      }
    }
    return text_.substr(begin, at_ - begin);
  }

  /// A text in quotes, or nothing.
  std::optional<std::string_view> quoted() {
    if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\'')) {
      return std::nullopt;
    }
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return value;
  }

  bool takes(std::string_view word) {
    const bool is_here = text_.substr(at_).starts_with(word);
    at_ += is_here ? word.size() : 0;
    return is_here;
  }

  bool broken_type() {
    return wrong(at_, 1, "this is no XML: the document type is broken here",
                 "leave the document type out: nothing is read from it");
  }

  bool document_type() {
    if (has_root_ || has_type_) {
      return wrong(at_, 2, "this is no XML: a document type stands once, and before the root",
                   "leave it out: nothing is read from it");
    }
    has_type_ = true;
    takes("<!DOCTYPE");
    skip_spaces();
    if (name().empty()) {
      return broken_type();
    }
    skip_spaces();
    const bool is_public = takes("PUBLIC");
    if (is_public || takes("SYSTEM")) {
      for (int literals = is_public ? 2 : 1; literals > 0; --literals) {
        skip_spaces();
        if (!quoted()) {
          return broken_type();
        }
      }
      skip_spaces();
    }
    if (takes("[") && !declarations()) {
      return false;
    }
    skip_spaces();
    return takes(">") || broken_type();
  }

  /// Those of a document type, to its "]".
  bool declarations() {
    constexpr std::string_view kDeclared[] = {"<!ELEMENT", "<!ATTLIST", "<!NOTATION"};
    for (skip_spaces(); !takes("]"); skip_spaces()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("<!ENTITY") || rest.starts_with('%')) {
        return wrong(at_, rest.front() == '%' ? 1 : 8, "the document defines entities",
                     "write what they stand for", "OUT-E1503");
      }
      if (rest.starts_with("<!--") || rest.starts_with("<?")) {
        if (!(rest.starts_with("<?") ? instruction() : comment())) {
          return false;
        }
        continue;
      }
      if (std::none_of(std::begin(kDeclared), std::end(kDeclared),
                       [&](std::string_view known) { return takes(known); }) ||
          !declared()) {
        return broken_type();
      }
    }
    return true;
  }

  /// The rest of a declaration, with its ">".
  bool declared() {
    bool has_some = false;
    while (at_ < text_.size() && text_[at_] != '>' && text_[at_] != '<' && text_[at_] != ']') {
      const bool is_quote = text_[at_] == '"' || text_[at_] == '\'';
      if (is_quote && !quoted()) {
        return false;
      }
      has_some = has_some || is_quote || !is_space(text_[at_]);
      at_ += is_quote ? 0 : 1;
    }
    return has_some && takes(">");
  }

  bool end_tag() {
    const std::size_t begin = at_;
    at_ += 2;
    const std::string_view closed = name();
    skip_spaces();
    if (open_.empty() || closed != open_.back()) {
      return wrong(
          begin, at_ - begin,
          "this is no XML: </" + std::string(closed) + "> closes nothing that is open",
          open_.empty() ? "remove it" : "write </" + std::string(open_.back()) + "> first");
    }
    open_.pop_back();
    return takes(">") || wrong(at_, 1, "this is no XML: the tag has no end", "write >");
  }

  bool start_tag() {
    const std::size_t begin = at_++;
    const std::string_view element = name();
    if (element.empty()) {
      return wrong(begin, 1, "this is no XML: a < that begins no element", "write &lt;");
    }
    if (open_.empty() && has_root_) {
      return wrong(begin + 1, element.size(), "the document has a second root",
                   "give each model file on its own");
    }
    has_root_ = true;
    if (open_.size() == deepest_) {
      return wrong(begin + 1, element.size(),
                   "elements are nested more than " + std::to_string(deepest_) + " deep",
                   "define gates of their own for inner formulas", "OUT-E1502");
    }
    if (!attributes(element)) {
      return false;
    }
    if (takes("/>")) {
      return true;
    }
    open_.push_back(element);
    return takes(">") ||
           wrong(begin, 1, "this is no XML: the tag of " + std::string(element) + " has no end",
                 "write >");
  }

  bool attributes(std::string_view element) {
    attributes_.clear();
    while (at_ < text_.size() && is_space(text_[at_])) {
      skip_spaces();
      const std::size_t begin = at_;
      const std::string_view attribute = name();
      if (attribute.empty()) {
        return true;
      }
      if (std::find(attributes_.begin(), attributes_.end(), attribute) != attributes_.end()) {
        return wrong(begin, attribute.size(),
                     std::string(element) + " has two attributes " + std::string(attribute),
                     "keep one of them");
      }
      attributes_.push_back(attribute);
      skip_spaces();
      const bool has_sign = takes("=");
      skip_spaces();
      const auto value = has_sign ? quoted() : std::nullopt;
      if (!value) {
        return wrong(begin, attribute.size(),
                     "this is no XML: the attribute " + std::string(attribute) + " has no value",
                     "write " + std::string(attribute) + "=\"…\"");
      }
      const std::size_t value_at = at_ - 1 - value->size();
      if (const std::size_t less = value->find('<'); less != std::string_view::npos) {
        return wrong(value_at + less, 1, "this is no XML: a < within an attribute", "write &lt;");
      }
      if (!has_known_entities(value_at, at_ - 1)) {
        return false;
      }
    }
    return true;
  }

  std::string_view text_;
  std::size_t deepest_;
  std::size_t at_ = 0;
  bool has_root_ = false;
  bool has_type_ = false;
  std::vector<std::string_view> open_;
  std::vector<std::string_view> attributes_;
  std::optional<XmlMistake> mistake_;
};

}  // namespace

std::optional<XmlMistake> find_xml_mistake(std::string_view text, std::size_t deepest) {
  return Scanner(text, deepest).run();
}

}  // namespace outlast::mef
