#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/units.h"
#include "engines/simulation/controllers.h"
#include "engines/simulation/event_queue.h"
#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Calls that were answered well, and that failed.
struct CallFate {
  double good = 0;
  double bad = 0;
  void add(const CallFate& more, double times = 1) {
    good += times * more.good;
    bad += times * more.bad;
  }
};

/// Leads calls away from targets that fail, dead or overloaded alike, as `RouterState` decides.
///
/// Stations has
///   apply(change)
///   fate_since_last(call)  of the calls since the last time this was asked
///   lost_on_the_way(call)  share of calls that never get there
///   outlook(call)          share of calls that would succeed now, where none are made
///   enough()               calls below which their fate is chance
class Routing {
 public:
  Routing(const Model& model, Outcome& outcome) : model_(model), outcome_(outcome) {
    for (std::size_t i = 0; i < model.routers.size(); ++i) {
      const std::size_t targets = model.routers[i].targets.size();
      led_.push_back({RouterState(model.routers[i]), std::vector<Judged>(targets), {}, {}});
      events_.push({kWatch_s, static_cast<std::uint32_t>(i), kWatch});
    }
  }

  [[nodiscard]] double next_s() const { return events_.empty() ? kForever : events_.next().at_s; }

  /// What leads the calls of a router works from now on, or does not.
  void let_act(double now_s, std::size_t router, bool may) {
    led_[router].state.let_act(may);
    events_.push({now_s, static_cast<std::uint32_t>(router), kDecide});
  }

  /// Something changes now: what was seen before tells nothing of what is seen from now on, and that
  /// is looked at soon.
  template <class Stations>
  void look_before(double now_s, Stations& stations) {
    constexpr double kSoon_s = 0.01;
    for (std::uint32_t i = 0; i < led_.size(); ++i) {
      watch(now_s, i, stations);
      events_.push({now_s + kSoon_s, i, kGlance});
    }
  }

  /// Does all that is due; did anything change?
  template <class Stations>
  bool act(double now_s, Stations& stations) {
    bool has_changed = false;
    while (next_s() <= now_s) {
      const Event event = events_.next();
      events_.pop();
      if (event.kind == kFollow) {
        has_changed |= follow(now_s, event.subject, stations);
        continue;
      }
      if (event.kind == kGlance) {
        watch(now_s, event.subject, stations);
      } else if (event.kind == kWatch) {
        watch(now_s, event.subject, stations);
        events_.push({now_s + kWatch_s, event.subject, kWatch});
      }
      has_changed |= decide(now_s, event.subject, stations);
    }
    return has_changed;
  }

 private:
  static constexpr std::uint32_t kWatch = 0;
  static constexpr std::uint32_t kDecide = 1;
  static constexpr std::uint32_t kFollow = 2;
  static constexpr std::uint32_t kGlance = 3;
  static constexpr double kWatch_s = 1;                 ///< between two looks at how calls fare
  static constexpr std::size_t kMostLooks = 5;          ///< that are waited for enough calls
  static constexpr std::size_t kFollows = 10;           ///< steps in which kept addresses follow
  static constexpr std::size_t kAtOnce = 2 * kFollows;  ///< … and as many for stale ones

  /// Of the calls to a target, since somebody judged them.
  struct Judged {
    CallFate fate;
    double since_s = 0;
    std::size_t looks = 0;
  };
  struct Led {
    RouterState state;
    std::vector<Judged> judged;  ///< by target
    std::vector<double> from;    ///< shares by target, from which kept addresses follow …
    std::vector<double> to;      ///< … to these
    std::size_t followed = kAtOnce;
    double follows_s = kForever;  ///< when they follow next
    double decides_s = kForever;  ///< when it decides next, whatever is seen
  };

  /// How the calls to each target fare. Where there are none, how they would.
  template <class Stations>
  void watch(double now_s, std::uint32_t index, Stations& stations) {
    const Router& router = model_.routers[index];
    Led& led = led_[index];
    const auto shares = now_led(router, led);
    for (std::size_t t = 0; t < router.targets.size(); ++t) {
      if (router.targets[t].calls.empty()) {
        continue;  // nobody sees how it fares: it is taken to be well
      }
      Judged& judged = led.judged[t];
      double outlook = 0;
      double lost = 0;  // on the way
      for (const auto& [call, rate] : router.targets[t].calls) {
        const CallFate fate = stations.fate_since_last(call);
        judged.fate.good += fate.good;
        judged.fate.bad += fate.bad;
        lost = std::max(lost, stations.lost_on_the_way(call));
        outlook = std::max(outlook, stations.outlook(call));
      }
      if (router.sees_ways_only) {
        led.state.see(t, judged.since_s, lost);
        judged = {{}, now_s, 0};
        continue;
      }
      ++judged.looks;
      // Of a target that is left out only stragglers answer: they tell how it was.
      const bool is_asked = led.to.empty() || shares[t] > 0;
      const double seen = is_asked ? judged.fate.good + judged.fate.bad : 0;
      if (seen > stations.enough() || seen <= 0 || judged.looks >= kMostLooks) {
        led.state.see(t, judged.since_s, seen > 0 ? judged.fate.bad / seen : 1 - outlook);
        judged = {{}, now_s, 0};
      }
    }
  }

