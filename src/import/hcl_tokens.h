#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::import {

/// A word of Terraform's language. Strings are one token each; their parts are found by the parser.
struct HclToken {
  enum class Kind : std::uint8_t { word, number, text, heredoc, sign, line_end, end, wrong };
  Kind kind = Kind::end;
  std::string_view text;    ///< as written; of a string what is between its quotes
  std::uint32_t begin = 0;  ///< in the file, quotes included
  std::uint32_t end = 0;
};

/// All tokens, the last one of kind end; comments and blanks are left out. A token that is wrong
/// (a string that is never closed) is the last before it.
///
/// in  base  where `text` begins in the file
[[nodiscard]] std::vector<HclToken> hcl_tokens(std::string_view text, std::uint32_t base);

/// Behind the closing brace of the ${ or %{ whose contents begin at `at`; npos if there is none.
[[nodiscard]] std::size_t behind_interpolation(std::string_view text, std::size_t at);

}  // namespace outlast::import
