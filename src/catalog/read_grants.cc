#include <algorithm>
#include <set>

#include "catalog/passes.h"
#include "catalog/policy_document.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftGrant;
using blueprint::DraftNeed;
using blueprint::Value;

namespace {

constexpr std::size_t kMostSteps = 4;  // function → profile → role

class GrantReader {
 public:
  GrantReader(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft) {}

  void read() {
    find_principals();
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      for (const GrantRule& rule : sight_.graph.entry(id).grants) {
        read_rule(id, rule);
      }
    }
  }

 private:
  /// Which components act as each identity, through whatever stands between.
  void find_principals() {
    acting_.resize(sight_.graph.size());
    for (const Link& link : sight_.graph.links()) {
      if (link.rule->role != LinkRole::acts_as) {
        continue;
      }
      for (const ResourceId owner : sight_.folding.owners(link.subject)) {
        for (const ResourceId identity : link.naming.targets) {
          mark(identity, owner, 0);
        }
      }
    }
  }

  void mark(ResourceId identity, ResourceId component, std::size_t depth) {
    if (depth > kMostSteps || !acting_[identity.index].insert(component).second) {
      return;
    }
    for (const std::size_t index : sight_.graph.links_of(identity)) {
      const Link& link = sight_.graph.links()[index];
      if (link.rule->role == LinkRole::acts_as) {
        for (const ResourceId next : link.naming.targets) {
          mark(next, component, depth + 1);
        }
      }
    }
  }

  void read_rule(ResourceId id, const GrantRule& rule) {
    const std::vector<ResourceId> identities =
        rule.principal.empty() ? std::vector{id}
                               : sight_.graph.named_by(id, rule.principal, "", rule.to).targets;
    std::set<ResourceId> principals;
    for (const ResourceId identity : identities) {
      if (sight_.component_of.contains(identity.index)) {
        principals.insert(identity);  // a component with an identity of its own
      }
      principals.insert(acting_[identity.index].begin(), acting_[identity.index].end());
    }
    if (principals.empty()) {
      return;
    }
    auto grants = rule.role.empty() ? statements(id, rule.policy, 0) : role_grant(id, rule);
    for (DraftGrant& grant : grants) {
      for (const ResourceId principal : principals) {
        grant.principals.push_back(sight_.id_of(principal));
      }
      grant.evidence = sight_.graph.resource(id).evidence;
      draft_.grants.push_back(std::move(grant));
    }
    add_uses(id, rule, principals);
  }

  /// A role on one thing; without a thing, on all of the account.
  [[nodiscard]] std::vector<DraftGrant> role_grant(ResourceId id, const GrantRule& rule) const {
    DraftGrant grant;
    const base::Node attributes = sight_.graph.resource(id).attributes;
    grant.actions = {std::string(attributes[rule.role].text())};
    grant.resources = {rule.policy.empty() ? "*" : std::string(attributes[rule.policy].text())};
    grant.has_condition = attributes["condition"].exists();
    if (!rule.policy.empty()) {
      for (const ResourceId named : sight_.graph.named_by(id, rule.policy).targets) {
        for (const ResourceId owner : sight_.folding.owners(named)) {
          grant.resource_components.push_back(sight_.id_of(owner));
        }
      }
    }
    return {grant};
  }

  /// Statements of the document an attribute holds, or of the policy resource it names.
  [[nodiscard]] std::vector<DraftGrant> statements(ResourceId id, std::string_view attribute,
                                                   std::size_t depth) const {
    const std::string_view text = sight_.graph.resource(id).attributes[attribute].text();
    if (text.find('{') != std::string_view::npos) {
      auto grants = read_policy_document(text);
      for (DraftGrant& grant : grants) {
        for (const std::string& pattern : grant.resources) {
          for (const ResourceId named : sight_.graph.mentioned_in(pattern)) {
            for (const ResourceId owner : sight_.folding.owners(named)) {
              grant.resource_components.push_back(sight_.id_of(owner));
            }
          }
        }
      }
      return grants;
    }
    for (const ResourceId named : sight_.graph.named_by(id, attribute).targets) {
      const TypeEntry& entry = sight_.graph.entry(named);
      if (!entry.grants.empty() && depth < kMostSteps) {
        return statements(named, entry.grants.front().policy, depth + 1);
      }
    }
    return {};
  }

  /// A permission on exactly one thing shows that it may be used; only a possibility.
  void add_uses(ResourceId id, const GrantRule& rule, const std::set<ResourceId>& principals) {
    std::set<ResourceId> used;
    if (!rule.policy.empty()) {
      collect_named(id, rule.policy, 0, used);
    }
    for (const ResourceId principal : principals) {
      const auto at = sight_.component_of.find(principal.index);
      for (const ResourceId target : used) {
        if (at == sight_.component_of.end() || target == principal) {
          continue;
        }
        DraftNeed need;
        need.any_of = {sight_.id_of(target)};
        need.strength = Value<blueprint::Strength>::of(sight_.graph.entry(target).default_strength,
                                                       blueprint::Provenance::catalog);
        need.kind = Value<blueprint::EdgeKind>::of(blueprint::EdgeKind::service,
                                                   blueprint::Provenance::inferred);
        need.confidence = Confidence::inferred;
        need.evidence = sight_.graph.resource(id).evidence;
        add_need(draft_.components[at->second], std::move(need));
      }
    }
  }

  /// Components that a policy names, directly or through policies and documents it is made of.
  void collect_named(ResourceId id, std::string_view attribute, std::size_t depth,
                     std::set<ResourceId>& out) const {
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
      if (!entry.grants.empty() && depth < kMostSteps) {
        collect_named(target, entry.grants.front().policy, depth + 1, out);
      }
    }
  }

  const Sight& sight_;
  Draft& draft_;
  std::vector<std::set<ResourceId>> acting_;
};

}  // namespace

void read_grants(const Sight& sight, Draft& draft) {
  GrantReader(sight, draft).read();
}

}  // namespace outlast::catalog
