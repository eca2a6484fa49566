#include "catalog/confirm_needs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "blueprint/call_record.h"

namespace outlast::catalog {

using blueprint::CallRecord;
using blueprint::DraftNeed;
using blueprint::Value;

namespace {

/// Tells where traces show another strength than a need has that is declared without one.
void tell_other_strength(const std::string& caller, const DraftNeed& seen,
                         const DraftNeed& declared, base::Diagnostics& diagnostics) {
  using blueprint::Strength;
  const Strength shown = seen.strength.value_or(Strength::hard);
  const bool is_seen =
      seen.record.is_known() && seen.strength.provenance() == blueprint::Provenance::inferred;
  if (!is_seen || declared.strength.is_known() || shown == Strength::hard) {
    return;
  }
  const std::string call = fmt::format("{} → {}", caller, base::join_words(declared.any_of));
  diagnostics.warning(
      "OUT-E1713", declared.evidence.span,
      fmt::format("{} is declared without a strength, so it is hard; traces show "
                  "it {}",
                  call, blueprint::name_of(shown)),
      fmt::format("what is declared counts; say {} where that is so", blueprint::name_of(shown)));
  const double failed = seen.record->errors * static_cast<double>(seen.record->calls);
  diagnostics.add(
      {base::DiagnosticSeverity::note, "OUT-E1713", seen.evidence.span,
       shown == Strength::soft
           ? fmt::format("{} was seen to fail {:.0f} times of {}, mostly without harm "
                         "to the request",
                         call, failed, seen.record->calls)
           : fmt::format("{} was seen to hand over messages, {} of them", call, seen.record->calls),
       ""});
}

}  // namespace

bool is_seen_of(const DraftNeed& need, const DraftNeed& declared) {
  const auto& named = declared.any_of;
  return need.record.is_known() && need.any_of.size() == 1 && !need.is_local &&
         need.evidence.span.source != declared.evidence.span.source &&
         std::find(named.begin(), named.end(), need.any_of.front()) != named.end();
}

void confirm(const DraftNeed& seen, DraftNeed& declared, const std::string& caller,
             base::Diagnostics& diagnostics) {
  tell_other_strength(caller, seen, declared, diagnostics);
  declared.port.fill(seen.port);
  declared.calls = seen.calls;
  if (seen.strength.provenance() == blueprint::Provenance::stated) {
    declared.strength.fill(seen.strength);
  }
  if (seen.record.is_known()) {
    const CallRecord& record = *seen.record;
    declared.record = Value<CallRecord>::of(
        declared.record.is_known() ? blueprint::sum_of(*declared.record, record) : record);
  }
}

}  // namespace outlast::catalog
