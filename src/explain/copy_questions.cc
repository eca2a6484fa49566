#include "explain/copy_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "blueprint/reached.h"
#include "failure/copies.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::NeedId;
using blueprint::Provenance;
using blueprint::Value;

namespace {

constexpr double kDay_s = 86'400;
constexpr double kKept_s = 7 * kDay_s;

/// Are there backups of which nobody says how old they get, or whether there are any?
bool leaves_backups_open(const Blueprint& bp, const catalog::Catalog& catalog, ComponentId store) {
  const auto copies = failure::copies_of(bp, catalog, store);
  const auto& backups = bp[store].backups;
  return failure::tells_no_copies(bp, store) ||
         ((backups.every.is_unknown() || backups.retention.is_unknown()) &&
          std::any_of(copies.begin(), copies.end(),
                      [](const auto& copy) { return !copy.is_known; }));
}

/// As an overlay would say it.
Settle backups_of(const std::string& id, double every_s, double retention_s) {
  return [=](Draft& draft) {
    if (DraftComponent* c = component_of(draft, id)) {
      c->backups.every = Value<base::Seconds>::of({every_s}, Provenance::assumed);
      c->backups.retention = Value<base::Seconds>::of({retention_s}, Provenance::assumed);
    }
  };
}

}  // namespace

std::vector<Asked> copy_questions(const Blueprint& bp, const catalog::Catalog& catalog) {
  std::vector<Asked> all;
  const std::vector<bool> is_used = blueprint::reached_from(bp, blueprint::entries_of(bp));
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const auto& c = bp[id];
    if (!c.is_store || !is_used[id.index] || !leaves_backups_open(bp, catalog, id)) {
      continue;
    }
    Asked asked;
    asked.question.question = fmt::format("what copies are kept of {}?", c.name);
    asked.question.answer_with = fmt::format(
        "components: {{{}: {{backups: {{every: …, retention: …}}}}}}; none: retention: 0s", c.name);
    asked.question.outcomes = {"one a day", "none"};
    asked.question.evidence = c.evidence;
    asked.settle = {backups_of(c.id, kDay_s, kKept_s), backups_of(c.id, kDay_s, 0)};
    all.push_back(std::move(asked));
  }
  return all;
}

}  // namespace outlast::explain
