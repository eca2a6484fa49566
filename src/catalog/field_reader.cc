#include "catalog/field_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/units.h"
#include "catalog/attribute_path.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

using base::Node;
using base::NodeKind;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// In a condition: the type as its own format writes it, where the catalog reads a translation. Two
/// formats may have defaults of their own.
constexpr std::string_view kWritten = "@written";

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// Is what is written the value, without any arithmetic?
bool is_plain(const ReadSource& source) {
  return source.plus == 0 && source.times == 1 && source.times_attribute.empty() &&
         !source.times_places;
}

/// What all of them come to; not known where one of them is not, or is no number.
std::vector<Value<std::string>> added_up(const std::vector<Value<std::string>>& values) {
  double sum = 0;
  for (const auto& value : values) {
    const auto number = value.is_known() ? number_in(*value) : std::nullopt;
    if (!number) {
      return {value.is_known() ? value : Value<std::string>::unknown(value.span())};
    }
    sum += *number;
  }
  return {Value<std::string>::of(base::format_number(sum), values.front().provenance(),
                                 values.front().span())};
}

}  // namespace

void FieldReader::tell_odd(const Value<std::string>& written, std::string_view expected) const {
  if (diagnostics_ != nullptr && written.span().exists()) {
    diagnostics_->warning("OUT-E1211", written.span(),
                          fmt::format("{}: expected {}", resource_.address, expected),
                          "it is taken as not known; mend it in the configuration");
  }
}

const ReadRule* FieldReader::rule(Field field) const {
  const auto found = std::find_if(entry_.reads.begin(), entry_.reads.end(),
                                  [&](const ReadRule& r) { return r.field == field; });
  return found == entry_.reads.end() ? nullptr : &*found;
}

/// A value after the source's map and arithmetic.
std::string FieldReader::adjusted(std::string_view value, const ReadSource& source) const {
  for (const Mapping& mapping : source.map) {
    if (matches(mapping.from, value)) {
      return std::string(mapping.to);
    }
  }
  if (!source.map.empty()) {
    return "";  // a value the catalog does not know says nothing
  }
  auto number = is_plain(source) ? std::nullopt : number_in(value);
  if (!number && !source.times_attribute.empty()) {
    const auto time = base::parse_duration(value);  // so many times as long
    number = time ? std::optional(time->value) : std::nullopt;
  }
  if (!number) {
    return std::string(value);
  }
  double factor = source.times;
  if (source.times_places && places_ > 0) {
    factor *= static_cast<double>(places_);
  }
  if (!source.times_attribute.empty()) {
    for (const Selected& at : select(resource_.attributes, source.times_attribute)) {
      factor *= number_in(at.node.text()).value_or(1);
    }
  }
  return base::format_number(*number * factor + source.plus);
}

Truth FieldReader::meets(Node node, const Condition& condition) const {
  if (condition.attribute == kWritten) {
    const std::string_view written = resource_.written_type;
    const bool is_meant = condition.value == "absent"    ? written.empty()
                          : condition.value == "present" ? !written.empty()
                                                         : matches(condition.value, written);
    return is_meant ? Truth::yes : Truth::no;
  }
  return holds(node, condition.attribute, condition.value);
}

