/// From an architecture to stations and calls.
///
/// Users of each journey come in at its cohorts' entries; from there their calls are followed: hard
/// and auth needs are waited for, soft ones may fail, async ones are handed over. How often a part
/// is called for each request of a user follows from the shares of the journeys whose operations
/// meet. A part is a station with as many servers as its replicas have processors where the catalog
/// knows how much work a request is there (a figure `request_work`, `query_work` or `lookup_work`);
/// all else the provider is taken to grow as far as it takes. What nobody stated is read at the end
/// that `strain` tells, and told.

#include "clock/load_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/assert.h"
#include "base/distribution.h"
#include "clock/machine_size.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Strength;
namespace simulation = engines::simulation;

namespace {

constexpr double kElastic = 1e6;  ///< servers of what the provider grows
constexpr double kElasticWork_s = 1e-3;

/// A number that nobody stated: what is likely, and at which ends it strains least and most.
double read(Strain strain, double likely, double low_strain, double high_strain) {
  return strain == Strain::likely ? likely : strain == Strain::low ? low_strain : high_strain;
}

struct Edge {
  ComponentId to;
  Strength strength = Strength::hard;
  double share = 1;  ///< of the caller's requests, of journeys that take it
  blueprint::Operations operations = blueprint::kAllOperations;
  blueprint::CallPolicy calls;
  NeedId need;
  std::size_t target = 0;
  bool is_one_of_many = false;
};

/// What a caller does with a call: its own way, else that of what stands between.
blueprint::CallPolicy policy_of(const blueprint::Component& caller, const Need& need) {
  blueprint::CallPolicy policy = caller.calls;
  policy.timeout.fill(need.calls.timeout);
  policy.retries.fill(need.calls.retries);
  policy.backoff_min.fill(need.calls.backoff_min);
  policy.backoff_max.fill(need.calls.backoff_max);
  policy.jitter.fill(need.calls.jitter);
  policy.breaker_share.fill(need.calls.breaker_share);
  policy.breaker_within.fill(need.calls.breaker_within);
  return policy;
}

class LoadModelMaker {
 public:
  LoadModelMaker(const Blueprint& bp, const catalog::Catalog& catalog, Strain strain,
                 const LoadDetail& detail)
      : bp_(bp), catalog_(catalog), strain_(strain), detail_(detail) {}

  LoadModel make() {
    note_requests();
    follow_journeys();
    for (const ComponentId id : order_) {
      add_station(id);
    }
    for (const ComponentId id : order_) {
      add_calls(id);
    }
    add_sources();
    return std::move(out_);
  }

 private:
  void assume(std::string name, std::string value, std::string source) {
    const blueprint::Assumption assumption{std::move(name), std::move(value), std::move(source)};
    if (std::find(out_.assumptions.begin(), out_.assumptions.end(), assumption) ==
        out_.assumptions.end()) {
      out_.assumptions.push_back(assumption);
    }
  }

  /// A figure that holds everywhere.
  [[nodiscard]] const catalog::Figure& general(std::string_view name) const {
    const catalog::Figure* figure = catalog_.place_figure("any", "", name);
    OUTLAST_ASSERT(figure != nullptr, "the catalog has the figures of load");
    return *figure;
  }

  void note_requests() {
    const auto& stated = bp_.objectives().users.requests_per_minute;
    if (stated.is_known()) {
      out_.requests_per_user_s = *stated / 60;
      return;
    }
    const catalog::Figure& pause = general("user_pause");
    const double shortest_s = pause.median_s * pause.median_s / pause.p90_s;
    const double pause_s = read(strain_, pause.median_s, pause.p90_s, shortest_s);
    out_.requests_per_user_s = 1 / pause_s;
    assume("requests of a user",
           fmt::format("{} a minute ({} to {})", base::format_number(60 / pause.median_s),
                       base::format_number(60 / pause.p90_s), base::format_number(60 / shortest_s)),
           "not stated (users: {requests_per_minute}); " + std::string(pause.citation.source));
  }

