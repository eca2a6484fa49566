#include "report/frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/quoted_line.h"
#include "base/shorten.h"
#include "base/units.h"
#include "report/chart.h"

namespace outlast::report {

using findings::Verdict;

std::string Frame::painted(Verdict verdict) const {
  const std::string_view ink = verdict == Verdict::no    ? "31"
                               : verdict == Verdict::yes ? "32"
                                                         : "33";
  return painted(std::string(findings::name_of(verdict)), ink);
}

void Frame::line(std::size_t level, const std::string& text) {
  line(text.empty() ? text : std::string(2 * level, ' ') + text);
}

void Frame::title(std::string_view text) {
  line("");
  heading(text);
}

void Frame::table(const Table& table, std::string_view ink) {
  out_ += table.text(style_.width, [&](const std::string& head) { return painted(head, ink); });
}

void Frame::row(std::string_view head, const std::string& text) {
  line(fmt::format("{:<17}{}", head, text));
}

void Frame::chart(std::string_view head, const std::vector<double>& track, double most,
                  const std::string& unit) {
  const std::size_t width = std::clamp<std::size_t>(style_.width, 60, 100) - 40;
  constexpr std::size_t kHead = 16;
  row(base::shorten(base::printable(head), kHead),
      sparkline(track, most, width, style_.is_plain) + "  " + unit);
}

void Frame::axis(double end_s) {
  row("", fmt::format("0 … {}", base::format_duration({end_s})));
}

void Frame::assumptions(const std::vector<blueprint::Assumption>& all) {
  title("taken to be so, because nobody stated it");
  for (const auto& assumption : all) {
    line(fmt::format("  {}: {}", base::printable(assumption.name),
                     base::printable(assumption.value)));
  }
}

}  // namespace outlast::report
