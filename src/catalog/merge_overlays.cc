#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "catalog/confirm_needs.h"
#include "catalog/merge_access.h"
#include "catalog/names.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Value;

namespace {

/// Takes what the overlay states; later words override earlier ones.
void merge_fields(DraftComponent& c, const DraftComponent& overlay) {
  c.name.override_by(overlay.name);
  c.type.override_by(overlay.type);
  c.kind.override_by(overlay.kind);
  c.service_model.override_by(overlay.service_model);
  c.scope.override_by(overlay.scope);
  c.provider.override_by(overlay.provider);
  c.account.override_by(overlay.account);
  c.region.override_by(overlay.region);
  c.size.override_by(overlay.size);
  c.replicas.override_by(overlay.replicas);
  c.at_least.override_by(overlay.at_least);
  c.redundancy.override_by(overlay.redundancy);
  c.relocates.override_by(overlay.relocates);
  c.bound.override_by(overlay.bound);
  c.kept_apart.override_by(overlay.kept_apart);
  c.is_workload.override_by(overlay.is_workload);
  c.internet.override_by(overlay.internet);
  c.holds.override_by(overlay.holds);
  if (!overlay.placements.empty()) {
    c.placements = overlay.placements;
    c.placements_are_known = true;
  }
  if (!overlay.operations.empty()) {
    c.operations = overlay.operations;
  }
  for (const auto& [kind, names] : overlay.fate) {
    c.fate[kind] = names;
  }
  for (const auto& [name, value] : overlay.traits) {
    c.traits[name] = value;
  }
  for (const blueprint::Mark& mark : overlay.marks) {
    const bool is_told = std::any_of(c.marks.begin(), c.marks.end(), [&](const auto& other) {
      return other.finding == mark.finding && other.about == mark.about;
    });
    if (!is_told) {
      c.marks.push_back(mark);
    }
  }
}

void merge_rollout(blueprint::Rollout& known, const blueprint::Rollout& overlay) {
  known.strategy.override_by(overlay.strategy);
  if (!overlay.steps.empty()) {
    known.steps = overlay.steps;
  }
  known.bake.override_by(overlay.bake);
  known.watched.override_by(overlay.watched);
  known.gate.override_by(overlay.gate);
  known.starts_checked.override_by(overlay.starts_checked);
  known.activation.override_by(overlay.activation);
  known.revert.override_by(overlay.revert);
  known.reversible.override_by(overlay.reversible);
  known.every.override_by(overlay.every);
  known.bad.override_by(overlay.bad);
}

void merge_sections(DraftComponent& c, const DraftComponent& overlay) {
  c.backups.every.override_by(overlay.backups.every);
  c.backups.retention.override_by(overlay.backups.retention);
  c.backups.facility.override_by(overlay.backups.facility);
  c.backups.in.override_by(overlay.backups.in);
  c.care.credential.override_by(overlay.care.credential);
  c.care.encrypted_by.override_by(overlay.care.encrypted_by);
  c.care.on_primary_loss.override_by(overlay.care.on_primary_loss);
  c.care.lost_with_machine.override_by(overlay.care.lost_with_machine);
  for (const blueprint::Copy& copy : overlay.copies) {
    std::erase_if(c.copies, [&](const auto& known) { return known.name == copy.name; });
    c.copies.push_back(copy);
  }
  c.failure.every.override_by(overlay.failure.every);
  c.failure.repair.override_by(overlay.failure.repair);
  c.failure.waits.override_by(overlay.failure.waits);
  c.failure.by_hand.override_by(overlay.failure.by_hand);
  c.switching.detect.override_by(overlay.switching.detect);
  c.switching.takes.override_by(overlay.switching.takes);
  c.switching.coverage.override_by(overlay.switching.coverage);
  c.switching.unnoticed.override_by(overlay.switching.unnoticed);
  c.switching.freed.override_by(overlay.switching.freed);
  c.switching.good.override_by(overlay.switching.good);
  c.scale.min.override_by(overlay.scale.min);
  c.scale.max.override_by(overlay.scale.max);
  c.scale.target.override_by(overlay.scale.target);
  c.scale.warm_up.override_by(overlay.scale.warm_up);
  c.scale.cooldown_out.override_by(overlay.scale.cooldown_out);
  c.scale.cooldown_in.override_by(overlay.scale.cooldown_in);
  c.scale.grows.override_by(overlay.scale.grows);
  c.scale.shrinks.override_by(overlay.scale.shrinks);
  c.calls.timeout.override_by(overlay.calls.timeout);
  c.calls.retries.override_by(overlay.calls.retries);
  c.calls.backoff_min.override_by(overlay.calls.backoff_min);
  c.calls.backoff_max.override_by(overlay.calls.backoff_max);
  c.calls.jitter.override_by(overlay.calls.jitter);
  c.calls.breaker_share.override_by(overlay.calls.breaker_share);
  c.calls.breaker_within.override_by(overlay.calls.breaker_within);
  c.calls.breaker_rests.override_by(overlay.calls.breaker_rests);
  c.calls.budget.override_by(overlay.calls.budget);
  c.calls.connections.override_by(overlay.calls.connections);
  c.calls.waiting.override_by(overlay.calls.waiting);
  c.serving.work.override_by(overlay.serving.work);
  c.serving.varies.override_by(overlay.serving.varies);
  c.serving.at_once.override_by(overlay.serving.at_once);
  c.serving.threads.override_by(overlay.serving.threads);
  c.serving.queue.override_by(overlay.serving.queue);
  c.serving.order.override_by(overlay.serving.order);
  c.serving.drops_expired.override_by(overlay.serving.drops_expired);
  merge_rollout(c.rollout, overlay.rollout);
  merge_rollout(c.configuration, overlay.configuration);
}

/// Finds components by id, or by a name or end of an address that only one of them has.
class Names {
 public:
  explicit Names(const Draft& draft) {
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      const DraftComponent& c = draft.components[i];
      add(c, i);
      // A name that had to be told apart is still heard, and answered with all it may mean.
      for (const std::size_t parts : {std::size_t{1}, std::size_t{2}}) {
        if (std::string name = last_parts(c.id, parts); name != c.name.value_or("")) {
          by_name_[std::move(name)].push_back(i);
        }
      }
    }
  }

