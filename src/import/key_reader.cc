#include "import/key_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::FormatKey;
using blueprint::Interval;
using blueprint::Provenance;
using blueprint::Section;
using blueprint::Value;

namespace {

std::vector<std::string_view> keys_of(Section section) {
  std::vector<std::string_view> keys;
  for (const FormatKey& key : blueprint::format_keys()) {
    if (key.section == section) {
      keys.push_back(key.key);
    }
  }
  return keys;
}

}  // namespace

std::string_view title_of(Section section) {
  switch (section) {
    case Section::top:
      return "a blueprint";
    case Section::objectives:
      return "objectives";
    case Section::recovery:
      return "recovery";
    case Section::recovery_objective:
      return "a recovery objective";
    case Section::users:
      return "users";
    case Section::operators:
      return "operators";
    case Section::journey:
      return "a journey";
    case Section::cohort:
      return "a cohort";
    case Section::component:
      return "a component";
    case Section::need:
      return "a need";
    case Section::backups:
      return "backups";
    case Section::failure:
      return "failure";
    case Section::switching:
      return "switching";
    case Section::scale:
      return "scale";
    case Section::calls:
      return "calls";
    case Section::rollout:
      return "rollout";
  }
  return "a map";
}

KeyReader::KeyReader(Node map, Section section, base::Diagnostics& diagnostics)
    : section_(section), diagnostics_(diagnostics) {
  if (!map.is(NodeKind::map)) {
    diagnostics_.error("OUT-E1201", map.span(),
                       fmt::format("expected {} as a map of keys, found {}", title_of(section),
                                   base::words_for(map.kind())),
                       "write it as `key: value` lines or as { key: value, … }");
    return;
  }
  map_ = map;
  const auto allowed = keys_of(section);
  for (std::size_t i = 0; i < map.size(); ++i) {
    const std::string_view key = map.key(i);
    const bool is_extension = key.substr(0, 2) == "x-";
    if (!is_extension && std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      diagnostics_.error("OUT-E1203", map.key_span(i),
                         fmt::format("unknown key \"{}\" in {}", key, title_of(section)),
                         base::suggest(key, allowed));
    }
  }
}

void KeyReader::wrong(base::Span span, std::string message, std::string help) {
  diagnostics_.error("OUT-E1204", span, std::move(message), std::move(help));
}

void KeyReader::unknown_choice(std::string_view key, std::string_view name, base::Span span,
                               std::span<const std::string_view> allowed) {
  diagnostics_.error("OUT-E1205", span, fmt::format("\"{}\" is no {}", name, key),
                     base::suggest(name, allowed));
}

Node KeyReader::scalar(std::string_view key) {
  const Node value = map_[key];
  if (!value.exists() || value.is(NodeKind::null)) {
    return {};
  }
  if (value.is(NodeKind::list) || value.is(NodeKind::map)) {
    wrong(value.span(),
          fmt::format("{}: expected one value, found {}", key, base::words_for(value.kind())));
    return {};
  }
  return value;
}

Value<std::string> KeyReader::text(std::string_view key) {
  const Node value = scalar(key);
  if (!value.exists()) {
    return {};
  }
  return Value<std::string>::of(std::string(value.text()), Provenance::stated, value.span());
}

std::vector<std::string> KeyReader::texts(std::string_view key) {
  const Node value = map_[key];
  if (!value.is(NodeKind::list)) {
    const auto one = text(key);
    return one.is_known() ? std::vector<std::string>{*one} : std::vector<std::string>{};
  }
  std::vector<std::string> all;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Node item = value.at(i);
    if (item.is(NodeKind::list) || item.is(NodeKind::map) || item.is(NodeKind::null)) {
      wrong(item.span(),
            fmt::format("{}: expected text, found {}", key, base::words_for(item.kind())));
    } else {
      all.emplace_back(item.text());
    }
  }
  return all;
}

Value<bool> KeyReader::boolean(std::string_view key) {
  const Node value = scalar(key);
  if (!value.exists()) {
    return {};
  }
  const auto flag = value.as_bool();
  if (!flag) {
    wrong(value.span(), fmt::format("{}: expected true or false", key));
    return {};
  }
  return Value<bool>::of(*flag, Provenance::stated, value.span());
}

Value<std::int64_t> KeyReader::integer(std::string_view key) {
  const Node value = scalar(key);
  if (!value.exists()) {
    return {};
  }
  const auto number = value.is(NodeKind::number) ? value.as_integer() : std::nullopt;
  constexpr std::int64_t kMost = 1'000'000;
  if (!number || *number < 0 || *number > kMost) {
    wrong(value.span(), fmt::format("{}: expected a whole number from 0 to {}", key, kMost));
    return {};
  }
  return Value<std::int64_t>::of(*number, Provenance::stated, value.span());
}

Value<double> KeyReader::number(std::string_view key) {
  const Node value = scalar(key);
  if (!value.exists()) {
    return {};
  }
  const auto number = value.is(NodeKind::number) ? value.as_number() : std::nullopt;
  if (!number || *number < 0) {
    wrong(value.span(), fmt::format("{}: expected a number, not negative", key));
    return {};
  }
  return Value<double>::of(*number, Provenance::stated, value.span());
}

Value<base::Share> KeyReader::share(std::string_view key) {
  const auto written = text(key);
  if (!written.is_known()) {
    return {};
  }
  const auto value = base::parse_share(*written);
  if (!value) {
    wrong(written.span(), fmt::format("{}: {}", key, value.error().message));
    return {};
  }
  return Value<base::Share>::of(*value, Provenance::stated, written.span());
}

std::vector<base::Share> KeyReader::shares(std::string_view key) {
  std::vector<base::Share> all;
  for (const std::string& written : texts(key)) {
    if (const auto value = base::parse_share(written)) {
      all.push_back(*value);
    } else {
      wrong(map_[key].span(), fmt::format("{}: {}", key, value.error().message));
    }
  }
  return all;
}

Value<base::Seconds> KeyReader::duration(std::string_view key) {
  const auto written = text(key);
  if (!written.is_known()) {
    return {};
  }
  const auto value = base::parse_duration(*written);
  constexpr base::Seconds kLongest{1e6 * base::kSecondsPerYear};
  if (!value) {
    wrong(written.span(), fmt::format("{}: {}", key, value.error().message));
    return {};
  }
  if (*value > kLongest) {
    wrong(written.span(), fmt::format("{}: a duration cannot be over a million years", key),
          "leave the key out where it never happens");
    return {};
  }
  return Value<base::Seconds>::of(*value, Provenance::stated, written.span());
}

Value<base::Money> KeyReader::money(std::string_view key, std::string_view per) {
  const auto written = text(key);
  if (!written.is_known()) {
    return {};
  }
  const auto value = base::parse_money(*written, per);
  if (!value) {
    wrong(written.span(), fmt::format("{}: {}", key, value.error().message));
    return {};
  }
  return Value<base::Money>::of(*value, Provenance::stated, written.span());
}

Value<Interval> KeyReader::interval(std::string_view key) {
  const auto ends = shares(key);
  if (ends.empty()) {
    return {};
  }
  const Interval interval{ends.front().value, ends.back().value};
  if (ends.size() > 2 || interval.low > interval.high) {
    wrong(map_[key].span(), fmt::format("{}: expected one share, or the lower and upper end", key));
    return {};
  }
  return Value<Interval>::of(interval, Provenance::stated, map_[key].span());
}

}  // namespace outlast::import
