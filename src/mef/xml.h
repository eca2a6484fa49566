#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "base/source.h"
#include "mef/mistakes.h"

namespace outlast::mef {

/// The elements of one XML file, each with its place. Comments and instructions are left out;
/// entities are those of XML alone: a document that defines its own is refused.
class XmlFile {
 public:
  /// errors  OUT-E1501 no XML, or not one root; OUT-E1502 nested too deeply; OUT-E1503 entities
  [[nodiscard]] static std::optional<XmlFile> parse(const base::Sources& sources,
                                                    base::SourceId source, Mistakes& mistakes);

  [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }
  /// Of the element's name.
  [[nodiscard]] base::Span span_of(pugi::xml_node element) const;

 private:
  explicit XmlFile(base::SourceId source);

  base::SourceId source_;
  std::unique_ptr<pugi::xml_document> document_;
};

/// The child elements of an element, texts left out, for range loops.
class Elements {
 public:
  explicit Elements(pugi::xml_node parent) : first_(skip(parent.first_child())) {}

  class Iterator {
   public:
    explicit Iterator(pugi::xml_node at) : at_(at) {}
    pugi::xml_node operator*() const { return at_; }
    Iterator& operator++() {
      at_ = skip(at_.next_sibling());
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    pugi::xml_node at_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] Iterator end() const { return Iterator({}); }

 private:
  static pugi::xml_node skip(pugi::xml_node node) {
    while (node && node.type() != pugi::node_element) {
      node = node.next_sibling();
    }
    return node;
  }
  pugi::xml_node first_;
};

}  // namespace outlast::mef
