#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "blueprint/own_prices.h"
#include "engines/cost/exact.h"
#include "engines/cost/tables.h"

namespace outlast::engines::cost {

/// A price that holds: exact, with what is off it.
struct Quote {
  Exact each;  ///< dollars of one unit, discount taken off
  std::string service, sku, region, unit, per, usd, discount;
  std::string source, as_of, trust;
};

/// Looks prices up: the owners' own first, then the built-in lists.
class PriceBook {
 public:
  /// in  own  outlives the book
  PriceBook(const Tables& tables, const blueprint::OwnPrices& own) : tables_(tables), own_(own) {}

  /// The price of a thing in a region, or of one that costs the same everywhere.
  /// Absent where none is known for that region: a price of another region is no guess.
  [[nodiscard]] std::optional<Quote> quote(std::string_view provider, std::string_view service,
                                           std::string_view sku, std::string_view region) const;

  /// Is there a price of it in some other region?
  [[nodiscard]] bool is_known_elsewhere(std::string_view provider, std::string_view service,
                                        std::string_view sku) const;

 private:
  [[nodiscard]] std::optional<Quote> own_quote(std::string_view provider, std::string_view service,
                                               std::string_view sku, std::string_view region) const;
  [[nodiscard]] std::optional<Quote> listed(std::string_view provider, std::string_view service,
                                            std::string_view sku, std::string_view region) const;
  void take_off(std::string_view provider, Quote& quote) const;

  const Tables& tables_;
  const blueprint::OwnPrices& own_;
};

}  // namespace outlast::engines::cost
