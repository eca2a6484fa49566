#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/offset_text.h"
#include "base/quoted_line.h"
#include "base/shorten.h"
#include "base/text.h"
#include "base/units.h"
#include "findings/cost.h"
#include "report/chart.h"
#include "report/frame.h"
#include "report/replay.h"
#include "report/table.h"
#include "report/words.h"

namespace outlast::report {

using findings::Replay;
using findings::ReplayOutcome;
using findings::Verdict;

namespace {

std::string_view ink_of(Verdict verdict) {
  return verdict == Verdict::no ? "31" : verdict == Verdict::yes ? "32" : "33";
}

std::string duration(double seconds) {
  return std::isfinite(seconds) ? base::format_duration({seconds}) : "unbounded";
}

/// "down 2.6 h, degraded 8 h; at worst 100 % of requests are lost".
std::string lost_data_text(const ReplayOutcome& outcome) {
  const std::string late = outcome.late_s > 0 ? fmt::format(", and work waits in queues for {}",
                                                            duration(outcome.late_s))
                                              : "";
  if (outcome.degraded_s <= 0 && outcome.downtime_s <= 0) {
    return "nothing is lost" + late;
  }
  std::string out = outcome.downtime_s > 0 ? "down " + duration(outcome.downtime_s) : "never down";
  const bool loses_requests = outcome.users > 0;
  if (outcome.degraded_s > outcome.downtime_s) {
    out += fmt::format(", something {} for {}", loses_requests ? "lost" : "done without",
                       duration(outcome.degraded_s));
  }
  if (!loses_requests) {
    return out + late;
  }
  return out + late + fmt::format("; at worst {} of requests", base::format_percent(outcome.users));
}

/// "yes at best, no at worst": where the ends of what is uncertain have another verdict.
std::string ends_text(const Replay& replay) {
  if (!replay.range || replay.range->least.survives == replay.range->most.survives) {
    return "";
  }
  return fmt::format("{} at best, {} at worst", name_of(replay.range->least.survives),
                     name_of(replay.range->most.survives));
}

/// "down 2 h to 6 h, something lost for 8 h to 9 h", of what is not one and the same.
std::string range_text(const findings::ReplayRange& range) {
  const auto between = [](double least, double most) {
    const auto text = [](double seconds) { return seconds > 0 ? duration(seconds) : "0 min"; };
    return text(least) == text(most) ? std::string()
                                     : fmt::format("{} to {}", text(least), text(most));
  };
  const std::string down = between(range.least.downtime_s, range.most.downtime_s);
  const std::string lost = between(range.least.degraded_s, range.most.degraded_s);
  return down.empty()                   ? (lost.empty() ? "" : "something lost for " + lost)
         : lost.empty() || lost == down ? "down " + down
                                        : fmt::format("down {}, something lost for {}", down, lost);
}

/// Do clearly more users lose their requests at the worst time of day?
bool hits_more_users(const Replay& replay) {
  constexpr double kClearly = 1.05;
  const double as_it_was = replay.outcome.user_minutes.value_or(0);
  return as_it_was > 0 && replay.at_worst_time.user_minutes.value_or(0) > kClearly * as_it_was;
}

/// "had it begun at 13:00 UTC: no, down 2.6 h; at worst 100 % of requests; 6.7 times the user-minutes".
std::string at_worst_text(const Replay& replay) {
  const ReplayOutcome& worst = replay.at_worst_time;
  std::string out =
      fmt::format("had it begun at {:02}:00 UTC: {}, {}", std::lround(replay.worst_time_s / 3600),
                  name_of(worst.survives), lost_data_text(worst));
  if (hits_more_users(replay) && std::isfinite(*worst.user_minutes)) {
    out += fmt::format("; {:.3g} times the user-minutes",
                       *worst.user_minutes / *replay.outcome.user_minutes);
  }
  return out;
}

/// "; $140 a month more" with what is not in it; a setting costs nothing.
std::string price_text(const findings::Prevention& prevention) {
  if (!prevention.price) {
    return "";
  }
  const auto& price = *prevention.price;
  if (prevention.adds.empty()) {
    return "; costs nothing";
  }
  std::string out = price.monthly.micro_usd > 0
                        ? fmt::format("; {} a month more", findings::money_text(price.monthly))
                        : "";
  if (price.unpriced > 0) {
    out += out.empty() ? "; its price is not known" : ", and what is not priced";
  }
  if (price.open > 0) {
    out += out.empty() ? "; paid per use" : ", and what is paid per use";
  }
  return out.empty() ? "; costs nothing of its own" : out;
}

/// Causes are sentences, with commas and "and" of their own.
std::string reasons_text(const Replay& replay, std::size_t most) {
  if (replay.because.empty()) {
    return "what runs carries on";
  }
  std::string out = replay.because.front();
  for (std::size_t i = 1; i < std::min(most, replay.because.size()); ++i) {
    out += "; " + replay.because[i];
  }
  const std::size_t more = replay.because.size() - std::min(most, replay.because.size());
  return more > 0 ? fmt::format("{}; and {} more", out, more) : out;
}

/// " · as if region=ap-northeast-2 · begun at 13:00 UTC": how it was played otherwise than it was.
std::string played_as(const Replay& replay) {
  std::string out =
      replay.as_if.empty() ? "" : " · as if " + base::printable(base::join_words(replay.as_if, 9));
  if (replay.begins_at_s) {
    const auto minutes = std::lround(*replay.begins_at_s / 60);
    out += fmt::format(" · begun at {:02}:{:02} UTC", minutes / 60, minutes % 60);
  }
  return out;
}

bool is_open(const Replay& replay) {
  return replay.spared || !replay.blind_spot.empty();
}

const std::string& question_of(const Replay& replay) {
  return replay.blind_spot.empty() ? replay.question : replay.blind_spot;
}

class ReplayText : Frame {
 public:
  explicit ReplayText(const TextStyle& style) : Frame(style) {}