  [[nodiscard]] std::vector<Edge> edges_of(ComponentId id) const {
    std::vector<Edge> edges;
    for (const NeedId need_id : bp_[id].needs) {
      const Need& need = bp_[need_id];
      const bool is_called = need.strength == Strength::hard || need.strength == Strength::auth ||
                             need.strength == Strength::soft || need.strength == Strength::async;
      if (need.kind != blueprint::EdgeKind::service || !is_called ||
          need.confidence == blueprint::Confidence::inferred) {
        continue;
      }
      // A switch leads to the active one; a balancer deals.
      const std::size_t active = need.via.exists() ? 1 : need.any_of.size();
      const std::size_t told = detail_.with_alternatives ? need.any_of.size() : active;
      for (std::size_t i = 0; i < told; ++i) {
        const double share = i < active ? 1 / static_cast<double>(active) : 0;
        edges.push_back({need.any_of[i], need.strength, share, need.operations,
                         policy_of(bp_[id], need), need_id, i, told > 1});
      }
    }
    return edges;
  }

  /// Depth first; what leads back to a caller is left out.
  void order(ComponentId id) {
    state_[id] = 1;
    auto edges = edges_of(id);
    std::erase_if(edges, [&](const Edge& edge) {
      const bool is_back = state_.contains(edge.to) && state_[edge.to] == 1;
      if (is_back) {
        assume(bp_[id].name + " calls " + bp_[edge.to].name, "left out",
               "it leads back to a caller");
      }
      return is_back;
    });
    for (const Edge& edge : edges) {
      if (!state_.contains(edge.to)) {
        order(edge.to);
      }
    }
    edges_[id] = std::move(edges);
    state_[id] = 2;
    order_.push_back(id);
  }

  void follow_journeys() {
    for (const auto& journey : bp_.journeys()) {
      for (const auto& cohort : journey.cohorts) {
        if (!state_.contains(cohort.enters)) {
          order(cohort.enters);
        }
      }
    }
    std::reverse(order_.begin(), order_.end());  // callers first
    for (const ComponentId id : order_) {
      visits_.emplace(id, 0);
    }
    base::IdVector<ComponentId, double> visits(bp_.components().size());
    for (const auto& journey : bp_.journeys()) {
      for (const auto& cohort : journey.cohorts) {
        visits[cohort.enters] += journey.weight * cohort.share;
      }
      for (const ComponentId id : order_) {
        const double here = std::exchange(visits[id], 0);
        if (here == 0) {
          continue;  // of many journeys most lead by few of all components
        }
        visits_[id] += here;
        for (std::size_t e = 0; e < edges_[id].size(); ++e) {
          const Edge& edge = edges_[id][e];
          const double along = (edge.operations & journey.operations) != 0 ? here * edge.share : 0;
          visits[edge.to] += along;
          along_[{id, e}] += along;
        }
      }
    }
  }

  /// Work on one request; absent where the provider grows the part as far as it takes.
  [[nodiscard]] const catalog::Figure* work_of(const blueprint::Component& c) const {
    const catalog::TypeEntry* type = catalog_.type_of(c);
    if (type != nullptr) {
      for (const std::string_view name : {"request_work", "query_work", "lookup_work"}) {
        if (const auto* figure = catalog_.figure(*type, name)) {
          return figure;
        }
      }
    }
    const bool is_function =
        c.kind == blueprint::Kind::compute && c.service_model == blueprint::ServiceModel::faas;
    return is_function ? catalog_.place_figure("any", "", "request_work") : nullptr;
  }

  double read_figure(const catalog::Figure& figure, const std::string& whose) {
    const auto text = [](double seconds) {
      return fmt::format("{} ms", base::format_number(seconds * 1000));
    };
    const double least = figure.median_s * figure.median_s / figure.p90_s;
    assume(whose + ": work on a request",
           fmt::format("{} ({} to {})", text(figure.median_s), text(least), text(figure.p90_s)),
           std::string(figure.citation.source));
    return read(strain_, figure.median_s, least, figure.p90_s);
  }

