#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quoted_line.h"
#include "base/units.h"
#include "report/chart.h"
#include "report/frame.h"
#include "report/lost_text.h"
#include "report/surge.h"

namespace outlast::report {

using findings::count_text;
using findings::Likely;
using findings::Surge;
using findings::SurgePart;

namespace {

std::string count_range(const Likely& likely) {
  const std::string value = count_text(likely.value);
  const std::string low = count_text(likely.low);
  const std::string high = count_text(likely.high);
  return low == high ? value : fmt::format("{} ({} to {})", value, low, high);
}

class SurgeText : Frame {
 public:
  SurgeText(const Surge& surge, const TextStyle& style) : Frame(style), surge_(surge) {}

  std::string write(const std::string& name) {
    const auto& q = surge_.question;
    heading(fmt::format("{} · {} → {} users in {}", base::printable(name), count_text(q.from_users),
                        count_text(q.to_users), base::format_duration({q.within_s})));
    line("");
    write_answer();
    write_lines();
    write_parts();
    write_story();
    assumptions(surge_.assumptions);
    return take();
  }

 private:
  void write_answer() {
    row("survives", painted(surge_.survives) + ": " + base::printable(surge_.because));
    row("saturates first",
        surge_.saturates_first
            ? fmt::format("{} ({}), {} in", base::printable(surge_.saturates_first->name),
                          surge_.saturates_first->limit,
                          base::format_duration({surge_.at_s.value_or(0)}))
            : "nothing");
    row("  at users", count_range(surge_.at_users));
    row("lost",
        fmt::format("{}; users are down {}", lost_text(surge_.lost_requests, {}, surge_.lost_share),
                    std::isfinite(surge_.down_s) ? "for " + base::format_duration({surge_.down_s})
                                                 : "for as long as they stay"));
    row("recovers", surge_.recovers
                        ? surge_.recovered_s.value_or(0) > 0
                              ? "by itself, " + base::format_duration({*surge_.recovered_s}) + " in"
                              : "nothing to recover from"
                        : "not while the users stay");
    row("sustains", count_range(surge_.max_sustainable_users) + " users" +
                        (!surge_.impatience.empty() ? ": " + base::printable(surge_.impatience)
                         : surge_.sustained_by.empty()
                             ? ""
                             : ", bounded by " + base::printable(surge_.sustained_by)));
    line("");
  }

  void write_lines() {
    if (surge_.users.empty()) {
      return;
    }
    const double most = most_of(surge_.offered);
    chart("asked", surge_.offered, most, up_to(most));
    chart("served", surge_.served, most, up_to(most_of(surge_.served)));
    const double slowest_s = most_of(surge_.latency_s);
    chart("latency", surge_.latency_s, slowest_s, fmt::format("up to {:.3g} s", slowest_s));
    for (std::size_t i = 0; i < std::min<std::size_t>(surge_.parts.size(), 5); ++i) {
      if (std::isfinite(surge_.parts[i].sustains.high)) {
        chart(surge_.parts[i].name, surge_.parts[i].use, 1, "busy");
      }
    }
    axis(surge_.step_s * static_cast<double>(surge_.users.size()));
  }

  void write_parts() {
    title("what each part sustains");
    for (const SurgePart& part : surge_.parts) {
      line(fmt::format("  {:<23}  {:<43}  {}", base::printable(part.name),
                       count_range(part.sustains) + " users", part.limit));
    }
  }

  void write_story() {
    if (surge_.story.empty()) {
      return;
    }
    title("what happens");
    constexpr std::size_t kMostTold = 12;
    for (std::size_t i = 0; i < std::min(surge_.story.size(), kMostTold); ++i) {
      const auto& step = surge_.story[i];
      line(fmt::format("  {:>8}  {}", base::format_duration({step.at_s}),
                       base::printable(words_of(step))));
    }
    if (surge_.story.size() > kMostTold) {
      line(fmt::format("  and {} more: -o json", surge_.story.size() - kMostTold));
    }
  }

  /// The name, its event, and of a part that is full how many users and replicas fill it.
  [[nodiscard]] std::string words_of(const findings::TimedStep& step) const {
    const auto part = std::find_if(surge_.parts.begin(), surge_.parts.end(),
                                   [&](const SurgePart& one) { return one.id == step.component; });
    const std::string who = part == surge_.parts.end() ? "" : part->name + ": ";
    const std::string_view what =
        step.event.empty() && step.condition ? findings::name_of(*step.condition) : step.event;
    return fmt::format("{}{}{}", who, what, step.cause.empty() ? "" : ": " + step.cause);
  }

  const Surge& surge_;
};

}  // namespace

std::string surge_text(const Surge& surge, const std::string& name, const TextStyle& style) {
  return SurgeText(surge, style).write(name);
}

}  // namespace outlast::report
