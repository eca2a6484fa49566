#pragma once

#include <optional>
#include <string_view>

#include "base/json_mistake.h"

namespace outlast::base {

/// Whether the whole text is a number as RFC 8259 writes them.
[[nodiscard]] bool is_json_number(std::string_view text);

/// Reads a string whose opening quote is at `at`, which then is behind the closing one;
/// or tells what is wrong with it.
[[nodiscard]] std::optional<JsonMistake> read_json_string(std::string_view text, std::size_t& at);

/// What is wrong with a word that begins like a number and is none.
[[nodiscard]] JsonMistake explain_json_number(std::size_t begin, std::string_view word);

}  // namespace outlast::base
