#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "engines/simulation/comeback.h"
#include "engines/simulation/conductor.h"
#include "engines/simulation/flow_state.h"

/// Private to the flow engine: the state of a run. flow_engine.cc has the clock, flow_steps.cc
/// how far it goes, flow_station.cc one station's step, flow_calls.cc callers, flow_prospect.cc what
/// they can expect, flow_rest.cc the times in which nothing happens.
namespace outlast::engines::simulation {

class FlowRun {
 public:
  FlowRun(const Model& model, const RunOptions& options);
  Outcome run();

  // What the conductor does to stations.
  void apply(const Change& what);
  [[nodiscard]] double use_since_last(StationId id, double now_s);
  [[nodiscard]] std::size_t replicas(StationId id) const {
    return stations_[id.index].now.replicas;
  }
  void set_replicas(StationId id, std::size_t replicas);
  [[nodiscard]] CallFate fate_since_last(CallId id) {
    return std::exchange(calls_[id.index].fate, CallFate{});
  }
  [[nodiscard]] double outlook(CallId id) const {
    return guard_of(calls_[id.index]).breaker.is_open() ? 0 : calls_[id.index].attempt_good;
  }
  [[nodiscard]] double lost_on_the_way(CallId id) const { return calls_[id.index].now.failing; }
  [[nodiscard]] static double enough() { return 0; }

 private:
  // The clock.
  void add_guards();
  void add_pool(const std::vector<CallId>& calls);
  void size_pool(const FlowGuard& guard);
  void add_calls();
  void act();
  [[nodiscard]] double next_step_s(double at_most_s) const;
  [[nodiscard]] double longest_by_rates() const;
  [[nodiscard]] double next_event_s() const;
  void advance(double to_s);
  void begin_step(double to_s);
  [[nodiscard]] double foresee_all();
  void choose_step(double change);
  void pass_points(std::size_t source);
  void users_come();
  void end_series_step();
  void write_tracks(std::size_t station);
  void check_conservation() const;
  // Rest.
  [[nodiscard]] bool is_as(Mark then) const;
  void remember(Mark now);
  [[nodiscard]] bool is_flat(std::size_t source) const;
  [[nodiscard]] Level level_of(const FlowStation& station) const;
  [[nodiscard]] FlowUsers a_second_of(const FlowSource& source) const;
  [[nodiscard]] double memory_s() const;
  [[nodiscard]] double goes_on_until_s(double since_s) const;
  void look_for_rest();
  void look_for_beat();
  void add_to_beat();
  void end_beat(double length_s);
  [[nodiscard]] double rests_to_s(double at_most_s) const;
  void rest(double to_s);
  void wake();
  // A station's step.
  void run_station(std::size_t index);
  [[nodiscard]] double gather(std::size_t index, double& failing);
  void drop_old(FlowStation& station);
  void admit(std::size_t index, double refused_share, double admitted);
  void leave(std::size_t index, const Part& part, double mass);
  void call_on(const FlowStation& station, double mass);
  void pass_on(FlowStation& pool);
  void weigh_ways(const FlowStation& pool);
  void meter(FlowStation& station, double out);
  void reshape(FlowStation& station);
  // Callers.
  void ask(std::size_t call, std::size_t attempt, double mass);
  void deal_again(std::size_t choice, std::size_t attempt, double mass);
  void bring_forward(std::size_t choice);
  [[nodiscard]] double more_ahead(FlowCall& call, std::size_t attempt) const;
  [[nodiscard]] Comeback comeback_of(const FlowCall& call, std::size_t attempt) const;
  [[nodiscard]] double due_within(const Comeback& comeback, double after_s) const;
  void ask_later(FlowCall& call, std::size_t attempt, double mass, double after_s);
  void end_attempts();
  void fail(std::size_t call, std::size_t attempt, double mass, Failure how, double after_s = 0);
  void give_up(std::size_t call, double mass, double after_s = 0);
  void tell_users(std::size_t source, Told what, double mass, double after_s);
  void tell_what_is_due();
  void succeed(std::size_t call, std::size_t attempt, double mass, const Fate& fate, Failure how,
               double took_s);
  void end_patience(std::size_t call);
  [[nodiscard]] const Fate& fate_of(FlowCall& call, double sojourn_s);
  void foresee(std::size_t index);
  void foresee_wait(const FlowStation& station, Prospect& next) const;
  [[nodiscard]] Answers foresee_answers(const Station& station, std::size_t kind);
  [[nodiscard]] Answers foresee_kinds(FlowStation& station);
  [[nodiscard]] double held_by_pool(const FlowStation& pool, const Answers& answers,
                                    double waits_s) const;
  void foresee_attempt(FlowCall& call);
  void foresee_choice(FlowChoice& choice);
  void try_breaker(FlowGuard& guard);
  void record(std::size_t call, double good, double bad);

  /// Of what its station calls for it.
  [[nodiscard]] const Answers& answers_to(const FlowCall& call) const {
    const FlowStation& there = station_of(call);
    return there.kinds.empty() ? there.prospect.answers : there.kinds[call.now.kind].answers;
  }
  [[nodiscard]] const FlowGuard& guard_of(const FlowCall& call) const {
    return guards_[call.guard];
  }
  [[nodiscard]] FlowStation& station_of(const FlowCall& call) {
    return stations_[call.now.to.index];
  }
  [[nodiscard]] const FlowStation& station_of(const FlowCall& call) const {
    return stations_[call.now.to.index];
  }

  Model model_;  ///< with a station for each pool
  RunOptions options_;
  std::size_t shown_ = 0;     ///< stations that are told of: those before the pools
  double now_s_ = 0;          ///< end of the step under way
  double length_s_ = 0;       ///< of the step under way
  double fine_s_ = 0.1;       ///< step while anything moves
  double step_s_ = 0.1;       ///< next step, if nothing ends it
  double waves_until_s_ = 0;  ///< steps are small
  double still_since_s_ = 0;  ///< nothing has changed since then
  double rests_until_s_ = 0;  ///< unless the conductor changes something
  Rhythm rhythm_;
  double beat_s_ = 0;         ///< length of the last beat, or of the last step
  double at_rest_s_ = 0;      ///< of the time up to now: rested, and not yet told to what waits
  bool has_changed_ = false;  ///< the conductor has done something
  double users_per_s_ = 0;    ///< that come
  std::vector<FlowStation> stations_;
  std::vector<FlowCall> calls_;
  std::vector<FlowChoice> choices_;
  std::vector<FlowGuard> guards_;
  std::vector<FlowSource> sources_;
  std::vector<StationId> order_;
  Outcome outcome_;
  Conductor conductor_;
  std::map<std::tuple<std::size_t, std::size_t, double>, std::shared_ptr<const RestMap>> maps_;
};

}  // namespace outlast::engines::simulation
