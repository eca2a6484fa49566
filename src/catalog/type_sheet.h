#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

/// What the catalog says of a type, for people and programs: `outlast catalog`.
namespace outlast::catalog {

/// Whose figure it is, the most particular first.
enum class Origin : std::uint8_t { type, shared_class, service, region, provider, any_provider };

/// A figure that a component of a type is judged by.
struct AppliedFigure {
  std::string_view name = {};  ///< "failure"; a service's are "service_failure", "service_hit"
  Origin origin = Origin::type;
  std::string_view owner = {};  ///< the type, class, service, region or provider that has it
  const Figure* figure = nullptr;

  [[nodiscard]] bool is_inherited() const { return origin != Origin::type; }
  [[nodiscard]] bool is_estimate() const { return figure->citation.trust == Trust::estimate; }
};

/// The entry of a type by its name in blueprints ("aws.rds.postgres") or by a format's
/// ("aws_db_instance"); null if none is known.
[[nodiscard]] const TypeEntry* type_called(const Catalog& catalog, std::string_view word);

/// Names and spellings that `word` was probably meant to be, nearest first; at most `most`.
[[nodiscard]] std::vector<std::string_view> types_near(const Catalog& catalog,
                                                       std::string_view word, std::size_t most = 5);

/// The figures of a type: its own, its class's, its service's, those of its place. What a more
/// particular one stands in for is left out; what differs in a region is told with the region.
/// Empty for what becomes no component.
[[nodiscard]] std::vector<AppliedFigure> figures_of(const Catalog& catalog, const TypeEntry& type);

/// Everything about one type.
[[nodiscard]] std::string sheet_text(const Catalog& catalog, const TypeEntry& type);
[[nodiscard]] std::string sheet_json(const Catalog& catalog, const TypeEntry& type);

/// The types whose name begins with `prefix`, by name: title and number of spellings. The text is
/// empty if there is none.
[[nodiscard]] std::string list_text(const Catalog& catalog, std::string_view prefix);
[[nodiscard]] std::string list_json(const Catalog& catalog, std::string_view prefix);

/// Version of the shape of the JSON here; grows when a key changes its meaning.
inline constexpr int kSheetVersion = 1;

}  // namespace outlast::catalog
