#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/file_source.h"
#include "blueprint/own_prices.h"

namespace outlast::import {

/// Reads the owners' own price file: lists in the shape of data/prices, discounts, amounts of whole
/// components, use.
///
/// errors  to `diagnostics`, all at once and each with its place: unknown or missing keys, what is
///         no amount, discounts over 100 %
[[nodiscard]] blueprint::OwnPrices read_prices(const std::string& path,
                                               const base::FileSource& files,
                                               base::Sources& sources,
                                               base::Diagnostics& diagnostics);

/// Reads `lists`, each of which is of one provider, service, region and unit.
///
/// in   provider  of the file, where a list names none
///      source    where a list names none; empty: it must
[[nodiscard]] std::vector<blueprint::OwnPrice> read_price_lists(base::Node lists,
                                                                std::string_view provider,
                                                                std::string_view source,
                                                                base::Diagnostics& diagnostics);

/// Digits with at most one point in between, thirty at most: what is exact as it is written.
[[nodiscard]] bool is_decimal(std::string_view text);

}  // namespace outlast::import
