#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "base/units.h"

/// What the owners know of their own bill: prices they agreed on, discounts, amounts and use.
namespace outlast::blueprint {

struct OwnPrice {
  std::string provider, service, sku, region;
  std::string unit, per, usd;  ///< dollars exact, as written
  std::string source, as_of;
  std::string trust;  ///< of a list that is compiled in; of the owners' own there is none
  base::Span span;
};

/// Off the list price of all that it names; of several the most particular one counts.
struct Discount {
  std::string provider;
  std::string service;  ///< empty: all of them
  std::string percent;  ///< exact, as written: "12.5"
  base::Span span;
};

/// How much of something is used a month: "requests" of a component.
struct OwnUse {
  std::string of;    ///< address of a resource or id of a component
  std::string what;  ///< "requests", "storage_gb"
  std::string quantity;
  base::Span span;
};

/// What a whole component costs by agreement.
struct OwnAmount {
  std::string of;  ///< id or name of a component
  base::Money monthly;
  base::Span span;
};

struct OwnPrices {
  std::vector<OwnPrice> prices;
  std::vector<Discount> discounts;
  std::vector<OwnAmount> monthly;
  std::vector<OwnUse> uses;
};

}  // namespace outlast::blueprint
