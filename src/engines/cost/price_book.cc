#include "engines/cost/price_book.h"

#include <algorithm>
#include <tuple>

#include "base/assert.h"

namespace outlast::engines::cost {
namespace {

constexpr std::string_view kEverywhere = "global";

auto thing_of(const Price& price) {
  return std::tie(price.provider, price.service, price.sku);
}

Exact exact(std::string_view text) {
  const auto number = parse_exact(text);
  OUTLAST_ASSERT(number.has_value(), "prices are checked when they are read");
  return *number;
}

/// The prices of one thing in all its regions.
std::span<const Price> all_of(const Tables& tables, std::string_view provider,
                              std::string_view service, std::string_view sku) {
  const auto wanted = std::tie(provider, service, sku);
  const auto first = std::partition_point(tables.prices.begin(), tables.prices.end(),
                                          [&](const Price& p) { return thing_of(p) < wanted; });
  const auto last = std::partition_point(first, tables.prices.end(),
                                         [&](const Price& p) { return thing_of(p) == wanted; });
  return {first, last};
}

}  // namespace

std::optional<Quote> PriceBook::quote(std::string_view provider, std::string_view service,
                                      std::string_view sku, std::string_view region) const {
  for (const std::string_view place : {region, kEverywhere}) {
    auto found = own_quote(provider, service, sku, place);
    if (!found) {
      found = listed(provider, service, sku, place);
    }
    if (found) {
      take_off(provider, *found);
      return found;
    }
  }
  return std::nullopt;
}

bool PriceBook::is_known_elsewhere(std::string_view provider, std::string_view service,
                                   std::string_view sku) const {
  return !all_of(tables_, provider, service, sku).empty();
}

std::optional<Quote> PriceBook::own_quote(std::string_view provider, std::string_view service,
                                          std::string_view sku, std::string_view region) const {
  const auto found = std::find_if(own_.prices.begin(), own_.prices.end(), [&](const auto& p) {
    return p.provider == provider && p.service == service && p.sku == sku && p.region == region;
  });
  if (found == own_.prices.end()) {
    return std::nullopt;
  }
  return Quote{exact(found->usd) / exact(found->per),
               found->service,
               found->sku,
               found->region,
               found->unit,
               found->per,
               found->usd,
               "",
               found->source,
               found->as_of,
               "own"};
}

std::optional<Quote> PriceBook::listed(std::string_view provider, std::string_view service,
                                       std::string_view sku, std::string_view region) const {
  for (const Price& price : all_of(tables_, provider, service, sku)) {
    if (price.region == region) {
      return Quote{exact(price.usd) / exact(price.per),
                   std::string(price.service),
                   std::string(price.sku),
                   std::string(price.region),
                   std::string(price.unit),
                   std::string(price.per),
                   std::string(price.usd),
                   "",
                   std::string(price.source.source),
                   std::string(price.source.as_of),
                   std::string(1, static_cast<char>(price.source.trust))};
    }
  }
  return std::nullopt;
}

/// Own prices are what is paid; only list prices have something off.
void PriceBook::take_off(std::string_view provider, Quote& quote) const {
  const blueprint::Discount* best = nullptr;
  for (const auto& discount : own_.discounts) {
    const bool is_meant = discount.provider == provider &&
                          (discount.service.empty() || discount.service == quote.service);
    if (is_meant && (best == nullptr || best->service.empty())) {
      best = &discount;
    }
  }
  if (best != nullptr && quote.trust != "own") {
    quote.each *= (100 - exact(best->percent)) / 100;
    quote.discount = best->percent + " %";
  }
}

const Credit* credit_of(const Tables& tables, std::string_view type) {
  const Credit* best = nullptr;
  for (const Credit& credit : tables.credits) {
    const bool is_of =
        type == credit.of || (type.starts_with(credit.of) && type[credit.of.size()] == '.');
    if (is_of && (best == nullptr || credit.of.size() > best->of.size())) {
      best = &credit;
    }
  }
  return best;
}

}  // namespace outlast::engines::cost
