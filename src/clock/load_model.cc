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
#include <cmath>
#include <map>
#include <optional>

#include "base/units.h"
#include "clock/autoscalers.h"
#include "clock/call_walk.h"
#include "clock/load_figures.h"
#include "clock/pieces.h"
#include "clock/policies.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Strength;
namespace simulation = engines::simulation;

namespace {

constexpr double kElastic = 1e6;  ///< servers of what the provider grows
constexpr double kElasticWork_s = 1e-3;

class LoadModelMaker {
 public:
  LoadModelMaker(const Blueprint& bp, const catalog::Catalog& catalog, Strain strain,
                 const LoadDetail& detail)
      : bp_(bp),
        detail_(detail),
        figures_(bp, catalog, strain),
        autoscalers_(catalog, figures_),
        walk_(bp, detail.with_alternatives, figures_) {
    out_.kinds = detail.kinds;
    for (std::size_t k = 0; detail.kinds.are_told() && k < detail.kinds.operations.size(); ++k) {
      walk_of_kind_.push_back(walk_.of_those(detail.kinds.operations[k]));
    }
  }

  LoadModel make() {
    out_.requests_per_user_s = figures_.requests_per_user_s();
    for (const auto& left_out : walk_.left_out()) {
      figures_.assume(left_out.name, left_out.value, left_out.source);
    }
    for (const ComponentId id : walk_.reached()) {
      add_stations(id);
    }
    for (const ComponentId id : walk_.reached()) {
      for (std::size_t e = 0; e < walk_.edges(id).size(); ++e) {
        add_calls(id, e);
      }
    }
    add_sources();
    find_rooms();
    out_.assumptions = figures_.take_assumptions();
    return std::move(out_);
  }

 private:
  void add_stations(ComponentId id) {
    const auto& c = bp_[id];
    simulation::Station station;
    station.name = c.name;
    LoadModel::Part part;
    part.component = id;
    part.visits = walk_.visits(id);
    const catalog::Figure* work = figures_.work_of(c);
    const bool is_shaped = work != nullptr || c.serving.work.is_known() ||
                           c.serving.at_once.is_known() || c.serving.queue.is_known();
    if (is_shaped) {
      shape(c, work == nullptr ? figures_.general("request_work") : *work, station, part);
    } else {
      station.servers = static_cast<std::size_t>(kElastic);
      station.service = {c.work.is_known() ? figures_.traced_work_s(c) : kElasticWork_s, 1};
      part.most_servers = simulation::kForever;
    }
    if (c.serving.threads.is_known()) {
      station.slots = at_once(*c.serving.threads);
    }
    const auto pieces = pieces_of(bp_, detail_, id);
    for (const Piece& piece : pieces) {
      add_piece(station, part, piece, pieces.size() == 1);
    }
  }

  /// As many replicas, servers and places as the piece has of them; the first one has those that
  /// nobody told apart, and at first those, too, that will be slow.
  void add_piece(simulation::Station station, LoadModel::Part part, const Piece& piece,
                 bool is_all) {
    const auto& c = bp_[part.component];
    const double share = is_all ? 1
                                : static_cast<double>(piece.replicas.size()) /
                                      static_cast<double>(c.replicas.size());
    const bool is_elastic = !std::isfinite(part.most_servers);
    auto& known = stations_of_[part.component];
    const bool may_be_parted = !is_all && detail_.slow.contains(part.component);
    if (!is_all && !is_elastic && (piece.is_slow || !may_be_parted)) {
      const std::size_t untold = station.replicas - std::min(station.replicas, c.replicas.size());
      const std::size_t replicas = piece.replicas.size() + (known.empty() ? untold : 0);
      if (station.queue_limit != simulation::kUnbounded) {
        station.queue_limit = station.queue_limit / station.replicas * replicas;
      }
      station.replicas = replicas;
      part.most_replicas = known.empty() ? part.most_replicas : replicas;
      part.most_servers =
          known.empty() ? part.most_servers : static_cast<double>(replicas * station.servers);
    }
    part.replicas = piece.replicas;
    part.zone = piece.zone;
    part.is_slow = piece.is_slow;
    part.is_elsewhere = piece.is_elsewhere;
    part.is_further = !known.empty();
    part.is_one_of_many = !is_all;
    const double at_first = piece.is_slow ? 0 : 1;
    known.push_back({out_.model.stations.push_back(station), share,
                     may_be_parted ? std::optional(at_first) : std::nullopt});
    out_.parts.push_back(part);
  }

