#include <fmt/format.h>

#include <cmath>

#include "base/offset_text.h"
#include "base/text.h"
#include "base/units.h"
#include "reproduction/sheet.h"

namespace outlast::reproduction {
namespace {

constexpr double kPercent = 100;

/// "+3 h 10 min", "−5 min", "never".
std::string offset(double seconds) {
  if (!std::isfinite(seconds)) {
    return "never";
  }
  return std::lround(seconds / base::kSecondsPerMinute) < 0
             ? "−" + base::format_offset(-seconds).substr(1)
             : base::format_offset(seconds);
}

std::string signed_percent(double share) {
  const double percent = std::round(share * kPercent);
  return percent == 0 ? "0 %"
                      : fmt::format("{}{:.0f} %", percent < 0 ? "−" : "+", std::abs(percent));
}

std::string predicted_text(const When& when) {
  std::string out = offset(when.at_s);
  if (when.comes() && when.high_s - when.low_s >= base::kSecondsPerMinute) {
    out += fmt::format(" ({} to {})", offset(when.low_s), offset(when.high_s));
  }
  return out;
}

std::string error_text(const Row& row) {
  if (row.is_aligned) {
    return "sets the clock";
  }
  if (std::abs(row.predicted.at_s - row.published_s) < base::kSecondsPerMinute) {
    return "within a minute";
  }
  const auto error = row.error();
  if (!error) {
    return "–";
  }
  std::string out =
      fmt::format("{} of {}", signed_percent(*error), base::format_offset(row.phase_s).substr(1));
  if (const auto after = row.error_after_decision()) {
    out += fmt::format("; since {} {}", row.after, signed_percent(*after));
  }
  return out;
}

std::string roots_text(const Reproduction& reproduction, const Row& row) {
  std::vector<std::string> names;
  for (const std::size_t i : row.rests_on) {
    const Parameter& parameter = reproduction.parameters[i];
    const bool is_estimate = parameter.trust == catalog::Trust::estimate;
    names.push_back(parameter.name + (parameter.is_fitted() ? " (fitted)"
                                      : is_estimate         ? " (estimated)"
                                                            : ""));
  }
  return names.empty() ? "–" : base::join_words(names, names.size());
}

std::string row_text(const Reproduction& reproduction, const Row& row) {
  const bool is_estimate = row.trust == catalog::Trust::estimate;
  return fmt::format("  {:<15} {:<14} {:<30} {:<34} {}\n", row.boundary,
                     offset(row.published_s) + (is_estimate ? " E" : ""),
                     predicted_text(row.predicted), error_text(row), roots_text(reproduction, row));
}

std::string value_text(const Parameter& parameter) {
  switch (parameter.unit) {
    case Unit::seconds:
      return base::format_duration({parameter.values.front()});
    case Unit::flag:
      return parameter.values.front() != 0 ? "yes" : "no";
    case Unit::number:
      return base::format_number(parameter.values.front());
    case Unit::rate:
      return fmt::format("{:.3g} % an hour",
                         parameter.values.front() * base::kSecondsPerHour * kPercent);
    case Unit::share:
      break;
  }
  std::vector<std::string> shares;
  for (const double share : parameter.values) {
    shares.push_back(fmt::format("{:.3g} %", share * kPercent));
  }
  return base::join_words(shares, shares.size());
}

std::string parameter_text(const Parameter& parameter) {
  const std::string from = parameter.is_fitted() ? "fitted to " + parameter.fitted_to
                                                 : fmt::format("{} {}", parameter.source,
                                                               static_cast<char>(parameter.trust));
  return fmt::format("  {:<15} {:<26} {:<27} {}\n", parameter.name, value_text(parameter), from,
                     parameter.what);
}

std::string repaired_text(const Repaired& repaired) {
  std::string out = fmt::format("  {}: ", repaired.what);
  if (repaired.reached <= 0) {
    return out + "nobody is hit\n";
  }
  if (repaired.reached < 1) {
    return out + fmt::format("it stops at {:.3g} %\n", repaired.reached * kPercent);
  }
  std::vector<std::string> moved;
  for (const Row& row : repaired.rows) {
    moved.push_back(fmt::format("{} {}", row.boundary, offset(row.predicted.at_s)));
  }
  return out + (moved.empty() ? "nothing changes" : base::join_words(moved, moved.size())) + "\n";
}

/// What a reproduction tells, and what it was given for that.
struct Counts {
  std::size_t of_phase = 0;
  std::size_t strictly = 0;
  std::size_t told = 0;
  std::size_t counted = 0;
  std::size_t fitted = 0;
  std::size_t estimated = 0;
};

Counts counts_of(const Held& held) {
  return {held.told_of_phase(), held.told_strictly(), held.told(),
          held.counted(),       held.fitted(),        held.estimated()};
}

std::string count_text(const Counts& counts) {
  return fmt::format(
      "{} of {} published boundaries from sources alone within 10 % of the phase, or the minute to "
      "which times are published ({} without the time that people took to decide, {} without the "
      "minute too); parameters: {} fitted, {} estimated",
      counts.of_phase, counts.counted, counts.told, counts.strictly, counts.fitted,
      counts.estimated);
}

std::string held_text(const Held& held) {
  const Reproduction& reproduction = held.reproduction;
  std::string out = fmt::format("{}: {}\n\n  {:<15} {:<14} {:<30} {:<34} {}\n",
                                reproduction.incident, reproduction.title, "boundary", "published",
                                "predicted", "error of the phase", "rests on");
  for (const Row& row : held.rows) {
    out += row_text(reproduction, row);
  }
  out += fmt::format("\n  {}\n\nparameters\n", count_text(counts_of(held)));
  for (const Parameter& parameter : reproduction.parameters) {
    out += parameter_text(parameter);
  }
  out += "\nbuilt otherwise\n";
  for (const Repaired& repaired : held.repairs) {
    out += repaired_text(repaired);
  }
  out += reproduction.note.empty() ? "" : "\n" + reproduction.note + "\n";
  out += "\nsources (V read in them, M from memory of them, E our estimate)\n";
  for (const auto& [name, source] : reproduction.sources) {
    out += fmt::format("  {:<13} {}, {}: {}\n", name, source.date, source.about, source.url);
  }
  return out;
}

}  // namespace

std::string sheet_text(const std::vector<Held>& all) {
  std::string out;
  Counts sum;
  for (const Held& held : all) {
    out += (out.empty() ? "" : "\n") + held_text(held);
    const Counts counts = counts_of(held);
    sum = {sum.of_phase + counts.of_phase, sum.strictly + counts.strictly,
           sum.told + counts.told,         sum.counted + counts.counted,
           sum.fitted + counts.fitted,     sum.estimated + counts.estimated};
  }
  if (all.size() > 1) {
    out += "\nall: " + count_text(sum) + "\n";
  }
  return out;
}

}  // namespace outlast::reproduction
