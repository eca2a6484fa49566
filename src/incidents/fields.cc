#include "incidents/fields.h"

#include <algorithm>

#include "base/units.h"

namespace outlast::incidents {

using base::Node;
using base::NodeKind;

namespace {

/// Durations that are a customer's own: an incident file may not say what they are.
constexpr std::string_view kOfCustomers[] = {
    "ttl",      "client_ttl", "dns_ttl", "pool",          "pool_lifetime", "tail",
    "retries",  "retry",      "timeout", "customer_tail", "client_tail",   "backoff",
    "failover", "rto",        "switch",  "cache",         "downtime",      "users"};

bool is_of_customers(std::string_view key) {
  return std::find(std::begin(kOfCustomers), std::end(kOfCustomers), key) != std::end(kOfCustomers);
}

}  // namespace

Fields::Fields(Node map, std::string_view what, std::span<const std::string_view> keys,
               base::Diagnostics& diagnostics)
    : map_(map), what_(what), diagnostics_(diagnostics) {
  if (!is_map()) {
    wrong("OUT-I001", map.span(), fmt::format("expected {} as a map of keys", what),
          "write it as `key: value` lines or as { key: value, … }");
    return;
  }
  for (std::size_t i = 0; i < map.size(); ++i) {
    const std::string_view key = map.key(i);
    if (is_of_customers(key)) {
      wrong("OUT-I005", map.key_span(i),
            fmt::format("\"{}\" is of a customer, not of the provider", key),
            "leave it out: what a customer's side adds is read from the architecture that is "
            "replayed");
    } else if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      wrong("OUT-I002", map.key_span(i), fmt::format("unknown key \"{}\" in {}", key, what),
            base::suggest(key, keys));
    }
  }
}

void Fields::wrong(std::string code, base::Span span, std::string message, std::string help) {
  diagnostics_.error(std::move(code), span, std::move(message), std::move(help));
}

std::string Fields::optional_text(std::string_view key) {
  const Node value = map_[key];
  if (value.exists() && value.text().empty()) {
    wrong("OUT-I003", value.span(), fmt::format("{}: expected text", key),
          fmt::format("write `{}: …` on one line", key));
  }
  return std::string(value.text());
}

std::string Fields::text(std::string_view key) {
  if (is_map() && !map_[key].exists()) {
    wrong("OUT-I004", map_.span(), fmt::format("{} has no {}", what_, key),
          fmt::format("add `{}: …`", key));
  }
  return optional_text(key);
}

bool Fields::flag(std::string_view key) {
  const Node value = map_[key];
  if (value.exists() && !value.as_bool()) {
    wrong("OUT-I003", value.span(), fmt::format("{}: expected true or false", key),
          fmt::format("write `{}: true`, without quotes", key));
  }
  return value.as_bool().value_or(false);
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Node value = map_[key];
  if (!value.is(NodeKind::list)) {
    const std::string one = optional_text(key);
    return one.empty() ? std::vector<std::string>{} : std::vector<std::string>{one};
  }
  std::vector<std::string> all;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.at(i).text().empty()) {
      wrong("OUT-I003", value.at(i).span(), fmt::format("{}: expected text", key),
            fmt::format("write `{}: [a, b]`", key));
    } else {
      all.emplace_back(value.at(i).text());
    }
  }
  return all;
}

std::map<std::string, std::string> Fields::texts_by_name(std::string_view key) {
  std::map<std::string, std::string> all;
  const Node map = map_[key];
  if (map.exists() && !map.is(NodeKind::map)) {
    wrong("OUT-I003", map.span(), fmt::format("{}: expected a map from names to values", key),
          fmt::format("write `{}: {{name: value}}`", key));
    return all;
  }
  for (std::size_t i = 0; i < map.size(); ++i) {
    all.emplace(map.key(i), map.at(i).text());
  }
  return all;
}

std::optional<double> Fields::number(std::string_view key, Node at, Unit unit) {
  const auto tell = [&](const base::Error& error) {
    wrong("OUT-I003", at.span(), fmt::format("{}: {}", key, error.message), error.remedy);
    return std::nullopt;
  };
  if (unit == Unit::seconds) {
    constexpr double kLongest = 10 * base::kSecondsPerYear;
    const auto value = base::parse_duration(at.text());
    if (value && value->value > kLongest) {
      return tell({"no outage lasts ten years", "times count from `began`"});
    }
    return value ? std::optional(value->value) : tell(value.error());
  }
  const auto value = base::parse_share(at.text());
  return value ? std::optional(value->value) : tell(value.error());
}

void Fields::check_source(Node at, const std::string& name) {
  if (name.empty() || sources_ == nullptr || sources_->contains(name)) {
    return;
  }
  std::vector<std::string_view> known;
  for (const auto& [known_name, source] : *sources_) {
    known.push_back(known_name);
  }
  wrong("OUT-I006", at.span(), fmt::format("there is no source \"{}\"", name),
        base::suggest(name, known));
}

Figure Fields::citation(const std::map<std::string, Citation>& sources) {
  sources_ = &sources;
  Figure cited;
  cited.source = text("source");
  check_source(map_["source"], cited.source);
  const std::string trust = text("trust");
  if (trust != "V" && trust != "M" && trust != "E" && !trust.empty()) {
    wrong("OUT-I006", map_["trust"].span(), fmt::format("there is no trust \"{}\"", trust),
          "V: read in the source; M: from memory of it; E: our estimate");
  }
  cited.trust = static_cast<catalog::Trust>(trust.empty() ? 'E' : trust.front());
  return cited;
}

std::optional<Figure> Fields::figure(std::string_view key, Unit unit, const Figure& cited) {
  Node value = map_[key];
  if (!value.exists()) {
    return std::nullopt;
  }
  Figure figure = cited;
  if (value.is(NodeKind::map)) {
    static constexpr std::string_view kKeys[] = {"value", "source", "trust"};
    Fields own(value, "a figure", kKeys, diagnostics_);
    const std::string trust = own.optional_text("trust");
    const std::string source = own.optional_text("source");
    check_source(value["source"], source);
    figure.source = source.empty() ? figure.source : source;
    if (trust == "V" || trust == "M" || trust == "E") {
      figure.trust = static_cast<catalog::Trust>(trust.front());
    } else {
      wrong("OUT-I006", value.span(), fmt::format("{}: the figure says no trust", key),
            "add `trust: V` (read in the source), M (from memory of it) or E (our estimate)");
    }
    value = value["value"];
  }
  const auto read = number(key, value, unit);
  figure.value = read.value_or(0);
  return read ? std::optional(figure) : std::nullopt;
}

}  // namespace outlast::incidents
