// What ends: support of versions, and certificates. Held against a day that is given, not a clock.

#include <algorithm>
#include <optional>

#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::ComponentId;
using blueprint::Lifetime;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

struct Ending {
  std::string_view rule;
  Severity severity = Severity::low;
};

/// What a day that is over, or near, means; nothing while it is more than a year away.
std::optional<Ending> ending_of(const Lifetime& lifetime, base::Date as_of, bool is_used) {
  const bool has_ended = lifetime.ends <= as_of;
  if (lifetime.ends > base::a_year_after(as_of)) {
    return std::nullopt;
  }
  if (lifetime.source.empty()) {  // it tells its own day: a certificate
    return Ending{"certificate_ends", has_ended && is_used ? Severity::high : Severity::low};
  }
  return has_ended ? Ending{"support_ended", is_used ? Severity::medium : Severity::low}
                   : Ending{"support_ends_soon", Severity::low};
}

/// "it costs extra; on 2027-03-31 the provider upgrades it".
std::string what_follows(const Lifetime& lifetime) {
  if (!lifetime.forced) {
    return lifetime.after;
  }
  return *lifetime.forced == lifetime.ends
             ? lifetime.after + ", and " + lifetime.forces
             : lifetime.after + "; on " + base::format_date(*lifetime.forced) + " " +
                   lifetime.forces;
}

}  // namespace

void find_lifetimes(FindingMaker& maker) {
  const auto& used = maker.on_a_path();
  for (const ComponentId id : base::ids<ComponentId>(maker.bp().components().size())) {
    for (const Lifetime& lifetime : maker.bp()[id].lifetimes) {
      const auto ending = ending_of(lifetime, maker.as_of(), used.contains(id));
      if (!ending) {
        continue;
      }
      Words words;
      words.name = maker.bp()[id].name;
      words.cut = lifetime.what;
      words.date = base::format_date(lifetime.ends);
      words.day = base::format_date(maker.as_of());
      words.then = what_follows(lifetime);
      Finding finding = maker.start(ending->rule, {id}, words);
      finding.severity = std::max(findings::rule_named(ending->rule).at_most, ending->severity);
      finding.evidence = {lifetime.evidence};
      finding.cut = {maker.bp()[id].id, lifetime.what};
      maker.add(std::move(finding));
    }
  }
}

}  // namespace outlast::pipeline
