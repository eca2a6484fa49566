#include "words/phrasebook.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/quoted_line.h"
#include "words/particles.h"

namespace outlast::words {

namespace {

constexpr std::string_view kEscape = "\x1b[";
constexpr std::string_view kReset = "\x1b[0m";
constexpr int kDeepest = 12;
constexpr std::size_t kSure = 12;  ///< own letters of a phrase, from which on it is no other

/// "4.2", "1,000,000", "< 0.1": what the hole {n} takes.
bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789.,+-−<$ e") == std::string_view::npos;
}

/// One name: nothing of a sentence stands in it.
bool is_word(std::string_view text) {
  return !text.empty() && text.find(' ') == std::string_view::npos;
}

/// Does it open no bracket that it does not close, nor the other way round?
bool is_whole(std::string_view text) {
  int open = 0;
  for (const char c : text) {
    open += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (open < 0) {
      return false;
    }
  }
  return open == 0;
}

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool is_in_word = false;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    words += is_letter && !is_in_word ? 1 : 0;
    is_in_word = is_letter || (is_in_word && c != ' ');
  }
  return words;
}

constexpr std::string_view kAnd = " and ";
constexpr std::string_view kAsItStands = "raw";
constexpr std::string_view kOneName = "w";
constexpr std::string_view kKind = "kind";
constexpr std::string_view kRule = "OUT-";  ///< before the sentence of a finding
/// As many words may still be a name; of what stands in a list: "RDS database orders and …".
constexpr std::size_t kName = 2;
constexpr std::size_t kListedName = 3;
constexpr std::size_t kSentenceBehind = 1'000'000;

std::string without_colors(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kEscape)) {
      at = std::min(text.find('m', at), text.size() - 1) + 1;
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

/// Cells that a text takes, its colours not counted.
std::size_t cells_of(std::string_view text) {
  return base::count_cells(without_colors(text));
}

}  // namespace

Phrasebook::Phrasebook(std::span<const Phrase> phrases) {
  for (const Phrase& phrase : phrases) {
    if (phrase.english.find('{') == std::string_view::npos) {
      whole_.emplace(phrase.english, phrase.other);
      continue;
    }
    Template made{pieces_of(phrase.english), phrase.other};
    bool has_words = false;
    for (const Piece& piece : made.pieces) {
      made.weight += piece.literal.size();
      has_words = has_words || has_letters(piece.literal);
    }
    made.is_loose = has_words && made.weight < kSure && made.pieces.front().literal.empty();
    // A phrase that begins with its own words is surer than one that only ends with them.
    made.rank = made.pieces.front().literal.empty() ? made.weight / 2 : made.weight;
    // A sentence behind another one is said by itself, however long the one before it is.
    constexpr std::string_view kBehind = "{} ";
    if (phrase.english.starts_with(kBehind) && phrase.english.size() > kBehind.size() &&
        std::isupper(static_cast<unsigned char>(phrase.english[kBehind.size()])) != 0) {
      made.rank += kSentenceBehind;
    }
    templates_.push_back(std::move(made));
  }
  std::stable_sort(templates_.begin(), templates_.end(),
                   [](const Template& a, const Template& b) { return a.rank > b.rank; });
}

const Phrasebook* Phrasebook::of(std::string_view language) {
  static const Phrasebook korean(korean_phrases());
  return language == "ko" ? &korean : nullptr;
}

std::vector<Phrasebook::Piece> Phrasebook::pieces_of(std::string_view pattern) {
  std::vector<Piece> pieces;
  while (true) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) {
      pieces.push_back({pattern, {}, true});
      return pieces;
    }
    const std::size_t close = pattern.find('}', open);
    pieces.push_back({pattern.substr(0, open), pattern.substr(open + 1, close - open - 1), false});
    pattern.remove_prefix(close + 1);
  }
}

/// Does the rest of a phrase fit the rest of a text? The shortest fill is tried first; of a kind, before
/// which name it may stand, the longest that has a phrase: "RDS database" of "RDS database database".
bool Phrasebook::fits(std::span<const Piece> pieces, std::string_view text, Fills& fills) const {
  const Piece& piece = pieces.front();
  if (!text.starts_with(piece.literal)) {
    return false;
  }
  text.remove_prefix(piece.literal.size());
  if (piece.is_end) {
    return text.empty();
  }
  const Piece& next = pieces[1];
  for (std::size_t end = text.size(); piece.hole == kKind && end-- > 0;) {
    if (!text.substr(end).starts_with(next.literal) || !whole_.contains(text.substr(0, end))) {
      continue;
    }
    fills.emplace_back(piece.hole, text.substr(0, end));
    if (fits(pieces.subspan(1), text.substr(end), fills)) {
      return true;
    }
    fills.pop_back();
  }
  const bool is_last = next.is_end && next.literal.empty();
  const bool may_be_empty =
      !piece.hole.empty() && piece.hole != "n" && piece.hole != "w" && piece.hole != kAsItStands;
  for (std::size_t end = may_be_empty ? 0 : 1; end <= text.size(); ++end) {
    end = is_last ? text.size() : text.find(next.literal, end);
    if (end == std::string_view::npos) {
      return false;
    }
    const std::string_view fill = text.substr(0, end);
    const bool takes_it = piece.hole == "n"   ? is_number(fill)
                          : piece.hole == "w" ? is_word(fill) && is_whole(fill)
                                              : is_whole(fill);
    if (!takes_it) {
      continue;
    }
    fills.emplace_back(piece.hole, fill);
    if (fits(pieces.subspan(1), text.substr(end), fills)) {
      return true;
    }
    fills.pop_back();
  }
  return false;
}

