#include "report/frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/quoted_line.h"
#include "base/shorten.h"
#include "base/units.h"
#include "report/chart.h"

namespace outlast::report {

using findings::Verdict;

std::string Frame::painted(const std::string& text, std::string_view code) const {
  return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

std::string Frame::painted(Verdict verdict) const {
  const std::string_view ink = verdict == Verdict::no    ? "31"
                               : verdict == Verdict::yes ? "32"
                                                         : "33";
  return painted(std::string(findings::name_of(verdict)), ink);
}

void Frame::line(const std::string& text) {
  out_ += style_.said(text) + "\n";
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
  line("");
  heading("taken to be so, because nobody stated it");
  for (const auto& assumption : all) {
    line(fmt::format("  {}: {}", base::printable(assumption.name),
                     base::printable(assumption.value)));
  }
}

}  // namespace outlast::report
