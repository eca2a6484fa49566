#include "import/prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "base/units.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::OwnPrice;
using blueprint::OwnPrices;

namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
constexpr auto kFileKeys =
    std::to_array<std::string_view>({"prices", "provider", "lists", "discounts", "monthly", "use"});
constexpr auto kListKeys = std::to_array<std::string_view>(
    {"provider", "service", "region", "unit", "per", "as_of", "trust", "source", "usd"});
constexpr auto kDiscountKeys = std::to_array<std::string_view>({"provider", "service", "percent"});
constexpr std::string_view kShape =
    "prices: 1, with lists: [{provider, service, region, unit, usd: {name: amount}}], discounts: "
    "[{provider, percent}], monthly: {component: 20 USD/month}, use: {component: {requests: 1000}}";

/// Is it a map, and has it none but these keys? What is wrong is told.
void check_keys(Node map, std::span<const std::string_view> keys, Diagnostics& diagnostics) {
  if (!map.is(NodeKind::map)) {
    diagnostics.error("OUT-E1601", map.span(), "expected a map", std::string(kShape));
  }
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (std::find(keys.begin(), keys.end(), map.key(i)) == keys.end()) {
      diagnostics.error("OUT-E1602", map.key_span(i),
                        fmt::format("unknown key \"{}\" of prices", map.key(i)),
                        base::suggest(map.key(i), keys));
    }
  }
}

/// The text behind a key that must be there.
std::string needed(Node map, std::string_view key, std::string_view otherwise,
                   Diagnostics& diagnostics) {
  const Node value = map[key];
  if (!value.text().empty()) {
    return std::string(value.text());
  }
  if (otherwise.empty()) {
    diagnostics.error("OUT-E1603", value.exists() ? value.span() : map.span(),
                      fmt::format("a list of prices needs its {}", key), std::string(kShape));
  }
  return std::string(otherwise);
}

void check_decimal(Node value, Diagnostics& diagnostics) {
  if (!is_decimal(value.text())) {
    diagnostics.error("OUT-E1604", value.span(),
                      fmt::format("\"{}\" is no plain number", value.text()),
                      "digits with at most one point: 0.0000002, not 2e-7");
  }
}

void add_list(Node list, std::string_view provider, std::string_view source,
              Diagnostics& diagnostics, std::vector<OwnPrice>& out) {
  check_keys(list, kListKeys, diagnostics);
  if (!list.is(NodeKind::map)) {
    return;
  }
  OwnPrice shared;
  shared.provider = needed(list, "provider", provider, diagnostics);
  shared.service = needed(list, "service", "", diagnostics);
  shared.region = needed(list, "region", "", diagnostics);
  shared.unit = needed(list, "unit", "", diagnostics);
  shared.per = needed(list, "per", "1", diagnostics);
  shared.source = needed(list, "source", source, diagnostics);
  shared.as_of = list["as_of"].text();
  shared.trust = list["trust"].text();
  if (!is_decimal(shared.per) || shared.per.find_first_not_of("0.") == std::string::npos) {
    diagnostics.error("OUT-E1604", list["per"].span(), "a price is for some number of units",
                      "a number over 0, such as 1000000");
  }
  const Node prices = list["usd"];
  if (!prices.is(NodeKind::map)) {
    diagnostics.error("OUT-E1603", list.span(), "a list of prices needs usd: {name: amount}",
                      std::string(kShape));
    return;
  }
  for (std::size_t i = 0; i < prices.size(); ++i) {
    check_decimal(prices.at(i), diagnostics);
    OwnPrice price = shared;
    price.sku = prices.key(i);
    price.usd = prices.at(i).text();
    price.span = prices.key_span(i);
    out.push_back(std::move(price));
  }
}

void add_discounts(Node discounts, Diagnostics& diagnostics, OwnPrices& out) {
  for (std::size_t i = 0; i < discounts.size(); ++i) {
    const Node discount = discounts.at(i);
    check_keys(discount, kDiscountKeys, diagnostics);
    const Node percent = discount["percent"];
    const auto share = base::parse_share(std::string(percent.text()) + "%");
    if (!is_decimal(percent.text()) || !share) {
      diagnostics.error("OUT-E1605", percent.exists() ? percent.span() : discount.span(),
                        "a discount is a percentage of the list price", "percent: 20, at most 100");
      continue;
    }
    out.discounts.push_back({needed(discount, "provider", "", diagnostics),
                             std::string(discount["service"].text()), std::string(percent.text()),
                             discount.span()});
  }
}

void add_monthly(Node monthly, Diagnostics& diagnostics, OwnPrices& out) {
  for (std::size_t i = 0; i < monthly.size(); ++i) {
    const auto amount = base::parse_money(monthly.at(i).text(), "month");
    if (!amount) {
      diagnostics.error("OUT-E1606", monthly.at(i).span(), amount.error().message,
                        amount.error().remedy);
      continue;
    }
    out.monthly.push_back({std::string(monthly.key(i)), *amount, monthly.key_span(i)});
  }
}

void add_uses(Node uses, Diagnostics& diagnostics, OwnPrices& out) {
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const Node of = uses.at(i);
    if (!of.is(NodeKind::map)) {
      diagnostics.error("OUT-E1601", of.span(), "expected a map of what is used",
                        "component: {requests: 1000000, storage_gb: 50}");
    }
    for (std::size_t j = 0; j < of.size(); ++j) {
      check_decimal(of.at(j), diagnostics);
      out.uses.push_back({std::string(uses.key(i)), std::string(of.key(j)),
                          std::string(of.at(j).text()), uses.key_span(i)});
    }
  }
}

}  // namespace

bool is_decimal(std::string_view text) {
  constexpr std::size_t kMostDigits = 30;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto points = std::count(text.begin(), text.end(), '.');
  return !text.empty() && text.size() <= kMostDigits && points <= 1 && is_digit(text.front()) &&
         is_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return c == '.' || is_digit(c); });
}

std::vector<OwnPrice> read_price_lists(Node lists, std::string_view provider,
                                       std::string_view source, Diagnostics& diagnostics) {
  std::vector<OwnPrice> prices;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    add_list(lists.at(i), provider, source, diagnostics, prices);
  }
  return prices;
}

OwnPrices read_prices(const std::string& path, const base::FileSource& files,
                      base::Sources& sources, Diagnostics& diagnostics) {
  OwnPrices out;
  auto bytes = files.read(path, kMostBytes);
  const std::string hash = bytes ? base::sha256(*bytes) : "";
  auto text = bytes ? base::to_utf8(std::move(*bytes)) : std::move(bytes);
  if (!text) {
    diagnostics.error("OUT-E1600", {},
                      fmt::format("cannot read the prices {}: {}", path, text.error().message),
                      text.error().remedy);
    return out;
  }
  const auto documents =
      base::parse_yaml(sources, sources.add(path, std::move(*text), hash), diagnostics);
  if (!documents || documents->empty()) {
    return out;
  }
  const Node root = documents->front().root();
  check_keys(root, kFileKeys, diagnostics);
  if (root.is(NodeKind::map)) {
    out.prices = read_price_lists(root["lists"], root["provider"].text(), path, diagnostics);
    add_discounts(root["discounts"], diagnostics, out);
    add_monthly(root["monthly"], diagnostics, out);
    add_uses(root["use"], diagnostics, out);
  }
  return out;
}

}  // namespace outlast::import
