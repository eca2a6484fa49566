#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/distribution.h"
#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "catalog/tables.h"

namespace outlast::catalog {

/// What is known of providers, regions, services and resource types.
/// Lookups are by hash; the tables live as long as the program.
class Catalog {
 public:
  explicit Catalog(const Tables& tables);

  /// The catalog compiled into this program; made once, read by all.
  [[nodiscard]] static const Catalog& built_in();

  /// The entry of "provider.service[.variant]": the longest known beginning; null if none.
  [[nodiscard]] const TypeEntry* type(std::string_view name) const;
  /// The entry of a component: its type's; where the catalog has none, the one of its kind
  /// ("unlisted.compute"), unless the blueprint states how often it fails and no type. Null if
  /// there is neither.
  [[nodiscard]] const TypeEntry* type_of(const blueprint::Component& c) const;
  [[nodiscard]] const TypeEntry* type_of(const blueprint::DraftComponent& c) const;
  /// The entry of a format's own type: ("terraform", "aws_instance"); null if none.
  [[nodiscard]] const TypeEntry* spelled(std::string_view format, std::string_view type) const;
  /// How a format's own type is spelled in terms the catalog reads; null if it is not told.
  [[nodiscard]] const Translation* translation(std::string_view format,
                                               std::string_view type) const;
  [[nodiscard]] const ProviderEntry* provider(std::string_view name) const;
  [[nodiscard]] const RegionEntry* region(std::string_view provider, std::string_view name) const;
  /// The region as the catalog writes it: "West Europe" is westeurope; as given if none is known.
  [[nodiscard]] std::string region_name(std::string_view provider, std::string_view written) const;
  [[nodiscard]] const ServiceEntry* service(std::string_view provider, std::string_view name) const;

  /// The lifecycle of this name; null if there is none.
  [[nodiscard]] const Lifecycle* lifecycle(std::string_view name) const;

  /// A figure of a type: its own, else its class's; null if there is none.
  [[nodiscard]] const Figure* figure(const TypeEntry& type, std::string_view name) const;
  /// A figure of a region: its own, else its provider's, else the one of provider "any".
  [[nodiscard]] const Figure* place_figure(std::string_view provider, std::string_view region,
                                           std::string_view name) const;
  /// A figure of a service: its own, else the provider's "service_…", else that of "any".
  [[nodiscard]] const Figure* service_figure(std::string_view provider, std::string_view service,
                                             std::string_view name) const;

  [[nodiscard]] const Tables& tables() const { return tables_; }

 private:
  [[nodiscard]] const TypeEntry* type_or_kind(std::string_view type, blueprint::Kind kind,
                                              bool states_failure) const;

  const Tables& tables_;
  std::unordered_map<std::string_view, const TypeEntry*> types_;
  std::unordered_map<std::string, const TypeEntry*> spellings_;
  std::unordered_map<std::string, const Translation*> translations_;
  std::vector<std::pair<const Spelling*, const TypeEntry*>> patterns_;  ///< spellings with `*`
};

/// Duration of a figure, a lognormal by its median and 90th percentile.
[[nodiscard]] base::Duration duration_of(const Figure& figure);

/// "EC2 user guide (2025-11, M)".
[[nodiscard]] std::string cite(const Citation& citation);

/// When support of a version ends, as inputs write it; null where that is not known.
[[nodiscard]] const VersionEnd* end_of(const Lifecycle& lifecycle, std::string_view version);

/// The figure of a list with this name; null if there is none.
[[nodiscard]] const Figure* find_figure(std::span<const Figure> figures, std::string_view name);

}  // namespace outlast::catalog
