#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "findings/cost.h"
#include "report/chart.h"
#include "report/frame.h"
#include "report/lost_text.h"
#include "report/simulated.h"
#include "report/words.h"

namespace outlast::report {

using findings::count_text;
using findings::Likely;
using findings::Simulated;
using findings::StoryLine;

namespace {

std::string time_text(double seconds) {
  return base::format_duration({seconds});
}

/// "12:05", "1:00:00": minutes and seconds after the start.
std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  const std::int64_t hours = whole / 3600;
  const std::string rest = fmt::format("{:02}:{:02}", whole / 60 % 60, whole % 60);
  return hours > 0 ? fmt::format("{}:{}", hours, rest) : rest;
}

std::string usd_text(double usd) {
  return findings::money_text({static_cast<std::int64_t>(std::llround(usd * 1e6))});
}

std::string duration_range(const Likely& likely) {
  const std::string value = time_text(likely.value);
  const std::string low = time_text(likely.low);
  const std::string high = time_text(likely.high);
  return low == high ? value : fmt::format("{} ({} to {})", value, low, high);
}

class SimulatedText : Frame {
 public:
  SimulatedText(const Simulated& simulated, const TextStyle& style) : Frame(style), s_(simulated) {}

  std::string write(const std::string& name) {
    heading(fmt::format("{} · {} · {} watched{}", base::printable(name),
                        base::printable(s_.scenario), time_text(s_.until_s),
                        s_.engine == "flow" ? "" : " request by request"));
    if (s_.is_partial) {
      const char* how =
          s_.took_too_long
              ? "followed for {}, for the rest takes too many steps (a shorter --until, "
                "more patient callers): what follows was seen until then"
              : "stopped after {}: what follows was seen until then";
      line(painted(fmt::format(fmt::runtime(how), time_text(s_.ended_s)), "33"));
    }
    line("");
    write_answer();
    write_lines();
    write_story();
    assumptions(s_.assumptions);
    return take();
  }

 private:
  void write_answer() {
    row("survives", fmt::format("{}: {} (it may be down for {})", painted(s_.survives),
                                base::printable(s_.because), time_text(s_.rto_s)));
    row("down", fmt::format("{}; more than one request in a hundred lost for {}",
                            duration_range(s_.down_s), duration_range(s_.lossy_s)));
    write_partly();
    if (is_near_half()) {
      row("", fmt::format("near half is lost for {}: down is from more than half on, so a "
                          "little more or less decides it",
                          time_text(s_.near_half_s)));
    }
    write_runs();
    write_alone();
    row("lost", lost_text(s_.lost_requests, s_.offered_requests, s_.lost_share));
    if (s_.data.kind != failure::DataLoss::Kind::none) {
      row("data lost",
          fmt::format("{} of {} (it may lose {})", data_text(s_.data),
                      base::printable(base::join_words(s_.data.stores, 4)), time_text(s_.rpo_s)));
    }
    write_cost();
    row("recovers", !s_.recovers                      ? "not while it is watched"
                    : s_.recovered_s.value_or(0) <= 0 ? "nothing to recover from"
                                                      : time_text(*s_.recovered_s) + " in");
    for (const auto& journey : s_.journeys) {
      if (s_.journeys.size() > 1 && journey.lossy_s > 0) {
        row("", fmt::format("{} ({:.3g} % of the users): down {}, losing for {}",
                            base::printable(journey.name), 100 * journey.weight,
                            time_text(journey.down_s), time_text(journey.lossy_s)));
      }
    }
    line("");
  }

  void write_cost() {
    if (!s_.cost) {
      return;
    }
    std::vector<std::string> parts;
    if (s_.cost->value_lost_usd > 0) {
      parts.push_back(fmt::format("{} of value lost", usd_text(s_.cost->value_lost_usd)));
    }
    if (s_.cost->billed_usd > 0) {
      parts.push_back(fmt::format("{} billed, {} as it stands", usd_text(s_.cost->billed_usd),
                                  usd_text(s_.cost->as_it_stands_usd)));
    }
    row("costs", fmt::format("{}", fmt::join(parts, "; ")));
    row("", "not in that: traffic beyond what is stated, work of people, what providers pay back");
  }

