#pragma once

#include <string_view>

#include "base/yaml_text.h"

namespace outlast::base {

/// Says in plain words what the YAML library means, and where: its messages name its own tokens,
/// and its places are those where it noticed, not those where the mistake is.
///
/// in      message  as the library words it
///         at       offset of the byte where it noticed
///         opened   offset of the innermost flow bracket that is open; npos if there is none
/// Messages quote nothing of the text: it may be a secret.
[[nodiscard]] YamlTrouble explain_yaml_mistake(std::string_view text, std::string_view message,
                                               std::size_t at, std::size_t opened);

/// A second document that begins without a marker: what it probably was meant to be.
[[nodiscard]] YamlTrouble explain_stray_document(std::string_view text, std::size_t at);

}  // namespace outlast::base
