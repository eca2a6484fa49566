#include "report/frontier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_document.h"
#include "base/quoted_line.h"
#include "base/units.h"
#include "findings/surge.h"
#include "report/frame.h"
#include "report/json_parts.h"

namespace outlast::report {

using base::JsonWriter;
using findings::count_text;
using findings::Frontier;
using findings::FrontierPoint;

namespace {

/// The answer in a sentence.
std::string answer_of(const Frontier& frontier) {
  const auto tips = [](const FrontierPoint& point) { return point.lasts_s.has_value(); };
  const auto first = std::find_if(frontier.points.begin(), frontier.points.end(), tips);
  if (frontier.is_down_at_rest) {
    return fmt::format("it does not carry {} users, surge or not",
                       count_text(std::round(frontier.users)));
  }
  if (frontier.is_impossible) {
    return frontier.tightest.empty()
               ? "no surge leaves it down: nothing can be full"
               : fmt::format(
                     "no surge leaves it down: even with every retry {} has room {:.3g} times over",
                     base::printable(frontier.tightest), frontier.room);
  }
  if (!frontier.by_chance.empty()) {
    return base::printable(frontier.by_chance);
  }
  if (first == frontier.points.end()) {
    return fmt::format("it recovers by itself from every surge of up to {} that was tried",
                       base::format_duration({frontier.longest_s}));
  }
  return fmt::format("{:.3g} times the users for {} are enough: it stays down after they are gone",
                     first->times, base::format_duration({*first->lasts_s}));
}

}  // namespace

std::string frontier_text(const Frontier& frontier, const std::string& name,
                          const TextStyle& style) {
  Frame frame(style);
  frame.heading(fmt::format("{} · {} users, and surges that pass", base::printable(name),
                            count_text(std::round(frontier.users))));
  frame.line("");
  frame.line(answer_of(frontier));
  if (!frontier.points.empty()) {
    frame.line("");
    frame.heading("the shortest surge of each size that it does not recover from");
  }
  for (const FrontierPoint& point : frontier.points) {
    frame.line(fmt::format(
        "  {:>5.3g} × {:>16} users  {}", point.times, count_text(std::round(point.users)),
        point.lasts_s ? base::format_duration({*point.lasts_s})
                      : "recovers from up to " + base::format_duration({frontier.longest_s})));
  }
  if (!frontier.mends.empty()) {
    frame.line("");
    frame.heading("what alone would mend the smallest of them, four times as long");
    for (const auto& mend : frontier.mends) {
      frame.line(fmt::format("  {:<40} {}", mend.setting, mend.mends ? "recovers" : "stays down"));
    }
  }
  frame.assumptions(frontier.assumptions);
  return frame.take();
}

std::string frontier_json(const Frontier& frontier, const std::string& name) {
  JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("name", name);
  json.member("users", frontier.users);
  json.member("answer", answer_of(frontier));
  json.member("is_down_at_rest", frontier.is_down_at_rest);
  json.member("is_impossible", frontier.is_impossible);
  json.member("by_chance", frontier.by_chance);
  json.member("tightest", frontier.tightest);
  write_seconds(json, "room", frontier.room);
  json.member("longest_s", frontier.longest_s);
  write_list(json, "frontier", frontier.points, [&](const FrontierPoint& point) {
    json.begin_object();
    json.member("times", point.times);
    json.member("users", point.users);
    json.member("lasts_s", point.lasts_s);
    json.end_object();
  });
  write_list(json, "mends", frontier.mends, [&](const findings::Mend& mend) {
    json.begin_object();
    json.member("setting", mend.setting);
    json.member("mends", mend.mends);
    json.end_object();
  });
  write_list(json, "assumptions", frontier.assumptions,
             [&](const blueprint::Assumption& assumption) { write_assumption(json, assumption); });
  json.end_object();
  return json.take();
}

}  // namespace outlast::report
