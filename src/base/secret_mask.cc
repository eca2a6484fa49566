// Plans and state files hold passwords in plain text, and a diagnostic quotes the line that is
// wrong: in a minified plan that line is the whole plan. A report goes into CI logs and pull
// requests, so what is quoted must not carry a value that nobody asked to see.
//
// The line is read in pieces from its begin (only there one knows to be outside of a string):
// keys, quoted values, bare words, brackets and commas. Values are hidden, keys are shown.
// A line with a syntax error may be read wrongly from the error on: a missing quote makes text of
// values and values of text. Therefore in JSON also bare words are hidden unless JSON has them,
// and after a key that sounds like a secret everything is, until a comma or bracket ends it.
//
// Limits: a line inside a YAML string of several lines is read as if it stood alone;
// what is unquoted under an innocent key is shown.

#include "base/secret_mask.h"

#include <algorithm>
#include <array>

#include "base/characters.h"

namespace outlast::base {

namespace {

constexpr std::array<std::string_view, 7> kSecretWords = {
    "password", "passwd", "secret", "token", "key", "credential", "private"};

bool is_space_of_line(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_base64(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z') || c == '+' || c == '/' || c == '=';
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Also as a part of a longer name: clientSecret, DB_PASSWORD, api_key.
bool sounds_secret(std::string_view key) {
  return std::any_of(kSecretWords.begin(), kSecretWords.end(), [&](std::string_view word) {
    return std::search(key.begin(), key.end(), word.begin(), word.end(),
                       [](char c, char small) { return lower(c) == small; }) != key.end();
  });
}

/// Whether a bare word may stand in JSON, a number, true, false or null, or is a known misspelling.
bool is_json_word(std::string_view word) {
  constexpr std::array<std::string_view, 9> kWords = {
      "true", "false", "null", "True", "False", "None", "NaN", "Infinity", "undefined"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end() ||
         std::all_of(word.begin(), word.end(), [](char c) {
           return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
         });
}

std::size_t run_end(std::string_view text, std::size_t at, bool (*belongs)(char)) {
  while (at < text.size() && belongs(text[at])) {
    ++at;
  }
  return at;
}

/// AKIA and sixteen more: the id of an AWS access key.
void find_access_keys(std::string_view text, std::vector<ByteRange>& found) {
  for (std::size_t at = text.find("AKIA"); at != npos; at = text.find("AKIA", at + 4)) {
    const std::size_t end = run_end(text, at, [](char c) { return is_upper(c) || is_digit(c); });
    if (end - at >= 20) {
      found.push_back({at, end});
    }
  }
}

/// Everything between the first and the last line of a PEM key.
void find_private_keys(std::string_view text, std::vector<ByteRange>& found) {
  const std::size_t at = text.find("-----BEGIN");
  if (at != npos) {
    found.push_back({at, std::min(text.find("-----END", at), text.size())});
  }
}

/// What stands between :// and @.
void find_url_passwords(std::string_view text, std::vector<ByteRange>& found) {
  for (std::size_t at = text.find("://"); at != npos; at = text.find("://", at + 3)) {
    const std::size_t end = text.find_first_of("@/ \"'", at + 3);
    if (end != npos && text[end] == '@') {
      found.push_back({at + 3, end});
    }
  }
}

/// Secret access keys have 40 characters of base64, lines of PEM keys 64.
void find_random_strings(std::string_view text, std::vector<ByteRange>& found) {
  constexpr std::size_t kShortest = 40;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = run_end(text, at, is_base64);
    const std::string_view run = text.substr(at, end - at);
    if (run.size() >= kShortest && std::any_of(run.begin(), run.end(), is_digit)) {
      found.push_back({at, end});
    }
    at = end;
  }
}

/// Sorted, and what overlaps made one.
std::vector<ByteRange> merged(std::vector<ByteRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& left, const ByteRange& right) { return left.begin < right.begin; });
  std::vector<ByteRange> out;
  for (const ByteRange& range : ranges) {
    if (!out.empty() && range.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, range.end);
    } else if (range.begin < range.end) {
      out.push_back(range);
    }
  }
  return out;
}

/// What is a secret by its form, wherever it stands.
void find_known_secrets(std::string_view text, ByteRange window, std::vector<ByteRange>& hidden) {
  // What begins a little before the window is still recognised.
  constexpr std::size_t kBefore = 256;
  const std::size_t begin = window.begin - std::min(window.begin, kBefore);
  const std::size_t end = std::min(window.end + kBefore, text.size());
  std::vector<ByteRange> found;
  const std::string_view part = text.substr(begin, end - begin);
  find_access_keys(part, found);
  find_private_keys(part, found);
  find_url_passwords(part, found);
  find_random_strings(part, found);
  for (const ByteRange& range : found) {
    hidden.push_back({range.begin + begin, range.end + begin});
  }
}

}  // namespace

