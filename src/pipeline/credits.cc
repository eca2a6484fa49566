#include "pipeline/credits.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engines/cost/tables.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using engines::cost::Credit;
using failure::Event;
using failure::EventKind;

namespace {

constexpr double kMonth_s = 730.0 * 3600;

/// Expected share of a month's bill for one event that strikes so often a month.
double share_for(const Event& event, double per_month, const Credit& credit) {
  double share = 0;
  double before = 0;
  for (const auto& step : credit.steps) {
    const double allowed_s = (1 - step.below) * kMonth_s;
    share += (step.credit - before) * event.duration.share_beyond(allowed_s);
    before = step.credit;
  }
  return share * std::min(1.0, per_month);
}

double expected_share(const Blueprint& bp, const catalog::Catalog& catalog,
                      const Workings& workings, ComponentId id, const Credit& credit) {
  const auto region = failure::group_of(bp, id, blueprint::FateKind::region);
  const auto service = failure::group_of(bp, id, blueprint::FateKind::service);
  double share = 0;
  for (const Event& event : workings.cases.events) {
    const bool is_region = event.kind == EventKind::region_outage && event.group == region;
    const bool is_service = event.kind == EventKind::service && event.group == service;
    if (!event.group.exists() || event.per_year <= 0 || (!is_region && !is_service)) {
      continue;
    }
    const double hits = is_region ? failure::hit_share(bp, catalog, id) : 1;
    share += share_for(event, event.per_year * hits / 12, credit);
  }
  return std::min(1.0, share);
}

}  // namespace

void add_credits(const Blueprint& bp, const catalog::Catalog& catalog, const Workings& workings,
                 findings::Analysis& analysis) {
  std::map<std::string, std::int64_t> priced;
  for (const auto& line : analysis.cost->bill.lines) {
    if (line.state == engines::cost::LineState::priced) {
      priced[line.component] += line.monthly.micro_usd;
    }
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Credit* credit = credit_of(engines::cost::built_in_tables(), bp[id].type);
    const auto price = priced.find(bp[id].id);
    if (credit == nullptr || price == priced.end()) {
      continue;
    }
    constexpr double kCent = 10'000;
    const double year = 12 * static_cast<double>(price->second) *
                        expected_share(bp, catalog, workings, id, *credit);
    const base::Money amount{static_cast<std::int64_t>(std::round(year / kCent)) *
                             static_cast<std::int64_t>(kCent)};
    if (amount.micro_usd > 0) {
      const auto trust = credit->source.trust;
      analysis.cost->credits.push_back({bp[id].id, amount, std::string(credit->source.source),
                                        std::string(credit->source.as_of),
                                        trust == catalog::Trust::verified ? "V"
                                        : trust == catalog::Trust::memory ? "M"
                                                                          : "E"});
      analysis.cost->credits_per_year.micro_usd += amount.micro_usd;
    }
  }
}

}  // namespace outlast::pipeline
