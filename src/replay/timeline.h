#pragma once

#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace outlast::replay {

/// From this share of lost requests on something is down: most of its users are not served.
inline constexpr double kDown = 0.5;
/// From this share on users notice: more than one request in a hundred is lost.
inline constexpr double kNoticed = 0.01;

/// The share of requests that something loses, over the time since an incident began: constant
/// between steps, 0 before the first one.
class Timeline {
 public:
  struct Step {
    double from_s = 0;
    double lost = 0;  ///< in [0, 1]
    friend bool operator==(const Step&, const Step&) = default;
  };

  Timeline() = default;
  /// in  steps  by rising time
  explicit Timeline(const std::vector<Step>& steps);

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] bool is_never() const { return steps_.empty(); }
  [[nodiscard]] double lost_at(double at_s) const;
  [[nodiscard]] double most_lost() const;
  /// When it first loses at least `share`; infinite where never.
  [[nodiscard]] double first(double share) const;
  /// The first moment from `at_s` on at which it loses less than `share`; infinite where never.
  [[nodiscard]] double first_below(double share, double at_s) const;
  /// How long it loses at least `share`, all together.
  [[nodiscard]] double time_at_least(double share) const;
  /// Stretches of loss of at least `share`: [begin, end), the last one perhaps without end.
  [[nodiscard]] std::vector<std::pair<double, double>> stretches(double share) const;
  /// After this it loses nothing any more; 0 where it never did.
  [[nodiscard]] double over_s() const;

  friend bool operator==(const Timeline&, const Timeline&) = default;

 private:
  std::vector<Step> steps_;  ///< neighbours differ; none where nothing is ever lost
};

/// A loss that grows, lasts and fades, both in a straight line.
struct Wave {
  double begins_s = 0;
  double rises_s = 0;  ///< how long until all of it is lost
  double fades_s = 0;  ///< moment it begins to fade, whatever was reached by then
  double falls_s = 0;  ///< how long that takes
  double lost = 1;
};
/// out  never, where it fades before it begins; a straight line has `kRampSteps` steps
[[nodiscard]] Timeline wave(const Wave& wave);
inline constexpr int kRampSteps = 20;

/// Every moment's losses through `combine`, which gets one for each timeline.
/// cost  moments times timelines
[[nodiscard]] Timeline combined(const std::vector<Timeline>& all,
                                const std::function<double(std::vector<double>&)>& combine);

/// The worst of all: what is lost by one is taken to be lost by the others too.
[[nodiscard]] Timeline worst_of(const std::vector<Timeline>& all);
/// The loss that at least `k` of them have.
[[nodiscard]] Timeline lost_by_at_least(std::size_t k, const std::vector<Timeline>& all);

/// The same with each stretch of loss begun `buffer_s` later, where it lasts that long, and ended
/// `longer_s` later.
[[nodiscard]] Timeline after_buffer(const Timeline& timeline, double buffer_s, double longer_s);

/// How a switch acts.
struct Switch {
  double detect_s = 0;
  double takes_s = 0;
  double notices = kDown;  ///< share of lost requests from which on it does
  /// What was switched stays so when what switches is down. Not within a loop: there nothing tells
  /// that it was switched before, so the alternative counts only while what switches serves.
  bool stays = true;
  /// Addresses are kept for so long: users follow in a straight line. Of these a share keeps them for
  /// longer, and follows after that.
  double ttl_s = 0;
  double stale = 0;
  double stale_s = 0;
};

/// The active one's loss until it was noticed and the rest switched to; then the lesser one for those
/// who have followed, until the active one is good again: not only better than what made it switch.
///
/// in  via  what switches: it must be up when it does
[[nodiscard]] Timeline switched(const Timeline& active, const Timeline& via, const Timeline& rest,
                                const Switch& how);

}  // namespace outlast::replay