  std::size_t processors_of(const blueprint::Component& c) {
    const auto told = c.size.is_known() ? processors_of_size(*c.size) : std::nullopt;
    if (told) {
      return static_cast<std::size_t>(std::max(1.0, std::round(*told)));
    }
    const bool is_function = c.service_model == blueprint::ServiceModel::faas;
    assume(c.name + ": processors of a replica", is_function ? "1" : "2 (1 to 8)",
           "its size does not tell them; our estimate");
    return is_function ? 1 : static_cast<std::size_t>(read(strain_, 2, 8, 1));
  }

  void add_station(ComponentId id) {
    const auto& c = bp_[id];
    simulation::Station station;
    station.name = c.name;
    LoadModel::Part part;
    part.component = id;
    part.visits = visits_[id];
    const catalog::Figure* work = work_of(c);
    if (work == nullptr) {
      station.servers = static_cast<std::size_t>(kElastic);
      station.service = {kElasticWork_s, 1};
      part.most_servers = simulation::kForever;
      part.limit = "grows by itself";
    } else {
      shape(c, *work, station, part);
    }
    const auto apart = detail_.apart.find(id);
    const std::size_t split = apart == detail_.apart.end() ? 0 : apart->second;
    if (split == 0 || split >= station.replicas) {
      stations_of_[id] = {{out_.model.stations.push_back(station), 1}};
      out_.parts.push_back(part);
      return;
    }
    const double share = static_cast<double>(split) / static_cast<double>(station.replicas);
    simulation::Station told = station;
    const auto places = [&](std::size_t replicas) {
      return station.queue_limit == simulation::kUnbounded
                 ? station.queue_limit
                 : station.queue_limit / station.replicas * replicas;
    };
    told.replicas = split;
    told.queue_limit = places(split);
    const std::size_t rest = station.replicas - split;
    station.queue_limit = places(rest);
    station.replicas = rest;
    stations_of_[id].emplace_back(out_.model.stations.push_back(station), 1 - share);
    out_.parts.push_back(part);
    stations_of_[id].emplace_back(out_.model.stations.push_back(told), share);
    part.is_apart = true;
    part.most_servers = static_cast<double>(split * told.servers);
    out_.parts.push_back(part);
  }

  void shape(const blueprint::Component& c, const catalog::Figure& work,
             simulation::Station& station, LoadModel::Part& part) {
    station.service = {read_figure(work, c.name), 1};
    station.servers = processors_of(c);
    station.replicas = c.redundancy == blueprint::Redundancy::primary_standby
                           ? 1
                           : std::max<std::size_t>(1, c.replicas.size());
    constexpr std::size_t kPlaces = 1000;
    station.queue_limit = kPlaces * station.replicas;
    assume("requests that wait at a part", "1000 a replica, further ones are refused",
           "backlogs of servers are of this order; our estimate");
    std::size_t most = station.replicas;
    if (c.service_model == blueprint::ServiceModel::faas) {
      most = grow_function(c, station);
    } else if (c.scale.max.is_known() && *c.scale.max > static_cast<std::int64_t>(most)) {
      most = grow_group(c, station);
    }
    part.most_servers = static_cast<double>(most * station.servers);
    part.limit = fmt::format("{} replica{} × {} server{}{}", station.replicas,
                             station.replicas == 1 ? "" : "s", station.servers,
                             station.servers == 1 ? "" : "s",
                             most > station.replicas  ? fmt::format(", grows to {}", most)
                             : c.scale.max.is_known() ? ", which is its maximum"
                                                      : "");
    if (c.service_model == blueprint::ServiceModel::faas && c.scale.min.value_or(1) == 0) {
      part.limit += ", may have to start from none";
    }
  }