std::string Phrasebook::filled(const Template& phrase, const Fills& fills,
                               std::vector<std::string>* unknown, int depth) const {
  std::string out;
  std::vector<bool> is_used(fills.size());
  for (const Piece& piece : pieces_of(phrase.other)) {
    out += piece.literal;
    for (std::size_t i = 0; i < fills.size() && !piece.is_end; ++i) {
      if (!is_used[i] && fills[i].first == piece.hole) {
        const bool stays = piece.hole == kAsItStands || piece.hole == kOneName;
        out += stays ? std::string(fills[i].second) : say(fills[i].second, unknown, depth + 1);
        is_used[i] = true;
        break;
      }
    }
  }
  return with_particles(out);
}

/// "{nat-a} {the zone of main}": each is a name, or words of ours about one.
std::string Phrasebook::say_braced(std::string_view english, std::vector<std::string>* unknown,
                                   int depth) const {
  constexpr std::string_view kBetween = "} {";
  std::string out;
  english = english.substr(1, english.size() - 2);
  while (true) {
    const std::size_t end = english.find(kBetween);
    const std::string_view one = english.substr(0, end);
    out += (out.empty() ? "{" : " {") +
           (is_word(one) ? std::string(one) : say(one, unknown, depth + 1)) + "}";
    if (end == std::string_view::npos) {
      return out;
    }
    english.remove_prefix(end + kBetween.size());
  }
}

std::string Phrasebook::say(std::string_view english, std::vector<std::string>* unknown,
                            int depth) const {
  if (english.starts_with(kEscape) && english.ends_with(kReset)) {
    const std::size_t begin = english.find('m') + 1;
    const auto inside = english.substr(begin, english.size() - begin - kReset.size());
    if (inside.find('\x1b') == std::string_view::npos) {
      return std::string(english.substr(0, begin)) + say(inside, unknown, depth) +
             std::string(kReset);
    }
  }
  if (english.starts_with(kRule) && !is_word(english)) {
    const std::size_t sentence = english.find(' ') + 1;
    return std::string(english.substr(0, sentence)) + say(english.substr(sentence), unknown, depth);
  }
  if (names_.contains(english)) {
    return std::string(english);
  }
  if (const auto known = whole_.find(english); known != whole_.end()) {
    return std::string(known->second);
  }
  if (english.starts_with('{') && english.ends_with('}')) {
    return say_braced(english, unknown, depth);
  }
  for (const Template& phrase : templates_) {
    Fills fills;
    if (depth >= kDeepest || phrase.weight > english.size() ||
        !fits(phrase.pieces, english, fills)) {
      continue;
    }
    std::vector<std::string> open;
    std::string said = filled(phrase, fills, &open, depth);
    const std::size_t most = phrase.pieces[1].literal == kAnd ? kListedName : kName;
    if (phrase.is_loose && std::any_of(open.begin(), open.end(), [&](const std::string& text) {
          return count_words(text) > most;
        })) {
      continue;  // a word or two that stand in any sentence: this one is another
    }
    if (unknown != nullptr) {
      unknown->insert(unknown->end(), open.begin(), open.end());
    }
    return said;
  }
  if (english.starts_with(kEscape)) {
    return say(without_colors(english), unknown, depth);
  }
  if (unknown != nullptr && count_words(english) > 1) {
    unknown->emplace_back(english);
  }
  return std::string(english);
}

Phrasebook Phrasebook::but_names(Names names) const {
  Phrasebook book = *this;
  book.names_ = std::move(names);
  return book;
}

std::string Phrasebook::say(std::string_view english) const {
  return say(english, nullptr, 0);
}

std::string Phrasebook::say_line(std::string_view line) const {
  return say_line(line, nullptr);
}

std::string Phrasebook::say_lines(std::string_view text) const {
  return say_lines(text, nullptr);
}

std::vector<std::string> Phrasebook::unknown_in(std::string_view text) const {
  std::vector<std::string> unknown;
  static_cast<void>(say_lines(text, &unknown));
  return unknown;
}

std::string Phrasebook::say_line(std::string_view line, std::vector<std::string>* unknown) const {
  constexpr std::size_t kGap = 2;
  std::string out;
  std::size_t column = 0;  // of the English line
  std::size_t cells = 0;   // of what is out
  while (!line.empty()) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    column += begin;
    const std::size_t at = std::max(column, out.empty() ? 0 : cells + std::min(begin, kGap));
    out.append(at - cells, ' ');
    line.remove_prefix(begin);
    const std::string_view segment = line.substr(0, line.find("  "));
    const std::string said = say(segment, unknown, 0);
    out += said;
    cells = at + cells_of(said);
    column += cells_of(segment);
    line.remove_prefix(segment.size());
  }
  return out;
}

std::string Phrasebook::say_lines(std::string_view text, std::vector<std::string>* unknown) const {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += say_line(text.substr(0, end), unknown);
    if (end < text.size()) {
      out += '\n';
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::span<const std::string_view> languages() {
  static constexpr std::string_view kLanguages[] = {"en", "ko"};
  return kLanguages;
}

}  // namespace outlast::words
