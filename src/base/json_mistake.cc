// A second reader of JSON, slow and plain, that runs only when the fast one has said no.
// The two share the grammar of numbers and nothing else, so they check each other: what one accepts
// the other must accept (tested with random texts, and fuzzed).
//
// It is a table of what may come next, with an opinion on everything else: the first byte that
// fits nowhere is looked at for what people write when they are used to Python, JavaScript or
// YAML, forget a comma, or save the output of a program with its log.

#include "base/json_mistake.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/characters.h"
#include "base/json_scalar.h"
#include "base/source.h"
#include "base/utf8.h"

namespace outlast::base {

namespace {

constexpr std::string_view kSaveOnly =
    "remove it; if a program printed both, save only its standard output";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '+' || c == '-';
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

/// A recogniser of RFC 8259 with its open brackets in a vector: no nesting is too deep for it.
class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  std::optional<JsonMistake> run() {
    skip_space();
    if (at_ == text_.size()) {
      wrong(0, 0, text_.empty() ? "the file is empty" : "the file holds nothing but white space",
            "a JSON value is expected, for example {}");
    }
    while (!mistake_ && (expected_ != Expected::end || at_ < text_.size())) {
      step();
      skip_space();
    }
    return std::move(mistake_);
  }
  [[nodiscard]] std::size_t depth() const { return open_.size(); }

 private:
  enum class Expected { value, value_or_close, key, key_or_close, colon, separator, end };

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool in_map() const { return !open_.empty() && text_[open_.back()] == '{'; }
  [[nodiscard]] char closer() const { return in_map() ? '}' : ']'; }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) {
      ++at_;
    }
  }
  void wrong(std::size_t begin, std::size_t end, std::string_view message, std::string_view help) {
    mistake_ = {begin, std::min(end, text_.size()), std::string(message), std::string(help)};
  }
  void wrong_here(std::string_view message, std::string_view help) {
    const std::size_t length = at_ < text_.size() ? decode_utf8(text_, at_).bytes : 0;
    wrong(at_, at_ + length, message, help);
  }
  void wrong_word(std::string_view message, std::string_view help) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_word(text_[end])) {
      ++end;
    }
    wrong(at_, end, message, help);
  }
  void value_done() { expected_ = open_.empty() ? Expected::end : Expected::separator; }

  void step();
  void file_ends();
  void value();
  void open();
  void close();
  void key();
  void colon();
  void separator();
  void trailing();
  void word();
  void number();
  void string();
  void unexpected(std::string_view otherwise, std::string_view help);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t comma_ = 0;  ///< the last one read
  Expected expected_ = Expected::value;
  std::vector<std::size_t> open_;  ///< brackets not yet closed
  std::optional<JsonMistake> mistake_;
};

void Checker::step() {
  if (at_ == text_.size()) {
    return file_ends();
  }
  switch (expected_) {
    case Expected::value_or_close:
      return peek() == ']' ? close() : value();
    case Expected::value:
      return value();
    case Expected::key_or_close:
      return peek() == '}' ? close() : key();
    case Expected::key:
      return key();
    case Expected::colon:
      return colon();
    case Expected::separator:
      return separator();
    case Expected::end:
      return trailing();
  }
}

/// The caret goes behind the last visible character, not into the empty line after it.
void Checker::file_ends() {
  std::size_t end = text_.size();
  while (end > 0 && is_space(text_[end - 1])) {
    --end;
  }
  wrong(end, end, in_map() ? "the file ends inside an object" : "the file ends inside a list",
        "close it; or was the file cut off while it was written?");
  mistake_->opened = open_.back();
}

/// A value begins, or what stands here instead of one is wrong.
void Checker::value() {
  const char c = peek();
  if (c == '{' || c == '[') {
    open();
  } else if (c == '"') {
    string();
    value_done();
  } else if (is_digit(c) || c == '-' || c == '+' || c == '.') {
    number();
    value_done();
  } else if (is_letter(c)) {
    word();
    value_done();
  } else if (c == closer() && expected_ == Expected::value && text_[comma_] == ',' && !in_map()) {
    wrong(comma_, comma_ + 1, "nothing follows this comma", "remove the comma");
  } else if (c == ',' && !in_map()) {
    wrong_here("nothing stands before this comma", "remove the comma");
  } else {
    unexpected("a value is missing here", "write a value; null stands for none");
  }
}

void Checker::open() {
  expected_ = peek() == '{' ? Expected::key_or_close : Expected::value_or_close;
  open_.push_back(at_++);
}

void Checker::close() {
  open_.pop_back();
  ++at_;
  value_done();
}

void Checker::key() {
  const char c = peek();
  if (c == '"') {
    string();
    expected_ = Expected::colon;
  } else if (c == '}') {
    wrong(comma_, comma_ + 1, "nothing follows this comma", "remove the comma");
  } else if (c == ',') {
    wrong_here("nothing stands before this comma", "remove the comma");
  } else if (is_word(c)) {
    wrong_word("a key must stand in double quotes", "put double quotes around it");
  } else {
    unexpected("a key in double quotes is expected here", "");
  }
}

void Checker::colon() {
  if (peek() == ':') {
    ++at_;
    expected_ = Expected::value;
    return;
  }
  unexpected("a colon is missing after the key", "write \"key\": value");
}

