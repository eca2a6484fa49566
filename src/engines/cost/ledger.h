#pragma once

#include <map>
#include <string>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "blueprint/own_prices.h"
#include "catalog/catalog.h"
#include "engines/cost/bill.h"
#include "engines/cost/tables.h"

namespace outlast::engines::cost {

/// How often each component is asked, as requests a month; those left out are not known.
using Usage = std::map<std::string, double, std::less<>>;

struct LedgerInput {
  const blueprint::Draft& draft;  ///< as it was validated: resources with their attributes
  const blueprint::Blueprint& blueprint;
  const catalog::Catalog& catalog;
  const Tables& tables;
  const blueprint::OwnPrices& own;
  const Usage& usage;
};

/// Writes the bill of a month.
///
/// out     a line for all that is billed of each component and resource, in their order; each
///         rounded once, to the cent. What has no price, or whose attributes are not known, is a
///         line too, and unpriced: it never counts as nothing
/// units   a month has 730 hours (docs/model.md, A-96)
/// cost    linear in resources and their parts; no links are looked for again
/// assumes resources that become no component cost nothing of their own unless a tariff names them
[[nodiscard]] Bill write_bill(const LedgerInput& input);

/// Attributes of a component that its bill hangs on, as the traits by which a blueprint that tells
/// of the same component is billed alike. Empty where a blueprint told it, or no tariff is known.
[[nodiscard]] std::map<std::string, std::string> traits_of_bill(const LedgerInput& input,
                                                                const blueprint::Component& c);

}  // namespace outlast::engines::cost
