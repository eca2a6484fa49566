#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace outlast::mef {

/// Where a text stops being the XML that is read here.
struct XmlMistake {
  std::string_view code;
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;
  std::string remedy;
};

/// The first mistake of a text: what XML forbids and the tree's parser lets pass, entities of the
/// document's own, elements nested deeper than `deepest`, text where only elements have a meaning.
///
/// cost    linear; memory for the elements that are open
/// errors  OUT-E1501 no XML, or not one root; OUT-E1502 nested too deeply; OUT-E1503 entities
/// source  XML 1.0, fifth edition. Comments may hold "--", and names any letter beyond ASCII: that
///         changes no meaning
[[nodiscard]] std::optional<XmlMistake> find_xml_mistake(std::string_view text,
                                                         std::size_t deepest);

}  // namespace outlast::mef
