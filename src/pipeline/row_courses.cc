// Worst cases in time: what the survival table says of a case, minute by minute.
//
// The same draws that give a row its DOWN give each component the middle of when it goes down and
// of when it is back. A bad change is down for as long as its row says: how long the engine of
// rollouts tells, not the event, which stands for a change that has reached everyone.

#include "pipeline/row_courses.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/units.h"
#include "clock/load_figures.h"
#include "failure/dependence.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using failure::Fate;
using failure::Impact;
using failure::Path;
using findings::Condition;
using findings::SurvivalRow;

namespace {

constexpr std::size_t kMoments = 97;
constexpr std::size_t kAfter = 4;  ///< of them show what comes after the last change

/// What a row says of users, path by path.
struct Loss {
  const Path* path = nullptr;
  double begins_s = 0;
  double ends_s = 0;
  double share = 1;     ///< of its requests, meanwhile
  double masked = 0;    ///< share that fails at first though the structure holds …
  double masked_s = 0;  ///< … for so long

  [[nodiscard]] double at(double at_s) const {
    const double down = at_s >= begins_s && at_s < ends_s ? share : 0;
    return std::max(down, at_s < masked_s ? masked : 0);
  }
};

/// Tells one row.
class Teller {
 public:
  Teller(const Blueprint& bp, std::optional<double> requests_per_s, SurvivalRow& row)
      : bp_(bp), requests_per_s_(requests_per_s), row_(row) {}

  void tell(const std::vector<Fate>& fates, const std::vector<Loss>& losses) {
    for (const Fate& fate : fates) {
      fates_[bp_[fate.component].id] = &fate;
    }
    for (const findings::Step& step : row_.effects) {
      begin(step);
    }
    for (const findings::Step& step : row_.effects) {
      end(step);
    }
    std::stable_sort(row_.story.begin(), row_.story.end(),
                     [](const auto& a, const auto& b) { return a.at_s < b.at_s; });
    add_series(fates, losses);
  }

 private:
  /// Of what the row does not touch: never down, nothing lost.
  [[nodiscard]] const Fate& fate_of(const std::string& id) const {
    static const Fate kUntouched;
    const auto known = fates_.find(id);
    return known == fates_.end() ? kUntouched : *known->second;
  }

  [[nodiscard]] static bool is_down(const findings::Step& step, const Fate& fate) {
    return step.condition == Condition::down && fate.ends_s > fate.begins_s;
  }

  void add(double at_s, const findings::Step& of, std::string event, std::string cause,
           Condition condition) {
    if (std::isfinite(at_s)) {
      row_.story.push_back({at_s, of.component, std::move(event), std::move(cause), condition});
    }
  }

  void begin(const findings::Step& step) {
    const Fate& fate = fate_of(step.component);
    if (is_down(step, fate)) {
      add(fate.begins_s, step, "is down", step.why, Condition::down);
    } else {
      const bool is_carried = step.condition == Condition::down;
      add(0, step, "goes on with less", step.why, is_carried ? Condition::carried : step.condition);
    }
  }

  void end(const findings::Step& step) {
    const Fate& fate = fate_of(step.component);
    const bool was_down = is_down(step, fate);
    const double whole_s = fate.replicas_lost == 0 ? 0 : fate.lost_until_s;
    if (was_down) {
      const bool is_whole = whole_s <= fate.ends_s;
      add(fate.ends_s, step, "is back",
          is_whole ? cause_of_return(fate) : "what is left of it takes over",
          is_whole ? Condition::serving : Condition::carried);
    }
    if (whole_s > (was_down ? fate.ends_s : 0)) {
      add(whole_s, step, "is whole again", cause_of_return(fate), Condition::serving);
    } else if (!was_down && step.condition == Condition::degraded) {
      add(soft_end_of(step.component), step, "is whole again", kNeedsAreBack, Condition::serving);
    }
  }

