#include "pipeline/bill_over_time.h"

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/load_model.h"
#include "clock/surge.h"
#include "pipeline/cost_at_load.h"

namespace outlast::pipeline {

namespace {

using clock::PartsOverTime;

constexpr std::size_t kMostBills = 64;

double usd(base::Money money) {
  return static_cast<double>(money.micro_usd) / 1e6;
}

/// Bills of one architecture with other numbers of replicas.
class Bills {
 public:
  Bills(const Evaluation& evaluation, const catalog::Catalog& catalog,
        const PartsOverTime::Tracks& replicas)
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
    std::map<std::string, std::int64_t> replicas;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      replicas.emplace(growing_[i].first, counts[i]);
    }
    const auto bill = bill_with(evaluation_, catalog_, replicas, evaluation_.own_prices, {});
    return bill ? usd(bill->monthly) - usd(bill->per_use) : last_;
  }

  const Evaluation& evaluation_;
  const catalog::Catalog& catalog_;
  std::vector<std::pair<std::string, const std::vector<double>*>> growing_;
  std::map<std::vector<std::int64_t>, double> known_;
  double last_ = 0;
};

/// What is paid per use, in proportion to the requests that each component takes; where these are not
/// told, to those that users are answered.
class PerUse {
 public:
  PerUse(const Evaluation& evaluation, const catalog::Catalog& catalog,
         const PartsOverTime::Tracks& taken) {
    const auto& bp = *evaluation.blueprint;
    const auto& users = bp.objectives().users.now;
    const auto& bill = evaluation.analysis.cost->bill;
    if (!users.is_known() || bill.per_use.micro_usd <= 0) {
      return;
    }
    const auto load = clock::load_model_of(bp, catalog, clock::Strain::likely);
    const double now_per_s = *users * load.requests_per_user_s;
    if (now_per_s <= 0) {
      return;
    }
    std::map<std::string, double> usual_per_s;
    for (const auto& part : load.parts) {
      usual_per_s[bp[part.component].id] += now_per_s * part.visits;
    }
    for (const auto& line : bill.lines) {
      if (!line.is_per_use) {
        continue;
      }
      const auto usual = usual_per_s.find(line.component);
      const auto track = taken.find(line.component);
      if (usual != usual_per_s.end() && usual->second > 0 && track != taken.end()) {
        of_parts_.emplace_back(usd(line.monthly) / usual->second, &track->second);
      } else {
        of_users_ += usd(line.monthly) / now_per_s;
      }
    }
  }

  /// A month at the pace of a moment.
  [[nodiscard]] double at(std::size_t moment, double served) const {
    double sum = of_users_ * served;
    for (const auto& [of_one, track] : of_parts_) {
      sum += moment < track->size() ? of_one * (*track)[moment] : 0;
    }
    return sum;
  }

 private:
  double of_users_ = 0;  ///< a month, of one request a second
  std::vector<std::pair<double, const std::vector<double>*>> of_parts_;
};

}  // namespace

std::vector<double> usd_per_hour_over(const Evaluation& evaluation, const catalog::Catalog& catalog,
                                      const PartsOverTime& parts,
                                      const std::vector<double>& served) {
  const auto& bill = evaluation.analysis.cost;
  if (!bill || bill->bill.monthly.micro_usd <= 0) {
    return {};
  }
  const PerUse per_use(evaluation, catalog, parts.taken);
  Bills bills(evaluation, catalog, parts.replicas);
  std::vector<double> out;
  for (std::size_t i = 0; i < served.size(); ++i) {
    out.push_back((bills.fixed_at(i) + per_use.at(i, served[i])) / base::kHoursPerMonth);
  }
  return out;
}

void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Surge& surge) {
  surge.usd_per_hour =
      usd_per_hour_over(evaluation, catalog, clock::parts_over_time(surge), surge.served);
}

void price_over_time(const Evaluation& evaluation, const catalog::Catalog& catalog,
                     findings::Simulated& simulated) {
  PartsOverTime parts;
  for (const findings::PartTrack& part : simulated.parts) {
    parts.replicas[part.id] = part.replicas;
    PartsOverTime::add(part.taken, parts.taken[part.component]);
  }
  simulated.usd_per_hour = usd_per_hour_over(evaluation, catalog, parts, simulated.served);
  findings::RunCost cost;
  for (const findings::JourneyFate& fate : simulated.journeys) {
    cost.value_lost_usd += fate.usd_lost;
  }
  for (const double usd_per_hour : simulated.usd_per_hour) {
    const double hours = simulated.step_s / base::kSecondsPerHour;
    cost.billed_usd += usd_per_hour * hours;
    cost.as_it_stands_usd +=
        usd(evaluation.analysis.cost->bill.monthly) / base::kHoursPerMonth * hours;
  }
  if (cost.value_lost_usd > 0 || cost.billed_usd > 0) {
    simulated.cost = cost;
  }
}

}  // namespace outlast::pipeline
