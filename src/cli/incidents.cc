#include <fmt/format.h>

#include <cstdio>

#include "base/text.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "incidents/archive.h"
#include "incidents/read_file.h"
#include "incidents/sheet.h"

namespace outlast::cli {

int run_incidents(const IncidentsOptions& options) {
  return print(options.as_json() ? incidents::list_json(incidents::archive())
                                 : incidents::list_text(incidents::archive()))
             ? kOk
             : kWrongInput;
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
  return print(options.as_json() ? incidents::sheet_json(*incident)
                                 : incidents::sheet_text(*incident))
             ? kOk
             : kWrongInput;
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
  return print(options.as_json() ? incidents::sheet_json(*incident)
                                 : incidents::sheet_text(*incident))
             ? kOk
             : kWrongInput;
}

std::vector<std::string> incident_ids() {
  std::vector<std::string> ids;
  for (const incidents::Incident& incident : incidents::archive()) {
    ids.push_back(incident.id);
  }
  return ids;
}

}  // namespace outlast::cli