  /// Of requests that are drawn: how often they were.
  void write_runs() {
    if (s_.runs > 1) {
      row("",
          fmt::format("means of {} runs; ranges are of chance and of what nobody stated", s_.runs));
    } else if (s_.engine == "requests") {
      row("",
          "one run, for it draws many requests; ranges are of what nobody stated, and chance "
          "shows in more (--runs)");
    }
  }

  /// What users were served without.
  void write_partly() {
    double low = 0;
    double high = 0;
    for (const auto& journey : s_.journeys) {
      low = std::max(low, journey.value_lost_low);
      high = std::max(high, journey.value_lost_high);
    }
    const bool is_longer =
        s_.partly_s.value > s_.lossy_s.value || s_.partly_s.high > s_.lossy_s.high;
    if (high > 0 && is_longer) {
      const std::string share = low == high
                                    ? fmt::format("{:.3g} %", 100 * high)
                                    : fmt::format("{:.3g} to {:.3g} %", 100 * low, 100 * high);
      row("", fmt::format("that, or without what they can do without, for {}: at worst {} of "
                          "the value of who is served",
                          duration_range(s_.partly_s), share));
    }
  }

  /// Does much of the answer hang on which side of half it is?
  [[nodiscard]] bool is_near_half() const {
    constexpr double kMuch = 0.1;
    return s_.near_half_s >= 10 && s_.near_half_s > kMuch * s_.lossy_s.value;
  }

  /// What load does without the faults, and what these add.
  void write_alone() {
    if (!s_.alone) {
      return;
    }
    const auto& alone = *s_.alone;
    if (alone.lossy_s.high <= 0) {
      row("without faults", "users lose nothing");
      return;
    }
    row("without faults", fmt::format("down {}; more than one request in a hundred lost for {}",
                                      duration_range(alone.down_s), duration_range(alone.lossy_s)));
    row("the faults add",
        fmt::format("down {}; more than one request in a hundred lost for {}",
                    duration_range(alone.added_down_s), duration_range(alone.added_lossy_s)));
  }

  void write_lines() {
    if (s_.offered.empty()) {
      return;
    }
    const double most = most_of(s_.offered);
    chart("asked", s_.offered, most, up_to(most));
    chart("served", s_.served, most, up_to(most_of(s_.served)));
    chart("lost", s_.failed, most, up_to(most_of(s_.failed)));
    const double slowest_s = most_of(s_.latency_s);
    chart("latency", s_.latency_s, slowest_s, fmt::format("up to {:.3g} s", slowest_s));
    std::size_t told = 0;
    for (const auto& part : s_.parts) {
      constexpr std::size_t kMostParts = 8;
      if (part.has_use && told < kMostParts) {
        ++told;
        const double least = *std::min_element(part.replicas.begin(), part.replicas.end());
        const double highest = most_of(part.replicas);
        const std::string replicas = least < highest
                                         ? fmt::format("{:.3g} to {:.3g}", least, highest)
                                         : fmt::format("{:.3g}", highest);
        chart(part.name, part.use, 1,
              fmt::format("busy, {} replica{}", replicas, replicas == "1" ? "" : "s"));
      }
    }
    axis(s_.ended_s);
  }

  void write_story() {
    title("what happens");
    constexpr std::size_t kMostTold = 40;
    for (std::size_t i = 0; i < std::min(s_.story.size(), kMostTold); ++i) {
      line(told_line(s_.story[i]));
    }
    if (s_.story.size() > kMostTold) {
      line(fmt::format("  and {} more: --trace FILE", s_.story.size() - kMostTold));
    }
  }

  const Simulated& s_;
};

}  // namespace

std::string told_line(const StoryLine& told) {
  const std::string who = told.name.empty() ? "" : base::printable(told.name) + " ";
  const std::string why = told.cause.empty() ? "" : ": " + base::printable(told.cause);
  return fmt::format("  {:>9}  {}{}{}", clock_text(told.at_s), who, base::printable(told.event),
                     why);
}

std::string simulated_text(const Simulated& simulated, const std::string& name,
                           const TextStyle& style) {
  return SimulatedText(simulated, style).write(name);
}

}  // namespace outlast::report
