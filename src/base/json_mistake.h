#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace outlast::base {

/// The first thing that is wrong with a text that is no JSON.
struct JsonMistake {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< equal to `begin` where something is missing
  std::string message;
  std::string help;
  /// The bracket that is still open, where that is the matter.
  std::optional<std::size_t> opened = std::nullopt;
};

/// Reads byte by byte what the fast reader refused, to say in plain words what is wrong and where.
/// Nothing if the text is JSON. Messages quote nothing of the text: it may be a secret.
/// cost  linear, a fifth of the fast reader's speed
[[nodiscard]] std::optional<JsonMistake> find_json_mistake(std::string_view text);

}  // namespace outlast::base