SecretMask::SecretMask(std::string_view text, ByteRange line, TextForm form)
    : text_(text.substr(0, line.end)),
      line_(line),
      is_json_(form == TextForm::json),
      is_xml_(form == TextForm::xml) {
  kept_.at = line.begin;
}

std::vector<ByteRange> SecretMask::secrets(ByteRange window, ByteRange marked) {
  if (kept_.at > window.begin) {
    kept_ = State{line_.begin};
  }
  state_ = kept_;
  std::vector<ByteRange> hidden;
  while (state_.at < window.end && state_.at < line_.end) {
    const Piece piece = next_piece();
    if (piece.range.end > window.begin) {
      hide(hidden, piece, marked);
    } else {
      kept_ = state_;
    }
  }
  find_known_secrets(text_, window, hidden);
  return merged(std::move(hidden));
}

/// Reads on by one piece; every call goes at least one byte further.
SecretMask::Piece SecretMask::next_piece() {
  const char c = text_[state_.at];
  const std::size_t begin = state_.at;
  if (is_space_of_line(c) || c == ':' || c == '=') {
    ++state_.at;
    state_.before = is_space_of_line(c) ? state_.before : Before::colon;
    return {{begin, state_.at}};
  }
  if (std::string_view("{}[],").find(c) != npos) {
    bracket_or_comma(c);
    ++state_.at;
    state_.before = c == '}' || c == ']' ? Before::word : Before::opener;
    return {{begin, state_.at}};
  }
  const Piece piece = starts_quote(begin) ? quoted(c) : bare();
  state_.before = Before::word;
  return piece;
}

/// A string to its closing quote or, if it has none, to the end of the line.
SecretMask::Piece SecretMask::quoted(char quote) {
  const std::size_t begin = state_.at;
  std::size_t at = begin + 1;
  while (at < line_.end) {
    const bool is_quote = text_[at] == quote;
    const bool is_doubled = is_quote && quote == '\'' && text_.substr(at).starts_with("''");
    if (is_quote && !is_doubled) {
      break;
    }
    at += is_doubled || (text_[at] == '\\' && quote == '"') ? 2 : 1;
  }
  at = std::min(at + 1, line_.end);
  state_.at = at;
  const bool is_shown =
      state_.before != Before::colon && is_key(at) && enter_key(text_.substr(begin, at - begin));
  return {{begin, at}, is_shown ? Piece::Kind::open_text : Piece::Kind::quoted_value};
}

/// A run of words without quotes: a key, a number, or in YAML a string.
SecretMask::Piece SecretMask::bare() {
  const std::size_t begin = state_.at;
  if (is_xml_ && state_.before == Before::word) {
    state_.secrecy = Secrecy::none;  // the value of an attribute ends with its quote
  }
  std::size_t at = begin + 1;
  while (at < line_.end && std::string_view(",{}[]").find(text_[at]) == npos && !starts_quote(at) &&
         !is_key_end(at)) {
    ++at;
  }
  state_.at = at;
  std::size_t end = at;
  while (end > begin && is_space_of_line(text_[end - 1])) {
    --end;
  }
  const bool may_be_key = !is_json_ || state_.before == Before::opener;
  if (may_be_key && is_key(at) && enter_key(text_.substr(begin, end - begin))) {
    return {{begin, end}};
  }
  return bare_value(begin, end);
}

SecretMask::Piece SecretMask::bare_value(std::size_t begin, std::size_t end) {
  const std::string_view words = text_.substr(begin, end - begin);
  if (is_json_ && !is_json_word(words)) {
    return {{begin, end}, Piece::Kind::odd_word};
  }
  if (state_.secrecy != Secrecy::none) {
    return {{begin, end}, Piece::Kind::bare_value};
  }
  // `password hunter2`, `password:hunter2`, `{password[: hunter2}`: a key, but for a slip.
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t word_end = std::min(words.find(' ', at), words.size());
    const std::string_view word = words.substr(at, word_end - at);
    const std::string_view name = word.substr(0, word.find(':'));
    if (sounds_secret(name)) {
      state_.at = begin + at + name.size();
      enter_key(name);
      return {{begin, state_.at}};
    }
    at = word_end + 1;
  }
  return {{begin, end}};
}

