#include "mef/xml_mistake.h"

#include <expat.h>

#include <algorithm>

namespace outlast::mef {

namespace {

struct Words {
  std::string message;
  std::string remedy;
};

/// The name, or reference to an entity, that begins a text.
std::string_view word_at(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of(" \t\r\n=/>;<\"'"), text.size()));
}

constexpr std::string_view kGiveAModel = "give a model in the Open-PSA exchange format";

bool begins_with_text(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] != '<';
}

/// A token that is not XML.
Words words_for_token(const XmlPlace& place) {
  const std::string_view text = place.text;
  const char at = place.offset < text.size() ? text[place.offset] : ' ';
  const char before =
      place.offset > 0 && place.offset <= text.size() ? text[place.offset - 1] : ' ';
  if (static_cast<unsigned char>(at) < ' ' && at != '\t' && at != '\r' && at != '\n') {
    return {"a control character", "remove it"};
  }
  if (begins_with_text(text)) {
    return {"it begins with text", std::string(kGiveAModel)};
  }
  if (!place.has_root && place.is_in_type()) {
    return {"the document type is broken here", "leave it out: nothing is read from it"};
  }
  if (at == '&' || before == '&') {
    return {"an & that begins no entity", "write &amp;"};
  }
  if (before == '<' && at == '/') {
    return {"an end of what did not begin", "remove it"};
  }
  if (at == '<' || before == '<') {
    return {"a < that begins no element", "write &lt;"};
  }
  return {"a character that has no place here",
          "attributes are written name=\"…\", comments without -- in them"};
}

/// What begins here and does not end.
Words words_for_unclosed(std::string_view rest) {
  if (rest.starts_with("<!--")) {
    return {"the comment has no end", "end it with -->"};
  }
  if (rest.starts_with("<?")) {
    return {"the instruction has no end", "end it with ?>"};
  }
  if (rest.starts_with("<!")) {
    return {"the declaration has no end", "write >"};
  }
  const std::string_view name = rest.substr(std::min(rest.find_first_not_of("</"), rest.size()));
  return {"the tag of " + std::string(word_at(name)) + " has no end", "write >"};
}

/// What stands behind the root.
Words words_for_junk(std::string_view rest) {
  if (rest.starts_with("<!DOCTYPE")) {
    return {"a document type stands once, and before the root",
            "leave it out: nothing is read from it"};
  }
  if (rest.starts_with("<?")) {
    return {"a declaration that is not at the beginning",
            "leave it out, or let the file begin with it"};
  }
  if (rest.starts_with("<")) {
    return {"the document has a second root", "give each model file on its own"};
  }
  return {"there is text behind the end of the model", "remove what follows the root element"};
}

/// The text ends too early.
Words words_for_end(const XmlPlace& place) {
  if (!place.open.empty()) {
    return {"the file ends within " + std::string(place.open.back()),
            "its end is missing: is the file complete?"};
  }
  return {place.text.empty() ? "the file is empty" : "there is no element",
          std::string(kGiveAModel)};
}

Words words_for(XML_Error error, const XmlPlace& place) {
  const std::string_view rest = place.text.substr(place.offset);
  const std::string word(word_at(rest));
  switch (error) {
    case XML_ERROR_NO_ELEMENTS:
      return words_for_end(place);
    case XML_ERROR_SYNTAX:
    case XML_ERROR_INVALID_TOKEN:
      return words_for_token(place);
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
      return words_for_unclosed(rest);
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      return {"the character data has no end", "end it with ]]>"};
    case XML_ERROR_TAG_MISMATCH:
      return {"</" + word + "> closes nothing that is open",
              place.open.empty() ? "remove it"
                                 : "write </" + std::string(place.open.back()) + "> first"};
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      return {"the element has two attributes " + word, "keep one of them"};
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return words_for_junk(rest);
    case XML_ERROR_MISPLACED_XML_PI:
      return words_for_junk("<?");
    case XML_ERROR_BAD_CHAR_REF:
      return {"there is no character " + word + ";", "write the character itself"};
    default:
      return {XML_ErrorString(error), "save it as XML 1.0"};
  }
}

}  // namespace

bool XmlPlace::is_in_type() const {
  return !has_type && text.substr(0, offset).find("<!DOCTYPE") != std::string_view::npos;
}

XmlMistake explain_xml_error(int error, XmlPlace place) {
  place.offset = std::min(place.offset, place.text.size());
  if (error == XML_ERROR_UNDEFINED_ENTITY) {  // of which expat tells the tag alone
    if (auto found = find_undefined_entity(place.text, place.offset, place.text.size())) {
      return std::move(*found);
    }
  }
  const std::string_view word = word_at(place.text.substr(place.offset));
  Words words = words_for(static_cast<XML_Error>(error), place);
  return {"OUT-E1501", place.offset, std::max<std::size_t>(1, word.size()),
          "this is no XML: " + std::move(words.message), std::move(words.remedy)};
}

XmlMistake undefined_entity(std::string_view name, std::size_t offset) {
  return {"OUT-E1503", offset, name.size() + 2,
          "the entity " + std::string(name) + " is not defined", "write what it stands for"};
}

std::optional<XmlMistake> find_undefined_entity(std::string_view text, std::size_t begin,
                                                std::size_t end) {
  constexpr std::string_view kEntities[] = {"lt", "gt", "amp", "quot", "apos"};
  for (std::size_t at = text.find('&', begin); at < end; at = text.find('&', at + 1)) {
    const std::string_view name = word_at(text.substr(at + 1));
    if (!name.starts_with('#') &&
        std::find(std::begin(kEntities), std::end(kEntities), name) == std::end(kEntities)) {
      return undefined_entity(name, at);
    }
  }
  return std::nullopt;
}

}  // namespace outlast::mef
