#include <algorithm>
#include <map>

#include "catalog/attribute_path.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::EdgeKind;
using blueprint::Provenance;
using blueprint::Strength;
using blueprint::Value;

namespace {

/// A link as needs of one component.
struct Request {
  ResourceId from;
  std::vector<ResourceId> targets;
  const Link* link = nullptr;
  Confidence confidence = Confidence::stated;
};

DraftNeed need_of(const Sight& sight, const Request& request, const Reach& reach) {
  DraftNeed need;
  const LinkRule& rule = *request.link->rule;
  for (const ResourceId id : reach.any_of) {
    if (id != request.from) {
      need.any_of.push_back(sight.id_of(id));
    }
  }
  const Strength fallback =
      reach.any_of.empty() ? Strength::hard : sight.strength_of_need(reach.any_of[0]);
  need.strength = Value<Strength>::of(rule.strength.value_or(fallback), Provenance::catalog);
  need.kind = Value<EdgeKind>::of(reach.kind.value_or(rule.kind), Provenance::catalog);
  need.switching.detect = reach.detect;
  need.confidence =
      reach.is_certain && request.link->is_certain ? request.confidence : Confidence::inferred;
  need.evidence = request.link->naming.evidence;
  if (sight.graph.entry(request.link->source).is_route) {
    need.routes = {sight.id_of(request.link->source)};
  }
  return need;
}

/// Does it send users to the first of what it chooses from, and to another one only once that fails?
bool chooses_in_order(const Sight& sight, ResourceId id) {
  const TypeEntry& entry = sight.graph.entry(id);
  const auto& standby = entry.routing.standby;
  return entry.alternatives && !entry.routing.switched_by.empty() &&
         std::any_of(standby.begin(), standby.end(), [&](const Condition& condition) {
           return holds(sight.graph.resource(id).attributes, condition.attribute,
                        condition.value) == Truth::yes;
         });
}

/// One more thing that a chooser may send users to.
void join(const DraftNeed& need, DraftNeed& choice) {
  for (const std::string& id : need.any_of) {
    if (std::find(choice.any_of.begin(), choice.any_of.end(), id) == choice.any_of.end()) {
      choice.any_of.push_back(id);
    }
  }
}

void add_request(const Sight& sight, const Request& request, Draft& draft) {
  const auto at = sight.component_of.find(request.from.index);
  if (at == sight.component_of.end()) {
    return;
  }
  DraftComponent& component = draft.components[at->second];
  const TypeEntry& entry = sight.graph.entry(request.from);
  if (is_routed(sight, request.from) && &sight.graph.entry(request.link->source) == &entry) {
    return;
  }
  const LinkRule& rule = *request.link->rule;
  const auto reached = sight.relays.reached(request.targets, rule.alternatives, request.from);
  std::vector<blueprint::DraftComponent> switches;
  for (const Reach& reach : reached) {
    DraftNeed need = need_of(sight, request, reach);
    if (need.any_of.empty()) {
      continue;
    }
    if (!reach.switched_by.empty() && need.any_of.size() > 1) {
      need.via = component.id + ".failover";
      switches.push_back(switch_component(need.via, component, reach.switched_by, need.evidence));
    }
    const auto earlier =
        std::find_if(component.needs.begin(), component.needs.end(),
                     [&](const DraftNeed& n) { return *n.kind == EdgeKind::service; });
    if (entry.alternatives && *need.kind == EdgeKind::service && earlier != component.needs.end()) {
      join(need, *earlier);
      if (earlier->any_of.size() > 1 && chooses_in_order(sight, request.from)) {
        earlier->via = component.id + ".failover";
        earlier->switching.detect.fill(component.switching.detect);
        earlier->switching.takes.fill(component.switching.takes);
        switches.push_back(switch_component(earlier->via, component, entry.routing.switched_by,
                                            earlier->evidence));
      }
      continue;
    }
    add_need(component, std::move(need));
  }
  for (blueprint::DraftComponent& made : switches) {
    const bool is_new = std::none_of(draft.components.begin(), draft.components.end(),
                                     [&](const auto& c) { return c.id == made.id; });
    if (is_new) {
      draft.components.push_back(std::move(made));
    }
  }
}

void request_for_owners(const Sight& sight, ResourceId subject,
                        const std::vector<ResourceId>& targets, const Link& link,
                        Confidence confidence, Draft& draft) {
  for (const ResourceId owner : sight.folding.owners(subject)) {
    add_request(sight, {owner, targets, &link, confidence}, draft);
  }
}

std::vector<ResourceId> named_by(const Sight& sight, const Link& link) {
  std::vector<ResourceId> named = link.naming.targets;
  for (const std::string& text : link.naming.outside) {
    const auto mentioned = sight.graph.mentioned_in(text);
    named.insert(named.end(), mentioned.begin(), mentioned.end());
  }
  return named;
}

/// A secret or a parameter: who reads it uses what it tells the address of; it uses nothing itself.
bool holds_settings(const TypeEntry& entry) {
  return !entry.is_workload && entry.becomes != Becomes::relay &&
         (entry.kind == blueprint::Kind::security || entry.kind == blueprint::Kind::other);
}

/// What settings name, at the resource itself or at a part of what it belongs to.
std::vector<ResourceId> told_by_settings(const Sight& sight, ResourceId id) {
  std::vector<ResourceId> holders = {id};
  for (const ResourceId owner : sight.folding.owners(id)) {
    const auto& parts = sight.folding.parts(owner);
    holders.insert(holders.end(), parts.begin(), parts.end());
  }
  std::vector<ResourceId> told;
  for (const ResourceId holder : holders) {
    for (const std::size_t index : sight.graph.links_of(holder)) {
      const Link& link = sight.graph.links()[index];
      if (link.rule->role == LinkRole::mentions && holds_settings(sight.graph.entry(holder))) {
        const auto more = named_by(sight, link);
        told.insert(told.end(), more.begin(), more.end());
      }
    }
  }
  return told;
}

/// What a text names is used, one by one; parts of a network or an identity are not meant.
void add_mentions(const Sight& sight, const Link& link, Draft& draft) {
  if (holds_settings(sight.graph.entry(link.subject))) {
    return;
  }
  std::vector<ResourceId> named = named_by(sight, link);
  for (std::size_t i = 0, direct = named.size(); i < direct; ++i) {
    const auto told = told_by_settings(sight, named[i]);
    named.insert(named.end(), told.begin(), told.end());
  }
  for (const ResourceId id : named) {
    if (sight.relays.is_relay(id) && sight.graph.entry(id).kind != blueprint::Kind::network) {
      request_for_owners(sight, link.subject, {id}, link, Confidence::referenced, draft);
    }
    for (const ResourceId owner : sight.folding.owners(id)) {
      const TypeEntry& entry = sight.graph.entry(owner);
      if (entry.kind == blueprint::Kind::network && !entry.is_entry) {
        continue;
      }
      request_for_owners(sight, link.subject, {owner}, link, Confidence::referenced, draft);
      // What is installed on nodes is used by them.
      if (sight.relays.is_relay(link.subject)) {
        for (const Reach& reach : sight.relays.reached(link.subject)) {
          for (const ResourceId worker : reach.any_of) {
            add_request(sight, {worker, {owner}, &link, Confidence::referenced}, draft);
          }
        }
      }
    }
  }
}

/// Links of one rule, each from a resource of its own, that name alternatives for one subject
/// (servers in a pool, one association each) are one link that names all of them.
std::vector<Link> with_alternatives_joined(const std::vector<Link>& links) {
  std::vector<Link> joined;
  std::map<std::pair<const LinkRule*, std::uint32_t>, std::size_t> first;
  for (const Link& link : links) {
    if (link.rule->alternatives && !link.rule->from.empty()) {
      const auto [at, is_new] =
          first.emplace(std::pair(link.rule, link.subject.index), joined.size());
      if (!is_new) {
        auto& targets = joined[at->second].naming.targets;
        targets.insert(targets.end(), link.naming.targets.begin(), link.naming.targets.end());
        continue;
      }
    }
    joined.push_back(link);
  }
  return joined;
}

int rank(Confidence confidence) {
  return -static_cast<int>(confidence);
}

/// Whichever of two inputs is the surer of the call itself, a strength that one states stays.
void keep_stated(blueprint::Value<blueprint::Strength>& known,
                 blueprint::Value<blueprint::Strength>& need) {
  const auto is_stated = [](const auto& strength) {
    return strength.is_known() && strength.provenance() == Provenance::stated;
  };
  if (is_stated(known)) {
    need = known;
  } else if (is_stated(need)) {
    known = need;
  }
}

}  // namespace

