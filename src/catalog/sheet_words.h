#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "catalog/type_sheet.h"

/// Words for what stands in the catalog.
namespace outlast::catalog {

/// Who is asked for a figure of this name.
enum class AskedOf : std::uint8_t {
  type,           ///< the type or its class alone
  type_then_any,  ///< the type or its class, else provider "any"
  service,        ///< the service, else its provider, else "any"
  place           ///< the region, else the provider, else "any"
};

/// Whom it concerns.
enum class About : std::uint8_t {
  everything,
  zone,
  region,
  managed_service,
  third_party,
  stores,
  what_holds_no_data
};

struct FigureName {
  std::string_view name = {};
  std::string_view words = {};
  AskedOf asked_of = AskedOf::type;
  About about = About::everything;
};

/// All names that figures go by, in the order they are told.
[[nodiscard]] std::span<const FigureName> figure_names();

/// What a figure of this name is about; empty if the name is not known.
[[nodiscard]] std::string_view figure_words(std::string_view name);

/// "every 22 months, for 20 min (90 % within 90 min)".
[[nodiscard]] std::string value_words(const Figure& figure);

/// "its class managed_database".
[[nodiscard]] std::string origin_words(const AppliedFigure& figure);

/// "read in the source", "from memory of the source", "our estimate".
[[nodiscard]] std::string_view trust_words(Trust trust);

/// "a component of the model".
[[nodiscard]] std::string_view becomes_words(Becomes becomes);

/// "each replica lies in one zone".
[[nodiscard]] std::string_view scope_words(blueprint::Scope scope);

/// How a fact is read: "multi_az (true is 2, false is 1), else 1".
[[nodiscard]] std::string read_words(const ReadRule& rule);

/// What it means that an attribute names another: "needs it (startup, supply)".
[[nodiscard]] std::string link_words(const LinkRule& link);

/// " where engine is postgres"; empty where nothing is asked.
[[nodiscard]] std::string condition_words(std::span<const Condition> when);

/// "aws_kms_key, aws_kms_alias"; empty where any type may be named.
[[nodiscard]] std::string targets_of(const LinkRule& link);

}  // namespace outlast::catalog