  [[nodiscard]] std::string cause_of_return(const Fate& fate) const {
    if (row_.worst_case == "release" || row_.worst_case == "config") {
      return "the change is taken back";
    }
    if (!fate.is_hit) {
      return kNeedsAreBack;
    }
    return !fate.needs_people         ? "by itself"
           : fate.action == "restore" ? "people restore it from a copy"
           : fate.action == "promote" ? "people promote a standby"
           : fate.action == "rebuild" ? "people build it anew"
                                      : "people repair it";
  }

  /// When all is back that one goes on without.
  [[nodiscard]] double soft_end_of(const std::string& id) const {
    double last_s = 0;
    for (const auto& need : bp_.needs()) {
      if (!failure::lessens(need) || bp_[need.from].id != id) {
        continue;
      }
      double first_s = std::numeric_limits<double>::infinity();
      for (const ComponentId target : need.any_of) {
        first_s = std::min(first_s, fate_of(bp_[target].id).ends_s);
      }
      last_s = std::max(last_s, first_s);
    }
    return last_s;
  }

  /// As long as users feel it, and a little longer; where they feel nothing, until all is whole.
  [[nodiscard]] double horizon_of(const std::vector<Fate>& fates,
                                  const std::vector<Loss>& losses) const {
    constexpr double kOfMasked = 10;
    double felt_s = 0;
    for (const Loss& loss : losses) {
      const bool lasts = std::isinf(loss.ends_s);
      const double down_s = lasts ? std::max(2 * row_.objective.rto.value, 3600.0) : loss.ends_s;
      felt_s = std::max({felt_s, down_s, loss.masked > 0 ? kOfMasked * loss.masked_s : 0});
    }
    for (const Fate& fate : fates) {
      felt_s = felt_s > 0 || std::isinf(fate.lost_until_s) ? felt_s : fate.lost_until_s;
    }
    return felt_s;
  }

  void add_series(const std::vector<Fate>& fates, const std::vector<Loss>& losses) {
    const double last_s = horizon_of(fates, losses);
    if (!(last_s > 0) || !std::isfinite(last_s)) {
      return;
    }
    const double step_s = last_s / static_cast<double>(kMoments - kAfter);
    const auto sampled = [&](const auto& at) {
      std::vector<double> values;
      for (std::size_t i = 0; i < kMoments; ++i) {
        values.push_back(at(static_cast<double>(i) * step_s));
      }
      return values;
    };
    const auto lost_at = [&](double at_s) {
      double lost = 0;
      for (const Loss& loss : losses) {
        lost += loss.path->weight * loss.at(at_s);
      }
      return std::min(1.0, lost);
    };
    auto& tracks = row_.series.tracks;
    row_.series.step_s = step_s;
    if (requests_per_s_) {
      tracks.push_back({"offered_per_s", sampled([&](double) { return *requests_per_s_; })});
      tracks.push_back({"served_per_s", sampled([&](double at_s) {
                          return *requests_per_s_ * (1 - lost_at(at_s));
                        })});
    }
    tracks.push_back({"lost_fraction", sampled(lost_at)});
    if (auto replicas = sampled([&](double at_s) { return replicas_at(fates, at_s); });
        std::any_of(replicas.begin(), replicas.end(), [](double n) { return n > 0; })) {
      tracks.push_back({"replicas", std::move(replicas)});
    }
    if (auto lost = value_lost(losses, step_s); lost.back() > 0) {
      tracks.push_back({"loss_usd", std::move(lost)});
    }
  }

  /// Those that work, of what loses some.
  [[nodiscard]] double replicas_at(const std::vector<Fate>& fates, double at_s) const {
    double working = 0;
    for (const Fate& fate : fates) {
      const auto all = static_cast<double>(bp_[fate.component].replicas.size());
      const auto lost = static_cast<double>(fate.replicas_lost);
      working += fate.replicas_lost == 0 ? 0 : all - (at_s < fate.lost_until_s ? lost : 0);
    }
    return working;
  }

