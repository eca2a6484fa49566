// Components that hold a copy of what another one holds.
//
// Their source keeps the data: they are copies of it, and lose what it loses by a mistake. Nothing
// takes over to them by itself, so who needs one in another region is served with less while the
// source is out: nothing can be written until people promote it. Within a region who needs one
// came to read.
//
// Replicas of a database that open the same files are one copy: it locks them, so a second one does
// not start, and one that does spoils them.

#include <fmt/format.h>

#include <algorithm>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::CopyKind;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// Do all of its replicas keep their data in one and the same place?
bool share_one_volume(const blueprint::DraftResource& resource) {
  return std::any_of(resource.references.begin(), resource.references.end(),
                     [](const auto& reference) { return reference.path == "one_volume"; });
}

void join_on_one_volume(const Sight& sight, Draft& draft) {
  for (const auto& [index, at] : sight.component_of) {
    DraftComponent& c = draft.components[at];
    const ProgramEntry* program = sight.programs[index];
    if (program == nullptr || !program->is_store || c.replicas.value_or(1) <= 1 ||
        !share_one_volume(sight.graph.resource(ResourceId{index}))) {
      continue;
    }
    draft.assumptions.push_back(
        {c.id + ": replicas", "one copy",
         fmt::format("its {} replicas open the files of one volume: a second one does not start",
                     *c.replicas)});
    c.replicas = Value<std::int64_t>::of(1, Provenance::inferred, c.replicas.span());
    c.at_least = {};
  }
}

/// What is fed by another and goes on without it, but cannot be changed, holds a copy of it.
bool follows(const LinkRule& rule) {
  return rule.role == LinkRole::needs && rule.kind == blueprint::EdgeKind::supply &&
         rule.strength == blueprint::Strength::control;
}

/// What a link that follows leads to: its target, or, where that only joins several, the one of
/// these that follows nobody; none where that cannot be told.
ResourceId source_of(const Sight& sight, const Link& link,
                     const std::vector<ResourceId>& followers) {
  std::vector<ResourceId> sources;
  for (const ResourceId target : link.naming.targets) {
    for (const ResourceId owner : sight.folding.owners(target)) {
      if (std::find(followers.begin(), followers.end(), owner) == followers.end() ||
          owner == target) {
        sources.push_back(owner);
      }
    }
  }
  const bool is_one = sources.size() == 1 && sources.front() != link.subject &&
                      sight.component_of.contains(sources.front().index);
  return is_one ? sources.front() : ResourceId();
}

bool lies_in_another_region(const DraftComponent& a, const DraftComponent& b) {
  return a.region.is_known() && b.region.is_known() && *a.region != *b.region;
}

/// Within a region it is not told whether a zone takes both, so its age is left open there.
blueprint::Copy copy_held_by(const Sight& sight, ResourceId id, const DraftComponent& holder,
                             const DraftComponent& source) {
  blueprint::Copy copy;
  copy.name = holder.id;
  copy.kind = Value<CopyKind>::of(CopyKind::replica, Provenance::inferred);
  const Figure* own = sight.catalog.figure(sight.graph.entry(id), "replica_lag");
  const Figure* lag = own != nullptr ? own : sight.catalog.place_figure("any", "", "replica_lag");
  copy.every = lag != nullptr && lies_in_another_region(holder, source)
                   ? Value<base::Seconds>::of({lag->median_s}, Provenance::catalog)
                   : Value<base::Seconds>::unknown(holder.evidence.span);
  copy.in = holder.region;
  if (holder.account.value_or("") != source.account.value_or("")) {
    copy.account = holder.account;
  }
  copy.evidence = holder.evidence;
  return copy;
}

void serve_with_less(const DraftComponent& source, DraftComponent& holder) {
  for (blueprint::DraftNeed& need : holder.needs) {
    if (need.any_of == std::vector<std::string>{source.id}) {
      need.strength =
          Value<blueprint::Strength>::of(blueprint::Strength::soft, Provenance::inferred);
    }
  }
}

}  // namespace

void find_replicas(const Sight& sight, Draft& draft) {
  join_on_one_volume(sight, draft);
  std::vector<const Link*> links;
  std::vector<ResourceId> followers;
  for (const Link& link : sight.graph.links()) {
    if (follows(*link.rule) && link.is_certain && sight.component_of.contains(link.subject.index)) {
      links.push_back(&link);
      followers.push_back(link.subject);
    }
  }
  for (const Link* link : links) {
    const ResourceId id = source_of(sight, *link, followers);
    if (!id.exists()) {
      continue;
    }
    DraftComponent& source = draft.components[sight.component_of.at(id.index)];
    DraftComponent& holder = draft.components[sight.component_of.at(link->subject.index)];
    source.copies.push_back(copy_held_by(sight, link->subject, holder, source));
    holder.is_store = Value<bool>::of(false, Provenance::inferred);
    if (lies_in_another_region(holder, source)) {
      serve_with_less(source, holder);
    }
  }
}

}  // namespace outlast::catalog
