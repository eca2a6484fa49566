#include "engines/security/permissions.h"

#include <algorithm>

#include "base/text.h"
#include "blueprint/peer_words.h"

namespace outlast::security {

using base::Truth;
using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Grant;

namespace {

/// All that can be done to a cluster, which has what it is to run.
constexpr std::string_view kAllOfCluster = "cluster:*";

/// All actions, or all of a service.
bool is_wide_action(std::string_view action) {
  return action == "*" || (action.size() > 2 && action.substr(action.size() - 2) == ":*");
}

/// The action of a grant that takes in one of those asked for; empty: none does.
std::string deciding_action(const Grant& grant, const std::vector<std::string>& asked) {
  const auto any_takes_in = [](const std::vector<std::string>& patterns, const std::string& one) {
    return std::find_if(patterns.begin(), patterns.end(),
                        [&](const std::string& pattern) { return takes_in(pattern, one); });
  };
  for (const std::string& one : asked) {
    if (const auto found = any_takes_in(grant.actions, one); found != grant.actions.end()) {
      return *found;
    }
    const auto& but = grant.character.not_actions;
    if (!but.empty() && any_takes_in(but, one) == but.end()) {
      return "all but " + base::join_words(but);
    }
  }
  return "";
}

/// Is every action asked for taken in? Only then does a refusal refuse all of them.
bool takes_in_all(const Grant& grant, const std::vector<std::string>& asked) {
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& one) {
    return !deciding_action(grant, {one}).empty();
  });
}

/// Parts of "arn:aws:s3:::bucket/key"; the last holds all the rest.
std::vector<std::string_view> parts_of_name(std::string_view name) {
  constexpr std::size_t kParts = 6;
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < kParts && name.find(':') != std::string_view::npos) {
    parts.push_back(name.substr(0, name.find(':')));
    name.remove_prefix(name.find(':') + 1);
  }
  parts.push_back(name);
  return parts;
}

/// Does the last part of a pattern mean the thing of this name, or something in it?
/// in  has_kind  a kind stands before the name, "table/orders/index/*"; else what follows the name
///               is in the thing, "bucket/*"
bool means(std::string_view pattern, std::string_view name, bool has_kind) {
  if (base::matches(pattern, name)) {
    return true;
  }
  constexpr std::string_view kSeparators = "/:";
  const auto at = pattern.find_first_of(kSeparators);
  if (at == std::string_view::npos) {
    return false;
  }
  if (!has_kind) {
    return base::matches(pattern.substr(0, at), name);
  }
  const std::string_view rest = pattern.substr(at + 1);
  return base::matches(rest, name) ||
         base::matches(rest.substr(0, rest.find_first_of(kSeparators)), name);
}

}  // namespace

bool takes_in(std::string_view pattern, std::string_view action) {
  return base::matches(base::to_lower(pattern), base::to_lower(action));
}

bool covers(const std::vector<std::string>& scopes, const std::vector<std::string>& patterns) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const std::string& scope) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return base::matches(pattern, scope); });
  });
}

Permissions::Permissions(const Blueprint& bp) : bp_(bp) {
  for (const Data& data : bp.access().data) {
    data_of_.emplace(data.of, &data);
  }
  for (const auto& identity : bp.access().identities) {
    for (const ComponentId wearer : identity.worn_by) {
      worn_by_[wearer].push_back({identity.address, nullptr});
    }
    for (const auto& narrow : identity.narrow) {
      worn_by_[narrow.by].push_back({identity.address, &narrow.scopes});
    }
  }
  for (std::size_t i = 0; i < bp.grants().size(); ++i) {
    const Grant& grant = bp.grants()[i];
    if (grant.identity == blueprint::kEveryIdentity) {
      of_all_.push_back(i);
    } else if (grant.character.to_everyone || !grant.identity.empty()) {
      of_identity_[grant.character.to_everyone ? "" : grant.identity].push_back(i);
    } else {
      for (const ComponentId principal : grant.principals) {
        of_component_[principal].push_back(i);
      }
    }
  }
}

/// Things named exactly are told by their components, others by patterns of their names.
Truth Permissions::names(const Grant& grant, const Data& data) {
  const auto& exact = grant.resource_components;
  if (std::find(exact.begin(), exact.end(), data.of) != exact.end()) {
    return Truth::yes;
  }
  const auto by_pattern = [&](const std::string& pattern) {
    if (pattern == "*") {
      return Truth::yes;
    }
    const auto parts = parts_of_name(pattern);
    constexpr std::size_t kService = 2;
    const bool is_name = parts.size() > kService + 1;
    if (is_name && !data.service.empty() && !base::matches(parts[kService], data.service)) {
      return Truth::no;
    }
    // "namespace/shop" is a kind and a name as well.
    const bool has_kind = is_name ? !data.has_bare_name : !parts.back().ends_with("/*");
    const bool is_meant = std::any_of(data.names.begin(), data.names.end(), [&](const auto& name) {
      return means(parts.back(), name, has_kind);
    });
    return is_meant || parts.back() == "*" ? Truth::yes
           : data.is_named                 ? Truth::no
                                           : Truth::unknown;
  };
  Truth truth = Truth::no;
  for (const std::string& pattern : grant.resources) {
    truth = base::either(truth, by_pattern(pattern));
  }
  if (const auto& but = grant.character.not_resources; !but.empty()) {
    Truth excluded = Truth::no;
    for (const std::string& pattern : but) {
      excluded = base::either(excluded, by_pattern(pattern));
    }
    truth = base::either(truth, base::opposite(excluded));
  }
  return truth;
}