  simulation::Autoscaler scaler_of(const blueprint::Component& c, std::size_t most) {
    simulation::Autoscaler scaler;
    scaler.station = simulation::StationId(out_.model.stations.size());
    scaler.fewest = static_cast<std::size_t>(std::max<std::int64_t>(1, c.scale.min.value_or(1)));
    scaler.most = std::max(most, scaler.fewest);
    scaler.target = target_of(c);
    return scaler;
  }

  double target_of(const blueprint::Component& c) {
    const std::string text = c.scale.target.is_known() ? *c.scale.target : "";
    const auto digit = text.find_first_of("0123456789");
    double percent = 0;
    if (digit != std::string::npos && text.find('%') != std::string::npos) {
      std::from_chars(text.data() + digit, text.data() + text.size(), percent);
    }
    if (percent > 0 && percent <= 100) {
      return percent / 100;
    }
    const catalog::Figure& level = general("scale_level");
    assume(c.name + ": level its autoscaler keeps", fmt::format("{:.3g} %", 100 * level.share),
           "not stated (scale: {target}); " + std::string(level.citation.source));
    return level.share;
  }

  /// A group of machines: what is measured each minute must be over the target three times, then a
  /// machine is started.
  std::size_t grow_group(const blueprint::Component& c, simulation::Station& station) {
    const auto most = static_cast<std::size_t>(*c.scale.max);
    simulation::Autoscaler scaler = scaler_of(c, most);
    scaler.looks_out = 3;
    assume("autoscalers act", "after three minutes over their level",
           "target tracking takes three of three periods of 60 s");
    const catalog::TypeEntry* type = catalog_.type_of(c);
    const catalog::Figure* start = type == nullptr ? nullptr : catalog_.figure(*type, "relocate");
    if (c.scale.warm_up.is_known()) {
      scaler.start_s = c.scale.warm_up->value;
    } else if (start != nullptr) {
      scaler.start_s = read(strain_, start->median_s, start->median_s / 2, start->p90_s);
      assume(c.name + ": start of a replica", base::format_duration({start->median_s}),
             std::string(start->citation.source));
    }
    station.replicas = std::max(station.replicas, scaler.fewest);
    out_.model.autoscalers.push_back(scaler);
    return scaler.most;
  }

  std::size_t grow_function(const blueprint::Component& c, simulation::Station& station) {
    constexpr std::int64_t kQuota = 1000;
    if (!c.scale.max.is_known()) {
      assume(c.name + ": instances at most", "1000", "the usual quota of a new account");
    }
    const auto most =
        static_cast<std::size_t>(std::max<std::int64_t>(1, c.scale.max.value_or(kQuota)));
    simulation::Autoscaler scaler = scaler_of(c, most);
    scaler.period_s = 1;
    scaler.looks_in = 300;
    const catalog::Figure* start = catalog_.place_figure("any", "", "cold_start");
    scaler.start_s =
        start == nullptr ? 1 : read(strain_, start->median_s, start->median_s, start->p90_s);
    station.replicas = std::clamp<std::size_t>(station.replicas, scaler.fewest, most);
    if (most > station.replicas) {
      out_.model.autoscalers.push_back(scaler);
    }
    return most;
  }

  simulation::Call call_by(const blueprint::CallPolicy& policy) {
    simulation::Call call;
    if (policy.timeout.is_known() && policy.timeout->value > 0) {
      call.timeout_s = policy.timeout->value;
    }
    call.retry.most =
        static_cast<std::size_t>(std::clamp<std::int64_t>(policy.retries.value_or(0), 0, 10));
    call.retry.backoff_s = policy.backoff_min.value_or({0}).value;
    call.retry.backoff_most_s = policy.backoff_max.value_or({0}).value;
    call.retry.jitter = policy.jitter.value_or(false);
    if (policy.breaker_share.is_known() && policy.breaker_share->value > 0) {
      call.breaker.share = policy.breaker_share->value;
      call.breaker.window_s = std::max(1.0, policy.breaker_within.value_or({10}).value);
    }
    return call;
  }

