#include "explain/witness.h"

#include <fmt/format.h>

#include <set>

#include "pipeline/cascade.h"

namespace outlast::explain {

using blueprint::ComponentId;
using failure::Event;
using failure::EventId;
using findings::Notice;
using findings::Witness;
using pipeline::Cut;

namespace {

/// "aws_db_instance.main fails": the address where there is one, for it can be asked for.
std::string words_of(const Subject& subject, const Event& event) {
  const bool is_one_of_many =
      event.component.exists() && subject.bp[event.component].replicas.size() > 1;
  return fmt::format(
      "{} {}",
      event.component.exists() && !is_one_of_many ? subject.bp[event.component].id : event.what,
      failure::verb_of(event.kind));
}

Notice notice_of(const Subject& subject, const failure::PathImpact& impact) {
  const failure::Path& path = subject.workings.paths[impact.path];
  Notice notice;
  notice.journey = subject.bp[path.journey].name;
  notice.users = path.weight;
  notice.down_s = impact.down_median_s;
  notice.masked_share = impact.masked_share;
  notice.masked_s = impact.masked_s;
  notice.soft_loss = impact.soft_loss;
  return notice;
}

/// Cohorts of one journey that notice the same are told once.
void add_notice(Notice notice, std::vector<Notice>& all) {
  for (Notice& known : all) {
    if (known.journey == notice.journey && known.down_s == notice.down_s &&
        known.masked_share == notice.masked_share) {
      known.users += notice.users;
      return;
    }
  }
  all.push_back(std::move(notice));
}

}  // namespace

Witness witness_of(const Subject& subject, EventId id) {
  const auto& [paths, cases, minutes, replicas, figures] = subject.workings;
  const Event& event = cases.events[id];
  Witness witness;
  witness.events = {words_of(subject, event)};
  if (event.per_year > 0) {
    witness.per_year = event.per_year;
  }
  witness.downtime_minutes_per_year = minutes.empty() ? 0 : minutes[id];
  witness.cascade = pipeline::cascade_of(subject.bp, event, cases.impacts[id], paths);
  for (const auto& impact : cases.impacts[id].paths) {
    Notice notice = notice_of(subject, impact);
    // How long all fail at once is a mean for the year; what users meet is how far and how long the
    // change goes before it is taken back, as the row tells.
    if (cases.changes.contains(id) && notice.down_s > 0) {
      notice.down_s = cases.judgements[id].down_s;
      notice.down_p90_s = cases.judgements[id].down_p90_s;
    }
    add_notice(std::move(notice), witness.noticed);
  }
  return witness;
}

CutPlayer::CutPlayer(const Subject& subject)
    : subject_(subject),
      dependence_(subject.bp),
      structure_(subject.bp, subject.catalog, dependence_, subject.workings.cases.events,
                 subject.workings.cases.impacts, subject.workings.paths, failure::Reading()) {}

pipeline::Cuts CutPlayer::cuts() const {
  constexpr std::size_t kMostEvents = 2;
  return pipeline::minimal_cuts(structure_, subject_.workings.paths, kMostEvents);
}

Witness CutPlayer::play(const Cut& cut) {
  const auto& [paths, cases, minutes, replicas, figures] = subject_.workings;
  if (cut.events.size() == 1) {
    return witness_of(subject_, cut.events.front());
  }
  Witness witness;
  std::vector<const Event*> events;
  std::vector<bool> happened(structure_.gates().variable_count(), true);
  for (const auto& event : structure_.events()) {
    const bool is_meant =
        std::find(cut.events.begin(), cut.events.end(), event.event) != cut.events.end();
    for (const base::VariableId v : event.variables) {
      happened[v.index] = is_meant;
    }
  }
  for (const EventId id : cut.events) {
    events.push_back(&cases.events[id]);
    witness.events.push_back(words_of(subject_, cases.events[id]));
  }
  witness.per_year = cut.per_year;
  witness.share_of_time = cut.share_of_time;
  witness.downtime_minutes_per_year = cut.users * cut.share_of_time * base::kMinutesPerYear;
  base::IdVector<ComponentId, bool> is_down(subject_.bp.components().size(), false);
  std::vector<failure::Path> hit_paths;
  for (const std::size_t path : cut.paths) {
    hit_paths.push_back(paths[path]);
    Notice notice;
    notice.journey = subject_.bp[paths[path].journey].name;
    notice.users = paths[path].weight;
    add_notice(notice, witness.noticed);
  }
  std::vector<std::pair<ComponentId, base::GateId>> gates;
  for (const ComponentId id : base::ids<ComponentId>(subject_.bp.components().size())) {
    for (const failure::Path& path : hit_paths) {
      gates.emplace_back(id, structure_.down(path.operations, id));
    }
  }
  happened.resize(structure_.gates().variable_count(), false);
  const auto truth = structure_.gates().evaluate(happened);
  for (const auto& [id, gate] : gates) {
    is_down[id] = is_down[id] || truth[gate.index];
  }
  witness.cascade = pipeline::cascade(subject_.bp, events, is_down, hit_paths);
  return witness;
}

std::vector<Cut> different(const Subject& subject, const std::vector<Cut>& cuts, std::size_t most,
                           std::size_t& further) {
  std::vector<Cut> out;
  std::set<std::vector<std::pair<ComponentId, blueprint::FateGroupId>>> told;
  for (const Cut& cut : cuts) {
    std::vector<std::pair<ComponentId, blueprint::FateGroupId>> key;
    for (const EventId id : cut.events) {
      const Event& event = subject.workings.cases.events[id];
      key.emplace_back(event.component, event.group);
    }
    std::sort(key.begin(), key.end());
    if (!told.insert(std::move(key)).second) {
      continue;
    }
    if (out.size() < most) {
      out.push_back(cut);
    } else {
      ++further;
    }
  }
  return out;
}

}  // namespace outlast::explain
