#include "pipeline/update_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "pipeline/fact_draws.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::OwnRecord;
using failure::Event;
using failure::EventKind;
using findings::UpdatedRate;

namespace {

/// How particularly a record means an event; 0: not at all.
std::size_t closeness(const OwnRecord& record, const Blueprint& bp, const Event& event) {
  constexpr std::size_t kItself = 1'000'000;
  if (!event.component.exists()) {
    const bool is_meant = record.of == event.what || record.of == bp[event.group].name;
    const bool ends = !failure::destroys(event.kind);
    return is_meant && ends ? kItself : 0;
  }
  const Component& c = bp[event.component];
  if (event.kind != EventKind::instance && event.kind != EventKind::third_party) {
    return 0;
  }
  if (record.of == c.id || record.of == c.name) {
    return kItself;
  }
  const bool is_type = c.type == record.of || c.type.starts_with(record.of + ".");
  return is_type ? record.of.size() : 0;
}

/// The record that means an event most particularly.
std::optional<std::size_t> record_of(const std::vector<OwnRecord>& records, const Blueprint& bp,
                                     const Event& event) {
  std::optional<std::size_t> best;
  std::size_t closest = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::size_t close = closeness(records[i], bp, event);
    if (close > closest) {
      closest = close;
      best = i;
    }
  }
  return best;
}

void update(const OwnRecord& record, std::size_t index, Event& event) {
  const double years = record.exposure.value / base::kSecondsPerYear;
  const double alpha = 1 / squared_variation(event.fact);
  const double beta = alpha / event.per_year;
  event.shape = alpha + record.failures;
  event.per_year = event.shape / (beta + years);
  event.record = index + 1;
}

}  // namespace

std::vector<UpdatedRate> update_rates(const std::vector<OwnRecord>& records, const Blueprint& bp,
                                      base::IdVector<failure::EventId, Event>& events) {
  std::map<std::pair<std::size_t, double>, UpdatedRate> updated;  // by record and rate before
  for (Event& event : events) {
    const auto record = event.per_year > 0 ? record_of(records, bp, event) : std::nullopt;
    if (!record) {
      continue;
    }
    UpdatedRate& rate = updated[{*record, event.per_year}];
    rate.of = records[*record].of;
    rate.failures = records[*record].failures;
    rate.exposure_s = records[*record].exposure.value;
    rate.evidence = {records[*record].of, records[*record].span, ""};
    rate.before_per_year = event.per_year;
    update(records[*record], *record, event);
    rate.after_per_year = event.per_year;
    rate.events.push_back(fmt::format("{} {}", event.what, failure::verb_of(event.kind)));
  }
  std::vector<UpdatedRate> out;
  for (auto& [key, rate] : updated) {
    out.push_back(std::move(rate));
  }
  return out;
}

void tell_unused_records(const std::vector<OwnRecord>& records,
                         const std::vector<UpdatedRate>& updated, const Blueprint& bp,
                         base::Diagnostics& diagnostics) {
  for (const OwnRecord& record : records) {
    const bool is_used = std::any_of(updated.begin(), updated.end(),
                                     [&](const UpdatedRate& u) { return u.of == record.of; });
    if (is_used) {
      continue;
    }
    std::vector<std::string_view> known;
    for (const Component& c : bp.components()) {
      known.insert(known.end(), {c.id, c.name, c.type});
    }
    for (const auto& group : bp.fate_groups()) {
      known.push_back(group.name);
    }
    const auto near = base::nearest(record.of, known);
    diagnostics.warning(
        "OUT-E1508", record.span,
        fmt::format("the history tells of {}, which nothing here is called whose rate is known",
                    record.of),
        near.empty() ? "name a component, a type (aws.rds), a place or a service of the inputs"
                     : fmt::format("did you mean \"{}\"?", near));
  }
}

}  // namespace outlast::pipeline
