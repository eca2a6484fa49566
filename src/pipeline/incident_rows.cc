#include "pipeline/incident_rows.h"

#include <algorithm>

#include "clock/what_is_left.h"
#include "incidents/archive.h"
#include "pipeline/worst_cases.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using findings::Replay;
using findings::SurvivalRow;

namespace {

SurvivalRow row_of(Replay replay) {
  SurvivalRow row;
  row.worst_case = "incident";
  row.mode = replay.incident;
  row.fault_class = replay.fault_class;
  row.objective = replay.objective;
  row.survives = findings::verdict_of(replay);
  row.data = replay.data;
  row.cut = replay.hit;
  row.story = std::move(replay.story);
  if (!replay.series.lost.empty()) {
    row.series = {replay.series.step_s, {{"lost_fraction", std::move(replay.series.lost)}}};
    if (!replay.series.loss_usd.empty()) {
      row.series.tracks.push_back({"loss_usd", std::move(replay.series.loss_usd)});
    }
  }
  if (replay.spared) {
    if (replay.spared->users != replay.outcome.users) {
      row.users_range = std::minmax(replay.spared->users, replay.outcome.users);
    }
    row.because = {replay.question};
  } else if (row.survives != findings::Verdict::not_exposed) {
    if (row.survives != findings::Verdict::unknown) {
      row.down_s = row.down_p90_s = replay.outcome.downtime_s;
      row.users = replay.outcome.users;
    }
    row.because = replay.because;
  }
  return row;
}

}  // namespace

std::vector<SurvivalRow> incident_rows(const Blueprint& bp, const catalog::Catalog& catalog,
                                       const failure::Dependence& dependence,
                                       const std::vector<failure::Path>& paths,
                                       replay::Telling telling) {
  std::vector<SurvivalRow> rows;
  const auto weigher = clock::weigher_of(bp, catalog);
  for (const incidents::Incident& incident : incidents::archive()) {
    if (incident.is_in_every_check) {
      rows.push_back(row_of(replay::replay_of(bp, catalog, dependence, incident, incidents::roles(),
                                              {.telling = telling, .weigher = weigher})));
    }
  }
  doubt_where_blind(bp, paths, rows);
  return rows;
}

}  // namespace outlast::pipeline