  /// What the requests that were lost so far were worth.
  [[nodiscard]] std::vector<double> value_lost(const std::vector<Loss>& losses,
                                               double step_s) const {
    std::vector<double> values = {0};
    for (std::size_t i = 1; i < kMoments; ++i) {
      double per_hour = 0;
      for (const Loss& loss : losses) {
        per_hour +=
            failure::usd_per_hour(bp_, *loss.path) * loss.at(static_cast<double>(i - 1) * step_s);
      }
      values.push_back(values.back() + per_hour * step_s / base::kSecondsPerHour);
    }
    return values;
  }

  static constexpr const char* kNeedsAreBack = "what it needs is good again";

  const Blueprint& bp_;
  std::optional<double> requests_per_s_;
  SurvivalRow& row_;
  std::map<std::string, const Fate*> fates_;
};

/// The requests of all users a second; absent where nobody says how many there are.
std::optional<double> requests_of(const Blueprint& bp, const catalog::Catalog& catalog) {
  const auto& now = bp.objectives().users.now;
  return now.is_known()
             ? std::optional(
                   *now *
                   clock::LoadFigures(bp, catalog, clock::Strain::likely).requests_per_user_s())
             : std::nullopt;
}

std::vector<Loss> losses_of(const Impact& impact, const std::vector<Path>& paths,
                            const std::vector<Fate>& fates) {
  std::vector<Loss> losses;
  for (const auto& touched : impact.paths) {
    const Path& path = paths[touched.path];
    const auto entry = std::lower_bound(
        fates.begin(), fates.end(), path.enters,
        [](const Fate& fate, ComponentId wanted) { return fate.component < wanted; });
    const bool is_told = entry != fates.end() && entry->component == path.enters;
    const double begins_s = is_told ? entry->begins_s : 0;
    losses.push_back({&path, begins_s, begins_s + touched.down_median_s, 1, touched.masked_share,
                      touched.masked_s});
  }
  return losses;
}

/// As a bad change does: it hits a part of the users, and ends when it is noticed and taken back.
void shape_as_change(const findings::Change& change, const SurvivalRow& row,
                     std::vector<Fate>& fates, std::vector<Loss>& losses) {
  const double down_s = *row.down_s;
  for (Fate& fate : fates) {
    fate.ends_s = fate.ends_s > fate.begins_s ? fate.begins_s + down_s : fate.ends_s;
    fate.lost_until_s = down_s;
  }
  for (Loss& loss : losses) {
    loss.ends_s = loss.ends_s > loss.begins_s ? loss.begins_s + down_s : loss.ends_s;
    loss.share = change.users > 0 ? std::min(1.0, row.users.value_or(0) / change.users) : 0;
    loss.masked = 0;
  }
}

/// Is the row what the evidence says: no end of what is not known?
bool is_by_evidence(const SurvivalRow& row, const Impact& impact) {
  double longest_s = 0;
  for (const auto& path : impact.paths) {
    longest_s = std::max(longest_s, path.down_median_s);
  }
  constexpr double kAlike_s = 1e-6;
  return std::isinf(longest_s) ? std::isinf(*row.down_s)
                               : std::abs(longest_s - *row.down_s) <= kAlike_s;
}

}  // namespace

void tell_courses(const Blueprint& bp, const catalog::Catalog& catalog,
                  const failure::Dependence& dependence, const std::vector<Path>& paths,
                  const Cases& cases, std::uint64_t seed, std::vector<SurvivalRow>& rows) {
  failure::ImpactFinder finder(bp, catalog, dependence, paths, seed);
  const auto requests_per_s = requests_of(bp, catalog);
  for (SurvivalRow& row : rows) {
    if (!row.event.exists() || !row.down_s || row.effects.empty()) {
      continue;
    }
    const Impact& impact = cases.impacts[row.event];
    const auto change = cases.changes.find(row.event);
    if (change == cases.changes.end() && !is_by_evidence(row, impact)) {
      continue;
    }
    auto fates = finder.fates_of(cases.events[row.event]);
    auto losses = losses_of(impact, paths, fates);
    if (change != cases.changes.end()) {
      shape_as_change(change->second, row, fates, losses);
    }
    Teller(bp, requests_per_s, row).tell(fates, losses);
  }
}

}  // namespace outlast::pipeline
