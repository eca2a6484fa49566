#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "mef/mistakes.h"

namespace outlast::mef {

/// The elements of a file in the order in which they begin. Of the texts between them those of labels
/// are kept, as an attribute without a name.
/// Behind the last row and the last attribute stands one more, which only ends the one before.
struct ElementTable {
  struct Row {
    std::uint32_t offset = 0;           ///< of the name, in the file
    std::uint32_t end = 0;              ///< the first row behind all that the element holds
    std::uint32_t name = 0;             ///< in `names`
    std::uint32_t first_attribute = 0;  ///< its last is the one before the next row's first
  };
  struct Attribute {
    std::uint32_t name = 0;
    std::uint32_t value = 0;  ///< where it begins in `values`; it ends where the next begins
  };
  std::vector<Row> rows;
  std::vector<Attribute> attributes;
  std::string values;
  std::deque<std::string> names;  ///< each once
};

/// An element, or none; valid as long as its file.
class Element {
 public:
  Element() = default;
  Element(const ElementTable& table, std::uint32_t row) : table_(&table), row_(row) {}

  explicit operator bool() const { return table_ != nullptr; }
  [[nodiscard]] std::string_view name() const { return table_->names[row().name]; }
  /// Empty where the element has none of this name.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  /// Of a label; empty of any other element.
  [[nodiscard]] std::string_view text() const { return attribute(""); }

 private:
  friend class Elements;
  friend class XmlFile;
  [[nodiscard]] const ElementTable::Row& row() const { return table_->rows[row_]; }

  const ElementTable* table_ = nullptr;
  std::uint32_t row_ = 0;
};

/// Labels and attributes stand before what an element means, and mean nothing themselves.
[[nodiscard]] inline bool is_text_about(std::string_view element) {
  return element == "label" || element == "attributes";
}

/// The elements that an element holds, for range loops.
class Elements {
 public:
  explicit Elements(Element parent) : parent_(parent) {}

  class Iterator {
   public:
    explicit Iterator(Element at) : at_(at) {}
    Element operator*() const { return at_; }
    Iterator& operator++() {
      at_.row_ = at_.row().end;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_.row_ != other.at_.row_; }

   private:
    Element at_;
  };
  [[nodiscard]] Iterator begin() const {
    return Iterator(Element(*parent_.table_, parent_.row_ + 1));
  }
  [[nodiscard]] Iterator end() const {
    return Iterator(Element(*parent_.table_, parent_.row().end));
  }

 private:
  Element parent_;
};

/// The elements of one XML file, each with its place. Comments and instructions are left out;
/// entities are those of XML alone: a document that defines its own is refused.
class XmlFile {
 public:
  /// The first mistake of the file is told; behind it nothing is sure.
  ///
  /// cost    linear; memory for names and attributes, some half of the file
  /// errors  OUT-E1501 no XML, not one root, or text where only elements have a meaning;
  ///         OUT-E1502 nested too deeply; OUT-E1503 entities
  /// source  XML 1.0, by expat
  [[nodiscard]] static std::optional<XmlFile> parse(const base::Sources& sources,
                                                    base::SourceId source, Mistakes& mistakes);

  [[nodiscard]] Element root() const { return {*table_, 0}; }
  /// Of the element's name.
  [[nodiscard]] base::Span span_of(Element element) const;
  /// Of what the element is called, its attribute `name`; of the element where that is not written
  /// as it is read, as with entities.
  /// cost  linear in the element's own attributes
  [[nodiscard]] base::Span span_of_name(const base::Sources& sources, Element element) const;

 private:
  XmlFile(base::SourceId source, ElementTable table)
      : source_(source), table_(std::make_unique<ElementTable>(std::move(table))) {}

  base::SourceId source_;
  std::unique_ptr<ElementTable> table_;  ///< where it stays when the file is moved
};

}  // namespace outlast::mef
