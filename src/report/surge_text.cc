#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quoted_line.h"
#include "base/units.h"
#include "report/chart.h"
#include "report/surge.h"

namespace outlast::report {

using findings::count_text;
using findings::Likely;
using findings::Surge;
using findings::SurgePart;
using findings::Verdict;

namespace {

std::string range_text(const Likely& likely) {
  const std::string value = count_text(likely.value);
  const std::string low = count_text(likely.low);
  const std::string high = count_text(likely.high);
  return low == high ? value : fmt::format("{} ({} to {})", value, low, high);
}

class SurgeText {
 public:
  SurgeText(const Surge& surge, const TextStyle& style) : surge_(surge), style_(style) {}

  std::string write(const std::string& name) {
    const auto& q = surge_.question;
    line(painted(
        fmt::format("{} · {} → {} users in {}", base::printable(name), count_text(q.from_users),
                    count_text(q.to_users), base::format_duration({q.within_s})),
        "1"));
    line("");
    write_answer();
    write_lines();
    write_parts();
    write_story();
    write_assumptions();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string painted(const std::string& text, std::string_view code) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  void line(const std::string& text) { out_ += style_.said(text) + "\n"; }
  void row(std::string_view head, const std::string& text) {
    line(fmt::format("{:<17}{}", head, text));
  }

  void write_answer() {
    const Verdict verdict = surge_.survives;
    const std::string_view ink = verdict == Verdict::no    ? "31"
                                 : verdict == Verdict::yes ? "32"
                                                           : "33";
    row("survives", painted(std::string(findings::name_of(verdict)), ink) + ": " +
                        base::printable(surge_.because));
    row("saturates first",
        surge_.saturates_first
            ? fmt::format("{} ({}), {} in", base::printable(surge_.saturates_first->name),
                          surge_.saturates_first->limit,
                          base::format_duration({surge_.at_s.value_or(0)}))
            : "nothing");
    row("  at users", range_text(surge_.at_users));
    row("lost",
        fmt::format("{} requests, at worst {:.3g} % of them; users are down {}",
                    count_text(surge_.lost_requests), 100 * surge_.lost_share,
                    std::isfinite(surge_.down_s) ? "for " + base::format_duration({surge_.down_s})
                                                 : "for as long as they stay"));
    row("recovers", surge_.recovers
                        ? surge_.recovered_s.value_or(0) > 0
                              ? "by itself, " + base::format_duration({*surge_.recovered_s}) + " in"
                              : "nothing to recover from"
                        : "not while the users stay");
    row("sustains",
        range_text(surge_.max_sustainable_users) + " users" +
            (surge_.sustained_by.empty() ? ""
                                         : ", bounded by " + base::printable(surge_.sustained_by)));
    line("");
  }

  void write_lines() {
    if (surge_.users.empty()) {
      return;
    }
    const std::size_t width = std::clamp<std::size_t>(style_.width, 60, 100) - 40;
    const double most = most_of(surge_.offered);
    const double end_s = surge_.step_s * static_cast<double>(surge_.users.size());
    const auto chart = [&](std::string_view head, const std::vector<double>& track, double top,
                           const std::string& unit) {
      row(head, sparkline(track, top, width, style_.is_plain) + "  " + unit);
    };
    chart("asked", surge_.offered, most, fmt::format("up to {:.3g} a second", most));
    chart("served", surge_.served, most,
          fmt::format("up to {:.3g} a second", most_of(surge_.served)));
    const double slowest_s = most_of(surge_.latency_s);
    chart("latency", surge_.latency_s, slowest_s, fmt::format("up to {:.3g} s", slowest_s));
    for (std::size_t i = 0; i < std::min<std::size_t>(surge_.parts.size(), 5); ++i) {
      if (std::isfinite(surge_.parts[i].sustains.high)) {
        chart(base::printable(surge_.parts[i].name).substr(0, 16), surge_.parts[i].use, 1, "busy");
      }
    }
    row("", fmt::format("0 … {}", base::format_duration({end_s})));
  }

  void write_parts() {
    line("");
    line(painted("what each part sustains", "1"));
    for (const SurgePart& part : surge_.parts) {
      line(fmt::format("  {:<24} {:<44} {}", base::printable(part.name),
                       range_text(part.sustains) + " users", part.limit));
    }
  }

  void write_story() {
    if (surge_.trace.empty()) {
      return;
    }
    line("");
    line(painted("what happens", "1"));
    constexpr std::size_t kMostTold = 12;
    for (std::size_t i = 0; i < std::min(surge_.trace.size(), kMostTold); ++i) {
      line(fmt::format("  {:>8}  {}", base::format_duration({surge_.trace[i].first}),
                       base::printable(surge_.trace[i].second)));
    }
    if (surge_.trace.size() > kMostTold) {
      line(fmt::format("  and {} more: -o json", surge_.trace.size() - kMostTold));
    }
  }

  void write_assumptions() {
    line("");
    line(painted("taken to be so, because nobody stated it", "1"));
    for (const auto& assumption : surge_.assumptions) {
      line(fmt::format("  {}: {}", base::printable(assumption.name),
                       base::printable(assumption.value)));
    }
  }

  const Surge& surge_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string surge_text(const Surge& surge, const std::string& name, const TextStyle& style) {
  return SurgeText(surge, style).write(name);
}

}  // namespace outlast::report