  void add(const DraftComponent& c, std::size_t at) {
    by_id_.emplace(c.id, at);
    if (c.name.is_known()) {
      by_name_[*c.name].push_back(at);
    }
  }

  /// All that `word` may mean: none, one, or several of one name.
  [[nodiscard]] std::vector<std::size_t> meant_by(const std::string& word) const {
    if (const auto found = by_id_.find(word); found != by_id_.end()) {
      return {found->second};
    }
    const auto found = by_name_.find(word);
    return found == by_name_.end() ? std::vector<std::size_t>{} : found->second;
  }

  /// What is only spoken of is no suggestion.
  void add_missing(const std::string& id) { missing_.insert(id); }

  /// The id or name that `word` was probably meant to be; empty if none is near.
  [[nodiscard]] std::string nearest(const std::string& word) const {
    std::vector<std::string_view> all;
    for (const auto& [id, at] : by_id_) {
      if (!missing_.contains(id)) {
        all.push_back(id);
      }
    }
    for (const auto& [name, at] : by_name_) {
      all.push_back(name);
    }
    return std::string(base::nearest(word, all));
  }

 private:
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
  std::set<std::string> missing_;
};

/// What only traces showed of a component that is declared: who calls, and how long it works.
DraftComponent declared_anew(DraftComponent&& traced, const DraftComponent& overlay) {
  DraftComponent c;
  c.id = overlay.id;
  c.evidence = overlay.evidence;
  c.needs = std::move(traced.needs);
  c.work = traced.work;
  return c;
}

/// Ids of what only traces show.
std::set<std::string> traced_ids(const Draft& draft) {
  std::set<std::string> ids;
  for (const auto& resource : draft.resources) {
    if (resource.format == kTraceFormat) {
      ids.insert(resource.address);
    }
  }
  return ids;
}

constexpr const char* kSayType = "add `type: provider.service`, such as `type: aws.ec2`";

class Merger {
 public:
  Merger(Draft& draft, base::Diagnostics& diagnostics)
      : draft_(draft), diagnostics_(diagnostics), names_(draft), traced_(traced_ids(draft)) {}

  void merge() {
    std::vector<std::pair<std::size_t, const DraftComponent*>> merged;
    for (const DraftComponent& overlay : draft_.overlays) {
      if (const auto at = target_of(overlay)) {
        merge_fields(draft_.components[*at], overlay);
        merge_sections(draft_.components[*at], overlay);
        merged.emplace_back(*at, &overlay);
      }
    }
    for (const auto& [at, overlay] : merged) {
      merge_needs(draft_.components[at], *overlay);
    }
    for (blueprint::DraftJourney& journey : draft_.journeys) {
      for (blueprint::DraftCohort& cohort : journey.cohorts) {
        resolve(cohort.enters, "", cohort.span.exists() ? cohort.span : journey.evidence.span);
      }
    }
    merge_access(
        draft_, [&](std::string& word, base::Span span) { resolve(word, "", span); }, diagnostics_);
  }

