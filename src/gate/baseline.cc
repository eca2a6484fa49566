#include "gate/baseline.h"

#include <fmt/format.h>

#include "base/document.h"
#include "base/json_writer.h"

namespace outlast::gate {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::string_view kRemedy = "outlast check … --create-baseline writes one";

void wrong(base::Diagnostics& diagnostics, base::Span span, std::string message) {
  diagnostics.error("OUT-E1430", span, std::move(message), std::string(kRemedy));
}

}  // namespace

std::optional<Baseline> read_baseline(const base::Sources& sources, base::SourceId source,
                                      base::Diagnostics& diagnostics) {
  const auto document = base::parse_json(sources, source, diagnostics);
  if (!document) {
    return std::nullopt;
  }
  const Node root = document->root();
  if (root["baseline_version"].as_integer() != kBaselineVersion) {
    const Node version = root["baseline_version"];
    wrong(diagnostics, version.exists() ? version.span() : root.span(),
          fmt::format("this is no baseline of version {}", kBaselineVersion));
    return std::nullopt;
  }
  Baseline baseline;
  const Node all = root["findings"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Node entry = all.at(i);
    const Node fingerprint = entry["fingerprint"];
    if (!fingerprint.is(NodeKind::string) || fingerprint.text().empty()) {
      wrong(diagnostics, entry.span(), "a finding of a baseline has a fingerprint");
      return std::nullopt;
    }
    baseline.emplace(fingerprint.text(), BaselineEntry{std::string(entry["rule"].text()),
                                                       std::string(entry["title"].text())});
  }
  return baseline;
}

std::string baseline_text(const Baseline& baseline) {
  base::JsonWriter json;
  json.begin_object();
  json.member("baseline_version", kBaselineVersion);
  json.key("findings");
  json.begin_array();
  for (const auto& [fingerprint, entry] : baseline) {
    json.begin_object();
    json.member("fingerprint", fingerprint);
    json.member("rule", entry.rule);
    json.member("title", entry.title);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Baseline::value_type entry_of(const findings::Finding& finding) {
  return {finding.fingerprint, {finding.rule, finding.title}};
}

}  // namespace outlast::gate
