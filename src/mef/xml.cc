// From text to elements, by expat.
//
// Problem: a model must not mean something else than its author, or another tool, takes it for. So
//   what XML forbids is refused, and so is what XML allows and nobody here would read: entities of
//   the document's own (of which a few lines can stand for gigabytes), text between elements.
// Method: expat tells of each element as it begins and ends; a row is kept of each.
// Limits: of a document type that names another file expat cannot know which entities it defines,
//   and passes over them in attributes; there each tag's text is looked at again.

#include "mef/xml.h"

#include <expat.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/assert.h"
#include "mef/xml_mistake.h"

namespace outlast::mef {

namespace {

constexpr std::size_t kDeepest = 256;
constexpr std::string_view kSpaces = " \t\r\n";

class ElementReader {
 public:
  explicit ElementReader(std::string_view text)
      : text_(text), parser_(XML_ParserCreate("UTF-8"), &XML_ParserFree) {
    OUTLAST_ASSERT(parser_ != nullptr, "there is memory for a parser");
    OUTLAST_ASSERT(text.size() <= std::numeric_limits<int>::max(),
                   "no file is as large as the parser cannot take at once");
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, &ElementReader::on_start, &ElementReader::on_end);
    XML_SetCharacterDataHandler(parser, &ElementReader::on_characters);
    XML_SetEntityDeclHandler(parser, &ElementReader::on_entity);
    XML_SetSkippedEntityHandler(parser, &ElementReader::on_skipped);
    XML_SetDoctypeDeclHandler(parser, &ElementReader::on_type, &ElementReader::on_type_end);
    // Only so that what a document type takes from elsewhere is told; nothing is fetched.
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_ALWAYS);
  }

  std::optional<XmlMistake> run() {
    const int size = static_cast<int>(text_.size());
    if (XML_Parse(parser_.get(), text_.data(), size, XML_TRUE) != XML_STATUS_OK && !mistake_) {
      mistake_ =
          explain_xml_error(XML_GetErrorCode(parser_.get()),
                            {text_, offset(), open_names(), !table_.rows.empty(), has_type_});
    }
    return std::move(mistake_);
  }

  ElementTable table() && {
    add_row({}, 0);
    add_attribute(0);
    return std::move(table_);
  }

 private:
  static ElementReader& self(void* user) { return *static_cast<ElementReader*>(user); }
  static void on_start(void* user, const char* name, const char** attributes) {
    self(user).start(name, attributes);
  }
  static void on_end(void* user, const char* /*name*/) { self(user).end(); }
  static void on_characters(void* user, const char* text, int length) {
    self(user).characters({text, static_cast<std::size_t>(length)});
  }
  static void on_entity(void* user, const char* /*name*/, int /*is_parameter*/,
                        const char* /*value*/, int /*length*/, const char* /*base*/,
                        const char* /*system*/, const char* /*public*/, const char* /*notation*/) {
    self(user).stop({"OUT-E1503", self(user).offset(), 1, "the document defines entities",
                     "write what they stand for"});
  }
  static void on_skipped(void* user, const char* name, int is_parameter) {
    ElementReader& reader = self(user);
    if (is_parameter != 0) {
      reader.stop({"OUT-E1503", reader.offset(), 1, "the document takes definitions from elsewhere",
                   "leave the document type out: nothing is read from it"});
    } else {
      reader.stop(undefined_entity(name, reader.offset()));
    }
  }
  static void on_type(void* user, const char* /*name*/, const char* system, const char* /*public*/,
                      int /*has_internal*/) {
    self(user).may_skip_ = system != nullptr;
  }
  static void on_type_end(void* user) { self(user).has_type_ = true; }

  [[nodiscard]] std::size_t offset() const {
    return static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
  }

  /// The first mistake counts; the parser may still tell of what it has begun.
  void stop(XmlMistake mistake) {
    if (!mistake_) {
      mistake_ = std::move(mistake);
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  void start(std::string_view name, const char** attributes) {
    const std::size_t begin = offset() + 1;
    if (open_.size() == kDeepest) {
      stop({"OUT-E1502", begin, name.size(),
            "elements are nested more than " + std::to_string(kDeepest) + " deep",
            "define gates of their own for inner formulas"});
    }
    if (may_skip_) {
      const auto size = static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()));
      if (auto undefined = find_undefined_entity(text_, begin, begin - 1 + size)) {
        stop(std::move(*undefined));
      }
    }
    if (mistake_) {
      return;
    }
    open_.push_back(static_cast<std::uint32_t>(table_.rows.size()));
    add_row(name, begin);
    holds_text_ = may_hold_text();
    has_text_ = false;
    for (; *attributes != nullptr; attributes += 2) {
      add_attribute(id_of(attributes[0]));
      table_.values += attributes[1];
    }
  }