 private:
  /// The component an overlay speaks of, or a new one: also where nobody says what that is, so that
  /// whoever refers to it is not told off as well. None if it may be several.
  std::optional<std::size_t> target_of(const DraftComponent& overlay) {
    const auto meant = names_.meant_by(overlay.id);
    if (meant.size() == 1) {
      if (DraftComponent& known = draft_.components[meant.front()];
          known.id == overlay.id && traced_.erase(known.id) > 0) {
        known = declared_anew(std::move(known), overlay);
      }
      return meant.front();
    }
    if (meant.size() > 1) {
      tell_ambiguous(overlay.id, meant, overlay.evidence.span);
      refused_.insert(overlay.id);
      return std::nullopt;
    }
    const bool is_missing = overlay.type.is_unset() && overlay.kind.is_unset();
    if (is_missing && !draft_.is_incomplete) {
      tell_missing(overlay);
      names_.add_missing(overlay.id);
    }
    DraftComponent fresh;
    fresh.id = overlay.id;
    fresh.evidence = overlay.evidence;
    draft_.components.push_back(std::move(fresh));
    draft_.components.back().name = overlay.name;
    if (is_missing) {  // how many there are is as little known as what it is
      draft_.components.back().replicas = Value<std::int64_t>::unknown();
    }
    names_.add(draft_.components.back(), draft_.components.size() - 1);
    return draft_.components.size() - 1;
  }

  void tell_missing(const DraftComponent& overlay) {
    const std::string near = names_.nearest(overlay.id);
    diagnostics_.error("OUT-E1207", overlay.evidence.span,
                       fmt::format("component {} is in no input and says no type", overlay.id),
                       near.empty()
                           ? kSayType
                           : fmt::format("did you mean \"{}\"? If it is new, {}", near, kSayType));
  }

  void merge_needs(DraftComponent& c, const DraftComponent& overlay) {
    for (DraftNeed need : overlay.needs) {
      for (std::string& target : need.any_of) {
        resolve(target, c.id, need.targets.exists() ? need.targets : need.evidence.span);
      }
      if (!need.via.empty()) {
        resolve(need.via, c.id, need.evidence.span);
      }
      if (!need.cached_in.empty()) {
        resolve(need.cached_in, c.id, need.evidence.span);
      }
      std::erase_if(c.needs, [&](const DraftNeed& known) {
        const bool is_same = known.any_of == need.any_of && known.is_local == need.is_local &&
                             known.local_zone == need.local_zone;
        const bool is_seen = is_seen_of(known, need);
        if (is_same || is_seen) {
          confirm(known, need, c.id, diagnostics_);
        }
        return is_same || is_seen;
      });
      c.needs.push_back(std::move(need));
    }
  }

  /// Turns a name into the id it stands for; `validate` tells of ids that lead nowhere.
  /// Of several it is one that could be meant: not the asking one itself.
  void resolve(std::string& word, const std::string& asking, base::Span span) {
    const auto meant = names_.meant_by(word);
    if (meant.size() > 1 && !refused_.contains(word)) {
      tell_ambiguous(word, meant, span);
    }
    if (!meant.empty()) {
      const bool is_own = meant.size() > 1 && draft_.components[meant.front()].id == asking;
      word = draft_.components[is_own ? meant[1] : meant.front()].id;
    }
  }

  void tell_ambiguous(const std::string& word, const std::vector<std::size_t>& meant,
                      base::Span span) {
    std::vector<std::string> ids;
    for (const std::size_t at : meant) {
      ids.push_back(draft_.components[at].id);
    }
    if (std::count(ids.begin(), ids.end(), ids.front()) == std::ptrdiff_t(ids.size())) {
      return;  // one component that stands twice: `validate` tells it
    }
    diagnostics_.error("OUT-E1208", span,
                       fmt::format("\"{}\" may mean {}", word, base::join_words(ids)),
                       "use the whole address");
  }

  Draft& draft_;
  base::Diagnostics& diagnostics_;
  Names names_;
  std::set<std::string> refused_;  ///< components that were told to be ambiguous
  std::set<std::string> traced_;   ///< ids of what only traces show, so far
};

}  // namespace

void merge_overlays(Draft& draft, base::Diagnostics& diagnostics) {
  Merger(draft, diagnostics).merge();
}

}  // namespace outlast::catalog
