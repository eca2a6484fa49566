#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mef/xml.h"

namespace outlast::mef {

enum class DefinitionKind : std::uint8_t { gate, basic_event, house_event, parameter };

/// For messages: "gate", "basic event".
[[nodiscard]] std::string_view words_for(DefinitionKind kind);

using DefinitionId = base::Id<struct DefinitionTag>;

struct Definition {
  DefinitionKind kind;
  std::uint32_t file;
  std::uint32_t scope;
  std::string_view name;  ///< as written
  Element element;
  bool is_private = false;
};

/// All that the files define, by name. Names of gates and events are one kind, those of
/// parameters another; what is private is known by its path, everything by its full path.
class Definitions {
 public:
  /// errors  OUT-E1510 an element that is not supported here, or lacks its name;
  ///         OUT-E1511 a name that is defined twice
  Definitions(const std::vector<XmlFile>& files, const base::Sources& sources, Mistakes& mistakes);

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] const Definition& operator[](DefinitionId id) const { return items_[id.index]; }
  [[nodiscard]] base::Span span_of(DefinitionId id) const;
  /// As reports call it: the name, with its path where it is private.
  [[nodiscard]] std::string full_name(DefinitionId id) const;

  /// What `name` means within a scope: a path from there, else a public name, else a full path.
  [[nodiscard]] DefinitionId find(std::string_view name, std::uint32_t scope, bool is_parameter);
  /// Tells that a name means nothing, and what was probably meant.
  void tell_undefined(std::string_view name, Element element, std::uint32_t file,
                      bool is_parameter);

 private:
  struct Names {
    std::unordered_map<std::string_view, DefinitionId> by_name;
    std::unordered_map<std::string, DefinitionId> by_path;
  };
  void read_container(Element container, std::uint32_t scope, bool is_private);
  bool enter(Element element, std::uint32_t scope, bool is_private);
  void define(DefinitionKind kind, Element element, std::uint32_t scope, bool is_private);
  void tell_twice(DefinitionId first, DefinitionId second);
  void tell_twice(std::string_view name, base::Span second, std::string_view first_kind,
                  base::Span first);
  [[nodiscard]] std::string_view nearest_of(std::string_view name, bool is_parameter,
                                            std::string_view said) const;
  void index_paths();
  void refuse(Element element);
  [[nodiscard]] bool has_role_private(Element element, bool inherited);
  [[nodiscard]] std::string_view name_of(Element element);

  const std::vector<XmlFile>& files_;
  const base::Sources& sources_;
  Mistakes& mistakes_;
  std::uint32_t file_ = 0;
  std::size_t hints_ = 0;
  std::size_t twice_ = 0;
  std::size_t privates_ = 0;
  bool has_paths_ = false;  ///< of what is public, made when first needed
  std::vector<Definition> items_;
  std::vector<std::string> scopes_{""};                     ///< paths with a point at their end
  std::unordered_map<std::string, base::Span> containers_;  ///< trees and components, by path
  Names events_;
  Names parameters_;
};

}  // namespace outlast::mef
