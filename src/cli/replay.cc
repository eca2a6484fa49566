#include "replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>

#include "base/text.h"
#include "base/units.h"
#include "cli/asked.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "clock/what_is_left.h"
#include "failure/dependence.h"
#include "incidents/archive.h"
#include "incidents/read_file.h"
#include "pipeline/open_questions.h"
#include "pipeline/price_preventions.h"
#include "report/replay.h"

namespace outlast::cli {
namespace {

using incidents::Incident;

/// The incidents that are meant: those of the archive, or one of a file. None where that is wrong,
/// which has been told.
std::vector<Incident> meant(const ReplayOptions& options) {
  auto known = archived_incidents(options);
  if (known) {
    return std::move(*known);
  }
  const base::DiskFiles files;
  if (files.kind_of(options.incident) == base::FileSource::PathKind::file) {
    base::Sources sources;
    base::Diagnostics diagnostics;
    auto own = incidents::read_incident_file(options.incident, files, sources, diagnostics);
    tell(diagnostics, sources, options.read.language);
    return own ? std::vector<Incident>{std::move(*own)} : std::vector<Incident>{};
  }
  tell_error(known.error(), options.read.language);
  return {};
}

/// Plays incidents elsewhere, as `--as-if` says. Of several those stay where they were that have no
/// such role or could happen nowhere there, as long as one can move.
base::Result<std::vector<Incident>> moved(std::vector<Incident> all,
                                          const std::vector<std::string>& as_if) {
  const std::vector<Incident> before = all;
  std::set<std::string> told;
  for (const std::string& text : as_if) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      return base::fail("--as-if " + text + ": expected ROLE=VALUE",
                        "--as-if region=ap-northeast-2");
    }
    const std::string role = text.substr(0, equals);
    if (!told.insert(role).second) {
      return base::fail("--as-if says twice what plays " + role,
                        "an incident is played in one place");
    }
    const bool is_known = std::any_of(all.begin(), all.end(), [&](const Incident& incident) {
      return incidents::has_role(incident, role);
    });
    for (Incident& incident : all) {
      if (is_known && !incidents::has_role(incident, role)) {
        continue;
      }
      auto elsewhere = incidents::transposed(incident, role, text.substr(equals + 1));
      if (!elsewhere) {
        return base::fail(elsewhere.error().message, elsewhere.error().remedy);
      }
      incident = std::move(*elsewhere);
    }
  }
  std::size_t staying = 0;
  std::optional<base::Error> why;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (auto error = incidents::why_nowhere(all[i])) {
      all[i] = before[i];
      ++staying;
      why = why ? why : std::move(error);
    }
  }
  if (why && staying == all.size()) {
    return base::fail(why->message, why->remedy);
  }
  return all;
}

}  // namespace

base::Result<std::vector<Incident>> archived_incidents(const ReplayOptions& options) {
  if (options.all) {
    return incidents::archive();
  }
  if (const Incident* known = incidents::find_incident(options.incident)) {
    return std::vector<Incident>{*known};
  }
  const auto ids = incident_ids();
  const std::vector<std::string_view> known(ids.begin(), ids.end());
  return base::fail(fmt::format("there is no incident \"{}\"; {}", options.incident,
                                base::suggest(options.incident, known)),
                    "outlast incidents");
}

base::Result<ReplayPlan> plan_of(std::vector<Incident> all, const ReplayOptions& options) {
  ReplayPlan plan;
  if (!options.at.empty()) {
    const auto at = base::parse_time_of_day(options.at);
    if (!at) {
      return base::fail(at.error().message, at.error().remedy);
    }
    plan.how.starts_at_s = at->value;
  }
  auto played = moved(std::move(all), options.as_if);
  if (!played) {
    return base::fail(played.error().message, played.error().remedy);
  }
  plan.incidents = std::move(*played);
  for (const std::string& text : options.as_if) {
    const auto equals = text.find('=');
    plan.as_if.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return plan;
}

base::Result<std::vector<findings::Replay>> replays_of(const pipeline::Evaluation& evaluation,
                                                       const ReplayPlan& plan) {
  const auto& bp = *evaluation.blueprint;
  const failure::Dependence dependence(bp);
  const auto blind_spot = pipeline::blind_spot_of(bp, failure::list_paths(bp));
  std::vector<findings::Replay> replays;
  auto how = plan.how;
  how.weigher = clock::weigher_of(bp, catalog::Catalog::built_in());
  for (const Incident& incident : plan.incidents) {
    std::vector<std::string> as_if;
    for (const auto& [role, value] : plan.as_if) {
      const auto played = incident.roles.find(role);
      if (played == incident.roles.end() || played->second != value) {
        continue;  // it stays where it was
      }
      if (const auto error = incidents::why_unknown(incident, role, bp)) {
        return base::fail(error->message, error->remedy);
      }
      as_if.push_back(fmt::format("{}={}", role, value));
    }
    replays.push_back(replay::replay_of(bp, catalog::Catalog::built_in(), dependence, incident,
                                        incidents::roles(), how));
    findings::Replay& replay = replays.back();
    replay.as_if = std::move(as_if);
    replay.begins_at_s = plan.how.starts_at_s;
    if (blind_spot && verdict_of(replay) != findings::Verdict::no) {
      replay.blind_spot = *blind_spot;
    }
    if (evaluation.analysis.cost) {
      pipeline::price_preventions(*evaluation.analysis.cost, replay);
    }
  }
  return replays;
}

int run_replay(const ReplayOptions& options) {
  ReadOptions read = options.read;
  if (options.all && !options.incident.empty()) {
    read.inputs.insert(read.inputs.begin(), options.incident);
  }
  if (read.inputs.empty()) {
    return tell_error({"INPUT is required", "outlast replay --help"}, read.language);
  }
  auto all = meant(options);
  if (all.empty()) {
    return kWrongInput;
  }
  const auto plan = plan_of(std::move(all), options);
  if (!plan) {
    return tell_error(plan.error(), read.language);
  }
  const auto evaluation = evaluate_quickly(read);
  if (!evaluation.blueprint || evaluation.diagnostics.has_errors()) {
    return evaluation.diagnostics.has_errors() ? kWrongInput : kNothingSupported;
  }
  const auto& bp = *evaluation.blueprint;
  const auto replays = replays_of(evaluation, *plan);
  if (!replays) {
    return tell_error(replays.error(), read.language);
  }
  return print(options.as_json()
                   ? report::replay_json(*replays, bp.name(), options.all)
                   : report::replay_text(*replays, bp.name(), text_style(read.language, bp)))
             ? kOk
             : kWrongInput;
}

}  // namespace outlast::cli
