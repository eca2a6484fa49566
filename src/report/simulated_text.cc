#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quoted_line.h"
#include "base/units.h"
#include "report/chart.h"
#include "report/simulated.h"

namespace outlast::report {

using findings::count_text;
using findings::Likely;
using findings::Simulated;
using findings::StoryLine;
using findings::Verdict;

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

std::string range_text(const Likely& likely) {
  return likely.low == likely.high ? time_text(likely.value)
                                   : fmt::format("{} ({} to {})", time_text(likely.value),
                                                 time_text(likely.low), time_text(likely.high));
}

class SimulatedText {
 public:
  SimulatedText(const Simulated& simulated, const TextStyle& style)
      : s_(simulated), style_(style) {}

  std::string write(const std::string& name) {
    line(painted(
        fmt::format("{} · {} · {} watched{}", base::printable(name), base::printable(s_.scenario),
                    time_text(s_.until_s), s_.engine == "flow" ? "" : " request by request"),
        "1"));
    if (s_.is_partial) {
      line(painted(
          fmt::format("stopped after {}: what follows was seen until then", time_text(s_.ended_s)),
          "33"));
    }
    line("");
    write_answer();
    write_lines();
    write_story();
    write_assumptions();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string painted(const std::string& text, std::string_view code) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  void line(const std::string& text) { out_ += text + "\n"; }
  void row(std::string_view head, const std::string& text) {
    line(fmt::format("{:<17}{}", head, text));
  }

  void write_answer() {
    const std::string_view ink = s_.survives == Verdict::no    ? "31"
                                 : s_.survives == Verdict::yes ? "32"
                                                               : "33";
    row("survives", fmt::format("{}: {} (it may be down for {})",
                                painted(std::string(findings::name_of(s_.survives)), ink),
                                base::printable(s_.because), time_text(s_.rto_s)));
    row("down", fmt::format("{}; more than one request in a hundred lost for {}",
                            range_text(s_.down_s), range_text(s_.lossy_s)));
    row("lost", fmt::format("{} of {} requests, at worst {:.3g} % of them",
                            count_text(std::round(s_.lost_requests)),
                            count_text(std::round(s_.offered_requests)), 100 * s_.lost_share));
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

  void write_lines() {
    if (s_.offered.empty()) {
      return;
    }
    const std::size_t width = std::clamp<std::size_t>(style_.width, 60, 100) - 40;
    const double most = most_of(s_.offered);
    const auto chart = [&](std::string_view head, const std::vector<double>& track, double top,
                           const std::string& unit) {
      row(head, sparkline(track, top, width, style_.is_plain) + "  " + unit);
    };
    chart("asked", s_.offered, most, fmt::format("up to {:.3g} a second", most));
    chart("served", s_.served, most, fmt::format("up to {:.3g} a second", most_of(s_.served)));
    chart("lost", s_.failed, most, fmt::format("up to {:.3g} a second", most_of(s_.failed)));
    const double slowest_s = most_of(s_.latency_s);
    chart("latency", s_.latency_s, slowest_s, fmt::format("up to {:.3g} s", slowest_s));
    std::size_t told = 0;
    for (const auto& part : s_.parts) {
      constexpr std::size_t kMostParts = 8;
      if (part.has_use && told < kMostParts) {
        ++told;
        chart(base::printable(part.name).substr(0, 16), part.use, 1,
              fmt::format("busy, {:.3g} to {:.3g} replicas",
                          *std::min_element(part.replicas.begin(), part.replicas.end()),
                          most_of(part.replicas)));
      }
    }
    row("", fmt::format("0 … {}", time_text(s_.ended_s)));
  }

  void write_story() {
    line("");
    line(painted("what happens", "1"));
    constexpr std::size_t kMostTold = 40;
    for (std::size_t i = 0; i < std::min(s_.story.size(), kMostTold); ++i) {
      const StoryLine& told = s_.story[i];
      const std::string who = told.name.empty() ? "" : base::printable(told.name) + " ";
      const std::string why = told.cause.empty() ? "" : ": " + base::printable(told.cause);
      line(fmt::format("  {:>9}  {}{}{}", clock_text(told.at_s), who, base::printable(told.event),
                       why));
    }
    if (s_.story.size() > kMostTold) {
      line(fmt::format("  and {} more: --trace FILE", s_.story.size() - kMostTold));
    }
  }

  void write_assumptions() {
    line("");
    line(painted("taken to be so, because nobody stated it", "1"));
    for (const auto& assumption : s_.assumptions) {
      line(fmt::format("  {}: {}", base::printable(assumption.name),
                       base::printable(assumption.value)));
    }
  }

  const Simulated& s_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string simulated_text(const Simulated& simulated, const std::string& name,
                           const TextStyle& style) {
  return SimulatedText(simulated, style).write(name);
}

}  // namespace outlast::report
