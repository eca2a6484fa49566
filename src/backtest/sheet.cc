#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backtest/backtest.h"
#include "base/json_document.h"
#include "base/units.h"

namespace outlast::backtest {
namespace {

using blueprint::name_of;

std::string duration(double seconds) {
  return !std::isfinite(seconds) ? "for good"
         : seconds <= 0          ? "–"
                                 : base::format_duration({seconds});
}

std::string seen_text(const Function& function) {
  std::string out(name_of(function.fell));
  if (function.lost_s && function.lost_s->second > 0) {
    const auto [least, most] = *function.lost_s;
    out += least == most
               ? " " + duration(least)
               : fmt::format(" {} to {}", least <= 0 ? "0 min" : duration(least), duration(most));
  }
  return out;
}

std::string told_text(const Told& told) {
  if (!told.fell) {
    return "not known";
  }
  std::string out(name_of(*told.fell));
  if (told.lost_s > 0) {
    out += " " + duration(told.lost_s);
  }
  const std::string least = told.least_s > 0 ? duration(told.least_s) : "0 min";
  const std::string most = told.most_s > 0 ? duration(told.most_s) : "0 min";
  return least == most ? out : fmt::format("{} ({} to {})", out, least, most);
}

/// in  values  at least one
double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Padded by characters, not by bytes.
std::string padded(const std::string& text, std::size_t width) {
  const auto shown = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  return text + std::string(shown < width ? width - shown : 1, ' ');
}

std::string line(const std::string& what, const std::string& seen, const std::string& declared,
                 const std::string& revealed) {
  constexpr std::size_t kWhat = 34;
  constexpr std::size_t kSeen = 26;
  constexpr std::size_t kTold = 30;
  return padded(what, kWhat) + padded(seen, kSeen) + padded(declared, kTold) + revealed + "\n";
}

std::string score_text(std::string_view what, const Score& score) {
  std::string out =
      fmt::format("  {:<47} {:>2} of {} right, {:.0f} %", what, score.right, score.functions,
                  100.0 * static_cast<double>(score.right) / static_cast<double>(score.functions));
  if (score.not_known > 0) {
    out += fmt::format(", {} not known", score.not_known);
  }
  if (score.timed > 0) {
    out += fmt::format("; of {} times {} meet what was seen, {} by their middle", score.timed,
                       score.meets, score.in_time);
  }
  if (!score.factors.empty()) {
    const double half = median_of(score.factors);
    out += std::isfinite(half) ? fmt::format("; half of all within a factor of {:.2g}", half)
                               : "; less than half within any factor";
  }
  return out + "\n";
}

/// "which of two functions of one day fell deeper: 40 of 52 pairs; data: 12 of 14 cases".
std::string more_text(std::string_view reading, const Ranking& ranking,
                      const std::vector<DataResult>& data,
                      std::optional<Data> DataResult::*const told) {
  const auto right = std::count_if(data.begin(), data.end(), [&](const DataResult& one) {
    return one.*told && *(one.*told) == one.seen;
  });
  return fmt::format(
      "  {:<47} of two functions of one day, which fell deeper: {} of {}; data lost: {} of {} "
      "cases\n",
      reading, ranking.ordered, ranking.pairs, right, data.size());
}

void write_told(base::JsonWriter& json, std::string_view key, const Told& told) {
  json.key(key);
  json.begin_object();
  json.key("fell");
  told.fell ? json.value(name_of(*told.fell)) : json.null();
  const auto seconds = [&](std::string_view name, double value) {
    json.key(name);
    std::isfinite(value) ? json.value(value) : json.value("unbounded");
  };
  seconds("lost_s", told.lost_s);
  seconds("least_s", told.least_s);
  seconds("most_s", told.most_s);
  json.end_object();
}

void write_score(base::JsonWriter& json, std::string_view key, const Score& score) {
  json.key(key);
  json.begin_object();
  json.member("functions", score.functions);
  json.member("right", score.right);
  json.member("not_known", score.not_known);
  json.member("timed", score.timed);
  json.member("meets", score.meets);
  json.member("in_time", score.in_time);
  json.end_object();
}

}  // namespace

std::string backtest_text(const Backtest& backtest) {
  std::string out = line("CASE, FUNCTION", "WHAT WAS SEEN", "AS DECLARED", "AS REVEALED");
  std::string misses;
  std::string inferred;
  std::size_t hidden = 0;  // told right by what came out afterwards alone
  for (const Result& result : backtest.results) {
    const std::string what = result.id + ", " + result.seen.journey;
    out +=
        line(what, seen_text(result.seen), told_text(result.declared), told_text(result.revealed));
    if (result.seen.is_inferred) {
      inferred += fmt::format("  {}\n", what);
      continue;
    }
    const bool is_missed = !result.revealed.fell || *result.revealed.fell != result.seen.fell;
    if (!is_missed && result.declared.fell != result.seen.fell) {
      ++hidden;
    }
    if (is_missed) {
      misses += fmt::format("  {} ({}): seen {}, told {}\n", what, result.incident,
                            seen_text(result.seen), told_text(result.revealed));
    }
  }
  out += "\nmissed, as revealed\n" + (misses.empty() ? std::string("  none\n") : misses);
  if (!inferred.empty()) {
    out += "\nnot scored: what tells it is known from the outcome alone\n" + inferred;
  }
  out += fmt::format("\nmissed as declared, told by what came out afterwards: {}\n\n", hidden);
  const auto with_rules = [&](std::string_view reading, const Score& told, const Score& anywhere,
                              const Score& one_hop) {
    out += score_text(reading, told) +
           score_text("  down, where anything is at who failed", anywhere) +
           score_text("  down, where the entry or its next need is hit", one_hop);
  };
  with_rules("as declared", backtest.declared, backtest.anywhere_declared,
             backtest.one_hop_declared);
  with_rules("as revealed", backtest.revealed, backtest.anywhere_revealed,
             backtest.one_hop_revealed);
  out += score_text("always down", backtest.always) + "\n";
  out += more_text("as declared", backtest.ranked_declared, backtest.data, &DataResult::declared);
  out += more_text("as revealed", backtest.ranked_revealed, backtest.data, &DataResult::revealed);
  return out;
}

std::string backtest_json(const Backtest& backtest) {
  constexpr int kSchemaVersion = 1;
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.key("functions");
  json.begin_array();
  for (const Result& result : backtest.results) {
    json.begin_object();
    json.member("case", result.id);
    json.member("incident", result.incident);
    json.member("function", result.seen.journey);
    json.member("grade", result.grade);
    json.member("seen", name_of(result.seen.fell));
    json.member("is_inferred", result.seen.is_inferred);
    write_told(json, "declared", result.declared);
    write_told(json, "revealed", result.revealed);
    json.member("anywhere_declared", name_of(result.simple_declared.anywhere));
    json.member("one_hop_declared", name_of(result.simple_declared.one_hop));
    json.member("anywhere", name_of(result.simple_revealed.anywhere));
    json.member("one_hop", name_of(result.simple_revealed.one_hop));
    json.end_object();
  }
  json.end_array();
  json.key("data");
  json.begin_array();
  for (const DataResult& one : backtest.data) {
    const auto told = [&](std::string_view key, std::optional<Data> data) {
      json.key(key);
      data ? json.value(name_of(*data)) : json.null();
    };
    json.begin_object();
    json.member("case", one.id);
    json.member("seen", name_of(one.seen));
    told("declared", one.declared);
    told("revealed", one.revealed);
    json.end_object();
  }
  json.end_array();
  const auto write_ranking = [&](std::string_view key, const Ranking& ranking) {
    json.key(key);
    json.begin_object();
    json.member("pairs", ranking.pairs);
    json.member("ordered", ranking.ordered);
    json.end_object();
  };
  write_ranking("ranked_as_declared", backtest.ranked_declared);
  write_ranking("ranked_as_revealed", backtest.ranked_revealed);
  write_score(json, "as_declared", backtest.declared);
  write_score(json, "as_revealed", backtest.revealed);
  write_score(json, "always_down", backtest.always);
  write_score(json, "anywhere_declared", backtest.anywhere_declared);
  write_score(json, "one_hop_declared", backtest.one_hop_declared);
  write_score(json, "anywhere", backtest.anywhere_revealed);
  write_score(json, "one_hop", backtest.one_hop_revealed);
  json.end_object();
  return json.take();
}

}  // namespace outlast::backtest
