// Stores whose data and all copies one identity can delete: who steals it can ask for a ransom.

#include <algorithm>

#include "failure/replicas.h"
#include "pipeline/attacks.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using base::Truth;
using findings::Finding;
using findings::Severity;
using findings::Words;

void find_ransom(const Intruder& intruder, FindingMaker& maker) {
  const auto& bp = intruder.bp();
  const security::Permissions permissions(bp);
  for (const auto& store : bp.access().data) {
    const auto& c = bp[store.of];
    const bool all_within_reach =
        failure::has_named_copies(bp, c) &&
        std::all_of(c.copies.begin(), c.copies.end(), [](const auto& copy) {
          return !copy.immutable.value_or(false) && copy.account.is_unset() &&
                 copy.provider.is_unset() && copy.credential.is_unset();
        });
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
      Finding finding = maker.start("one_credential_takes_all", {store.of}, words);
      finding.severity = is_in_reach ? Severity::high : Severity::medium;
      finding.cut = {c.id, identity.address};
      finding.evidence.push_back(bp.grants()[may.grant].evidence);
      finding.evidence.push_back(identity.evidence);
      maker.add(std::move(finding));
    }
  }
}

}  // namespace outlast::pipeline
