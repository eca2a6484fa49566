#include "clock/load_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "base/distribution.h"
#include "blueprint/scale_level.h"
#include "clock/machine_size.h"
#include "failure/dependence.h"
#include "failure/stale.h"

namespace outlast::clock {

void LoadFigures::assume(std::string name, std::string value, std::string source) {
  if (told_.emplace(name, value, source).second) {
    assumptions_.push_back({std::move(name), std::move(value), std::move(source)});
  }
}

const catalog::Figure& LoadFigures::general(std::string_view name) const {
  const catalog::Figure* figure = catalog_.place_figure("any", "", name);
  OUTLAST_ASSERT(figure != nullptr, "the catalog has the figures of load");
  return *figure;
}

double LoadFigures::requests_per_user_s() {
  const auto& stated = bp_.objectives().users.requests_per_minute;
  if (stated.is_known()) {
    return *stated / 60;
  }
  const catalog::Figure& pause = general("user_pause");
  const double shortest_s = pause.median_s * pause.median_s / pause.p90_s;
  const double pause_s = read(pause.median_s, pause.p90_s, shortest_s);
  assume("requests of a user",
         fmt::format("{} a minute ({} to {})", base::format_number(60 / pause.median_s),
                     base::format_number(60 / pause.p90_s), base::format_number(60 / shortest_s)),
         "not stated (users: {requests_per_minute}); " + std::string(pause.citation.source));
  return 1 / pause_s;
}

const catalog::Figure* LoadFigures::work_of(const blueprint::Component& c) const {
  const catalog::TypeEntry* type = catalog_.type_of(c);
  if (type != nullptr) {
    for (const std::string_view name : {"request_work", "query_work", "lookup_work"}) {
      if (const auto* figure = catalog_.figure(*type, name)) {
        return figure;
      }
    }
  }
  const bool is_function =
      c.kind == blueprint::Kind::compute && c.service_model == blueprint::ServiceModel::faas;
  return is_function ? catalog_.place_figure("any", "", "request_work") : nullptr;
}

double LoadFigures::work_s(const catalog::Figure& figure, const std::string& whose) {
  const auto text = [](double seconds) {
    return fmt::format("{} ms", base::format_number(seconds * 1000));
  };
  const double least = figure.median_s * figure.median_s / figure.p90_s;
  assume(whose + ": work on a request",
         fmt::format("{} ({} to {})", text(figure.median_s), text(least), text(figure.p90_s)),
         std::string(figure.citation.source));
  return read(figure.median_s, least, figure.p90_s);
}

double LoadFigures::traced_work_s(const blueprint::Component& c) {
  const blueprint::WorkRecord& work = *c.work;
  const auto text = [](double seconds) {
    return fmt::format("{} ms", base::format_number(seconds * 1000));
  };
  // How much of it was waiting inside no trace shows: as little may be work as is usual.
  const catalog::Figure* usual = work_of(c);
  const double least_s =
      usual == nullptr ? work.p10.value : std::min(work.p10.value, usual->median_s);
  assume(c.name + ": work on a request",
         fmt::format("{} ({} to {})", text(work.median.value), text(least_s), text(work.p90.value)),
         fmt::format("traces: {} requests, {}; waiting inside is not seen{}", work.requests,
                     work.is_from_callers ? "as long as its callers waited"
                                          : "without what it waited for in others",
                     least_s < work.p10.value ? ", so at least what is usual" : ""));
  return read(work.median.value, least_s, work.p90.value);
}

std::size_t LoadFigures::processors_of(const blueprint::Component& c) {
  const auto told = c.size.is_known() ? processors_of_size(*c.size) : std::nullopt;
  if (told) {
    return static_cast<std::size_t>(std::max(1.0, std::round(*told)));
  }
  const bool is_function = c.service_model == blueprint::ServiceModel::faas;
  assume(c.name + ": processors of a replica", is_function ? "1" : "2 (1 to 8)",
         "its size does not tell them; our estimate");
  return is_function ? 1 : static_cast<std::size_t>(read(2, 8, 1));
}

LoadFigures::Habit LoadFigures::habit_of(const blueprint::Component& c) {
  const catalog::TypeEntry* type = catalog_.type_of(c);
  const std::string_view provider = type == nullptr ? "" : type->provider;
  const auto figure = [&](std::string_view name) {
    return catalog_.place_figure(provider, "", name);
  };
  const catalog::Figure* period = figure("scale_period");
  const catalog::Figure* out = figure("scale_out");
  const catalog::Figure* in = figure("scale_in");
  OUTLAST_ASSERT(period != nullptr && out != nullptr && in != nullptr,
                 "the catalog tells how autoscalers act");
  const auto looks = [&](const catalog::Figure& over) {
    return static_cast<std::size_t>(std::max(1.0, std::ceil(over.median_s / period->median_s)));
  };
  Habit habit{period->median_s, looks(*out), looks(*in), {}};
  std::string shrinks = base::format_duration({in->median_s});
  if (const catalog::Figure* window = figure("scale_window")) {
    habit.window_s = c.scale.cooldown_in.value_or({window->median_s}).value;
    shrinks = c.scale.cooldown_in.is_known() ? "" : base::format_duration({window->median_s});
  }
  assume("autoscalers act",
         fmt::format("after {} over their level{}", base::format_duration({out->median_s}),
                     shrinks.empty() ? "" : fmt::format(", or {} under it", shrinks)),
         std::string(out->citation.source));
  return habit;
}

double LoadFigures::scale_level(const blueprint::Component& c) {
  if (const auto stated = blueprint::level_of(c.scale)) {
    return *stated;
  }
  const catalog::Figure& level = general("scale_level");
  const std::string why = c.scale.target.is_known()
                              ? *c.scale.target + " is no share of what a replica has; "
                              : "not stated (scale: {target}); ";
  assume(c.name + ": level its autoscaler keeps", fmt::format("{:.3g} %", 100 * level.share),
         why + std::string(level.citation.source));
  return level.share;
}

double LoadFigures::retry_savings_s(bool matters) {
  const catalog::Figure& savings = general("retry_savings");
  if (matters) {
    assume("retries that a budget saves up",
           fmt::format("what the calls of {} bring", base::format_duration({savings.median_s})),
           std::string(savings.citation.source));
  }
  return savings.median_s;
}

double LoadFigures::hits_of(const blueprint::Need& need) {
  if (!need.cached.exists) {
    return 0;
  }
  if (need.cached.hits.is_known()) {
    return need.cached.hits->value;
  }
  assume(fmt::format("{}: answers of {} that are found in its cache", bp_[need.from].name,
                     bp_[need.any_of.front()].name),
         "90 % (70 to 98)", "not stated (cached: {hits}); caches that are worth it; our estimate");
  return read(failure::kLikelyHits, failure::kHits.high, failure::kHits.low);
}

double LoadFigures::items_of(const blueprint::Need& need) {
  if (need.cached.items.is_known()) {
    return static_cast<double>(*need.cached.items);
  }
  assume(fmt::format("{}: answers of {} that its cache holds", bp_[need.from].name,
                     bp_[need.any_of.front()].name),
         "100000 (10000 to 1000000)",
         "not stated (cached: {items}): the more, the longer until it is full again; our estimate");
  return read(1e5, 1e4, 1e6);
}

double LoadFigures::stale_s(const blueprint::Need& need) {
  if (need.stale_for.is_known()) {
    return need.stale_for->value;
  }
  auto assumed = failure::stale_for_assumed(bp_, need);
  assume(std::move(assumed.name), std::move(assumed.value), std::move(assumed.source));
  const auto& [least, middle, most] = failure::kStaleFor_s;
  return std::max(need.ttl.value_or({0}).value, read(middle, least, most));
}

}  // namespace outlast::clock
