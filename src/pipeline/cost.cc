#include "pipeline/cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "base/units.h"
#include "clock/load_model.h"
#include "engines/cost/ledger.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::OwnPrices;
using clock::load_model_of;
using clock::LoadModel;
using clock::Strain;
namespace cost = engines::cost;

namespace {

/// Requests a month to each component, by so many users.
cost::Usage usage_of(const Blueprint& bp, const LoadModel& load, double users) {
  cost::Usage usage;
  const double requests = users * load.requests_per_user_s * base::kSecondsPerMonth;
  for (const LoadModel::Part& part : load.parts) {
    if (const double here = std::round(requests * part.visits); std::isfinite(here)) {
      usage[bp[part.component].id] = here;
    }
  }
  return usage;
}

/// Where the bill is told as a function of the load: now, in steps of ten above it, at the peak.
std::vector<double> loads_of(const blueprint::Users& users) {
  constexpr double kMost = 1e6;
  std::vector<double> loads = {*users.now};
  const double most = std::max(*users.now, users.peak.value_or(kMost));
  for (const double at : {1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9}) {
    if (at > *users.now && at <= most) {
      loads.push_back(at);
    }
  }
  if (loads.back() < most) {
    loads.push_back(most);
  }
  return loads;
}

std::optional<bool> within(const cost::Bill& bill, base::Money budget) {
  if (bill.monthly > budget) {
    return false;
  }
  return bill.unpriced == 0 && bill.open == 0 ? std::optional(true) : std::nullopt;
}

}  // namespace

findings::Cost cost_of(const blueprint::Draft& draft, const Blueprint& bp,
                       const catalog::Catalog& catalog, const OwnPrices& own) {
  findings::Cost out;
  const auto bill_of = [&](const cost::Usage& usage) {
    return cost::write_bill({draft, bp, catalog, cost::built_in_tables(), own, usage});
  };
  const auto& users = bp.objectives().users;
  if (users.now.is_known() && users.requests_per_minute.is_known()) {
    const LoadModel load = load_model_of(bp, catalog, Strain::likely);
    out.bill = bill_of(usage_of(bp, load, *users.now));
    for (const double at : loads_of(users)) {
      out.by_users.push_back({at, bill_of(usage_of(bp, load, at)).monthly});
    }
  } else {
    out.bill = bill_of({});
  }
  if (const auto& budget = bp.objectives().budget_per_month; budget.is_known()) {
    out.budget = *budget;
    out.is_within_budget = within(out.bill, *budget);
  }
  return out;
}

namespace {

/// Whole cents, as far as money is counted.
base::Money cents_of(double micro_usd) {
  constexpr double kCent = 10'000;
  constexpr double kMost = 9e18;
  return base::Money{static_cast<std::int64_t>(std::round(std::min(micro_usd, kMost) / kCent)) *
                     static_cast<std::int64_t>(kCent)};
}

constexpr double kMicroPerUsd = 1e6;

/// What an event costs once, in millionths of a dollar; infinite where it does not end.
double loss_of(const Blueprint& bp, const Workings& workings, failure::EventId event) {
  double usd = 0;
  for (const failure::PathImpact& hit : workings.cases.impacts[event].paths) {
    const double per_hour = failure::usd_per_hour(bp, workings.paths[hit.path]);
    const double lost_s = hit.down_median_s + hit.soft_loss * hit.soft_s;
    usd += per_hour > 0 && lost_s > 0 ? per_hour * lost_s / base::kSecondsPerHour : 0;
  }
  return usd * kMicroPerUsd;
}

void add_case_losses(const Blueprint& bp, const Workings& workings, findings::Analysis& analysis) {
  auto& losses = analysis.cost->case_losses;
  for (const auto& row : analysis.survival) {
    // How far a change reaches before it is stopped is not in what its event does to users.
    const bool is_told =
        row.event.exists() && row.down_s.has_value() && !workings.cases.changes.contains(row.event);
    const double micro_usd = is_told ? loss_of(bp, workings, row.event) : 0;
    if (std::isfinite(micro_usd) && cents_of(micro_usd).micro_usd > 0) {
      losses.push_back({row.worst_case, row.mode, row.scope, cents_of(micro_usd)});
    }
  }
  std::stable_sort(losses.begin(), losses.end(),
                   [](const auto& a, const auto& b) { return a.once > b.once; });
}

}  // namespace

void add_losses(const Blueprint& bp, Study& study) {
  findings::Analysis& analysis = study.analysis;
  if (!analysis.availability || !analysis.cost) {
    return;
  }
  add_case_losses(bp, study.workings, analysis);
  for (const auto& journey : bp.journeys()) {
    const auto& all = analysis.availability->journeys;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto& known) { return known.name == journey.name; });
    if (!journey.value_per_hour.is_known() || found == all.end()) {
      continue;
    }
    const auto loss = [&](double availability) {
      constexpr double kHoursPerYear = base::kMinutesPerYear / 60;
      return cents_of(static_cast<double>(journey.value_per_hour->micro_usd) * (1 - availability) *
                      kHoursPerYear);
    };
    analysis.cost->losses.push_back(
        {journey.name, loss(found->value), loss(found->high), loss(found->low)});
  }
}

void tell_unused_prices(const OwnPrices& own, const findings::Cost& cost, const Blueprint& bp,
                        base::Diagnostics& diagnostics) {
  std::set<std::string, std::less<>> known;
  for (const auto& c : bp.components()) {
    known.insert(c.id);
    known.insert(c.name);
  }
  for (const auto& line : cost.bill.lines) {
    known.insert(line.address);
  }
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto tell = [&](const std::string& of, base::Span span) {
    if (!known.contains(of)) {
      diagnostics.warning("OUT-E1607", span,
                          fmt::format("{} is no component and no resource here", of),
                          base::suggest(of, names));
    }
  };
  for (const auto& amount : own.monthly) {
    tell(amount.of, amount.span);
  }
  for (const auto& use : own.uses) {
    tell(use.of, use.span);
  }
}

}  // namespace outlast::pipeline
