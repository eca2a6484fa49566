#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::mef {

/// Where a text stops being the XML that is read here.
struct XmlMistake {
  std::string_view code;
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string message;
  std::string remedy;
};

/// How far the parser came.
struct XmlPlace {
  std::string_view text;
  std::size_t offset = 0;                   ///< of the first byte that it did not take
  std::vector<std::string_view> open = {};  ///< names of the elements, innermost last
  bool has_root = false;                    ///< did any element begin?
  bool has_type = false;                    ///< has a document type ended?

  [[nodiscard]] bool is_in_type() const;
};

/// What the parser found, in words, with a remedy.
///
/// in      error  expat's XML_Error
[[nodiscard]] XmlMistake explain_xml_error(int error, XmlPlace place);

[[nodiscard]] XmlMistake undefined_entity(std::string_view name, std::size_t offset);

/// The first reference from `begin` on, before `end`, to an entity that is none of XML's own.
[[nodiscard]] std::optional<XmlMistake> find_undefined_entity(std::string_view text,
                                                              std::size_t begin, std::size_t end);

}  // namespace outlast::mef