  void end() {
    if (mistake_) {
      return;
    }
    table_.rows[open_.back()].end = static_cast<std::uint32_t>(table_.rows.size());
    open_.pop_back();
    holds_text_ = may_hold_text();
  }

  /// Labels do, and so may a document that is no model: that is told by its root.
  [[nodiscard]] bool may_hold_text() const {
    return !open_.empty() && (open_name(open_.size() - 1) == "label" || open_name(0) != "opsa-mef");
  }

  void characters(std::string_view text) {
    if (holds_text_) {
      keep(text);
      return;
    }
    const std::size_t first = text.find_first_not_of(kSpaces);
    if (first != std::string_view::npos) {
      stop({"OUT-E1501", offset() + first, 1,
            "there is text in " + std::string(open_name(open_.size() - 1)),
            "remove it, or make it a comment: only labels hold text"});
    }
  }

  /// Of a label; what stands behind an element in it is not kept.
  void keep(std::string_view text) {
    if (open_.empty() || open_.back() + 1 != table_.rows.size()) {
      return;
    }
    if (!has_text_) {
      add_attribute(id_of(""));
      has_text_ = true;
    }
    table_.values += text;
  }

  void add_row(std::string_view name, std::size_t begin) {
    const auto row = static_cast<std::uint32_t>(table_.rows.size());
    table_.rows.push_back({static_cast<std::uint32_t>(begin), row, id_of(name),
                           static_cast<std::uint32_t>(table_.attributes.size())});
  }

  void add_attribute(std::uint32_t name) {
    table_.attributes.push_back({name, static_cast<std::uint32_t>(table_.values.size())});
  }

  std::uint32_t id_of(std::string_view name) {
    const auto known = ids_.find(name);
    if (known != ids_.end()) {
      return known->second;
    }
    const auto id = static_cast<std::uint32_t>(table_.names.size());
    ids_.emplace(table_.names.emplace_back(name), id);
    return id;
  }

  [[nodiscard]] std::string_view open_name(std::size_t depth) const {
    return table_.names[table_.rows[open_[depth]].name];
  }

  [[nodiscard]] std::vector<std::string_view> open_names() const {
    std::vector<std::string_view> names;
    for (std::size_t depth = 0; depth < open_.size(); ++depth) {
      names.push_back(open_name(depth));
    }
    return names;
  }

  std::string_view text_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  ElementTable table_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;  ///< of names
  std::vector<std::uint32_t> open_;                          ///< rows, innermost last
  bool holds_text_ = true;
  bool has_text_ = false;  ///< the newest row
  bool may_skip_ = false;  ///< are there entities that expat cannot know?
  bool has_type_ = false;
  std::optional<XmlMistake> mistake_;
};

}  // namespace

std::string_view Element::attribute(std::string_view name) const {
  const std::vector<ElementTable::Attribute>& all = table_->attributes;
  const std::uint32_t end = table_->rows[row_ + 1].first_attribute;
  for (std::uint32_t i = row().first_attribute; i < end; ++i) {
    if (table_->names[all[i].name] == name) {
      return std::string_view(table_->values).substr(all[i].value, all[i + 1].value - all[i].value);
    }
  }
  return {};
}

base::Span XmlFile::span_of(Element element) const {
  const std::uint32_t begin = element.row().offset;
  return {source_, begin, begin + static_cast<std::uint32_t>(element.name().size())};
}

base::Span XmlFile::span_of_name(const base::Sources& sources, Element element) const {
  const std::string_view text = sources.text(source_);
  const std::string_view name = element.attribute("name");
  std::size_t at = element.row().offset + element.name().size();
  while (!name.empty() && at < text.size()) {
    const std::size_t key = text.find_first_not_of(kSpaces, at);
    const std::size_t opens = key == text.npos ? key : text.find_first_of("\"'>", key);
    if (opens == text.npos || text[opens] == '>') {
      break;
    }
    const std::size_t begin = opens + 1;
    const std::string_view said = text.substr(begin, text.find(text[opens], begin) - begin);
    if (text.substr(key, text.find_first_of(" \t\r\n=", key) - key) == "name") {
      return said == name ? base::Span{source_, static_cast<std::uint32_t>(begin),
                                       static_cast<std::uint32_t>(begin + name.size())}
                          : span_of(element);
    }
    at = begin + said.size() + 1;
  }
  return span_of(element);
}

std::optional<XmlFile> XmlFile::parse(const base::Sources& sources, base::SourceId source,
                                      Mistakes& mistakes) {
  ElementReader reader(sources.text(source));
  if (auto mistake = reader.run()) {
    const auto begin = static_cast<std::uint32_t>(mistake->offset);
    mistakes.error(std::string(mistake->code),
                   {source, begin, begin + static_cast<std::uint32_t>(mistake->length)},
                   std::move(mistake->message), std::move(mistake->remedy));
    return std::nullopt;
  }
  return XmlFile(source, std::move(reader).table());
}

}  // namespace outlast::mef
