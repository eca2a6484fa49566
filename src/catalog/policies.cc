#include "catalog/policies.h"

#include <algorithm>
#include <iterator>

#include "catalog/attribute_path.h"
#include "catalog/policy_document.h"

namespace outlast::catalog {

using blueprint::DraftGrant;

namespace {

constexpr std::size_t kMostPolicies = 4;  ///< one named by another, on the way to a document

/// The attribute of a policy that others name; none where it stands at what it is for.
std::string_view document_of(const TypeEntry& entry) {
  return entry.grants.empty() || entry.grants.front().is_own ||
                 !entry.grants.front().actions.empty()
             ? std::string_view()
             : entry.grants.front().policy;
}

}  // namespace

DraftGrant on_everything(std::span<const std::string_view> actions) {
  DraftGrant grant;
  grant.actions.assign(actions.begin(), actions.end());
  grant.resources = {"*"};
  return grant;
}

/// Statements that stand in blocks: of "statement.resources" the blocks called statement.
std::vector<DraftGrant> Policies::in_blocks(ResourceId id, std::string_view attribute) const {
  std::vector<DraftGrant> grants;
  const auto dot = attribute.rfind('.');
  if (dot == std::string_view::npos) {
    return grants;
  }
  for (const Selected& at :
       select(sight_.graph.resource(id).attributes, attribute.substr(0, dot))) {
    if (!at.node.is(base::NodeKind::map)) {
      continue;
    }
    const std::size_t first = grants.size();
    read_policy_block(at.node, grants);
    for (const ResourceId named :
         sight_.graph.named_by(id, attribute.substr(dot + 1), at.path).targets) {
      for (const ResourceId owner : sight_.folding.owners(named)) {
        for (std::size_t i = first; i < grants.size(); ++i) {
          grants[i].resource_components.push_back(sight_.id_of(owner));
        }
      }
    }
  }
  return grants;
}

void Policies::add_owners(const std::vector<ResourceId>& of, DraftGrant& grant) const {
  for (const ResourceId one : of) {
    for (const ResourceId owner : sight_.folding.owners(one)) {
      grant.resource_components.push_back(sight_.id_of(owner));
    }
  }
}

/// The name of a thing that is still to be made is not known; the configuration tells what things a
/// document refers to, and of several not which statement means which.
void Policies::add_referenced(ResourceId id, std::string_view attribute, DraftGrant& grant) const {
  constexpr std::string_view kUnknown = "${unknown}";
  const bool is_open = std::any_of(grant.resources.begin(), grant.resources.end(),
                                   [&](const auto& r) { return r.starts_with(kUnknown); });
  if (!is_open) {
    return;
  }
  const auto targets = sight_.graph.named_by(id, attribute, "", {}, true).targets;
  const std::size_t before = grant.resource_components.size();
  add_owners(targets, grant);
  if (grant.resource_components.size() > before) {
    std::erase_if(grant.resources, [&](const auto& r) { return r.starts_with(kUnknown); });
  }
  if (targets.size() > 1) {
    grant.character.applies = base::both(grant.character.applies, Truth::unknown);
  }
}

/// Statements that stand there, in blocks or in a document.
const std::vector<DraftGrant>& Policies::written_at(ResourceId id,
                                                    std::string_view attribute) const {
  const auto [at_once, is_new] = written_.try_emplace({id, attribute});
  std::vector<DraftGrant>& grants = at_once->second;
  if (!is_new) {
    return grants;
  }
  grants = in_blocks(id, attribute);
  for (const Selected& at : select(sight_.graph.resource(id).attributes, attribute)) {
    if (at.node.text().find('{') != std::string_view::npos) {
      auto more = read_policy_document(at.node.text());
      std::move(more.begin(), more.end(), std::back_inserter(grants));
    }
  }
  for (DraftGrant& grant : grants) {
    for (const std::string& pattern : grant.resources) {
      const auto mentioned = sight_.graph.mentioned_in(pattern);
      add_owners(mentioned.empty() ? sight_.graph.named_in_arn(pattern) : mentioned, grant);
    }
    add_referenced(id, attribute, grant);
  }
  return grants;
}

std::vector<DraftGrant> Policies::statements(ResourceId id, std::string_view attribute,
                                             std::size_t depth) const {
  std::vector<DraftGrant> grants = written_at(id, attribute);
  if (!grants.empty()) {
    return grants;
  }
  for (const ResourceId named : sight_.graph.named_by(id, attribute).targets) {
    const std::string_view document = document_of(sight_.graph.entry(named));
    if (!document.empty() && depth < kMostPolicies) {
      auto more = statements(named, document, depth + 1);
      std::move(more.begin(), more.end(), std::back_inserter(grants));
    }
  }
  return grants;
}

/// Of a document that is not known yet the configuration tells what it names: it may allow anything
/// on that.
// NOLINTNEXTLINE(misc-no-recursion): by `kMostPolicies`
void Policies::add_of_unknown(ResourceId id, std::string_view attribute,
                              std::vector<DraftGrant>& grants, std::size_t depth) const {
  constexpr std::string_view kAnything[] = {"*"};
  const Naming named = sight_.graph.named_by(id, attribute);
  DraftGrant any = on_everything(kAnything);
  any.resources.clear();
  any.character.applies = Truth::unknown;
  for (const ResourceId target : named.targets) {
    const std::string_view document = document_of(sight_.graph.entry(target));
    if (!document.empty() && depth < kMostPolicies) {
      add_of_unknown(target, document, grants, depth + 1);
    } else if (document.empty() && named.is_unknown) {
      add_owners({target}, any);
    }
  }
  if (!any.resource_components.empty()) {
    grants.push_back(std::move(any));
  }
}

std::vector<DraftGrant> Policies::of(ResourceId id, std::string_view attribute) const {
  constexpr std::string_view kAnything[] = {"*"};
  auto grants = statements(id, attribute);
  for (DraftGrant& grant : grants) {
    if (is_unread(grant)) {
      grant = on_everything(kAnything);
      grant.character.applies = Truth::unknown;
    }
  }
  if (grants.empty()) {
    add_of_unknown(id, attribute, grants);
  }
  for (const Selected& at : select(sight_.graph.resource(id).attributes, attribute)) {
    if (const KnownPolicy* policy = known(at.node.text())) {
      grants.push_back(on_everything(policy->actions));
    }
  }
  if (names_foreign(id, attribute)) {
    grants.push_back(on_everything(kAnything));  // what no input holds may allow anything
    grants.back().character.applies = Truth::unknown;
  }
  return grants;
}

/// A policy that the provider wrote; null where the catalog does not know it.
const KnownPolicy* Policies::known(std::string_view name) const {
  const auto& all = sight_.catalog.tables().policies;
  const auto found = std::find_if(all.begin(), all.end(), [&](const KnownPolicy& policy) {
    return base::matches(policy.name, name);
  });
  return found == all.end() ? nullptr : &*found;
}

/// Is any of the policies named there one that neither the inputs hold nor the catalog knows?
bool Policies::names_foreign(ResourceId id, std::string_view attribute) const {
  if (!written_at(id, attribute).empty()) {
    return false;  // what stands there is no name
  }
  const Naming named = sight_.graph.named_by(id, attribute);
  return named.leaves_open() ||
         std::any_of(named.outside.begin(), named.outside.end(),
                     [&](const std::string& name) { return known(name) == nullptr; });
}

void Policies::collect_named(ResourceId id, std::string_view attribute, std::set<ResourceId>& out,
                             std::size_t depth) const {
  const Naming naming = sight_.graph.named_by(id, attribute, "", {}, true);
  std::vector<ResourceId> named = naming.targets;
  for (const std::string& text : naming.outside) {
    const auto mentioned = sight_.graph.mentioned_in(text);
    named.insert(named.end(), mentioned.begin(), mentioned.end());
  }
  for (const ResourceId target : named) {
    const TypeEntry& entry = sight_.graph.entry(target);
    for (const ResourceId owner : sight_.folding.owners(target)) {
      const auto kind = sight_.graph.entry(owner).kind;
      if (kind != blueprint::Kind::network && kind != blueprint::Kind::compute) {
        out.insert(owner);
      }
    }
    if (const auto document = document_of(entry); !document.empty() && depth < kMostPolicies) {
      collect_named(target, document, out, depth + 1);
    }
  }
}

}  // namespace outlast::catalog
