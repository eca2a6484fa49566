#pragma once

#include <span>
#include <string_view>

#include "catalog/tables.h"

/// Shape of the compiled prices. The tables are written at build time from data/prices/*.yaml by
/// tools/compile_prices; nothing is parsed when the program starts.
namespace outlast::engines::cost {

/// Where prices were read, and when they held.
struct PriceSource {
  std::string_view source = {};
  std::string_view as_of = {};
  catalog::Trust trust = catalog::Trust::estimate;
};

/// What one thing costs in one region.
struct Price {
  std::string_view provider = {};
  std::string_view service = {};
  std::string_view sku = {};
  std::string_view region = {};  ///< "global" where it is the same everywhere
  std::string_view unit = {};  ///< "hour", "GB-month", "request"; what ends in hour runs all month
  std::string_view per = {};   ///< so many units: "1000000"
  std::string_view usd = {};   ///< exact, as written: "0.0000002"
  PriceSource source;
};

/// One line of the bill of a resource or of a component.
///
/// Texts are patterns: `{a.b}` stands for the attribute at that path, `{a|b|=8}` for the first of
/// several that is set, `=8` being what is taken where none is; `{a:2}` for the second whole number
/// in it. `{@size}`, `{@variant}`, `{@replicas}`, `{@zones}`, `{@internet}` and `{@storage_gb}` are facts
/// of the component, `{@owner}` the type of the one that a resource is a part of; `{@whole.a.b}` is
/// an attribute beside the block that a line is for. A condition may ask whether a value is `stated`, or `stated gp3`:
/// one that the provider will fill in is not.
struct TariffLine {
  std::string_view what = {};                    ///< "server"
  std::string_view price = {};                   ///< "ec2/{@size}": service and SKU
  std::span<const std::string_view> times = {};  ///< factors of the quantity
  std::string_view beyond = {};                  ///< so much of the quantity costs nothing: "3000"
  std::string_view up_to = {};                   ///< no more of the quantity counts here: "32000"
  std::string_view use = {};    ///< per use: what is counted, "requests"; empty: all month long
  bool only_stated = false;     ///< per use: no line where nobody says how much
  std::string_view over = {};   ///< one line for each block of this attribute …
  std::string_view alike = {};  ///< … but of those that say the same here: "device_name"
  /// What is taken to be so, told with the line: where a default is taken, or always if it has none.
  std::string_view assumes = {};
  std::span<const catalog::Condition> when = {};
  std::span<const catalog::Condition> unless = {};
  std::string_view first = {};     ///< so many of a region cost together …
  std::string_view together = {};  ///< … this, "lb/first five rules"; the price is for each beyond
};

/// What is billed for a resource, by its spelling, or for a component of a type of the catalog.
struct Tariff {
  std::string_view of = {};  ///< "aws_instance", "aws.ec2"
  std::string_view provider = {};
  bool idle_alone = false;  ///< does nothing unless something uses it
  /// Attributes that name what uses it, be that in the inputs or not: "association_id".
  std::span<const std::string_view> used_where = {};
  std::string_view region_in = {};  ///< attribute with the region, where nothing else tells it
  std::span<const TariffLine> lines = {};  ///< empty: it is free
  PriceSource free_by = {};                ///< who says that it is
};

/// What a provider pays back of a month's bill, where the month was up less than this.
struct CreditStep {
  double below = 1;   ///< uptime of the month
  double credit = 0;  ///< share of the bill; of all steps that hold the largest one counts
};

/// What the agreement on a service gives back for outages of it.
struct Credit {
  std::string_view of = {};                ///< a type of the catalog, with its variants
  std::span<const CreditStep> steps = {};  ///< by rising credit
  PriceSource source;
};

struct Tables {
  std::span<const Price> prices = {};    ///< by provider, service, SKU and region
  std::span<const Tariff> tariffs = {};  ///< by `of`
  std::span<const Credit> credits = {};  ///< by `of`
};

/// The credit of a component's type, or of the longest known beginning of it; null if there is none.
[[nodiscard]] const Credit* credit_of(const Tables& tables, std::string_view type);

/// The tables compiled into this program.
[[nodiscard]] const Tables& built_in_tables();

}  // namespace outlast::engines::cost
