#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::words {

/// A sentence of ours in two languages; holes are {}, numbers {n}, a single name {w}, and {raw} what
/// belongs to an input and is not said; {name}, as those of rules are, may be empty.
struct Phrase {
  std::string_view english;
  std::string_view other;
};

/// Names of an architecture: of components, of its own.
using Names = std::set<std::string, std::less<>>;

/// Sentences of reports in one language, found by their English.
///
/// in      finished English: the words of a phrase, with anything in its holes
/// out     the phrase with the most words that fits, its holes said in turn; else the text as it is
/// cost    phrases × length of the text; a text is said once in a report
/// assumes names do not read like whole phrases of ours
class Phrasebook {
 public:
  explicit Phrasebook(std::span<const Phrase> phrases);

  /// The book of a language: "ko"; null for English and for what there is no book of.
  [[nodiscard]] static const Phrasebook* of(std::string_view language);

  /// The same book, to which these are names: they stay as they are, whatever word of ours they are
  /// spelled like.
  [[nodiscard]] Phrasebook but_names(Names names) const;

  [[nodiscard]] std::string say(std::string_view english) const;

  /// A line of columns: each is said by itself, and begins where it began if there is room.
  /// Colours of a terminal stay with what they are around.
  [[nodiscard]] std::string say_line(std::string_view line) const;

  /// Every line of a text.
  [[nodiscard]] std::string say_lines(std::string_view text) const;

  /// What of the lines of a text no phrase fits, where it is several words; for tests.
  [[nodiscard]] std::vector<std::string> unknown_in(std::string_view text) const;

 private:
  struct Piece {
    std::string_view literal;  ///< what stands before the hole
    std::string_view hole;     ///< its name; of the end none
    bool is_end = false;
  };
  struct Template {
    std::vector<Piece> pieces;
    std::string_view other;
    std::size_t weight = 0;  ///< letters that are not in holes
    std::size_t rank = 0;
    bool is_loose = false;  ///< its words stand in any sentence: no hole may be one not known
  };
  using Fills = std::vector<std::pair<std::string_view, std::string_view>>;

  static std::vector<Piece> pieces_of(std::string_view pattern);
  bool fits(std::span<const Piece> pieces, std::string_view text, Fills& fills) const;
  std::string say(std::string_view english, std::vector<std::string>* unknown, int depth) const;
  std::string say_line(std::string_view line, std::vector<std::string>* unknown) const;
  std::string say_lines(std::string_view text, std::vector<std::string>* unknown) const;
  std::string say_braced(std::string_view english, std::vector<std::string>* unknown,
                         int depth) const;
  std::string filled(const Template& phrase, const Fills& fills, std::vector<std::string>* unknown,
                     int depth) const;

  std::map<std::string_view, std::string_view> whole_;  ///< phrases without holes
  std::vector<Template> templates_;                     ///< the surest first
  Names names_;
};

/// "en", and the languages of books.
[[nodiscard]] std::span<const std::string_view> languages();

/// All phrases of a language, as the data has them.
[[nodiscard]] std::span<const Phrase> korean_phrases();

}  // namespace outlast::words
