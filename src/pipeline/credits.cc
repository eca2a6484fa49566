#include "pipeline/credits.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "base/units.h"
#include "engines/cost/tables.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using engines::cost::Credit;
using failure::Event;
using failure::EventId;
using failure::EventKind;

namespace {

/// Expected share of a month's bill for one event that strikes so often a month.
double share_for(const Event& event, double per_month, const Credit& credit) {
  double share = 0;
  double before = 0;
  for (const auto& step : credit.steps) {
    const double allowed_s = (1 - step.below) * base::kSecondsPerMonth;
    share += (step.credit - before) * event.duration.share_beyond(allowed_s);
    before = step.credit;
  }
  return share * std::min(1.0, per_month);
}

/// Events for which a service is credited: outages of regions and of services, by group.
using CreditedEvents = std::map<blueprint::FateGroupId, std::vector<EventId>>;

CreditedEvents credited_events(const Workings& workings) {
  CreditedEvents out;
  for (const EventId id : base::ids<EventId>(workings.cases.events.size())) {
    const Event& event = workings.cases.events[id];
    const bool is_credited =
        event.kind == EventKind::region_outage || event.kind == EventKind::service;
    if (is_credited && event.group.exists() && event.per_year > 0) {
      out[event.group].push_back(id);
    }
  }
  return out;
}

double expected_share(const Blueprint& bp, const catalog::Catalog& catalog,
                      const Workings& workings, const CreditedEvents& credited, ComponentId id,
                      const Credit& credit) {
  std::vector<EventId> events;
  for (const auto kind : {blueprint::FateKind::region, blueprint::FateKind::service}) {
    if (const auto of = credited.find(failure::group_of(bp, id, kind)); of != credited.end()) {
      events.insert(events.end(), of->second.begin(), of->second.end());
    }
  }
  std::sort(events.begin(), events.end());
  double share = 0;
  for (const EventId at : events) {
    const Event& event = workings.cases.events[at];
    const double hits =
        event.kind == EventKind::region_outage ? failure::hit_share(bp, catalog, id) : 1;
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
  const CreditedEvents credited = credited_events(workings);
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Credit* credit = credit_of(engines::cost::built_in_tables(), bp[id].type);
    const auto price = priced.find(bp[id].id);
    if (credit == nullptr || price == priced.end()) {
      continue;
    }
    constexpr double kCent = 10'000;
    const double year = 12 * static_cast<double>(price->second) *
                        expected_share(bp, catalog, workings, credited, id, *credit);
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