/// How far refusals among these grants go.
Truth Permissions::refused(const std::vector<std::size_t>& grants,
                           const std::vector<std::string>& actions, const Data& data) const {
  Truth refused = Truth::no;
  for (const std::size_t i : grants) {
    const Grant& grant = bp_.grants()[i];
    if (grant.allows) {
      continue;
    }
    const Truth fits = base::both(names(grant, data), grant.character.applies);
    const Truth reach = takes_in_all(grant, actions)              ? fits
                        : deciding_action(grant, actions).empty() ? Truth::no
                        : fits == Truth::no                       ? Truth::no
                                                                  : Truth::unknown;
    refused = base::either(refused, reach);
  }
  return refused;
}

Permission Permissions::decide(const std::vector<std::size_t>& grants,
                               const std::vector<std::size_t>& of_all,
                               const std::vector<std::string>& actions, const Data& data) const {
  Permission out;
  const Truth is_refused =
      base::either(refused(grants, actions, data), refused(of_all, actions, data));
  for (const std::size_t i : grants) {
    const Grant& grant = bp_.grants()[i];
    const Truth fits = base::both(names(grant, data), grant.character.applies);
    const std::string action = deciding_action(grant, actions);
    if (!grant.allows || action.empty() || fits == Truth::no) {
      continue;
    }
    const bool is_wide =
        is_wide_action(action) || !grant.character.not_actions.empty() ||
        std::find(grant.resource_components.begin(), grant.resource_components.end(), data.of) ==
            grant.resource_components.end();
    // Of grants that decide alike the narrower one tells; it is the one that was meant.
    const bool is_better = fits > out.truth || (fits == out.truth && out.is_wide && !is_wide);
    if (is_better) {
      out = {fits, i, action, is_wide};
    }
  }
  out.truth = base::both(out.truth, base::opposite(is_refused));
  return out;
}

Permission Permissions::may(const std::string& identity, const std::vector<std::string>& actions,
                            const Data& data) const {
  const auto found = of_identity_.find(identity);
  if (found == of_identity_.end()) {
    return {};
  }
  return identity.empty() ? decide(found->second, {}, actions, data)
                          : decide(found->second, of_all_, actions, data);
}

Permission Permissions::may(ComponentId component, const std::vector<std::string>& actions,
                            const Data& data) const {
  const auto found = of_component_.find(component);
  return found == of_component_.end() ? Permission()
                                      : decide(found->second, of_all_, actions, data);
}

/// Is any of these about that thing, whatever it allows: by its name, or by an action of its kind?
bool Permissions::concerns(const std::vector<std::size_t>& grants, const Data& data) const {
  const std::string of_its_kind = data.service + ":*";
  return std::any_of(grants.begin(), grants.end(), [&](std::size_t i) {
    const Grant& grant = bp_.grants()[i];
    const bool is_named =
        std::find(grant.resources.begin(), grant.resources.end(), "*") == grant.resources.end();
    const bool is_of_its_kind =
        std::any_of(grant.actions.begin(), grant.actions.end(), [&](const std::string& action) {
          return !data.service.empty() && takes_in(of_its_kind, action);
        });
    return grant.allows && names(grant, data) == Truth::yes && (is_named || is_of_its_kind);
  });
}

Truth Permissions::reads_as_caller(ComponentId caller, ComponentId store) const {
  const auto data = data_of_.find(store);
  const auto worn = worn_by_.find(caller);
  const auto own = of_component_.find(caller);
  const bool has_identity = worn != worn_by_.end() || own != of_component_.end();
  const bool asks_for_identity = data != data_of_.end() && !data->second->reads.empty() &&
                                 bp_[store].service_model == blueprint::ServiceModel::saas;
  if (!asks_for_identity || !has_identity) {
    return Truth::yes;
  }
  const Data& at = *data->second;
  Truth truth = base::either(may("", at.reads, at).truth, may(caller, at.reads, at).truth);
  bool is_told = own != of_component_.end() && concerns(own->second, at);
  for (const Worn& one : worn == worn_by_.end() ? std::vector<Worn>{} : worn->second) {
    if (one.scopes != nullptr && !covers(*one.scopes, at.reading_scopes)) {
      continue;
    }
    truth = base::either(truth, may(one.identity, at.reads, at).truth);
    const auto grants = of_identity_.find(one.identity);
    is_told = is_told || (grants != of_identity_.end() && concerns(grants->second, at));
  }
  return truth == Truth::no && !is_told ? Truth::unknown : truth;
}

std::vector<ComponentId> Permissions::grantees() const {
  std::vector<ComponentId> all;
  for (const auto& [component, grants] : of_component_) {
    all.push_back(component);
  }
  return all;
}

Permission Permissions::is_administrator(const std::string& identity) const {
  Permission out;
  const auto found = of_identity_.find(identity);
  if (found == of_identity_.end()) {
    return out;
  }
  for (const std::size_t i : found->second) {
    const Grant& grant = bp_.grants()[i];
    const auto has = [](const std::vector<std::string>& all, std::string_view one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    const bool is_everything = has(grant.actions, "*") || has(grant.actions, kAllOfCluster);
    if (grant.allows && is_everything && has(grant.resources, "*") &&
        grant.character.applies > out.truth) {
      out = {grant.character.applies, i, grant.actions.front(), true};
    }
  }
  return out;
}

}  // namespace outlast::security
