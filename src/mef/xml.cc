#include "mef/xml.h"

#include <string>

namespace outlast::mef {

namespace {

constexpr int kDeepest = 256;
constexpr unsigned kParse = pugi::parse_escapes | pugi::parse_doctype | pugi::parse_eol;

base::Span point(base::SourceId source, std::size_t offset, std::size_t length = 1) {
  const auto begin = static_cast<std::uint32_t>(offset);
  return {source, begin, begin + static_cast<std::uint32_t>(length)};
}

/// The element that follows `node` in the file, with how deep it lies.
pugi::xml_node next_of(pugi::xml_node node, int& depth) {
  if (const pugi::xml_node child = node.first_child(); child && depth <= kDeepest) {
    ++depth;
    return child;
  }
  while (node && !node.next_sibling()) {
    node = node.parent();
    --depth;
  }
  return node.next_sibling();
}

}  // namespace

XmlFile::XmlFile(base::SourceId source)
    : source_(source), document_(std::make_unique<pugi::xml_document>()) {}

base::Span XmlFile::span_of(pugi::xml_node element) const {
  const std::ptrdiff_t offset = element.offset_debug();
  return point(source_, offset < 0 ? 0 : static_cast<std::size_t>(offset),
               std::string_view(element.name()).size());
}

bool XmlFile::has_only_what_is_supported(base::Diagnostics& diagnostics) const {
  std::size_t roots = 0;
  for (const pugi::xml_node node : document_->children()) {
    if (node.type() == pugi::node_doctype &&
        std::string_view(node.value()).find("<!ENTITY") != std::string_view::npos) {
      diagnostics.error("OUT-E1503", point(source_, 0), "the document defines entities",
                        "write what they stand for");
      return false;
    }
    roots += node.type() == pugi::node_element ? 1U : 0U;
    if (roots == 2) {
      diagnostics.error("OUT-E1501", span_of(node), "the document has a second root",
                        "give each model file on its own");
      return false;
    }
  }
  int depth = 0;
  for (pugi::xml_node node = root(); node && depth >= 0; node = next_of(node, depth)) {
    if (depth > kDeepest) {
      diagnostics.error("OUT-E1502", span_of(node.parent()),
                        "elements are nested more than " + std::to_string(kDeepest) + " deep",
                        "define gates of their own for inner formulas");
      return false;
    }
  }
  return true;
}

std::optional<XmlFile> XmlFile::parse(const base::Sources& sources, base::SourceId source,
                                      base::Diagnostics& diagnostics) {
  XmlFile file(source);
  const std::string& text = sources.text(source);
  const pugi::xml_parse_result parsed =
      file.document_->load_buffer(text.data(), text.size(), kParse, pugi::encoding_utf8);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(parsed.offset);
    std::string why = parsed.description();
    why.front() = static_cast<char>(why.front() | 0x20);
    diagnostics.error("OUT-E1501", point(source, std::min(offset, text.size())),
                      "this is no XML: " + why);
    return std::nullopt;
  }
  return file.has_only_what_is_supported(diagnostics) ? std::optional(std::move(file))
                                                      : std::nullopt;
}

}  // namespace outlast::mef
