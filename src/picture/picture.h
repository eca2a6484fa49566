#pragma once

#include <string>

#include "picture/drawing.h"

/// A drawing as text of a format; no program is asked, the same bytes everywhere.
namespace outlast::picture {

/// SVG of our own layout: self-contained, light and dark, with titles for who cannot see it.
[[nodiscard]] std::string to_svg(const Drawing& drawing);

/// DOT, for Graphviz: places as clusters.
[[nodiscard]] std::string to_dot(const Drawing& drawing);

/// A Mermaid flowchart, for Markdown that renders them: places as subgraphs.
[[nodiscard]] std::string to_mermaid(const Drawing& drawing);

}  // namespace outlast::picture
