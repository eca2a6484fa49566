#include <cmath>

#include "engines/simulation/request_run.h"

namespace outlast::engines::simulation {

void RequestRun::arrive(VisitIndex v) {
  StationState& station = stations_[calls_[visits_.call[v]].now.to.index];
  station.meter.count_arrival();
  const bool fails = station.now.failing > 0 && station.draws.uniform() < station.now.failing;
  if (fails || station.now.replicas == 0) {
    station.meter.count_refusal();
    answer(v, false);
    return;
  }
  const std::size_t index =
      station.now.queues_apart ? station.draws.below(station.now.replicas) : 0;
  Lane& lane = station.lanes[index];
  visits_.lane[v] = static_cast<std::uint32_t>(index);
  visits_.arrived_s[v] = now_s_;
  if (lane.queue.empty() && station.has_room(lane)) {
    station.meter.enter(now_s_);
    begin(station, lane, v);
    return;
  }
  if (lane.queue.size() >= station.now.queue_limit) {
    station.meter.count_refusal();
    answer(v, false);
    return;
  }
  station.meter.enter(now_s_);
  station.meter.wait(now_s_, 1);
  if (lane.queue.empty()) {
    lane.filled_s = now_s_;
  }
  lane.queue.push_back(v);
}

bool RequestRun::is_dropped(const StationState& station, const Lane& lane, VisitIndex v) const {
  if (station.now.drops_expired && visits_.has(v, Visits::given_up)) {
    return true;
  }
  if (station.now.discipline != Discipline::controlled_delay) {
    return false;
  }
  const bool is_standing = now_s_ - lane.filled_s > station.now.interval_s;
  const double most_s = is_standing ? station.now.target_s : station.now.interval_s;
  return now_s_ - visits_.arrived_s[v] > most_s;
}

void RequestRun::begin_next(StationState& station, Lane& lane) {
  while (!lane.queue.empty() && station.has_room(lane)) {
    const VisitIndex v =
        station.now.discipline == Discipline::lifo ? lane.queue.pop_back() : lane.queue.pop_front();
    station.meter.wait(now_s_, -1);
    if (is_dropped(station, lane, v)) {
      station.meter.leave(now_s_, visits_.arrived_s[v]);
      station.meter.count_refusal();
      answer(v, false);
    } else {
      begin(station, lane, v);
    }
  }
}

void RequestRun::begin(StationState& station, Lane& lane, VisitIndex v) {
  ++lane.busy;
  ++lane.in_hand;
  station.meter.work(now_s_, 1);
  const auto& service = station.now.service;
  push(now_s_ + service.mean_s / station.speed * station.draws.spread(service.cv2),
       EventKind::work_done, v);
}

void RequestRun::end_work(VisitIndex v) {
  StationState& station = stations_[calls_[visits_.call[v]].now.to.index];
  Lane& lane = station.lanes[visits_.lane[v]];
  --lane.busy;
  station.meter.work(now_s_, -1);
  station.meter.leave(now_s_, visits_.arrived_s[v]);
  station.meter.done += 1;
  station.meter.wasted += visits_.has(v, Visits::given_up) ? 1 : 0;
  begin_next(station, lane);
  go_on(v);
}

/// How many times a visit makes its next call. Of alternatives one is drawn and the visit's next
/// call becomes that one; its last one where none is.
void RequestRun::count_calls(VisitIndex v, const std::vector<CallId>& edges) {
  CallState& first = calls_[edges[visits_.next_call[v]].index];
  if (first.now.choice == 0) {
    const double whole = std::floor(first.now.rate_of_kind());
    const double part = first.now.rate_of_kind() - whole;
    const bool is_one_more = part > 0 && first.draws.uniform() < part;
    visits_.calls_left[v] = static_cast<std::int32_t>(whole) + (is_one_more ? 1 : 0);
    return;
  }
  double drawn = first.draws.uniform();
  for (;; ++visits_.next_call[v]) {
    const Call& call = calls_[edges[visits_.next_call[v]].index].now;
    const bool is_chosen = drawn < call.rate_of_kind();
    drawn -= call.rate_of_kind();
    if (is_chosen || is_last_alternative(visits_.next_call[v], edges)) {
      visits_.calls_left[v] = is_chosen ? 1 : 0;
      return;
    }
  }
}

bool RequestRun::is_last_alternative(std::size_t at, const std::vector<CallId>& edges) const {
  return at + 1 >= edges.size() ||
         calls_[edges[at + 1].index].now.choice != calls_[edges[at].index].now.choice;
}

/// The calls of its own kind, one after the other.
void RequestRun::go_on(VisitIndex v) {
  const std::size_t kind = calls_[visits_.call[v]].now.kind;
  const auto& station = stations_[calls_[visits_.call[v]].now.to.index];
  const auto& edges = station.now.calls;
  for (; visits_.next_call[v] < edges.size(); ++visits_.next_call[v]) {
    if (calls_[edges[visits_.next_call[v]].index].now.kind != kind) {
      continue;
    }
    if (visits_.calls_left[v] == Visits::kNotCounted) {
      count_calls(v, edges);
    }
    const std::uint32_t call = edges[visits_.next_call[v]].index;
    CallState& state = calls_[call];
    while (visits_.calls_left[v] > 0) {
      --visits_.calls_left[v];
      if (is_cached(state)) {
        choices_[state.choice].missed.asked += 1;
        continue;
      }
      choices_[state.choice].budget.first(now_s_);
      ask(call, state.now.waits ? v : Visits::kNone, now_s_, 0);
      if (state.now.waits) {
        return;
      }
    }
    visits_.calls_left[v] = Visits::kNotCounted;
    while (state.now.choice != 0 && !is_last_alternative(visits_.next_call[v], edges)) {
      ++visits_.next_call[v];
    }
  }
  finish(v, true);
}

void RequestRun::finish(VisitIndex v, bool is_good) {
  StationState& station = stations_[calls_[visits_.call[v]].now.to.index];
  Lane& lane = station.lanes[visits_.lane[v]];
  --lane.in_hand;
  if (station.now.slots != kUnbounded) {
    begin_next(station, lane);
  }
  answer(v, is_good);
}

}  // namespace outlast::engines::simulation
