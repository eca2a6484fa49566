#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/document.h"

namespace outlast::base {

/// What the YAML library does not tell about a text: where things end, and what it lets pass.

/// Something wrong with a YAML text, before or instead of what the library says.
struct YamlTrouble {
  std::string code;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string help;
  std::optional<std::size_t> opened = std::nullopt;  ///< the bracket still open, if that matters
};

/// Looks for what the library must not be given, because it would stop reading in silence, take
/// memory without end or misread it: bytes that are no text, tabs as indentation, deep nesting.
/// cost  linear
[[nodiscard]] std::optional<YamlTrouble> find_yaml_trouble(std::string_view text,
                                                           std::size_t depth_limit);

/// Kind of a plain scalar by the core schema of YAML 1.2: yes, no, on and off are strings.
[[nodiscard]] NodeKind kind_of_plain(std::string_view value);

/// Whether `marker`, --- or ..., stands at `at` as a word of its own.
[[nodiscard]] bool is_document_marker(std::string_view text, std::size_t at,
                                      std::string_view marker);

/// Behind anchors and tags and the space after them; past line ends too if `over_lines`.
[[nodiscard]] std::size_t skip_properties(std::string_view text, std::size_t at, bool over_lines);

/// Behind spaces, line ends and comments.
[[nodiscard]] std::size_t skip_blank(std::string_view text, std::size_t at);

/// Behind the closing quote of the string that begins at `at`; npos if there is none.
[[nodiscard]] std::size_t quoted_end(std::string_view text, std::size_t at);

/// Behind the last line of the | or > scalar that begins at `at`.
[[nodiscard]] std::size_t block_scalar_end(std::string_view text, std::size_t at);

/// Behind a plain scalar whose value, with its lines folded, is known.
[[nodiscard]] std::size_t plain_end(std::string_view text, std::size_t at, std::string_view value);

/// Behind the bracket that closes a flow list or map, searched from the end of its last child.
[[nodiscard]] std::size_t flow_end(std::string_view text, std::size_t at, char closer);

}  // namespace outlast::base
