// Two rows of every check whose cause is neither a failure nor a change: a server that turns slow,
// and zones that no longer reach each other. Both are scenarios, played by `simulate`.

#include "clock/software_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/units.h"
#include "clock/load_model.h"
#include "clock/quorum.h"
#include "clock/row_course.h"
#include "clock/seen.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::Fault;
using blueprint::Scenario;
using blueprint::ScenarioFault;
using blueprint::Value;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

constexpr const char* kNotFollowed = "the load could not be followed";

SurvivalRow row_of(const Blueprint& bp, std::string worst_case) {
  SurvivalRow row;
  row.worst_case = std::move(worst_case);
  row.fault_class = blueprint::FaultClass::software;
  row.objective = blueprint::objective_of(bp.objectives(), row.fault_class);
  return row;
}

SurvivalRow unknown(SurvivalRow row, std::string because) {
  row.survives = Verdict::unknown;
  row.because = {std::move(because)};
  return row;
}

void take(const Seen& of, SurvivalRow& row) {
  row.survives = of.survives;
  if (row.survives != Verdict::unknown) {
    row.down_s = of.down_s.value;
    row.down_p90_s = of.down_s.high;
    row.users = of.day.lost_share;
  }
}

/// Which of both it is that nobody can tell.
std::string reason_for_unknown(const Seen& of) {
  const bool is_down = of.down_s.high > of.down_s.low;
  const bool is_lossy = of.lossy_s.high > of.lossy_s.low;
  const findings::Likely& range = is_down ? of.down_s : is_lossy ? of.lossy_s : of.partly_s;
  return fmt::format("{} between {} and {}, by what nobody stated",
                     is_down    ? "down"
                     : is_lossy ? "more than one request in a hundred lost for"
                                : "losing something for",
                     base::format_duration({range.low}), base::format_duration({range.high}));
}

/// Parts of one's own that work on requests, those first of which a slow one is soonest full.
std::vector<ComponentId> servers_of(const LoadModel& load) {
  std::vector<std::pair<double, ComponentId>> servers;
  for (std::size_t s = 0; s < load.parts.size(); ++s) {
    const auto& part = load.parts[s];
    const auto& station = load.model.stations[engines::simulation::StationId(s)];
    if (part.visits > 0 && std::isfinite(part.most_servers)) {
      const double of_one = part.visits / static_cast<double>(station.replicas);
      const double use = of_one * station.service.mean_s / static_cast<double>(station.servers);
      servers.emplace_back(-use, part.component);
    }
  }
  std::sort(servers.begin(), servers.end());
  std::vector<ComponentId> all;
  for (const auto& [use, id] : servers) {
    all.push_back(id);
  }
  return all;
}

/// Zones that are known, of what is on the way of users, and who else may lie in any.
struct Zones {
  std::vector<FateGroupId> known;
  const blueprint::Component* in_doubt = nullptr;
};

Zones zones_of(const Blueprint& bp, const LoadModel& load) {
  std::set<FateGroupId> known;
  Zones zones;
  for (const auto& part : load.parts) {
    for (const auto& replica : bp[part.component].replicas) {
      if (!replica.zone.exists()) {
        continue;
      }
      if (bp[replica.zone].is_certain) {
        known.insert(replica.zone);
      } else if (zones.in_doubt == nullptr) {
        zones.in_doubt = &bp[part.component];
      }
    }
  }
  zones.known.assign(known.begin(), known.end());
  return zones;
}

/// A store on the way of users that both sides of a cut may go on writing to.
const blueprint::Component* split_by(const Blueprint& bp, const LoadModel& load,
                                     const ScenarioFault& cut) {
  for (const CutStore& store : stores_cut_by(bp, cut)) {
    const bool is_on_the_way =
        std::any_of(load.parts.begin(), load.parts.end(),
                    [&](const auto& part) { return part.component == store.store; });
    if (store.may_split && is_on_the_way) {
      return &bp[store.store];
    }
  }
  return nullptr;
}