/// After a value inside a list or object.
void Checker::separator() {
  const char c = peek();
  if (c == ',') {
    comma_ = at_++;
    expected_ = in_map() ? Expected::key : Expected::value;
  } else if (c == closer()) {
    close();
  } else if (c == '}' || c == ']') {
    wrong_here(in_map() ? "this bracket does not close the object that is open"
                        : "this bracket does not close the list that is open",
               "close what was opened last first");
    mistake_->opened = open_.back();
  } else if (c == '"' || c == '{' || c == '[' || is_word(c)) {
    wrong_here("a comma is missing before this", "put a comma after the value before");
  } else if (c == ':') {
    wrong_here("a colon may not stand here", "only a key is followed by a colon");
  } else {
    unexpected(in_map() ? "a comma or } is expected here" : "a comma or ] is expected here", "");
  }
}

/// After the value that is the whole file.
void Checker::trailing() {
  const char c = peek();
  if (c == '{' || c == '[') {
    wrong_here("a second JSON value begins here",
               "a file holds one value: save each in a file of its own");
  } else if (c == '}' || c == ']') {
    wrong_here("this bracket closes nothing", "remove it, or open it before");
  } else if (is_letter(c)) {
    wrong_word("text follows the JSON value", kSaveOnly);
  } else {
    unexpected("text follows the JSON value", kSaveOnly);
  }
}

/// What people write where JSON allows nothing of the kind; `otherwise` if it is none of that.
void Checker::unexpected(std::string_view otherwise, std::string_view help) {
  const std::uint32_t code_point = decode_utf8(text_, at_).value;
  const char c = peek();
  if (c == '\'') {
    wrong_here("single quotes are not JSON", "use double quotes");
  } else if (c == '#' || (c == '/' && (peek(1) == '/' || peek(1) == '*'))) {
    wrong_here("JSON has no comments", "remove the comment");
  } else if (code_point == 0x201C || code_point == 0x201D || code_point == 0x2018) {
    wrong_here("typographic quotes are not JSON", "use straight double quotes");
  } else if (code_point == 0xFEFF) {
    wrong_here("a byte order mark may not stand here", "save the file as UTF-8 without it");
  } else if (text_.starts_with("PK\x03\x04") || text_.starts_with("\x1F\x8B")) {
    wrong_here("this is a compressed file, not JSON", "unpack it first");
  } else if (is_control(c)) {
    wrong_here("a control character may not stand here", "is this a binary file? JSON is text");
  } else {
    wrong_here(otherwise, help);
  }
}

/// true, false, null, or a word that JSON does not know.
void Checker::word() {
  std::size_t end = at_;
  while (end < text_.size() && is_word(text_[end])) {
    ++end;
  }
  const std::string_view word = text_.substr(at_, end - at_);
  if (word == "true" || word == "false" || word == "null") {
    at_ = end;
  } else if (word == "True" || word == "False" || word == "None") {
    wrong_word("this word is Python, not JSON", "write true, false or null");
  } else if (word == "NaN" || word == "Infinity") {
    wrong_word("JSON has no such number", "write null");
  } else {
    unexpected("this word is no JSON value", "put text in double quotes");
    mistake_->end = end;
  }
}

void Checker::number() {
  std::size_t end = at_;
  while (end < text_.size() && is_word(text_[end])) {
    ++end;
  }
  const std::string_view word = text_.substr(at_, end - at_);
  if (is_json_number(word)) {
    at_ = end;
  } else {
    mistake_ = explain_json_number(at_, word);
  }
}

void Checker::string() {
  mistake_ = read_json_string(text_, at_);
}

/// A line that a program printed before the JSON, if that is what went wrong.
std::optional<JsonMistake> line_before(std::string_view text, const JsonMistake& mistake,
                                       std::size_t depth) {
  // It must be the first line that is wrong, and a later line must begin like JSON.
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::size_t line_end = std::min(text.find('\n', begin), text.size());
  const std::size_t json = std::min(text.find("\n{", begin), text.find("\n[{", begin));
  if (json >= text.size() || text[begin] == '{' || depth > 1 || mistake.begin >= line_end) {
    return std::nullopt;
  }
  const std::size_t line = advance(Position(), text.substr(0, json + 1)).line;
  return JsonMistake{begin, line_end,
                     fmt::format("this line is not JSON; the JSON seems to begin in line {}", line),
                     "remove what stands before; if a program printed both, "
                     "save only its standard output"};
}

}  // namespace

std::optional<JsonMistake> find_json_mistake(std::string_view text) {
  Checker checker(text);
  std::optional<JsonMistake> mistake = checker.run();
  // Bytes that are no UTF-8 are looked for apart; the first of the two mistakes is told.
  const std::size_t broken = find_broken_utf8(text);
  if (broken != std::string_view::npos && (!mistake || broken <= mistake->begin)) {
    return JsonMistake{broken, broken + 1, "this byte is not UTF-8",
                       "save the file as UTF-8; or is it a binary file?"};
  }
  if (mistake) {
    if (auto before = line_before(text, *mistake, checker.depth())) {
      return before;
    }
  }
  return mistake;
}

}  // namespace outlast::base
