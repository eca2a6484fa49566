/// Money that serves nobody.
///
/// Four things are looked for, each with its evidence: what nothing uses; a way out for each zone
/// while a single replica goes out; a standby, which serves nobody while its primary lives; more
/// replicas than the stated load needs even where requests are as heavy as they may be. To go
/// without the latter three can be felt when something fails, so each is taken out of the draft,
/// and the rest evaluated again: a finding tells both sides, money and downtime. What saves nothing
/// that has a price is not told.

#include "pipeline/find_waste.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/units.h"
#include "clock/load_model.h"
#include "findings/surge.h"
#include "pipeline/cost.h"
#include "pipeline/derive_findings.h"
#include "pipeline/finding_maker.h"
#include "pipeline/leaner_drafts.h"
#include "pipeline/unattached.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Draft;
using clock::load_model_of;
using clock::LoadModel;
using clock::Strain;
using engines::cost::Line;
using engines::cost::LineState;
using findings::Waste;

namespace {

constexpr std::size_t kMostPriced = 4;
constexpr std::size_t kMostLookedAt = 16;

/// A change that would save money, before it is weighed.
struct Idea {
  std::string rule;                    ///< name of the rule
  std::vector<std::string> addresses;  ///< what it is about, the first by name
  std::vector<ComponentId> components;
  base::Money saves;
  std::unique_ptr<Draft> without;  ///< the architecture changed; null where nobody would feel it
  std::string reason = {};
  std::string zones = {};
  blueprint::Evidence evidence = {};  ///< of what is no component
};

class WasteFinder {
 public:
  WasteFinder(const Draft& draft, const Blueprint& bp, const catalog::Catalog& catalog,
              const blueprint::OwnPrices& own, const Study& study)
      : draft_(draft), bp_(bp), catalog_(catalog), own_(own), study_(study) {
    for (const Line& line : study_.analysis.cost->bill.lines) {
      if (line.state == LineState::priced) {
        of_address_[line.address] += line.monthly.micro_usd;
        of_component_[line.component] += line.monthly.micro_usd;
      }
    }
  }

  std::vector<Idea> find() {
    note_dearest();
    find_unattached();
    find_gateways_for_one();
    for (const ComponentId id : dearest_) {
      find_idle_standby(id);
    }
    find_oversized();
    std::erase_if(ideas_, [](const Idea& idea) { return idea.saves.micro_usd <= 0; });
    std::stable_sort(ideas_.begin(), ideas_.end(), [](const Idea& a, const Idea& b) {
      return a.saves.micro_usd > b.saves.micro_usd;
    });
    return std::move(ideas_);
  }

 private:
  /// The components that cost most: what the others could save is not worth the look.
  void note_dearest() {
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      if (of_component_.contains(bp_[id].id)) {
        dearest_.push_back(id);
      }
    }
    std::stable_sort(dearest_.begin(), dearest_.end(), [&](ComponentId a, ComponentId b) {
      return of_component_[bp_[a].id] > of_component_[bp_[b].id];
    });
    dearest_.resize(std::min(dearest_.size(), kMostLookedAt));
  }

  void find_unattached() {
    for (const Line* line : unattached(draft_, bp_, catalog_, study_.analysis.cost->bill.lines)) {
      const ComponentId id = bp_.find(line->component);
      Idea idea;
      idea.rule = "unattached";
      idea.addresses = {line->address};
      idea.components = id.exists() ? std::vector{id} : std::vector<ComponentId>();
      idea.saves = {of_address_[line->address]};
      idea.evidence = line->evidence;
      ideas_.push_back(std::move(idea));
    }
  }

  /// Who goes out through each of the components that replicas draw their way out from.
  void find_gateways_for_one() {
    std::map<std::string, std::set<ComponentId>> gateways;  // by provider, region and type
    for (const auto& need : bp_.needs()) {
      for (const ComponentId id : need.any_of) {
        if (need.kind == blueprint::EdgeKind::supply && need.is_local &&
            bp_[id].scope == blueprint::Scope::zone && bp_[id].kind == blueprint::Kind::network) {
          gateways[group_of(bp_[id])].insert(id);
        }
      }
    }
    for (const auto& [group, all] : gateways) {
      const auto users = users_of(all);
      const bool is_one = users.size() == 1 && bp_[*users.begin()].replica_count.value_or(0) == 1;
      if (all.size() > 1 && is_one) {
        add_gateways(*users.begin(), {all.begin(), all.end()});
      }
    }
  }

