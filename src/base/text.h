#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::base {

/// The candidate that `word` was probably meant to be; empty if none is near.
/// Near: at most a third of the letters inserted, dropped, changed or swapped with a neighbour.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

/// Candidates that are near in the same sense, the nearest first; at most `most`.
[[nodiscard]] std::vector<std::string_view> nearest_few(
    std::string_view word, std::span<const std::string_view> candidates, std::size_t most);

/// `did you mean "x"?`, or the list of what is allowed if nothing is near.
[[nodiscard]] std::string suggest(std::string_view word,
                                  std::span<const std::string_view> candidates);

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string to_lower(std::string_view text);

/// "a", "a and b", "a, b and c"; more than `most` are counted: "a, b and 5 more".
[[nodiscard]] std::string join_words(std::span<const std::string> words, std::size_t most = 3);

/// Is `text` what `pattern` says, where `*` stands for any text and `?` for any character?
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace outlast::base