  void shape(const blueprint::Component& c, const catalog::Figure& work,
             simulation::Station& station, LoadModel::Part& part) {
    station.service = {c.serving.work.is_known() ? c.serving.work->value
                       : c.work.is_known()       ? figures_.traced_work_s(c)
                                                 : figures_.work_s(work, c.name),
                       c.serving.varies.value_or(1)};
    station.servers =
        c.serving.at_once.is_known() ? at_once(*c.serving.at_once) : figures_.processors_of(c);
    station.discipline = discipline_of(c.serving.order.value_or(blueprint::Order::fifo));
    station.drops_expired = c.serving.drops_expired.value_or(false);
    station.replicas = c.redundancy == blueprint::Redundancy::primary_standby
                           ? 1
                           : std::max<std::size_t>(1, c.replicas.size());
    constexpr std::int64_t kPlaces = 1000;
    station.queue_limit =
        static_cast<std::size_t>(c.serving.queue.value_or(kPlaces)) * station.replicas;
    if (!c.serving.queue.is_known()) {
      figures_.assume("requests that wait at a part", "1,000 a replica, further ones are refused",
                      "backlogs of servers are of this order; our estimate");
    }
    std::size_t most = station.replicas;
    if (c.runs_none()) {
      station.failing = 1;  // whoever calls it gets nothing
      most = 0;
    } else if (c.service_model == blueprint::ServiceModel::faas) {
      most = grow(autoscalers_.of_function(c), station);
    } else if (c.scale.max.is_known() && *c.scale.max > static_cast<std::int64_t>(most)) {
      most = grow(autoscalers_.of_group(c), station);
    }
    part.most_servers = static_cast<double>(most * station.servers);
    part.most_replicas = most;
    part.limit = most > station.replicas  ? fmt::format(", grows to {}", most)
                 : c.scale.max.is_known() ? ", which is its maximum"
                                          : "";
    if (most > 0 && c.service_model == blueprint::ServiceModel::faas &&
        c.scale.min.value_or(1) == 0) {
      part.limit += ", may have to start from none";
    }
  }

  /// What of each part runs out first, once it is known whom it calls.
  void find_rooms() {
    std::vector<bool> grows;
    for (const auto& part : out_.parts) {
      grows.push_back(!std::isfinite(part.most_servers));
    }
    const auto rooms = rooms_of(out_.model, grows);
    for (std::size_t s = 0; s < out_.parts.size(); ++s) {
      LoadModel::Part& part = out_.parts[s];
      const auto& station = out_.model.stations[simulation::StationId(s)];
      const std::size_t there = part.most_replicas > 0 ? station.replicas : 0;
      part.room = rooms[s];
      part.most_at_once = part.room.of == Room::Of::servers
                              ? part.most_servers
                              : static_cast<double>(part.most_replicas) * part.room.of_replica;
      part.limit = std::isfinite(part.most_at_once)
                       ? fmt::format("{} replica{} × {}{}", there, there == 1 ? "" : "s",
                                     words_of(part.room, out_.model), part.limit)
                       : "grows by itself";
    }
  }

  /// out  as many replicas as it can have
  std::size_t grow(simulation::Autoscaler scaler, simulation::Station& station) {
    station.replicas = std::clamp(station.replicas, scaler.fewest, scaler.most);
    if (scaler.most > station.replicas) {
      scaler.station = simulation::StationId(out_.model.stations.size());
      out_.model.autoscalers.push_back(scaler);
    }
    return scaler.most;
  }

  void add_calls(ComponentId id, std::size_t e) {
    if (walk_of_kind_.empty()) {
      add_calls(id, e, {walk_.most_along(id, e), 0, 1});
    }
    for (std::size_t k = 0; k < walk_of_kind_.size(); ++k) {
      constexpr double kHardly = 1e-9;  // they may be led here later
      const double all = walk_.visits(id);
      const double among = all > 0 ? walk_of_kind_[k].visits(id) / all : weight_of(k);
      add_calls(id, e, {walk_of_kind_[k].most_along(id, e), k, std::max(kHardly, among)});
    }
  }

  /// Share of users whose requests are of a kind.
  [[nodiscard]] double weight_of(std::size_t kind) const {
    double weight = 0;
    for (const auto& journey : bp_.journeys()) {
      weight += detail_.kinds.of(journey.operations) == kind ? journey.weight : 0;
    }
    return weight;
  }

