#include "pipeline/bill_over_time.h"

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/load_figures.h"
#include "engines/cost/ledger.h"

namespace outlast::pipeline {

using blueprint::Provenance;
using blueprint::Value;
namespace cost = engines::cost;

namespace {

constexpr std::size_t kMostBills = 64;

double usd(base::Money money) {
  return static_cast<double>(money.micro_usd) / 1e6;
}

/// Bills of one architecture with other numbers of replicas.
class Bills {
 public:
  Bills(const Evaluation& evaluation, const catalog::Catalog& catalog,
        const std::map<std::string, std::vector<double>>& replicas)
      : evaluation_(evaluation), catalog_(catalog) {
    for (const auto& component : evaluation.blueprint->components()) {
      const auto known = replicas.find(component.id);
      if (known != replicas.end() && component.scale.max.is_known() &&
          component.service_model != blueprint::ServiceModel::faas) {
        growing_.emplace_back(component.id, &known->second);
      }
    }
  }

  /// What a month of the replicas at a moment costs, by what is paid whether used or not. Of more
  /// moments than are billed the one before stands for the next.
  [[nodiscard]] double fixed_at(std::size_t moment) {
    std::vector<std::int64_t> counts;
    for (const auto& [id, over_time] : growing_) {
      const double count = moment < over_time->size() ? (*over_time)[moment] : 0;
      counts.push_back(std::max<std::int64_t>(1, std::llround(count)));
    }
    const auto known = known_.find(counts);
    if (known != known_.end()) {
      return last_ = known->second;
    }
    if (known_.size() < kMostBills) {
      last_ = bill_of(counts);
      known_.emplace(std::move(counts), last_);
    }
    return last_;
  }

 private:
  [[nodiscard]] double bill_of(const std::vector<std::int64_t>& counts) const {
    blueprint::Draft grown = without_documents(evaluation_.draft);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const auto c = std::find_if(grown.components.begin(), grown.components.end(),
                                  [&](const auto& one) { return one.id == growing_[i].first; });
      if (c != grown.components.end()) {
        c->replicas = Value<std::int64_t>::of(counts[i], Provenance::assumed);
      }
    }
    base::Diagnostics unheard;  // it was valid with other numbers of replicas
    const auto bp = blueprint::validate(grown, unheard);
    if (!bp) {
      return last_;
    }
    const cost::Bill bill = cost::write_bill(
        {evaluation_.draft, *bp, catalog_, cost::built_in_tables(), evaluation_.own_prices, {}});
    return usd(bill.monthly) - usd(bill.per_use);
  }

  const Evaluation& evaluation_;
  const catalog::Catalog& catalog_;
  std::vector<std::pair<std::string, const std::vector<double>*>> growing_;
  std::map<std::vector<std::int64_t>, double> known_;
  double last_ = 0;
};

}  // namespace

std::vector<double> usd_per_hour_over(const Evaluation& evaluation, const catalog::Catalog& catalog,
                                      const std::map<std::string, std::vector<double>>& replicas,
                                      const std::vector<double>& served) {
  const auto& bp = *evaluation.blueprint;
  const auto& bill = evaluation.analysis.cost;
  if (!bill || bill->bill.monthly.micro_usd <= 0) {
    return {};
  }
  const auto& users = bp.objectives().users.now;
  const double now_per_s =
      users.is_known() && bill->bill.per_use.micro_usd > 0
          ? *users * clock::LoadFigures(bp, catalog, clock::Strain::likely).requests_per_user_s()
          : 0;
  const double usd_per_request = now_per_s > 0 ? usd(bill->bill.per_use) / now_per_s : 0;
  constexpr double kHoursPerMonth = base::kSecondsPerMonth / base::kSecondsPerHour;
  Bills bills(evaluation, catalog, replicas);
  std::vector<double> out;
  for (std::size_t i = 0; i < served.size(); ++i) {
    out.push_back((bills.fixed_at(i) + usd_per_request * served[i]) / kHoursPerMonth);
  }
  return out;
}

void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Surge& surge) {
  surge.usd_per_hour =
      usd_per_hour_over(evaluation, catalog, clock::replicas_over_time(surge), surge.served);
}

/// A component that is told as several stations counts as it stands: no id is that of a station.
void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Simulated& simulated) {
  std::map<std::string, std::vector<double>> replicas;
  for (const findings::PartTrack& part : simulated.parts) {
    replicas[part.id] = part.replicas;
  }
  simulated.usd_per_hour = usd_per_hour_over(evaluation, catalog, replicas, simulated.served);
}

}  // namespace outlast::pipeline
