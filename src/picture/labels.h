#pragma once

#include <cstddef>
#include <string>

#include "picture/layout.h"

/// The texts of a picture, shortened to what has room, and the legend below it.
namespace outlast::picture {

inline constexpr int kPadding = 16;  ///< between the edge of a box and what lies in it
inline constexpr int kHeader = 26;   ///< height of a box's title

/// Width of text in pixels: cells of a monospaced font of 12 px.
[[nodiscard]] int width_of(const std::string& text);

[[nodiscard]] std::string title_of(const Drawing& drawing, std::size_t box);
[[nodiscard]] std::string name_shown(const Node& node);
[[nodiscard]] std::string detail_shown(const Node& node);

/// Adds titles, names and details where their boxes and nodes stand, and a legend of what occurs.
/// in  layout  boxes and nodes are in place; it grows by the legend
void add_labels(const Drawing& drawing, Layout& layout);

}  // namespace outlast::picture
