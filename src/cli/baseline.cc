#include "cli/baseline.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/document.h"
#include "base/file_source.h"
#include "base/hash.h"
#include "base/write_file.h"

namespace outlast::cli {

using settings::Settings;

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;

bool exists(const std::string& path) {
  return base::DiskFiles().kind_of(path) != base::FileSource::PathKind::missing;
}

}  // namespace

std::optional<gate::Baseline> load_baseline(const Settings& settings, base::Sources& sources,
                                            base::Diagnostics& diagnostics) {
  const std::string& path = settings.baseline;
  if (settings.create_baseline) {
    if (exists(path)) {
      diagnostics.error("OUT-E1431", {}, path + " is already there",
                        "--update-baseline adds what is new and drops what is fixed");
    }
    return gate::Baseline();
  }
  const bool is_named =
      settings.values.find("baseline")->second.origin != settings::Origin::standard;
  if (!is_named && !settings.update_baseline && !exists(path)) {
    return std::nullopt;
  }
  const auto bytes = base::DiskFiles().read(path, kMostBytes);
  auto text = bytes ? base::to_utf8(std::string(*bytes)) : bytes;
  if (!text) {
    diagnostics.error("OUT-E1431", {}, fmt::format("{} {}", path, text.error().message),
                      "outlast check … --create-baseline writes one");
    return std::nullopt;
  }
  return gate::read_baseline(sources, sources.add(path, std::move(*text), base::sha256(*bytes)),
                             diagnostics);
}

bool save_baseline(const Settings& settings, const gate::Baseline& baseline) {
  if (!settings.create_baseline && !settings.update_baseline) {
    return true;
  }
  const auto written = base::write_file(settings.baseline, gate::baseline_text(baseline));
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", settings.baseline,
               written.error().message);
    return false;
  }
  fmt::print(stderr, "outlast: {} holds {} finding{} now\n", settings.baseline, baseline.size(),
             baseline.size() == 1 ? "" : "s");
  return true;
}

}  // namespace outlast::cli
