#include "mef/xml.h"

#include <algorithm>
#include <string>
#include <utility>

#include "mef/well_formed.h"

namespace outlast::mef {

namespace {

constexpr std::size_t kDeepest = 256;
constexpr unsigned kParse = pugi::parse_escapes | pugi::parse_eol;

base::Span point(base::SourceId source, std::size_t offset, std::size_t length = 1) {
  const auto begin = static_cast<std::uint32_t>(offset);
  return {source, begin, begin + static_cast<std::uint32_t>(length)};
}

}  // namespace

XmlFile::XmlFile(base::SourceId source)
    : source_(source), document_(std::make_unique<pugi::xml_document>()) {}

base::Span XmlFile::span_of(pugi::xml_node element) const {
  const std::ptrdiff_t offset = element.offset_debug();
  return point(source_, offset < 0 ? 0 : static_cast<std::size_t>(offset),
               std::string_view(element.name()).size());
}

std::optional<XmlFile> XmlFile::parse(const base::Sources& sources, base::SourceId source,
                                      Mistakes& mistakes) {
  const std::string& text = sources.text(source);
  if (auto mistake = find_xml_mistake(text, kDeepest)) {
    mistakes.error(std::string(mistake->code), point(source, mistake->offset, mistake->length),
                   std::move(mistake->message), std::move(mistake->remedy));
    return std::nullopt;
  }
  XmlFile file(source);
  const pugi::xml_parse_result parsed =
      file.document_->load_buffer(text.data(), text.size(), kParse, pugi::encoding_utf8);
  if (!parsed) {
    mistakes.error("OUT-E1501",
                   point(source, std::min(static_cast<std::size_t>(parsed.offset), text.size())),
                   "this is no XML: " + std::string(parsed.description()));
    return std::nullopt;
  }
  return std::optional(std::move(file));
}

}  // namespace outlast::mef