void add_need(DraftComponent& component, DraftNeed need) {
  std::erase(need.any_of, component.id);
  if (need.any_of.empty()) {
    return;
  }
  for (DraftNeed& known : component.needs) {
    if (known.any_of == need.any_of && known.is_local == need.is_local) {
      // Reached over two routes, or over one and otherwise too: then by all of them.
      std::vector<std::string> routes = known.routes;
      routes.insert(routes.end(), need.routes.begin(), need.routes.end());
      const bool for_all = known.routes.empty() || need.routes.empty();
      known.routes = need.routes = for_all ? std::vector<std::string>() : routes;
      known.record.fill(need.record);
      need.record = known.record;
      keep_stated(known.strength, need.strength);
      if (known.port.is_known() && need.port.is_known() && *known.port != *need.port) {
        known.port = blueprint::Value<std::int64_t>::unknown();  // several, and any may be the one
      }
      known.port.fill(need.port);
      need.port = known.port;
      if (rank(need.confidence) > rank(known.confidence)) {
        known = std::move(need);
      }
      return;
    }
  }
  component.needs.push_back(std::move(need));
}

void make_needs(const Sight& sight, Draft& draft) {
  auto links = with_alternatives_joined(sight.graph.links());
  std::stable_sort(links.begin(), links.end(), [&](const Link& a, const Link& b) {
    return order_of(sight.graph, a) < order_of(sight.graph, b);
  });
  for (const Link& link : links) {
    switch (link.rule->role) {
      case LinkRole::needs:
        if (!sight.relays.is_relay(link.subject)) {
          request_for_owners(sight, link.subject, link.naming.targets, link, Confidence::stated,
                             draft);
        }
        break;
      case LinkRole::needed_by:
        for (const ResourceId target : link.naming.targets) {
          if (!sight.relays.is_relay(target)) {
            request_for_owners(sight, target, {link.subject}, link, Confidence::stated, draft);
          }
        }
        break;
      case LinkRole::mentions:
        add_mentions(sight, link, draft);
        break;
      case LinkRole::owner:
      case LinkRole::part:
      case LinkRole::member:
      case LinkRole::joins:
      case LinkRole::placement:
      case LinkRole::beside:
      case LinkRole::firewall:
      case LinkRole::acts_as:
      case LinkRole::carries:
      case LinkRole::wakes:
        break;
    }
  }
}

}  // namespace outlast::catalog