  std::string one(const Replay& replay, const std::string& name) {
    heading(fmt::format("{} · {} · {} UTC{}", base::printable(name), base::printable(replay.title),
                        replay.began, played_as(replay)));
    line("");
    const Verdict verdict = verdict_of(replay);
    row("survives",
        painted(std::string(name_of(verdict)), ink_of(verdict)) +
            (is_open(replay) ? ": " + base::printable(question_of(replay)) : because(replay)));
    if (replay.spared) {
      row("  if hit", lost_data_text(replay.outcome));
      for (const auto& other : replay.others) {
        row("  or", fmt::format("with {}: {}", base::printable(other.traits),
                                lost_data_text(other.outcome)));
      }
      row("  if spared", lost_data_text(*replay.spared));
    } else if (replay.outcome.survives != Verdict::not_exposed) {
      // Where it hangs on load, what is told is without it.
      row(replay.outcome.survives == Verdict::unknown ? "  if enough" : "lost",
          lost_data_text(replay.outcome));
    }
    const std::string range = replay.range ? range_text(*replay.range) : "";
    const std::string ends = ends_text(replay);
    if (!range.empty() || !ends.empty()) {
      row("could be", ends + (range.empty() || ends.empty() ? "" : ": ") + range);
    }
    if (replay.data.kind != failure::DataLoss::Kind::none) {
      row("data lost", data_text(replay.data) + " of " +
                           base::printable(base::join_words(replay.data.stores, 4)));
    }
    if (replay.at_worst_time.downtime_s > replay.outcome.downtime_s ||
        replay.at_worst_time.degraded_s > replay.outcome.degraded_s || hits_more_users(replay)) {
      row("at worst", at_worst_text(replay));
    }
    write_chart(replay);
    write_story(replay);
    write_preventions(replay);
    write_assumptions(replay);
    return take();
  }