  static std::string group_of(const Component& c) {
    return c.provider + " " + c.region.value_or("") + " " + c.type;
  }

  [[nodiscard]] std::set<ComponentId> users_of(const std::set<ComponentId>& gateways) const {
    std::set<ComponentId> users;
    for (const auto& need : bp_.needs()) {
      const bool goes_out = std::any_of(need.any_of.begin(), need.any_of.end(),
                                        [&](ComponentId id) { return gateways.contains(id); });
      if (goes_out && !gateways.contains(need.from)) {
        users.insert(need.from);
      }
    }
    return users;
  }

  void add_gateways(ComponentId user, const std::vector<ComponentId>& gateways) {
    Idea idea;
    idea.rule = "gateways_for_one";
    idea.components = {user};
    idea.addresses = {bp_[user].id};
    idea.zones = std::to_string(gateways.size());
    std::set<std::string> dropped;
    for (std::size_t i = 1; i < gateways.size(); ++i) {
      dropped.insert(bp_[gateways[i]].id);
      idea.components.push_back(gateways[i]);
      idea.addresses.push_back(bp_[gateways[i]].id);
      idea.saves.micro_usd += of_component_[bp_[gateways[i]].id];
    }
    idea.without = std::make_unique<Draft>(with_one_for(draft_, bp_[gateways.front()].id, dropped));
    ideas_.push_back(std::move(idea));
  }

  /// What the bill falls by.
  [[nodiscard]] base::Money saved_by(const Draft& without) const {
    base::Diagnostics unheard;
    const auto bp = blueprint::validate(without, unheard);
    if (!bp) {
      return {};
    }
    const auto bill = cost_of(draft_, *bp, catalog_, own_).bill;
    return {study_.analysis.cost->bill.monthly.micro_usd - bill.monthly.micro_usd};
  }

  void find_idle_standby(ComponentId id) {
    const Component& c = bp_[id];
    const bool has_standby =
        c.redundancy == blueprint::Redundancy::primary_standby && c.replica_count.value_or(1) == 2;
    if (has_standby) {
      add_fewer("idle_standby", id, 1, "");
    }
  }

  /// Only where users, what they ask, size and number of replicas are all stated.
  void find_oversized() {
    const auto& users = bp_.objectives().users;
    if (!users.requests_per_minute.is_known() || !users.now.is_known()) {
      return;
    }
    const double most = std::max(*users.now, users.peak.value_or(0));
    const LoadModel load = load_model_of(bp_, catalog_, Strain::high);
    for (std::size_t i = 0; i < load.parts.size(); ++i) {
      const auto& station = load.model.stations[engines::simulation::StationId(i)];
      const Component& c = bp_[load.parts[i].component];
      const auto replicas = c.replica_count.value_or(0);
      const bool is_told =
          c.size.is_known() && replicas > 1 && !c.at_least_is_assumed &&
          c.redundancy == blueprint::Redundancy::active_active &&
          std::isfinite(load.parts[i].most_servers) &&
          std::find(dearest_.begin(), dearest_.end(), load.parts[i].component) != dearest_.end();
      if (is_told) {
        const double busy = most * load.requests_per_user_s * load.parts[i].visits *
                            station.service.mean_s / static_cast<double>(station.servers);
        add_oversized(load.parts[i].component, busy, most);
      }
    }
  }

  void add_oversized(ComponentId id, double busy_replicas, double users) {
    constexpr double kWanted = 0.6;  // the level that autoscalers are usually told to keep
    const Component& c = bp_[id];
    const auto needed = std::max({static_cast<std::int64_t>(std::ceil(busy_replicas / kWanted)),
                                  static_cast<std::int64_t>(c.at_least), std::int64_t{1}});
    if (needed >= *c.replica_count) {
      return;
    }
    add_fewer(
        "oversized", id, needed,
        fmt::format("{} of {} replicas carry {} users at 60 % of their processors, even where "
                    "requests are as heavy as they may be. ",
                    needed, *c.replica_count, findings::count_text(users)));
  }

