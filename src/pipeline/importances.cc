#include "pipeline/importances.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/as_printed.h"

namespace outlast::pipeline {

using failure::Event;
using failure::EventId;
using findings::Importance;

namespace {

constexpr std::size_t kMostTold = 50;

/// P(unserved) of all users, masked faults apart.
double unserved_share(const std::vector<failure::Path>& paths, const Readings& readings) {
  double unserved = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    unserved += paths[i].weight * readings.paths[i].structural;
  }
  return unserved;
}

Importance importance_of(const Event& event, const PartOfEvent& part, double unserved) {
  Importance out;
  out.event = fmt::format("{} {}", event.what, failure::verb_of(event.kind));
  out.per_year = event.per_year;
  out.birnbaum = std::clamp(part.drop, 0.0, 1.0);
  if (unserved > 0) {
    out.fussell_vesely = std::clamp(part.critical / unserved, 0.0, 1.0);
    out.raw = std::max(0.0, (unserved + part.rise) / unserved);
  }
  return out;
}

/// Replicas of one component that weigh the same, as people read it, are told once.
using Alike =
    std::tuple<failure::EventKind, blueprint::ComponentId, blueprint::FateGroupId, std::string>;

Alike alike_of(const Event& event, const Importance& one) {
  return {event.kind, event.component, event.group,
          fmt::format("{:.3g} {:.3g} {:.3g}", one.minutes, one.birnbaum, one.fussell_vesely)};
}

/// Those that cost most, as it is told; of those alike the first.
std::vector<Importance> worst_of(std::vector<Importance> all) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < all.size(); ++i) {
    order.emplace_back(-base::as_printed(all[i].minutes), i);
  }
  std::sort(order.begin(), order.end());
  order.resize(std::min(order.size(), kMostTold));
  std::vector<Importance> worst;
  for (const auto& [cost, i] : order) {
    worst.push_back(std::move(all[i]));
  }
  return worst;
}

}  // namespace

findings::Importances importances_of(const blueprint::Blueprint& bp, const Cases& cases,
                                     const std::vector<failure::Path>& paths,
                                     const Readings& readings,
                                     const base::IdVector<EventId, double>& minutes) {
  findings::Importances out;
  out.is_complete = std::all_of(readings.paths.begin(), readings.paths.end(),
                                [](const PathFigures& path) { return path.is_solved; });
  if (!out.is_complete) {
    return out;
  }
  const double unserved = unserved_share(paths, readings);
  std::map<Alike, std::size_t> first;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const Event& event = cases.events[id];
    Importance one = importance_of(event, readings.events[id], unserved);
    one.minutes = minutes[id];
    if (one.minutes <= 0 && one.birnbaum <= 0) {
      continue;
    }
    if (event.component.exists()) {
      one.component = bp[event.component].id;
    }
    const auto [at, is_new] = first.try_emplace(alike_of(event, one), out.worst.size());
    if (is_new) {
      out.worst.push_back(std::move(one));
    } else {
      ++out.worst[at->second].alike;
      out.worst[at->second].minutes += one.minutes;
    }
  }
  out.count = out.worst.size();
  out.worst = worst_of(std::move(out.worst));
  return out;
}

}  // namespace outlast::pipeline
