#include "pipeline/cost_at_load.h"

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/load_model.h"

namespace outlast::pipeline {

using blueprint::Provenance;
using blueprint::Value;
namespace cost = engines::cost;

namespace {

constexpr double kBusy = 0.6;  ///< the level that autoscalers are usually told to keep
constexpr double kMillisecondsPerSecond = 1000;

std::string whole(double amount) {
  return std::to_string(static_cast<std::int64_t>(std::round(amount)));
}

}  // namespace

std::optional<cost::Bill> bill_with(const Evaluation& evaluation, const catalog::Catalog& catalog,
                                    const std::map<std::string, std::int64_t>& replicas,
                                    const blueprint::OwnPrices& own, const cost::Usage& usage) {
  blueprint::Draft grown = without_documents(evaluation.draft);
  for (blueprint::DraftComponent& c : grown.components) {
    if (const auto wanted = replicas.find(c.id); wanted != replicas.end()) {
      c.replicas = Value<std::int64_t>::of(wanted->second, Provenance::assumed);
      // Fewer of them may leave a zone empty; what replicas there would need costs the same.
      for (blueprint::DraftNeed& need : c.needs) {
        need.is_local = need.is_local && need.local_zone.empty();
        need.local_zone.clear();
      }
    }
  }
  base::Diagnostics unheard;  // it was valid with other numbers of replicas
  const auto bp = blueprint::validate(grown, unheard);
  if (!bp) {
    return std::nullopt;
  }
  return cost::write_bill({evaluation.draft, *bp, catalog, cost::built_in_tables(), own, usage});
}

CostAtLoad::CostAtLoad(const Evaluation& evaluation, const catalog::Catalog& catalog,
                       std::map<std::string, double> memory_gb)
    : evaluation_(evaluation), catalog_(catalog), memory_gb_(std::move(memory_gb)) {
  const auto& bp = *evaluation_.blueprint;
  const auto load = clock::load_model_of(bp, catalog_, clock::Strain::likely);
  assumptions_ = load.assumptions;
  for (std::size_t i = 0; i < load.parts.size(); ++i) {
    const auto& station = load.model.stations[engines::simulation::StationId(i)];
    const auto& c = bp[load.parts[i].component];
    Part part;
    part.id = c.id;
    part.requests_month = load.requests_per_user_s * load.parts[i].visits * base::kSecondsPerMonth;
    part.work_s = station.service.mean_s;
    const double busy = load.requests_per_user_s * load.parts[i].visits * part.work_s;
    if (c.scale.max.is_known() && c.service_model != blueprint::ServiceModel::faas && busy > 0) {
      part.per_replica = kBusy * static_cast<double>(station.servers) / busy;
      part.fewest = std::max<std::int64_t>(1, c.scale.min.value_or(1));
      part.most = std::max(part.fewest, *c.scale.max);
    }
    // Who grows keeps to the level that he grows at; the rest takes what it has.
    const double carried = part.per_replica > 0 && std::isfinite(load.parts[i].most_servers)
                               ? load.parts[i].most_servers * kBusy / busy
                               : clock::sustained_by(load, i);
    if (std::isfinite(carried)) {
      bounded_by_ = carried < most_users_ ? c.name : bounded_by_;
      most_users_ = std::min(most_users_, carried);
    }
    parts_.push_back(part);
  }
}

cost::Bill CostAtLoad::bill_at(double users) const {
  std::map<std::string, std::int64_t> replicas;
  cost::Usage usage;
  blueprint::OwnPrices own = evaluation_.own_prices;
  for (const Part& part : parts_) {
    const double requests = std::round(part.requests_month * users);
    usage[part.id] = requests;
    if (const auto memory = memory_gb_.find(part.id); memory != memory_gb_.end()) {
      const double work_s = requests * part.work_s;
      own.uses.push_back({part.id, "gb_seconds", whole(work_s * memory->second), {}});
      own.uses.push_back({part.id, "vcpu_seconds", whole(work_s), {}});
      own.uses.push_back({part.id, "cpu_ms", whole(work_s * kMillisecondsPerSecond), {}});
    }
    if (part.per_replica > 0) {
      const double wanted = std::ceil(users / part.per_replica);
      replicas[part.id] = static_cast<std::int64_t>(
          std::clamp(wanted, static_cast<double>(part.fewest), static_cast<double>(part.most)));
    }
  }
  return bill_with(evaluation_, catalog_, replicas, own, usage).value_or(cost::Bill{});
}

base::Money CostAtLoad::at(double users) {
  const auto [found, is_new] = known_.try_emplace(users);
  if (is_new) {
    found->second = bill_at(users).monthly;
  }
  return found->second;
}

}  // namespace outlast::pipeline
