#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace outlast::base {

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// How a text is written: what ends a value differs.
enum class TextForm : std::uint8_t { words, json, xml };

/// Tells which parts of one line of an input may be secrets and must not be printed.
///
/// Masked are: every quoted value except the part that is marked; every value, quoted or not, of a
/// key that sounds like a secret, even where marked; in a JSON text whatever is not JSON, even where
/// marked; and, anywhere, access keys, private keys, passwords in URLs and long random strings.
/// Keys are shown. The line may be broken, so what is doubtful is masked.
class SecretMask {
 public:
  /// `line` is in `text`, outside of any string where it begins.
  SecretMask(std::string_view text, ByteRange line, TextForm form);

  /// The secret parts of a window into the line, rising, without overlap.
  /// cost  linear in the bytes since the last window; since the line's begin if that was behind
  [[nodiscard]] std::vector<ByteRange> secrets(ByteRange window, ByteRange marked);

 private:
  /// Unless marked: the key is `value`, and the name beside it may be a secret's.
  enum class Secrecy { none, unless_marked, always };
  /// Behind a colon comes a value, whatever follows it; a bare key of JSON comes behind an opener.
  enum class Before { opener, colon, word };
  /// Where the reading of a line stands; small, so that it can be kept and gone on from.
  struct State {
    std::size_t at = 0;
    std::size_t depth = 0;            ///< of brackets opened in the line
    std::uint64_t lists = 0;          ///< a bit for each of the last 64 of them: set for [
    Secrecy secrecy = Secrecy::none;  ///< of the values from here on, by the key they belong to
    std::size_t key_depth = 0;        ///< where that key stands
    Before before = Before::opener;   ///< what was read last, but for spaces
  };
  struct Piece {
    ByteRange range;
    enum class Kind { open_text, quoted_value, bare_value, odd_word } kind = Kind::open_text;
  };

  Piece next_piece();
  Piece quoted(char quote);
  Piece bare();
  Piece bare_value(std::size_t begin, std::size_t end);
  void bracket_or_comma(char c);
  [[nodiscard]] bool is_key_end(std::size_t at) const;
  [[nodiscard]] bool is_key(std::size_t end) const;
  [[nodiscard]] bool starts_quote(std::size_t at) const;
  bool enter_key(std::string_view key);
  void hide(std::vector<ByteRange>& hidden, const Piece& piece, ByteRange marked) const;

  std::string_view text_;
  ByteRange line_;
  bool is_json_;
  bool is_xml_;
  State state_;
  State kept_;  ///< before the last window
};

}  // namespace outlast::base