  /// Along an edge, for requests of one kind.
  struct Along {
    double most = 0;  ///< for each of them, if all went there
    std::size_t kind = 0;
    double among = 1;  ///< share of the caller's requests that are of it
  };
  void add_calls(ComponentId id, std::size_t e, const Along& along) {
    const Edge& edge = walk_.edges(id)[e];
    if (along.most <= 0 || (edge.share <= 0 && !detail_.with_alternatives)) {
      return;
    }
    const auto& targets = stations_of_.at(edge.to);
    const std::size_t kinds = std::max<std::size_t>(1, walk_of_kind_.size());
    for (const auto& [from, of_caller, caller_at_first] : stations_of_.at(id)) {
      for (const auto& [to, of_replicas, at_first] : targets) {
        simulation::Call call = call_by(edge.calls);
        call.retry.saved_s = figures_.retry_savings_s(call.retry.budget < simulation::kForever);
        call.together = targets.size() > 1 || kinds > 1 ? 1 + e : 0;
        call.to = to;
        call.kind = along.kind;
        call.among = along.among;
        const double at_most = along.most * along.among * (at_first ? 1 : of_replicas);
        call.per_request = edge.share * at_most;
        call.part = at_first.value_or(1);
        if (edge.hits > 0) {
          const double part = of_caller * of_replicas * share_of_answers(id, e, along);
          call.cache = {std::max(1.0, figures_.items_of(bp_[edge.need]) * part), edge.hits, 1};
        }
        call.is_needed = edge.strength == Strength::hard || edge.strength == Strength::auth;
        call.waits = edge.strength != Strength::async;
        const bool is_one = edge.is_one_of_many || targets.size() > 1;
        call.choice = is_one && along.most <= 1 ? 1 + edge.need.index * kinds + along.kind : 0;
        const auto call_id = out_.model.calls.push_back(call);
        out_.model.stations[from].calls.push_back(call_id);
        out_.ways.push_back({edge.need, edge.target, at_most, of_replicas, from, stale_s(edge)});
      }
    }
  }

  /// Of the answers that are kept, those to requests of a kind: as many as of the calls.
  [[nodiscard]] double share_of_answers(ComponentId id, std::size_t e, const Along& along) const {
    const double all = walk_.most_along(id, e);
    return walk_of_kind_.empty() || all <= 0 ? 1 : along.most * along.among / all;
  }

  /// 0: all look the address up again as soon as they should.
  double stale_s(const Edge& edge) {
    const auto& need = bp_[edge.need];
    const bool is_kept =
        detail_.with_alternatives && need.via.exists() && need.stale.value_or({0}).value > 0;
    return is_kept ? figures_.stale_s(need) : 0;
  }

  void add_sources() {
    const catalog::Figure& patience = figures_.general("user_patience");
    figures_.assume("patience of a user",
                    base::format_duration({patience.median_s}) + ", then gone",
                    std::string(patience.citation.source));
    std::size_t path = 0;
    for (const auto& journey : bp_.journeys()) {
      for (const auto& cohort : journey.cohorts) {
        const bool says_more = journey.cohorts.size() > 1 && !cohort.name.empty();
        for (const auto& [entry, of_replicas, at_first] : stations_of_.at(cohort.enters)) {
          simulation::Call call;
          call.to = entry;
          call.timeout_s = patience.median_s;
          call.kind = detail_.kinds.of(journey.operations);
          const auto call_id = out_.model.calls.push_back(call);
          out_.ways.push_back({});
          out_.model.sources.push_back(
              {says_more ? fmt::format("{} {}", journey.name, cohort.name) : journey.name,
               call_id,
               {},
               1});
          out_.source_share.push_back(journey.weight * cohort.share * of_replicas);
          out_.source_path.push_back(path);
          out_.soft_needs.push_back(walk_.soft_needs(cohort.enters, journey.operations));
        }
        ++path;
      }
    }
  }

  const Blueprint& bp_;
  const LoadDetail& detail_;
  LoadFigures figures_;
  Autoscalers autoscalers_;
  CallWalk walk_;
  std::vector<CallWalk> walk_of_kind_;  ///< none where all requests are alike
  LoadModel out_;
  struct Standing {
    simulation::StationId id;
    double share = 1;                ///< of the component's replicas
    std::optional<double> at_first;  ///< part of the calls, where that will change
  };
  std::map<ComponentId, std::vector<Standing>> stations_of_;
};

}  // namespace

LoadModel load_model_of(const Blueprint& bp, const catalog::Catalog& catalog, Strain strain,
                        const LoadDetail& detail) {
  return LoadModelMaker(bp, catalog, strain, detail).make();
}

double sustained_by(const LoadModel& load, std::size_t part) {
  const auto& of = load.parts[part];
  const double per_user = of.visits * of.room.holds_s * load.requests_per_user_s;
  return per_user > 0 ? of.most_at_once * kFull / per_user : simulation::kForever;
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