std::vector<Value<std::string>> FieldReader::from_source(const ReadSource& source) const {
  if (source.each.empty()) {
    auto values = from_node(resource_.attributes, source);
    return source.adds_up && values.size() > 1 ? added_up(values) : values;
  }
  std::vector<Value<std::string>> all;
  for (const Selected& at : select(resource_.attributes, source.each)) {
    if (at.node.is(NodeKind::unknown)) {
      return {Value<std::string>::unknown(at.node.span())};
    }
    auto values = from_node(at.node, source);
    std::move(values.begin(), values.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<Value<std::string>> FieldReader::from_node(Node node, const ReadSource& source) const {
  Truth truth = Truth::yes;
  for (const Condition& condition : source.when) {
    truth = both(truth, meets(node, condition));
  }
  for (const Condition& condition : source.unless) {
    truth = both(truth, opposite(meets(node, condition)));
  }
  if (truth == Truth::no) {
    return {};
  }
  if (truth == Truth::unknown || source.is_unknown) {
    return {Value<std::string>::unknown(resource_.evidence.span)};
  }
  if (source.counts_places) {
    return places_ == 0
               ? std::vector<Value<std::string>>{}
               : std::vector{Value<std::string>::of(std::to_string(places_), Provenance::inferred)};
  }
  if (!source.constant.empty()) {
    return {Value<std::string>::of(std::string(source.constant), Provenance::catalog)};
  }
  if (source.default_zone) {
    return resource_.zone.is_unset() ? std::vector<Value<std::string>>{}
                                     : std::vector{resource_.zone};
  }
  if (!source.zones_of.empty()) {
    return zones_of_region(source.zones_of);
  }
  std::vector<Value<std::string>> values;
  for (const std::string_view attribute : {source.attribute, source.also}) {
    for (const Selected& at :
         attribute.empty() ? std::vector<Selected>{} : select(node, attribute)) {
      if (at.node.is(NodeKind::unknown) || at.node.is(NodeKind::map)) {
        values.push_back(Value<std::string>::unknown(at.node.span()));
      } else if (std::string text = adjusted(at.node.text(), source); !text.empty()) {
        values.push_back(
            Value<std::string>::of(std::move(text), Provenance::stated, at.node.span()));
      }
    }
  }
  return values;
}

/// The zones that a provider spreads over where none are given: three, where a region has more.
std::vector<Value<std::string>> FieldReader::zones_of_region(std::string_view attribute) const {
  constexpr std::size_t kMostZones = 3;
  const auto named = select(resource_.attributes, attribute);
  const Catalog& catalog = Catalog::built_in();
  std::string region =
      named.empty() ? "" : catalog.region_name(entry_.provider, named.front().node.text());
  if (region.empty() && resource_.region.is_known()) {
    region = *resource_.region;
  }
  const auto& regions = built_in_tables().regions;
  const auto known = std::find_if(regions.begin(), regions.end(), [&](const RegionEntry& r) {
    return r.provider == entry_.provider && r.name == region;
  });
  std::vector<Value<std::string>> zones;
  if (known == regions.end()) {
    return zones;
  }
  for (const char letter : known->zone_letters.substr(0, kMostZones)) {
    zones.push_back(Value<std::string>::of(region + "-" + letter, Provenance::catalog));
  }
  // Without letters they are called by numbers.
  const std::size_t numbered =
      known->zone_letters.empty() && known->zones > 0 ? static_cast<std::size_t>(known->zones) : 0;
  for (std::size_t i = 1; i <= std::min(numbered, kMostZones); ++i) {
    zones.push_back(Value<std::string>::of(std::to_string(i), Provenance::catalog));
  }
  return zones;
}

std::vector<Value<std::string>> FieldReader::texts(Field field) const {
  if (const ReadRule* known = rule(field)) {
    for (const ReadSource& source : known->sources) {
      if (auto values = from_source(source); !values.empty()) {
        return values;
      }
    }
  }
  return {};
}

Value<std::string> FieldReader::text(Field field) const {
  const auto values = texts(field);
  return values.empty() ? Value<std::string>() : values.front();
}

Value<std::int64_t> FieldReader::integer(Field field) const {
  const auto written = text(field);
  if (!written.is_known()) {
    return written.is_unknown() ? Value<std::int64_t>::unknown(written.span())
                                : Value<std::int64_t>();
  }
  const auto number = number_in(*written);
  constexpr double kLargest = 1e15;  // every whole number below has its own double
  const ReadRule* known = rule(field);
  const bool is_counted = (field == Field::replicas || field == Field::at_least) &&
                          std::all_of(known->sources.begin(), known->sources.end(), is_plain);
  if (!number || *number < 0 || *number > kLargest ||
      (is_counted && *number != std::floor(*number))) {
    return odd<std::int64_t>(written, "a whole number, not negative");
  }
  constexpr double kRounding = 1e-6;  // 2 · 50 · 0.01 is 1, and 3 · 50 · 0.01 needs 2
  return Value<std::int64_t>::of(static_cast<std::int64_t>(std::ceil(*number - kRounding)),
                                 written.provenance(), written.span());
}

Value<bool> FieldReader::boolean(Field field) const {
  const auto written = text(field);
  if (!written.is_known()) {
    return written.is_unknown() ? Value<bool>::unknown(written.span()) : Value<bool>();
  }
  if (*written != "true" && *written != "false") {
    return odd<bool>(written, "true or false");
  }
  return Value<bool>::of(*written == "true", written.provenance(), written.span());
}

Value<base::Seconds> FieldReader::seconds(Field field) const {
  const auto written = text(field);
  if (!written.is_known()) {
    return written.is_unknown() ? Value<base::Seconds>::unknown(written.span())
                                : Value<base::Seconds>();
  }
  const auto number = number_in(*written);
  return number && *number >= 0
             ? Value<base::Seconds>::of({*number}, written.provenance(), written.span())
             : odd<base::Seconds>(written, "a length of time, not negative");
}

}  // namespace outlast::catalog