SurvivalRow slow_row(const Blueprint& bp, const catalog::Catalog& catalog, const LoadModel& load,
                     std::vector<blueprint::Assumption>& assumptions) {
  SurvivalRow row = row_of(bp, "slow");
  const auto* figure = catalog.place_figure("any", "", "slow_server");
  const auto servers = servers_of(load);
  if (servers.empty() || figure == nullptr) {
    row.survives = Verdict::not_exposed;
    row.because = {"no server of yours is on the way of users"};
    return row;
  }
  if (!bp.objectives().users.now.is_known()) {
    return unknown(std::move(row), "how many users there are is not stated (users: {now})");
  }
  ScenarioFault fault;
  fault.fault = Fault::degrade;
  fault.replicas = Value<std::int64_t>::of(1);
  fault.slower = Value<double>::of(1 / figure->share);
  std::optional<Seen> worst;
  ComponentId of;
  bool is_followed = true;
  constexpr double kWatched_s = 600;
  constexpr std::size_t kMostTried = 3;
  for (std::size_t i = 0; i < std::min(servers.size(), kMostTried); ++i) {
    fault.match.component = Value<std::string>::of(bp[servers[i]].id);
    auto tried = seen(bp, catalog, with_fault(fault), {},
                      {kWatched_s, figure->median_s, row.objective.rto.value});
    if (tried && (!worst || is_worse(*tried, *worst))) {
      worst = std::move(*tried);
      of = servers[i];
    }
    if (!tried) {
      is_followed = false;
      break;  // another would not be either
    }
  }
  if (!worst || (!is_followed && worst->survives != Verdict::no)) {
    return unknown(std::move(row), kNotFollowed);
  }
  row.scope = bp[of].name;
  row.cut = {bp[of].id};
  if (worst->alone.lossy_s.value >= kNearlyAll * kWatched_s) {
    return unknown(std::move(row), fmt::format("load alone is more than is carried: what a slow "
                                               "{} adds does not show",
                                               bp[of].name));
  }
  take(*worst, row);
  tell_course(worst->day, kSeenFrom_s, true, row);
  const double share = 1 / static_cast<double>(std::max<std::size_t>(1, bp[of].replicas.size()));
  row.because = {worst->survives == Verdict::unknown ? reason_for_unknown(*worst)
                 : worst->partly_s.value <= 0
                     ? fmt::format("{} carries the load at {:.3g} % of its speed", bp[of].name,
                                   100 * figure->share)
                     : fmt::format("its health checks pass, and {:.3g} % of the requests to {} go "
                                   "to it",
                                   100 * share, bp[of].name)};
  assumptions.push_back(
      {"a server turns slow",
       fmt::format("to {:.3g} % of its speed, until people find it after {}", 100 * figure->share,
                   base::format_duration({figure->median_s})),
       std::string(figure->citation.source)});
  return row;
}

SurvivalRow partition_row(const Blueprint& bp, const catalog::Catalog& catalog,
                          const LoadModel& load, std::vector<blueprint::Assumption>& assumptions) {
  SurvivalRow row = row_of(bp, "partition");
  const auto* figure = catalog.place_figure("any", "", "zone_cut");
  const Zones zones = zones_of(bp, load);
  if (zones.in_doubt != nullptr) {
    return unknown(std::move(row),
                   fmt::format("in which zones {} lies is not known", zones.in_doubt->name));
  }
  if (figure == nullptr || zones.known.size() < 2) {
    row.survives = Verdict::not_exposed;
    row.because = {"nothing of yours lies in two zones"};
    return row;
  }
  std::optional<Seen> worst;
  const blueprint::Component* split = nullptr;
  std::size_t pairs = 0;
  bool is_followed = true;
  constexpr double kWatched_s = 120;
  constexpr std::size_t kMostTried = 15;  // all pairs of six zones
  for (std::size_t i = 0; i < zones.known.size() && is_followed; ++i) {
    for (std::size_t j = i + 1; j < zones.known.size() && pairs < kMostTried && is_followed;
         ++j, ++pairs) {
      if (bp[zones.known[i]].name == bp[zones.known[j]].name) {
        continue;  // of two accounts: whether they are one nobody says
      }
      ScenarioFault fault;
      fault.fault = Fault::cut;
      fault.match.zone = Value<std::string>::of(bp[zones.known[i]].name);
      fault.from.zone = Value<std::string>::of(bp[zones.known[j]].name);
      Scenario scenario = with_fault(fault);
      constexpr double kFew = 10;  // so that no part is full
      scenario.users = Value<double>::of(kFew);
      SimulateOptions options;
      options.without_load_alone = true;
      auto tried = seen(bp, catalog, scenario, options,
                        {kWatched_s, figure->median_s, row.objective.rto.value});
      split = split == nullptr ? split_by(bp, load, fault) : split;
      if (tried && (!worst || is_worse(*tried, *worst))) {
        row.scope = fmt::format("{} and {}", bp[zones.known[i]].name, bp[zones.known[j]].name);
        worst = std::move(*tried);
      } else if (!tried && tried.error() == Unseen::not_followed) {
        is_followed = false;  // nor would another pair be
      } else if (!tried && !worst) {
        row.because = {"no call crosses between its zones"};  // nothing to cut
      }
    }
  }
  assumptions.push_back({"zones are cut apart", "for " + base::format_duration({figure->median_s}),
                         std::string(figure->citation.source)});
  if (!is_followed && (!worst || worst->survives != Verdict::no)) {
    return unknown(std::move(row), kNotFollowed);
  }
  if (!worst) {
    row.survives = Verdict::yes;
    row.down_s = row.down_p90_s = 0;
    return row;
  }
  take(*worst, row);
  tell_course(worst->day, kSeenFrom_s, false, row);
  row.because = {worst->day.gravest.empty() ? "no call crosses between its zones"
                                            : worst->day.gravest};
  if (split != nullptr && worst->survives != Verdict::no) {
    row.story.clear();
    row.series = {};
    return unknown(std::move(row),
                   fmt::format("both sides of {} may go on taking writes", split->name));
  }
  return row;
}

}  // namespace

std::vector<SurvivalRow> software_rows(const Blueprint& bp, const catalog::Catalog& catalog,
                                       std::vector<blueprint::Assumption>& assumptions) {
  const LoadModel load = load_model_of(bp, catalog, Strain::likely);
  std::vector<SurvivalRow> rows;
  rows.push_back(slow_row(bp, catalog, load, assumptions));
  rows.push_back(partition_row(bp, catalog, load, assumptions));
  return rows;
}

}  // namespace outlast::clock
