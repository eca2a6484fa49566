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
    case Section::busy_hours:
      return "busy hours";
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
    case Section::copy:
      return "a copy";
    case Section::failure:
      return "failure";
    case Section::switching:
      return "switching";
    case Section::scale:
      return "scale";
    case Section::calls:
      return "calls";
    case Section::serving:
      return "serving";
    case Section::cached:
      return "what is cached";
    case Section::rollout:
      return "rollout";
    case Section::address:
      return "an address";
    case Section::guard:
      return "a guard";
    case Section::data_access:
      return "data access";
    case Section::safeguard:
      return "a safeguard";
    case Section::guessed_class:
      return "a guessed class";
    case Section::firewall_rule:
      return "a firewall rule";
    case Section::identity:
      return "an identity";
    case Section::narrow_wearer:
      return "a narrow wearer";
    case Section::grant:
      return "a grant";
    case Section::joined_networks:
      return "joined networks";
    case Section::scenario:
      return "a scenario";
    case Section::scenario_fault:
      return "a fault";
    case Section::scenario_match:
      return "a match";
    case Section::scenario_recovery:
      return "a recovery";
  }
  return "a map";
}

KeyReader::KeyReader(Node map, Section section, base::Diagnostics& diagnostics)
    : diagnostics_(diagnostics) {
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
      if (const auto meant = base::nearest(key, allowed); !meant.empty()) {
        slips_.emplace(meant, map.at(i).span());
      }
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

KeyReader::Written KeyReader::scalar(std::string_view key) {
  const Node value = map_[key];
  if (!value.exists() || value.is(NodeKind::null)) {
    const auto slip = slips_.find(key);
    return slip == slips_.end() ? Written() : Written{{}, true, slip->second};
  }
  if (value.is(NodeKind::list) || value.is(NodeKind::map)) {
    wrong(value.span(),
          fmt::format("{}: expected one value, found {}", key, base::words_for(value.kind())),
          fmt::format("write `{}: VALUE`", key));
    return {{}, true, value.span()};
  }
  return {value, false, value.span()};
}

Value<std::string> KeyReader::text(std::string_view key) {
  const Written value = scalar(key);
  return value.node.exists() ? Value<std::string>::of(std::string(value.node.text()),
                                                      Provenance::stated, value.span)
                             : value.nothing<std::string>();
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
            fmt::format("{}: expected text, found {}", key, base::words_for(item.kind())),
            fmt::format("write `{}: [a, b]`", key));
    } else {
      all.emplace_back(item.text());
    }
  }
  return all;
}

Value<bool> KeyReader::boolean(std::string_view key) {
  const Written value = scalar(key);
  if (!value.node.exists()) {
    return value.nothing<bool>();
  }
  const auto flag = value.node.as_bool();
  if (!flag) {
    wrong(value.span, fmt::format("{}: expected true or false", key),
          fmt::format("write `{}: true`, without quotes", key));
    return Value<bool>::unknown(value.span);
  }
  return Value<bool>::of(*flag, Provenance::stated, value.span);
}

Value<std::int64_t> KeyReader::integer(std::string_view key, std::int64_t most) {
  const Written value = scalar(key);
  if (!value.node.exists()) {
    return value.nothing<std::int64_t>();
  }
  const auto number = value.node.as_integer();
  if (!number || *number < 0 || *number > most) {
    wrong(value.span, fmt::format("{}: expected a whole number from 0 to {}", key, most),
          number && *number > most
              ? fmt::format("is it meant? {} is the most that is modelled", most)
              : fmt::format("write it such as `{}: 2`", key));
    return Value<std::int64_t>::unknown(value.span);
  }
  return Value<std::int64_t>::of(*number, Provenance::stated, value.span);
}

Value<double> KeyReader::number(std::string_view key) {
  const Written value = scalar(key);
  if (!value.node.exists()) {
    return value.nothing<double>();
  }
  const auto number = value.node.as_number();
  if (!number || *number < 0) {
    wrong(value.span, fmt::format("{}: expected a number, not negative", key),
          fmt::format("write it such as `{}: 100`", key));
    return Value<double>::unknown(value.span);
  }
  return Value<double>::of(*number, Provenance::stated, value.span);
}

template <class T, class Parse>
Value<T> KeyReader::parsed(std::string_view key, Parse parse) {
  const auto written = text(key);
  if (!written.is_known()) {
    return written.is_unset() ? Value<T>() : Value<T>::unknown(written.span());
  }
  const base::Result<T> value = parse(*written);
  if (!value) {
    wrong(written.span(), fmt::format("{}: {}", key, value.error().message), value.error().remedy);
    return Value<T>::unknown(written.span());
  }
  return Value<T>::of(*value, Provenance::stated, written.span());
}

Value<base::Share> KeyReader::share(std::string_view key) {
  return parsed<base::Share>(key, base::parse_share);
}

std::vector<base::Share> KeyReader::shares(std::string_view key) {
  std::vector<base::Share> all;
  for (const std::string& written : texts(key)) {
    if (const auto value = base::parse_share(written)) {
      all.push_back(*value);
    } else {
      wrong(map_[key].span(), fmt::format("{}: {}", key, value.error().message),
            value.error().remedy);
    }
  }
  return all;
}

Value<base::Seconds> KeyReader::duration(std::string_view key) {
  return parsed<base::Seconds>(key, [](std::string_view text) -> base::Result<base::Seconds> {
    constexpr base::Seconds kLongest{1e6 * base::kSecondsPerYear};
    auto value = base::parse_duration(text);
    if (value && *value > kLongest) {
      return base::fail("a duration cannot be over a million years",
                        "leave the key out where it never happens");
    }
    return value;
  });
}

Value<base::Seconds> KeyReader::time_of_day(std::string_view key) {
  return parsed<base::Seconds>(key, base::parse_time_of_day);
}

Value<base::Money> KeyReader::money(std::string_view key, std::string_view per) {
  return parsed<base::Money>(key,
                             [&](std::string_view text) { return base::parse_money(text, per); });
}

Value<Interval> KeyReader::interval(std::string_view key) {
  const auto ends = shares(key);
  if (ends.empty()) {
    return {};
  }
  const Interval interval{ends.front().value, ends.back().value};
  if (ends.size() > 2 || interval.low > interval.high) {
    wrong(map_[key].span(), fmt::format("{}: expected one share, or the lower and upper end", key),
          fmt::format("write `{0}: 20%` or `{0}: [10%, 30%]`", key));
    return Value<Interval>::unknown(map_[key].span());
  }
  return Value<Interval>::of(interval, Provenance::stated, map_[key].span());
}

}  // namespace outlast::import
