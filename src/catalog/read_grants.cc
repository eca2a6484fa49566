#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "blueprint/peer_words.h"
#include "catalog/attribute_path.h"
#include "catalog/groups.h"
#include "catalog/passes.h"
#include "catalog/policies.h"
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
  GrantReader(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft), policies_(sight) {}

  void read() {
    find_principals();
    find_keys();
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      for (const GrantRule& rule : sight_.graph.entry(id).grants) {
        read_rule(id, rule);
      }
      read_identity(id);
    }
  }

 private:
  /// Which components act as each identity, through whatever stands between; and who is in a group.
  void find_principals() {
    acting_.resize(sight_.graph.size());
    for (const Link& link : sight_.graph.links()) {
      if (link.rule->role != LinkRole::acts_as) {
        continue;
      }
      for (const ResourceId group : link.naming.targets) {
        if (is_identity(link.subject) && !is_identity(group)) {
          members_[group.index].insert(link.subject);
        }
      }
      for (const ResourceId owner : sight_.folding.owners(link.subject)) {
        for (const ResourceId identity : link.naming.targets) {
          mark(identity, owner, 0);
          wears_itself_.emplace(identity, owner);
        }
      }
    }
  }

  /// The scopes that narrow what a component gets by who it acts as; nothing where it gets all, or
  /// where they are not known whole.
  [[nodiscard]] std::optional<std::vector<std::string>> scopes_of(ResourceId component) const {
    constexpr std::string_view kAll = "cloud-platform";
    std::optional<std::vector<std::string>> scopes;
    for (const ResourceId part : sight_.folding.whole(component)) {
      const std::string_view attribute = sight_.graph.entry(part).access.narrowed_by;
      if (attribute.empty()) {
        continue;
      }
      for (const Selected& at : select(sight_.graph.resource(part).attributes, attribute)) {
        const std::string_view scope = at.node.text();
        if (scope.empty() || scope.ends_with(kAll) || scope.find('$') != std::string_view::npos) {
          return std::nullopt;
        }
        scopes = scopes.value_or(std::vector<std::string>());
        scopes->emplace_back(scope);
      }
    }
    return scopes;
  }

  [[nodiscard]] bool is_identity(ResourceId id) const {
    return sight_.graph.entry(id).access.is_identity;
  }

  /// Whom a rule is for; a group's members are allowed what it is.
  [[nodiscard]] std::vector<ResourceId> identities_of(ResourceId id, const GrantRule& rule) const {
    std::vector<ResourceId> all =
        rule.principal.empty() ? std::vector{id}
                               : sight_.graph.named_by(id, rule.principal, "", rule.to).targets;
    const std::vector<ResourceId> named = all;
    for (const ResourceId one : named) {
      if (const auto found = members_.find(one.index); found != members_.end()) {
        all.insert(all.end(), found->second.begin(), found->second.end());
      }
    }
    return all;
  }

  /// Someone who can be allowed things, and who may act as him.
  void read_identity(ResourceId id) {
    const AccessEntry& access = sight_.graph.entry(id).access;
    if (!access.is_identity) {
      return;
    }
    blueprint::Identity<std::string> row;
    row.address = sight_.id_of(id);
    const std::string_view own = sight_.graph.resource(id).attributes["name"].text();
    row.name = std::string(sight_.graph.entry(id).title) + " " +
               (own.empty() ? last_parts(row.address, 1) : std::string(own));
    for (const ResourceId wearer : acting_[id.index]) {
      if (auto scopes = scopes_of(wearer); scopes && wears_itself_.contains({id, wearer})) {
        row.narrow.push_back({sight_.id_of(wearer), std::move(*scopes)});
      } else {
        row.worn_by.push_back(sight_.id_of(wearer));
      }
    }
    row.has_key = keys_.contains(id.index);
    row.evidence = sight_.graph.resource(id).evidence;
    if (!access.trust.empty()) {
      read_trust(id, access.trust, row);
    }
    draft_.access.identities.push_back(std::move(row));
  }

  void read_trust(ResourceId id, std::string_view attribute,
                  blueprint::Identity<std::string>& row) const {
    for (const DraftGrant& grant : policies_.statements(id, attribute)) {
      if (grant.allows && (grant.character.to_everyone || is_unread(grant))) {
        row.is_anyones = base::either(row.is_anyones, grant.character.applies);
      }
    }
    for (const ResourceId other :
         sight_.graph.mentioned_in(sight_.graph.resource(id).attributes[attribute].text())) {
      if (other != id && is_identity(other)) {
        row.assumed_by.push_back(sight_.id_of(other));
      }
    }
  }

  void find_keys() {
    for (const Link& link : sight_.graph.links()) {
      const std::string_view key_of = sight_.graph.entry(link.source).access.key_of;
      if (!key_of.empty() && key_of == link.rule->attribute) {
        for (const ResourceId whose : link.naming.targets) {
          keys_.insert(whose.index);
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
    if (rule.is_own) {
      read_own(id, rule);
      return;
    }
    if (!rule.actions.empty() && !applies(id, rule)) {
      return;
    }
    if (!rule.role.empty() && !rule.principal.empty() && is_for_everybody(id, rule.principal)) {
      for (DraftGrant& grant : role_grant(id, rule)) {
        grant.character.to_everyone = true;
        for (const ResourceId owner : sight_.folding.owners(id)) {
          grant.character.applies = both(grant.character.applies, opposite(is_shut(owner, rule)));
        }
        add(std::move(grant), id);
      }
    }
    std::set<ResourceId> all;
    for (const ResourceId identity : identities_of(id, rule)) {
      std::set<ResourceId> principals;
      if (sight_.component_of.contains(identity.index)) {
        principals.insert(identity);  // a component with an identity of its own
      }
      principals.insert(acting_[identity.index].begin(), acting_[identity.index].end());
      const bool is_someone = is_identity(identity);
      if (principals.empty() && !is_someone) {
        continue;
      }
      for (DraftGrant& grant : grants_of(id, rule)) {
        grant.identity = is_someone ? sight_.id_of(identity) : "";
        for (const ResourceId principal : principals) {
          grant.principals.push_back(sight_.id_of(principal));
        }
        add(std::move(grant), id);
      }
      all.insert(principals.begin(), principals.end());
    }
    if (!all.empty()) {
      add_uses(id, rule, all);
    }
  }

  [[nodiscard]] bool applies(ResourceId id, const GrantRule& rule) const {
    return std::all_of(rule.when.begin(), rule.when.end(), [&](const Condition& condition) {
      return holds(sight_.graph.resource(id).attributes, condition.attribute, condition.value) ==
             Truth::yes;
    });
  }

  [[nodiscard]] std::vector<DraftGrant> grants_of(ResourceId id, const GrantRule& rule) const {
    if (!rule.actions.empty()) {
      return {on_everything(rule.actions)};
    }
    if (!rule.role.empty()) {
      return role_grant(id, rule);
    }
    return policies_.of(id, rule.policy);
  }

  void add(DraftGrant grant, ResourceId id) {
    grant.evidence = sight_.graph.resource(id).evidence;
    draft_.grants.push_back(std::move(grant));
  }

  [[nodiscard]] bool is_for_everybody(ResourceId id, std::string_view principal) const {
    const auto said = select(sight_.graph.resource(id).attributes, principal);
    return std::any_of(said.begin(), said.end(), [](const Selected& at) {
      return at.node.text() == "allUsers" || at.node.text() == "allAuthenticatedUsers";
    });
  }

  /// What stands at a thing and says who may come to it; of all that only what is for everybody.
  void read_own(ResourceId id, const GrantRule& rule) {
    const base::Node attributes = sight_.graph.resource(id).attributes;
    Truth applies = Truth::yes;
    for (const Condition& condition : rule.when) {
      applies = both(applies, holds(attributes, condition.attribute, condition.value));
    }
    for (const ResourceId owner : sight_.folding.owners(id)) {
      const Truth open = both(applies, opposite(is_shut(owner, rule)));
      auto grants =
          rule.policy.empty() ? std::vector<DraftGrant>(1) : policies_.statements(id, rule.policy);
      for (DraftGrant& grant : grants) {
        if (rule.policy.empty()) {
          grant.actions.assign(rule.actions.begin(), rule.actions.end());
          grant.character.to_everyone = true;
        }
        if (is_unread(grant)) {
          grant.actions = {"*"};
          grant.character.to_everyone = true;
        }
        // What shuts it for everybody takes nothing from what is refused.
        const bool is_for_all = grant.identity == blueprint::kEveryIdentity;
        if ((!grant.character.to_everyone && !is_for_all) || (grant.allows && open == Truth::no)) {
          continue;
        }
        // It can be about nothing but what it stands at.
        grant.resource_components = {sight_.id_of(owner)};
        grant.resources.clear();
        grant.character.applies =
            grant.allows ? both(grant.character.applies, open) : grant.character.applies;
        add(std::move(grant), id);
        point_at(rule, id, draft_.grants.back().evidence);
      }
    }
  }

  /// The attribute that opens it tells better than the head of its resource.
  void point_at(const GrantRule& rule, ResourceId id, blueprint::Evidence& evidence) const {
    const std::string_view attribute =
        rule.policy.empty() && !rule.when.empty() ? rule.when.front().attribute : rule.policy;
    const auto& resource = sight_.graph.resource(id);
    if (const auto at = select(resource.attributes, attribute); !at.empty()) {
      evidence.span = at.front().node.span();
      evidence.pointer = pointer_to(resource.attributes_pointer, at.front().path);
    }
  }

  [[nodiscard]] Truth is_shut(ResourceId owner, const GrantRule& rule) const {
    Truth shut = Truth::no;
    for (const Condition& condition : rule.shut_by) {
      const bool is_of_account = condition.attribute.starts_with('@');
      shut =
          base::either(shut, is_of_account ? holds_for_account(owner, condition)
                                           : holds_for_any(sight_.folding.whole(owner),
                                                           condition.attribute, condition.value));
    }
    return shut;
  }

  [[nodiscard]] Truth holds_for_any(const std::vector<ResourceId>& all, std::string_view attribute,
                                    std::string_view value) const {
    Truth truth = Truth::no;
    for (const ResourceId one : all) {
      truth = base::either(truth, holds(sight_.graph.resource(one).attributes, attribute, value));
    }
    return truth;
  }

  /// "@type.attribute" is about settings of that type, which hold for all of their account.
  [[nodiscard]] Truth holds_for_account(ResourceId owner, const Condition& condition) const {
    const auto dot = condition.attribute.find('.');
    const std::string_view type = condition.attribute.substr(1, dot - 1);
    std::vector<ResourceId> settings;
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      const blueprint::DraftResource& resource = sight_.graph.resource(id);
      if (resource.type == type && resource.account == sight_.graph.resource(owner).account) {
        settings.push_back(id);
      }
    }
    return holds_for_any(settings, condition.attribute.substr(dot + 1), condition.value);
  }

  /// What a role is for: things that are named, all that lies in a group, or all of the account.
  void read_scope(ResourceId id, const GrantRule& rule, DraftGrant& grant) const {
    const Naming named = sight_.graph.named_by(id, rule.policy);
    for (const ResourceId target : named.targets) {
      const bool is_group = !sight_.graph.entry(target).access.group_of.empty();
      for (const ResourceId owner :
           is_group ? things_in(sight_, target) : sight_.folding.owners(target)) {
        grant.resource_components.push_back(sight_.id_of(owner));
      }
    }
    const bool is_of_account =
        !rule.all.empty() && base::matches(rule.all, grant.resources.front());
    if (named.leaves_open()) {
      grant.character.applies = both(grant.character.applies, Truth::unknown);
    }
    if (is_of_account || named.leaves_open()) {
      grant.resources = {"*"};
    }
  }

  /// A role on one thing; without a thing, on all of the account.
  [[nodiscard]] std::vector<DraftGrant> role_grant(ResourceId id, const GrantRule& rule) const {
    DraftGrant grant;
    const base::Node attributes = sight_.graph.resource(id).attributes;
    grant.actions = {std::string(attributes[rule.role].text())};
    grant.resources = {rule.policy.empty() ? "*" : std::string(attributes[rule.policy].text())};
    if (attributes["condition"].exists()) {
      grant.character.applies = Truth::unknown;
    }
    if (!rule.policy.empty()) {
      read_scope(id, rule, grant);
    }
    return {grant};
  }

  /// A permission on exactly one thing shows that it may be used; only a possibility.
  void add_uses(ResourceId id, const GrantRule& rule, const std::set<ResourceId>& principals) {
    std::set<ResourceId> used;
    if (!rule.policy.empty()) {
      policies_.collect_named(id, rule.policy, used);
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

  const Sight& sight_;
  Draft& draft_;
  Policies policies_;
  std::vector<std::set<ResourceId>> acting_;
  std::map<std::uint32_t, std::set<ResourceId>> members_;     ///< of groups
  std::set<std::pair<ResourceId, ResourceId>> wears_itself_;  ///< an identity, who names it
  std::set<std::uint32_t> keys_;  ///< identities of which a key is handed out
};

}  // namespace

void read_grants(const Sight& sight, Draft& draft) {
  GrantReader(sight, draft).read();
}

}  // namespace outlast::catalog
