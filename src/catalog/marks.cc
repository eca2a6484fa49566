#include "catalog/marks.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "catalog/attribute_path.h"

namespace outlast::catalog {

using blueprint::DraftComponent;
using blueprint::Value;

namespace {

/// In a check's conditions: what the component runs, by its name, or "store" for what keeps data;
/// types of which no part is there; and whether its replicas are kept apart from each other.
constexpr std::string_view kProgram = "@program";
constexpr std::string_view kWithout = "@without";
constexpr std::string_view kKeptApart = "@apart";
/// Path of a reference to what ranks higher.
constexpr std::string_view kOutranked = "outranked_by";

bool is_program(const ProgramEntry* program, std::string_view asked) {
  return program != nullptr && (asked == "store" ? program->is_store : program->name == asked);
}

bool has_part(const Sight& sight, ResourceId id, std::string_view types) {
  const auto& parts = sight.folding.parts(id);
  const auto names = base::split(types, ',');
  return std::any_of(parts.begin(), parts.end(), [&](ResourceId part) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return sight.graph.entry(part).name == base::trim(name);
    });
  });
}

/// Does it refer to itself as to what its replicas are kept apart from?
bool is_kept_apart(const blueprint::DraftResource& resource, ResourceId id) {
  return std::any_of(resource.references.begin(), resource.references.end(),
                     [&](const auto& reference) {
                       return reference.path == kKeptApart.substr(1) &&
                              std::find(reference.targets.begin(), reference.targets.end(), id) !=
                                  reference.targets.end();
                     });
}

/// Jobs that its pods make room for where nodes are full.
void mark_outranked(const Sight& sight, const blueprint::DraftResource& resource,
                    DraftComponent& c) {
  for (const blueprint::Reference& reference : resource.references) {
    if (reference.path == kOutranked) {
      std::vector<std::string> names;
      for (const ResourceId job : reference.targets) {
        names.push_back(sight.graph.resource(job).name);
      }
      c.marks.push_back({"gives_way", resource.evidence, base::join_words(names)});
    }
  }
}

}  // namespace

Truth meets(const Sight& sight, ResourceId whole, ResourceId part, const Condition& condition) {
  if (condition.attribute == kProgram) {
    return is_program(sight.programs[part.index], condition.value) ? Truth::yes : Truth::no;
  }
  if (condition.attribute == kWithout) {
    return has_part(sight, whole, condition.value) ? Truth::no : Truth::yes;
  }
  if (condition.attribute == kKeptApart) {
    const bool is_apart = is_kept_apart(sight.graph.resource(whole), whole);
    return is_apart == (condition.value == "true") ? Truth::yes : Truth::no;
  }
  return holds(sight.graph.resource(part).attributes, condition.attribute, condition.value);
}

void add_marks(const Sight& sight, ResourceId id, DraftComponent& c) {
  const auto& resource = sight.graph.resource(id);
  for (const Check& check : sight.graph.entry(id).checks) {
    const bool is_told = std::any_of(c.marks.begin(), c.marks.end(), [&](const auto& mark) {
      return mark.finding == check.finding;
    });
    const bool ends_well = check.stays_down && sight.programs[id.index] != nullptr &&
                           sight.programs[id.index]->runs_once();
    const bool is_told_of_one_machine = check.not_apart && !resource.only_machine.empty();
    const bool shows =
        !is_told && !ends_well && !is_told_of_one_machine &&
        std::all_of(check.when.begin(), check.when.end(), [&](const Condition& condition) {
          return meets(sight, id, id, condition) == Truth::yes;
        });
    if (shows && check.binds) {
      c.bound.fill(Value<bool>::of(true, blueprint::Provenance::inferred));
      c.care.lost_with_machine.fill(Value<bool>::unknown());  // it may come back with its disk
    }
    if (shows && check.loses) {
      c.care.lost_with_machine.fill(Value<bool>::of(true, blueprint::Provenance::inferred));
    }
    if (shows && check.stays_down) {
      c.failure.by_hand.fill(Value<bool>::of(true, blueprint::Provenance::inferred));
    }
    if (shows && check.not_apart) {
      c.kept_apart.fill(Value<bool>::unknown());  // a scheduler prefers to, and need not
    }
    if (shows) {
      blueprint::Evidence evidence = resource.evidence;
      const auto at = select(resource.attributes, check.attribute);
      if (!at.empty()) {
        evidence.span = at.front().node.span();
        evidence.pointer = pointer_to(resource.attributes_pointer, at.front().path);
      }
      c.marks.push_back({std::string(check.finding), std::move(evidence)});
    }
  }
  mark_outranked(sight, resource, c);
}

}  // namespace outlast::catalog