void SecretMask::bracket_or_comma(char c) {
  if (c == '{' || c == '[') {
    ++state_.depth;
    state_.lists = state_.lists << 1U | (c == '[' ? 1 : 0);
    return;
  }
  if (c != ',' && state_.depth > 0) {
    --state_.depth;
    state_.lists >>= 1U;
  }
  // The value of a key ends with a comma beside the key or with the bracket around it.
  // Where YAML has no bracket open in this line, commas may belong to the value.
  const bool may_end = state_.depth > 0 || is_json_;
  const bool ends =
      c == ',' ? state_.depth == state_.key_depth && may_end : state_.depth < state_.key_depth;
  state_.secrecy = ends ? Secrecy::none : state_.secrecy;
}

/// Whether the colon or equals sign here ends a key; in YAML a:b is one word.
bool SecretMask::is_key_end(std::size_t at) const {
  if (text_[at] == '=') {
    return !is_json_;
  }
  const bool after_quote = text_[at - 1] == '"' || text_[at - 1] == '\'';
  return text_[at] == ':' &&
         (is_json_ || after_quote || at + 1 >= line_.end || is_space_of_line(text_[at + 1]));
}

/// Whether what ends here is a key: a colon or equals sign follows, after spaces perhaps.
/// A list of JSON has no keys, whatever follows its items.
bool SecretMask::is_key(std::size_t end) const {
  if (is_json_ && (state_.lists & 1U) != 0) {
    return false;
  }
  while (end < line_.end && is_space_of_line(text_[end])) {
    ++end;
  }
  return end < line_.end && is_key_end(end);
}

/// A double quote always begins a string; a single one does not inside a word: it's.
bool SecretMask::starts_quote(std::size_t at) const {
  const char before = at > line_.begin ? text_[at - 1] : ' ';
  return text_[at] == '"' || (text_[at] == '\'' && !is_base64(before));
}

/// Takes note of a key; false if what looks like one belongs to the value of a secret's key:
/// only a comma or bracket ends such a value; below it all keys are shown and all values hidden.
/// (In JSON a quoted key ends it too: there the comma was forgotten.)
bool SecretMask::enter_key(std::string_view key) {
  const bool is_forgotten_comma = is_json_ && key.starts_with('"');
  if (state_.secrecy != Secrecy::none && (state_.depth > state_.key_depth || !is_forgotten_comma)) {
    return state_.depth > state_.key_depth;
  }
  while (key.starts_with('-') || key.starts_with(' ')) {
    key.remove_prefix(1);
  }
  state_.secrecy = sounds_secret(key) ? Secrecy::always : Secrecy::none;
  if (key.ends_with("value") || key.ends_with("value\"")) {
    state_.secrecy = Secrecy::unless_marked;
  }
  state_.key_depth = state_.depth;
  return true;
}

/// A marked part of a value is what the user is to look at: it is shown, unless its key is secret
/// or it is a word that JSON does not know: that may be a value whose quote was forgotten.
void SecretMask::hide(std::vector<ByteRange>& hidden, const Piece& piece, ByteRange marked) const {
  if (piece.kind == Piece::Kind::open_text) {
    return;
  }
  ByteRange inner = piece.range;
  if (piece.kind == Piece::Kind::quoted_value) {
    inner.begin += 1;
    inner.end -=
        inner.end > inner.begin && text_[inner.end - 1] == text_[piece.range.begin] ? 1 : 0;
  }
  const bool is_within = marked.begin >= piece.range.begin && marked.end <= piece.range.end;
  if (state_.secrecy == Secrecy::always || piece.kind == Piece::Kind::odd_word || !is_within) {
    hidden.push_back(inner);
    return;
  }
  hidden.push_back({inner.begin, std::max(inner.begin, std::min(marked.begin, inner.end))});
  hidden.push_back({std::min(inner.end, std::max(marked.end, inner.begin)), inner.end});
}

}  // namespace outlast::base
