#include <fmt/format.h>

#include <cstdio>

#include "backtest/backtest.h"
#include "base/document.h"
#include "base/file_source.h"
#include "base/text.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "engines/interleaving/search.h"
#include "incidents/archive.h"
#include "incidents/read_file.h"
#include "incidents/sheet.h"
#include "reproduction/reproduce.h"
#include "reproduction/sheet.h"

namespace outlast::cli {

namespace {

int print_sheet(const IncidentsOptions& options, const incidents::Incident& incident) {
  const bool is_printed = options.as_json()
                              ? print(incidents::sheet_json(incident))
                              : print_in(options.language, incidents::sheet_text(incident));
  return is_printed ? kOk : kWrongInput;
}

}  // namespace

int run_incidents(const IncidentsOptions& options) {
  const auto& all = incidents::archive();
  const bool is_printed = options.as_json() ? print(incidents::list_json(all))
                                            : print_in(options.language, incidents::list_text(all));
  return is_printed ? kOk : kWrongInput;
}

int run_incidents_show(const IncidentsOptions& options) {
  const incidents::Incident* incident = incidents::find_incident(options.word);
  if (incident == nullptr) {
    const auto ids = incident_ids();
    const std::vector<std::string_view> known(ids.begin(), ids.end());
    fmt::print(stderr, "outlast: there is no incident \"{}\"; {}\n", options.word,
               base::suggest(options.word, known));
    return kWrongInput;
  }
  return print_sheet(options, *incident);
}

int run_incidents_check(const IncidentsOptions& options) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto incident =
      incidents::read_incident_file(options.word, base::DiskFiles(), sources, diagnostics);
  tell(diagnostics, sources);
  if (!incident) {
    return kWrongInput;
  }
  return print_sheet(options, *incident);
}

int run_incidents_interleave(const IncidentsOptions& options) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
  base::Sources sources;
  base::Diagnostics diagnostics;
  auto text = base::DiskFiles().read(options.word, kMostBytes);
  if (!text) {
    fmt::print(stderr, "outlast: {}: {}\n", options.word, text.error().message);
    return kWrongInput;
  }
  const auto source = sources.add(options.word, std::move(*text), "");
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  const auto protocol =
      documents && documents->size() == 1
          ? engines::interleaving::read_protocol(documents->front().root(), diagnostics)
          : std::nullopt;
  tell(diagnostics, sources);
  if (!protocol) {
    return kWrongInput;
  }
  const auto found = engines::interleaving::search(*protocol);
  if (!print(options.as_json() ? engines::interleaving::search_json(*protocol, found)
                               : engines::interleaving::search_text(*protocol, found))) {
    return kWrongInput;
  }
  return found.is_reached ? kGateFailed : found.is_finished ? kOk : kInconclusive;
}

int run_incidents_reproduce(const IncidentsOptions& options) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto held = reproduction::reproduce(options.word, base::DiskFiles(), sources, diagnostics);
  tell(diagnostics, sources);
  if (diagnostics.has_errors()) {
    return kWrongInput;
  }
  return print(options.as_json() ? reproduction::sheet_json(held) : reproduction::sheet_text(held))
             ? kOk
             : kWrongInput;
}

int run_incidents_backtest(const BacktestOptions& options) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto backtest =
      backtest::run_backtest(options.inputs, base::DiskFiles(), sources, diagnostics);
  tell(diagnostics, sources);
  if (!backtest) {
    if (!diagnostics.has_errors()) {
      fmt::print(stderr, "outlast: the inputs hold no case\n");
    }
    return kWrongInput;
  }
  return print(options.as_json() ? backtest::backtest_json(*backtest)
                                 : backtest::backtest_text(*backtest))
             ? kOk
             : kWrongInput;
}

std::vector<std::string> reproduced_incidents() {
  return reproduction::reproduced_ids();
}

std::vector<std::string> incident_ids() {
  std::vector<std::string> ids;
  for (const incidents::Incident& incident : incidents::archive()) {
    ids.push_back(incident.id);
  }
  return ids;
}

}  // namespace outlast::cli