  /// Calls for each request of the caller along one of its edges, if all of them went there.
  [[nodiscard]] double most_along(ComponentId id, std::size_t e) const {
    const Edge& edge = edges_.at(id)[e];
    if (visits_.at(id) <= 0) {  // nobody comes by here yet
      const bool is_taken = std::any_of(
          bp_.journeys().begin(), bp_.journeys().end(),
          [&](const auto& journey) { return (journey.operations & edge.operations) != 0; });
      return is_taken ? 1 : 0;
    }
    double along = 0;
    double share = 0;
    for (std::size_t other = 0; other < edges_.at(id).size(); ++other) {
      if (edges_.at(id)[other].need == edge.need) {
        const auto found = along_.find({id, other});
        along += found == along_.end() ? 0 : found->second;
        share += edges_.at(id)[other].share;
      }
    }
    return share > 0 ? along / share / visits_.at(id) : 0;
  }

  void add_calls(ComponentId id) {
    for (const auto& [station, of_replicas] : stations_of_.at(id)) {
      for (std::size_t e = 0; e < edges_[id].size(); ++e) {
        add_calls_along(id, e, station);
      }
    }
  }

  void add_calls_along(ComponentId id, std::size_t e, simulation::StationId from) {
    const Edge& edge = edges_[id][e];
    const double most = most_along(id, e);
    if (most <= 0 || (edge.share <= 0 && !detail_.with_alternatives)) {
      return;
    }
    const auto& targets = stations_of_.at(edge.to);
    for (const auto& [to, of_replicas] : targets) {
      simulation::Call call = call_by(edge.calls);
      call.to = to;
      call.per_request = most * edge.share * of_replicas;
      call.is_needed = edge.strength == Strength::hard || edge.strength == Strength::auth;
      call.waits = edge.strength != Strength::async;
      call.choice = edge.is_one_of_many || targets.size() > 1 ? 1 + edge.need.index : 0;
      const auto call_id = out_.model.calls.push_back(call);
      out_.model.stations[from].calls.push_back(call_id);
      out_.ways.push_back({edge.need, edge.target, most * of_replicas, of_replicas});
    }
  }

  void add_sources() {
    const catalog::Figure& patience = general("user_patience");
    assume("patience of a user", base::format_duration({patience.median_s}) + ", then gone",
           std::string(patience.citation.source));
    for (const auto& journey : bp_.journeys()) {
      for (const auto& cohort : journey.cohorts) {
        for (const auto& [entry, of_replicas] : stations_of_.at(cohort.enters)) {
          simulation::Call call;
          call.to = entry;
          call.timeout_s = patience.median_s;
          const auto call_id = out_.model.calls.push_back(call);
          out_.ways.push_back({});
          out_.model.sources.push_back({journey.name + " " + cohort.name, call_id, {}, 1});
          out_.source_share.push_back(journey.weight * cohort.share * of_replicas);
        }
      }
    }
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  Strain strain_;
  const LoadDetail& detail_;
  LoadModel out_;
  std::map<ComponentId, int> state_;
  std::vector<ComponentId> order_;
  std::map<ComponentId, std::vector<Edge>> edges_;
  std::map<ComponentId, double> visits_;
  std::map<std::pair<ComponentId, std::size_t>, double> along_;
  /// With the share of the component's replicas that each station is.
  std::map<ComponentId, std::vector<std::pair<simulation::StationId, double>>> stations_of_;
};

}  // namespace

LoadModel load_model_of(const Blueprint& bp, const catalog::Catalog& catalog, Strain strain,
                        const LoadDetail& detail) {
  return LoadModelMaker(bp, catalog, strain, detail).make();
}

void set_users(LoadModel& load, const std::vector<simulation::RatePoint>& users) {
  for (std::size_t i = 0; i < load.model.sources.size(); ++i) {
    auto& rate = load.model.sources[i].rate;
    rate = users;
    for (auto& point : rate) {
      point.per_s *= load.requests_per_user_s * load.source_share[i];
    }
  }
}

}  // namespace outlast::clock
