#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/cost/bill.h"
#include "engines/cost/exact.h"
#include "engines/cost/facts.h"
#include "engines/cost/ledger.h"
#include "engines/cost/price_book.h"

/// How the lines of a tariff are filled, priced and rounded.
namespace outlast::engines::cost {

/// One thing that is billed, and what is known of it.
struct Subject {
  const blueprint::Component* component = nullptr;     ///< that it belongs to
  const blueprint::DraftResource* resource = nullptr;  ///< null: told by a blueprint
  const Tariff* tariff = nullptr;
  Facts facts;
  std::string provider, region;
};

/// A line of the bill without any amount yet.
[[nodiscard]] Line line_of(std::string component, std::string address, std::string what,
                           const blueprint::Evidence& evidence);

class LineWriter {
 public:
  /// in  outlives the writer
  explicit LineWriter(const LedgerInput& input) : in_(input), book_(input.tables, input.own) {}

  /// Adds a line for each that the tariff has; one that says so where it is free.
  void write(const Subject& subject, std::vector<Line>& lines);

 private:
  void add(const Subject& subject, const TariffLine& rule, const Facts& facts,
           std::vector<Line>& lines);
  struct Due {
    std::string_view price;
    bool is_paid_already = false;
  };
  [[nodiscard]] Due next_due(const Subject& subject, const TariffLine& rule);
  [[nodiscard]] std::optional<Quote> quote_for(const Subject& subject, const TariffLine& rule,
                                               std::string_view price, const Facts& facts,
                                               Line& line) const;
  [[nodiscard]] std::string why_not(const Subject& subject, const Line& line) const;
  void price(const Subject& subject, const TariffLine& rule, const Facts& facts, const Quote& quote,
             Line& line) const;
  [[nodiscard]] std::optional<Exact> use_of(const Subject& subject, std::string_view what) const;

  const LedgerInput& in_;
  PriceBook book_;
  /// Lines so far of what costs something together, by that and by region.
  std::map<std::pair<std::string_view, std::string>, std::size_t> of_first_;
};

}  // namespace outlast::engines::cost
