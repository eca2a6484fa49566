// Stores whose data and all copies one identity can delete: who steals it can ask for a ransom.

#include <algorithm>
#include <string_view>

#include "failure/replicas.h"
#include "pipeline/attacks.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using base::Truth;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

constexpr std::string_view kFinding = "one_credential_takes_all";

/// Do its provider's own backups go with it, and is nothing else kept: no copy that somebody names,
/// no replica, no backup in another region?
bool goes_with_its_backups(const blueprint::Component& c) {
  const bool is_marked =
      std::any_of(c.marks.begin(), c.marks.end(),
                  [](const blueprint::Mark& mark) { return mark.finding == kFinding; });
  const auto& backups = c.backups;
  const bool are_here = backups.in.is_unset() ||
                        (backups.in.is_known() && c.region.is_known() && *backups.in == *c.region);
  const bool are_kept = backups.retention.is_known() && backups.retention->value > 0;
  return is_marked && are_here && are_kept && c.copies.empty();
}

/// Is all that is known to be kept of it in reach of who may delete it?
bool is_all_in_reach(const blueprint::Blueprint& bp, const blueprint::Component& c) {
  return goes_with_its_backups(c) ||
         (failure::has_named_copies(bp, c) &&
          std::all_of(c.copies.begin(), c.copies.end(), [](const auto& copy) {
            return !copy.immutable.value_or(false) && copy.account.is_unset() &&
                   copy.provider.is_unset() && copy.credential.is_unset();
          }));
}

}  // namespace

void find_ransom(const Intruder& intruder, FindingMaker& maker) {
  const auto& bp = intruder.bp();
  const security::Permissions permissions(bp);
  for (const auto& store : bp.access().data) {
    const auto& c = bp[store.of];
    const bool all_within_reach = is_all_in_reach(bp, c);
    for (std::size_t i = 0; all_within_reach && i < bp.access().identities.size(); ++i) {
      const auto& identity = bp.access().identities[i];
      const auto may = permissions.may(identity.address, store.deletes, store);
      if (may.truth != Truth::yes || (identity.worn_by.empty() && !identity.has_key)) {
        continue;
      }
      const bool is_in_reach =
          intruder.from_internet().truth[intruder.graph().identity(i).index] == Truth::yes;
      Words words;
      words.name = c.name;
      words.cut = identity.name;
      Finding finding = maker.start(kFinding, {store.of}, words);
      finding.severity = is_in_reach ? Severity::high : Severity::medium;
      finding.cut = {c.id, identity.address};
      finding.evidence.push_back(bp.grants()[may.grant].evidence);
      finding.evidence.push_back(identity.evidence);
      maker.add(std::move(finding));
    }
  }
}

}  // namespace outlast::pipeline
