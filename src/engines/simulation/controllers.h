#pragma once

#include <optional>
#include <vector>

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

/// What watches and acts; the same code for both engines.
namespace outlast::engines::simulation {

/// Decides how many replicas there should be.
class AutoscalerState {
 public:
  explicit AutoscalerState(const Autoscaler& scaler) : scaler_(scaler) {}

  /// Those that start are taken for idle ones, so that it grows again only where all of them will
  /// not do (Kubernetes, Horizontal Pod Autoscaling, "Algorithm details"; AWS counts instances that
  /// warm up the same way). It shrinks, and a cooldown begins, once they have come.
  ///
  /// in   use       busy share of the servers since the last look
  ///      replicas  there now
  ///      starting  more that were asked for and have not come yet
  /// out  replicas there should be, where that differs; those that start are counted
  [[nodiscard]] std::optional<std::size_t> look(double now_s, double use, std::size_t replicas,
                                                std::size_t starting = 0);
  /// Some of those asked for have come.
  void arrived(double now_s) { changed_s_ = now_s; }

 private:
  /// Decided at a time: so many more, or fewer where negative.
  struct Move {
    double at_s = 0;
    double change = 0;
  };
  [[nodiscard]] double most_by_pace(double now_s, double there, const Pace& pace, double way) const;
  [[nodiscard]] std::optional<std::size_t> moved(double now_s, double there, double to);

  const Autoscaler& scaler_;
  std::vector<Move> moves_;  ///< as far back as the paces look
  std::size_t over_ = 0;
  std::size_t under_ = 0;
  double changed_s_ = -kForever;  ///< when its number changed last
  double needed_s_ = -kForever;   ///< when all of them were in use last
};

/// Stops calling where too many calls fail.
class BreakerState {
 public:
  explicit BreakerState(const Breaker& breaker) : breaker_(breaker) {}

  [[nodiscard]] bool exists() const { return breaker_.share <= 1; }
  /// May a call be made? While half open only one at a time.
  [[nodiscard]] bool lets_through(double now_s);
  /// Open, or trying whether it may close.
  [[nodiscard]] bool is_open() const { return exists() && open_until_s_ >= 0; }
  /// Closed, but some calls fail: it may open any moment.
  [[nodiscard]] bool may_open() const {
    return exists() && open_until_s_ < 0 && failures_ > 0.01 * calls_;
  }
  [[nodiscard]] double open_until_s() const { return open_until_s_; }
  /// Open for long enough that a call may try?
  [[nodiscard]] bool is_due(double now_s) const { return is_open() && now_s >= open_until_s_; }
  /// out  it has just opened, or closed
  enum class Turn { none, opened, closed };
  /// in  over_s  length of time, up to now, over which they came
  [[nodiscard]] Turn record(double now_s, double good, double bad, double over_s = 0) {
    return exists() ? count(now_s, good, bad, over_s) : Turn::none;
  }
  /// What was counted was counted so much later.
  void put_off(double by_s) { last_s_ += by_s; }

 private:
  Turn open(double now_s);
  [[nodiscard]] Turn count(double now_s, double good, double bad, double over_s);

  const Breaker& breaker_;
  double last_s_ = 0;
  double calls_ = 0;
  double failures_ = 0;
  double open_until_s_ = -1;
  bool is_trying_ = false;
  bool has_trial_ = false;
};

/// Decides which of several targets calls go to.
///
/// A target is believed to fail once it has failed for `detect_s`, and what leads calls works; then
/// it takes `takes_s`. It is believed to be well again the same way.
class RouterState {
 public:
  explicit RouterState(const Router& router);

  /// How a target has fared from `since_s` until now.
  void see(std::size_t target, double since_s, double failing_share);
  /// What leads calls works, or does not.
  void let_act(bool may) { may_act_ = may; }
  /// Where calls go from now on, where that changes: shares by target.
  [[nodiscard]] std::optional<std::vector<double>> decide(double now_s);
  /// Where calls go at the start: shares by target.
  [[nodiscard]] const std::vector<double>& at_first() const { return first_; }
  /// When it may decide otherwise without seeing anything new; infinite: never.
  [[nodiscard]] double next_s() const;
  /// How long the target that was last believed otherwise had been so.
  [[nodiscard]] double took_s() const { return took_s_; }

 private:
  struct Seen {
    bool is_well = true;      ///< as it fares
    bool is_believed = true;  ///< to be well
    double since_s = 0;       ///< since when it fares so
    double noticed_s = -1;    ///< when that was noticed; negative: it was not yet
  };
  [[nodiscard]] std::vector<double> shares() const;

  const Router& router_;
  std::vector<Seen> seen_;
  std::vector<double> shares_;
  std::vector<double> first_;
  bool may_act_ = true;
  double took_s_ = 0;
};

/// The trace is bounded: a breaker that flaps for hours tells its first turns.
void add_to_trace(Outcome& outcome, double at_s, std::string what, StationId station = {},
                  std::string cause = "");

}  // namespace outlast::engines::simulation