  std::string table(const std::vector<Replay>& replays) {
    Table table({"INCIDENT", "SURVIVES", "LOST", "BECAUSE"}, style().book);
    for (const Replay& replay : replays) {
      const Verdict verdict = verdict_of(replay);
      const std::string word(name_of(verdict));
      const std::string lost = replay.outcome.survives == Verdict::not_exposed ? "–"
                               : replay.spared
                                   ? fmt::format("if hit: {}", lost_data_text(replay.outcome))
                               : replay.outcome.survives == Verdict::unknown
                                   ? fmt::format("if enough: {}", lost_data_text(replay.outcome))
                                   : lost_data_text(replay.outcome);
      table.add({{replay.incident + played_as(replay)},
                 {word, painted(word, ink_of(verdict))},
                 {lost},
                 {base::printable(is_open(replay)                   ? question_of(replay)
                                  : verdict == Verdict::not_exposed ? "nothing of yours was there"
                                                                    : reasons_text(replay, 2)) +
                  (ends_text(replay).empty() ? "" : "; " + ends_text(replay))}});
    }
    return table.text(style().width, [&](const std::string& head) { return painted(head, "1"); });
  }

 private:
  void row(std::string_view head, const std::string& text) {
    line(fmt::format("{:<13}{}", head, text));
  }

  static std::string because(const Replay& replay) {
    if (verdict_of(replay) == Verdict::not_exposed) {
      return ": nothing of yours was there";
    }
    const bool is_within = verdict_of(replay) == Verdict::yes && !replay.because.empty();
    return (is_within ? fmt::format(", within the objective of {}: ",
                                    duration(replay.objective.rto.value))
                      : ": ") +
           base::printable(reasons_text(replay, 3));
  }

  /// What is lost over time: of all requests, then where users feel it.
  void write_chart(const Replay& replay) {
    constexpr std::size_t kMostParts = 6;
    constexpr std::size_t kNameCells = 16;
    const auto& series = replay.series;
    if (series.lost.empty()) {
      return;
    }
    const std::size_t width = std::clamp<std::size_t>(style().width, 60, 100) - 36;
    const auto chart = [&](const std::string& head, const std::vector<double>& lost) {
      const std::string name = base::shorten(head, kNameCells);
      line(name + std::string(kNameCells + 2 - base::count_cells(name), ' ') + "|" +
           sparkline(lost, 1, width, style().is_plain) +
           fmt::format("|  at most {:.3g} %", 100 * most_of(lost)));
    };
    title("what is lost, in time");
    chart("all requests", series.lost);
    for (std::size_t i = 0; i < std::min(series.components.size(), kMostParts); ++i) {
      chart(series.components[i].name, series.components[i].lost);
    }
    if (series.components.size() > kMostParts) {
      line(fmt::format("and {} more: -o json", series.components.size() - kMostParts));
    }
    line(fmt::format("{:<18}0 … {}", "",
                     duration(series.step_s * static_cast<double>(series.lost.size()))));
  }

  void write_story(const Replay& replay) {
    if (replay.story.empty()) {
      return;
    }
    title(replay.spared ? "what happens, if hit" : "what happens");
    for (const auto& step : replay.story) {
      line(fmt::format("  {:>13}  {:<16} {}: {}", base::format_offset(step.at_s),
                       base::printable(step.component), base::printable(step.event),
                       base::printable(step.cause)));
    }
  }

  void write_preventions(const Replay& replay) {
    if (replay.prevented_by.empty()) {
      return;
    }
    title("what alone would have been better");
    for (const auto& prevention : replay.prevented_by) {
      line(fmt::format("  {}: {}, {}{}", base::printable(prevention.what),
                       name_of(prevention.outcome.survives), lost_data_text(prevention.outcome),
                       price_text(prevention)));
    }
  }

  void write_assumptions(const Replay& replay) {
    if (replay.assumptions.empty()) {
      return;
    }
    title("taken to be so, because nobody stated it");
    for (const auto& assumption : replay.assumptions) {
      line(fmt::format("  {}: {}; {}", base::printable(assumption.name),
                       base::printable(assumption.value), base::printable(assumption.source)));
    }
  }
};

}  // namespace

std::string replay_text(const std::vector<Replay>& replays, const std::string& name,
                        const TextStyle& style) {
  ReplayText text(style);
  return replays.size() == 1 ? text.one(replays.front(), name) : text.table(replays);
}

}  // namespace outlast::report