  /// The idea to run fewer replicas of a component.
  void add_fewer(std::string rule, ComponentId id, std::int64_t replicas, std::string reason) {
    Idea idea;
    idea.rule = std::move(rule);
    idea.addresses = {bp_[id].id};
    idea.components = {id};
    idea.reason = std::move(reason);
    const auto& lines = study_.analysis.cost->bill.lines;
    if (std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
          return line.component == bp_[id].id && line.state == LineState::unpriced;
        })) {
      return;  // what the priced part would save says nothing of the whole
    }
    idea.without = std::make_unique<Draft>(with_replicas(draft_, bp_[id].id, replicas));
    idea.saves = saved_by(*idea.without);
    ideas_.push_back(std::move(idea));
  }

  const Draft& draft_;
  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const blueprint::OwnPrices& own_;
  const Study& study_;
  std::map<std::string, std::int64_t> of_address_, of_component_;
  std::vector<ComponentId> dearest_;
  std::vector<Idea> ideas_;
};

/// Hours a year that more users are not served without it; absent where it cannot be told.
std::optional<double> hours_lost(const Draft& without, const Study& study,
                                 const catalog::Catalog& catalog, AnalysisOptions how) {
  base::Diagnostics unheard;
  const auto bp = blueprint::validate(without, unheard);
  if (!bp || !study.analysis.availability) {
    return std::nullopt;
  }
  how.outcome_only = true;
  how.with_interval = false;
  how.on_step = {};
  const auto after = analyse(*bp, catalog, how).analysis;
  if (!after.availability) {
    return std::nullopt;
  }
  const double hours =
      (study.analysis.availability->value - after.availability->value) * base::kMinutesPerYear / 60;
  return std::max(0.0, hours);
}

std::string words_of(const Waste& waste, const std::string& reason) {
  const std::string saves = fmt::format("{}Without it {} a month would be saved", reason,
                                        findings::money_text(waste.saves));
  if (!waste.hours_lost_per_year) {
    return saves + ".";
  }
  const double seconds = *waste.hours_lost_per_year * 3600;
  return seconds < 1 ? saves + ", and no user would be down for longer."
                     : fmt::format("{}, and users would be down {} a year longer.", saves,
                                   base::format_duration({seconds}));
}

}  // namespace

void find_waste(const Draft& draft, const Blueprint& bp, const catalog::Catalog& catalog,
                const blueprint::OwnPrices& own, const AnalysisOptions& how, Study& study) {
  findings::Analysis& analysis = study.analysis;
  FindingMaker maker(bp, catalog, study.workings.cases, study.workings.paths,
                     {study.workings.minutes_of_event, analysis.stores,
                      how.as_of.value_or(catalog.tables().as_of)});
  std::size_t tried = 0;
  for (Idea& idea : WasteFinder(draft, bp, catalog, own, study).find()) {
    Waste waste{idea.rule, idea.addresses, idea.saves, 0.0};
    if (idea.without) {
      waste.hours_lost_per_year =
          tried++ < kMostPriced ? hours_lost(*idea.without, study, catalog, how) : std::nullopt;
    }
    findings::Words words;
    words.name =
        idea.components.empty() ? idea.addresses.front() : bp[idea.components.front()].name;
    words.zones = idea.zones;
    words.cut = words_of(waste, idea.reason);
    findings::Finding finding = maker.start(idea.rule, idea.components, words);
    if (finding.components.empty()) {
      finding.components = idea.addresses;
      finding.evidence = {idea.evidence};
    }
    finding.cut = idea.addresses;
    finding.severity = findings::rule_named(idea.rule).at_most;
    maker.add(std::move(finding));
    analysis.cost->idle_monthly.micro_usd += waste.saves.micro_usd;
    analysis.cost->idle.push_back(std::move(waste));
  }
  for (findings::Finding& finding : maker.take()) {
    analysis.findings.push_back(std::move(finding));
  }
  rank(analysis.findings);
}

}  // namespace outlast::pipeline