  template <class Stations>
  bool decide(double now_s, std::uint32_t index, Stations& stations) {
    const Router& router = model_.routers[index];
    Led& led = led_[index];
    led.decides_s = led.decides_s <= now_s ? kForever : led.decides_s;
    const auto shares = led.state.decide(now_s);
    if (const double next_s = led.state.next_s(); next_s > now_s && next_s < led.decides_s) {
      led.decides_s = next_s;
      events_.push({next_s, index, kDecide});
    }
    if (!shares) {
      return false;
    }
    tell(now_s, index, *shares);
    led.from = led.to.empty() ? led.state.at_first() : now_led(router, led);
    led.to = *shares;
    led.followed = 0;
    led.follows_s = now_s;
    return follow(now_s, index, stations);
  }

  /// Steps in which all addresses follow.
  [[nodiscard]] static std::size_t follows_of(const Router& router) {
    return router.stale > 0 ? kAtOnce : router.ttl_s > 0 ? kFollows : 0;
  }

  /// Share of kept addresses that have followed after so many steps.
  [[nodiscard]] static double done_of(const Router& router, std::size_t followed) {
    const double in_time = static_cast<double>(std::min(followed, kFollows)) / kFollows;
    const double late = static_cast<double>(std::max(followed, kFollows) - kFollows) / kFollows;
    return in_time - router.stale * (in_time - std::min(1.0, late));
  }

  [[nodiscard]] static std::vector<double> now_led(const Router& router, const Led& led) {
    const double done = done_of(router, led.followed);
    std::vector<double> shares;
    for (std::size_t t = 0; t < led.to.size(); ++t) {
      shares.push_back(led.from[t] + (led.to[t] - led.from[t]) * done);
    }
    return shares;
  }

  /// One step further to where calls go now; all at once where no addresses are kept.
  template <class Stations>
  bool follow(double now_s, std::uint32_t index, Stations& stations) {
    const Router& router = model_.routers[index];
    Led& led = led_[index];
    if (now_s < led.follows_s) {
      return false;  // of a turn that another one has overtaken
    }
    const std::size_t all = follows_of(router);
    led.followed = all > 0 ? led.followed + 1 : kAtOnce;
    led.follows_s = kForever;
    if (led.followed < all) {
      const double within_s =
          led.followed < kFollows ? router.ttl_s : router.stale_s - router.ttl_s;
      led.follows_s = now_s + within_s / static_cast<double>(kFollows);
      events_.push({led.follows_s, index, kFollow});
    }
    const auto shares = now_led(router, led);
    for (std::size_t t = 0; t < shares.size(); ++t) {
      for (const auto& [call, rate] : router.targets[t].calls) {
        stations.apply({now_s, Quantity::call_rate, call.index, rate * shares[t], ""});
      }
    }
    return true;
  }

  void tell(double now_s, std::uint32_t index, const std::vector<double>& shares) {
    const Router& router = model_.routers[index];
    const std::string name = router.from.exists() ? model_.stations[router.from].name + ": " : "";
    const double took_s = led_[index].state.took_s();
    if (router.leads_to_one) {
      const auto to = static_cast<std::size_t>(
          std::find_if(shares.begin(), shares.end(), [](double share) { return share > 0; }) -
          shares.begin());
      add_to_trace(outcome_, now_s, fmt::format("{}calls go to {}", name, router.targets[to].name),
                   router.from,
                   fmt::format("switched by {} after {}, {} of it detection", router.by,
                               base::format_duration({took_s}),
                               base::format_duration({std::min(took_s, router.detect_s)})));
      return;
    }
    const auto in =
        std::count_if(shares.begin(), shares.end(), [](double share) { return share > 0; });
    add_to_trace(outcome_, now_s, fmt::format("{}deals among {} of {}", name, in, shares.size()),
                 router.from,
                 fmt::format("by its health checks, {} after", base::format_duration({took_s})));
  }

  const Model& model_;
  Outcome& outcome_;
  EventQueue events_;
  std::vector<Led> led_;  ///< by router
};

}  // namespace outlast::engines::simulation
