#include <algorithm>
#include <optional>

#include "catalog/attribute_path.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::DraftComponent;
using blueprint::Lifetime;

namespace {

/// "PostgreSQL {} on RDS" with its version; a title without a place for it has the version behind.
std::string with_version(std::string_view title, std::string_view version) {
  const auto at = title.find("{}");
  return at == std::string_view::npos ? std::string(title) + " " + std::string(version)
                                      : std::string(title.substr(0, at)) + std::string(version) +
                                            std::string(title.substr(at + 2));
}

/// What is not known, and what the catalog does not know, ends on no day that could be told.
std::optional<Lifetime> lifetime_of(const Lifecycle& lifecycle, const Selected& at) {
  constexpr std::size_t kDay = 10;  // "2027-01-31", whatever hour follows
  const std::string_view written = at.node.text();
  Lifetime out;
  out.after = lifecycle.after;
  if (lifecycle.ends.empty()) {
    const auto day = base::parse_date(written.substr(0, kDay));
    if (!day) {
      return std::nullopt;
    }
    out.what = lifecycle.title;
    out.ends = *day;
    return out;
  }
  const VersionEnd* end = end_of(lifecycle, written);
  if (end == nullptr) {
    return std::nullopt;
  }
  out.what = with_version(lifecycle.title, end->version);
  out.ends = end->ends;
  out.source = cite(lifecycle.citation);
  if (end->forced != base::Date()) {
    out.forced = end->forced;
    out.forces = lifecycle.forces;
  }
  return out;
}

void add_lifetimes(const Sight& sight, ResourceId id, DraftComponent& c) {
  const auto& resource = sight.graph.resource(id);
  for (const Ending& ending : sight.graph.entry(id).endings) {
    const Lifecycle* lifecycle = sight.catalog.lifecycle(ending.of);
    const bool is_meant =
        std::all_of(ending.when.begin(), ending.when.end(), [&](const Condition& condition) {
          return holds(resource.attributes, condition.attribute, condition.value) == Truth::yes;
        });
    if (lifecycle == nullptr || !is_meant) {
      continue;
    }
    const auto written = select(resource.attributes, ending.attribute);
    auto lifetime = written.empty() ? std::nullopt : lifetime_of(*lifecycle, written.front());
    const bool is_told =
        lifetime && std::any_of(c.lifetimes.begin(), c.lifetimes.end(), [&](const Lifetime& known) {
          return known.what == lifetime->what && known.ends == lifetime->ends;
        });
    if (lifetime && !is_told) {
      lifetime->evidence = resource.evidence;
      lifetime->evidence.span = written.front().node.span();
      lifetime->evidence.pointer = pointer_to(resource.attributes_pointer, written.front().path);
      c.lifetimes.push_back(std::move(*lifetime));
    }
  }
}

/// Of a resource itself and of what it shows as its own: certificates.
void add_all(const Sight& sight, ResourceId id, DraftComponent& c) {
  add_lifetimes(sight, id, c);
  for (const std::size_t at : sight.graph.links_of(id)) {
    const Link& link = sight.graph.links()[at];
    if (link.rule->role == LinkRole::acts_as || link.rule->role == LinkRole::part) {
      for (const ResourceId target : link.naming.targets) {
        add_lifetimes(sight, target, c);
      }
    }
  }
}

}  // namespace

void read_lifetimes(const Sight& sight, blueprint::Draft& draft) {
  for (const auto& [index, at] : sight.component_of) {
    const ResourceId id{index};
    for (const auto* all :
         {&sight.folding.merged(id), &sight.folding.members(id), &sight.folding.parts(id)}) {
      for (const ResourceId resource : *all) {
        add_all(sight, resource, draft.components[at]);
      }
    }
  }
}

}  // namespace outlast::catalog
