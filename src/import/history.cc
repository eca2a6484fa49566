#include "import/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "base/document.h"
#include "base/hash.h"
#include "base/text.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Span;
using blueprint::OwnRecord;

namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
constexpr auto kKeys = std::to_array<std::string_view>({"of", "failures", "exposure"});
constexpr std::string_view kShape =
    "history: [{of: aws.rds, failures: 2, exposure: 12y}], or CSV headed of,failures,exposure";

/// A value as it is written, with its place.
struct Written {
  std::string_view text;
  Span span;
};

class HistoryReader {
 public:
  explicit HistoryReader(base::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(Node root) {
    const Node list = root.is(NodeKind::map) ? root["history"] : root;
    if (!list.is(NodeKind::list)) {
      diagnostics_.error("OUT-E1501", root.span(), "a history is a list of what failed how often",
                         std::string(kShape));
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      read_entry(list.at(i));
    }
  }

  /// Lines of CSV: fields hold no commas and no quotes.
  void read_csv(std::string_view text, base::SourceId source) {
    std::vector<std::string_view> head;
    std::size_t begin = 0;
    for (const std::string_view line : base::split(text, '\n')) {
      const auto fields = fields_of(line, begin, source);
      const Span whole = span_of(begin, line.size(), source);
      begin += line.size() + 1;
      if (base::trim(line).empty()) {
        continue;
      }
      if (head.empty()) {
        head = read_head(fields);
        if (head.empty()) {
          return;
        }
        continue;
      }
      if (fields.size() != head.size()) {
        diagnostics_.error(
            "OUT-E1502", whole,
            fmt::format("this line has {} fields, the head {}", fields.size(), head.size()),
            std::string(kShape));
        continue;
      }
      std::map<std::string_view, Written> values;
      for (std::size_t i = 0; i < head.size(); ++i) {
        values[head[i]] = fields[i];
      }
      add(values, whole);
    }
  }

  std::vector<OwnRecord> take() { return std::move(records_); }

 private:
  static Span span_of(std::size_t begin, std::size_t size, base::SourceId source) {
    return {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
  }

  static std::vector<Written> fields_of(std::string_view line, std::size_t begin,
                                        base::SourceId source) {
    std::vector<Written> fields;
    for (const std::string_view field : base::split(line, ',')) {
      const std::string_view bare = base::trim(field);
      const auto at = static_cast<std::size_t>(bare.data() - line.data());
      fields.push_back({bare, span_of(begin + at, bare.size(), source)});
    }
    return fields;
  }

  std::vector<std::string_view> read_head(const std::vector<Written>& fields) {
    std::vector<std::string_view> head;
    bool is_right = true;
    for (const Written& field : fields) {
      is_right = check_key(field.text, field.span) && is_right;
      head.push_back(field.text);
    }
    return is_right ? head : std::vector<std::string_view>();
  }

  bool check_key(std::string_view key, Span span) {
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) {
      return true;
    }
    diagnostics_.error("OUT-E1503", span, fmt::format("unknown key \"{}\" of a history", key),
                       base::suggest(key, kKeys));
    return false;
  }

  void read_entry(Node entry) {
    if (!entry.is(NodeKind::map)) {
      diagnostics_.error("OUT-E1501", entry.span(), "an entry of a history is a map",
                         std::string(kShape));
      return;
    }
    std::map<std::string_view, Written> values;
    bool is_right = true;
    for (std::size_t i = 0; i < entry.size(); ++i) {
      is_right = check_key(entry.key(i), entry.key_span(i)) && is_right;
      values[entry.key(i)] = {entry.at(i).text(), entry.at(i).span()};
    }
    if (is_right) {
      add(values, entry.span());
    }
  }

  void add(const std::map<std::string_view, Written>& values, Span whole) {
    for (const std::string_view key : kKeys) {
      const auto found = values.find(key);
      if (found == values.end() || found->second.text.empty()) {
        diagnostics_.error("OUT-E1504", whole, fmt::format("an entry of a history needs {}", key),
                           std::string(kShape));
        return;
      }
    }
    OwnRecord record;
    record.of = values.at("of").text;
    record.span = whole;
    const auto failures = number_from_0(values.at("failures"));
    const auto exposure = time_over_0(values.at("exposure"));
    const bool is_new = std::none_of(records_.begin(), records_.end(),
                                     [&](const OwnRecord& r) { return r.of == record.of; });
    if (!is_new) {
      diagnostics_.error("OUT-E1505", values.at("of").span,
                         fmt::format("{} stands in the history twice", record.of),
                         "add the failures and the exposure of both");
    }
    if (failures && exposure && is_new) {
      record.failures = *failures;
      record.exposure = *exposure;
      records_.push_back(std::move(record));
    }
  }

  std::optional<double> number_from_0(const Written& written) {
    double number = 0;
    const char* end_of_text = written.text.data() + written.text.size();
    const auto [end, error] = std::from_chars(written.text.data(), end_of_text, number);
    if (error == std::errc() && end == end_of_text && number >= 0 && std::isfinite(number)) {
      return number;
    }
    diagnostics_.error("OUT-E1506", written.span,
                       fmt::format("\"{}\" is no number of failures", written.text),
                       "a number from 0 on");
    return std::nullopt;
  }

  std::optional<base::Seconds> time_over_0(const Written& written) {
    const auto time = base::parse_duration(written.text);
    if (time && time->value > 0) {
      return *time;
    }
    diagnostics_.error("OUT-E1507", written.span,
                       time ? "nothing fails in no time" : time.error().message,
                       "the time that all of them ran, added up: 12y, 400d");
    return std::nullopt;
  }

  base::Diagnostics& diagnostics_;
  std::vector<OwnRecord> records_;
};

}  // namespace

std::vector<OwnRecord> read_history(const std::string& path, const base::FileSource& files,
                                    base::Sources& sources, base::Diagnostics& diagnostics) {
  auto bytes = files.read(path, kMostBytes);
  const std::string hash = bytes ? base::sha256(*bytes) : "";
  auto text = bytes ? base::to_utf8(std::move(*bytes)) : std::move(bytes);
  if (!text) {
    diagnostics.error("OUT-E1500", Span(),
                      fmt::format("cannot read the history {}: {}", path, text.error().message),
                      text.error().remedy);
    return {};
  }
  const auto source = sources.add(path, std::move(*text), hash);
  HistoryReader reader(diagnostics);
  if (path.ends_with(".csv")) {
    reader.read_csv(sources.text(source), source);
    return reader.take();
  }
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  if (documents && !documents->empty()) {
    reader.read(documents->front().root());
  }
  return reader.take();
}

}  // namespace outlast::import
