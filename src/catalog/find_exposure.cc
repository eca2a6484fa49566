#include <algorithm>
#include <set>

#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"
#include "catalog/known_ports.h"
#include "catalog/passes.h"
#include "catalog/public_address.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNetworkRule;
using blueprint::Provenance;
using blueprint::Value;

namespace {

bool is_world(const std::string& range) {
  return range == "0.0.0.0/0" || range == "::/0";
}

/// A port at which administrators come in, or data is asked for: what users come for is elsewhere.
bool is_no_users_port(const DraftNetworkRule& rule) {
  return rule.from_port.is_known() && rule.to_port.is_known() && rule.protocol != "all" &&
         *rule.from_port == *rule.to_port &&
         is_among(*rule.from_port, kAdministrationPorts, kDataPorts);
}

Truth truth_of(const Value<bool>& value, Truth otherwise) {
  return value.is_unknown() ? Truth::unknown
         : value.is_unset() ? otherwise
         : *value           ? Truth::yes
                            : Truth::no;
}

class Exposure {
 public:
  Exposure(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft) {
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      by_id_.emplace(draft.components[i].id, i);
    }
    for (const DraftNetworkRule& rule : draft.network_rules) {
      const bool lets_users_in =
          rule.direction == blueprint::Direction::inbound && rule.character.allows &&
          rule.character.layer != blueprint::kListLayer && rule.protocol != "icmp" &&
          std::any_of(rule.peer_ranges.begin(), rule.peer_ranges.end(), is_world) &&
          !is_no_users_port(rule);
      if (lets_users_in) {
        open_.insert(rule.subjects.begin(), rule.subjects.end());
        if (rule.subjects.empty()) {  // a row of what it opens itself: a published port
          open_.insert(rule.evidence.address);
        }
      }
    }
  }

  void find() {
    for (const auto& [index, at] : sight_.component_of) {
      DraftComponent& c = draft_.components[at];
      const ResourceId id{index};
      const TypeEntry& entry = sight_.graph.entry(id);
      const Truth address = both(Truth::yes, has_address(id, c));
      const Truth truth = both(address, admits_users(id, entry, c));
      c.internet = truth == Truth::unknown
                       ? Value<bool>::unknown(c.evidence.span)
                       : Value<bool>::of(truth == Truth::yes, Provenance::inferred);
    }
    for (const auto& [index, at] : sight_.component_of) {
      if (sight_.graph.entry(ResourceId{index}).is_name) {
        follow_name(draft_.components[at]);
      }
    }
  }

 private:
  /// Has it an address that the internet can reach?
  [[nodiscard]] Truth has_address(ResourceId id, const DraftComponent& c) const {
    if (!c.internet.is_unset()) {
      return truth_of(c.internet, Truth::no);
    }
    const ToldAddress told = told_address(sight_, id);
    if (!told.is_public.is_unset()) {
      return truth_of(told.is_public, Truth::no);
    }
    Truth any = Truth::no;
    for (const Place& place : places_of(sight_.graph, sight_.folding, id).all) {
      if (place.subnet.exists()) {
        const FieldReader subnet(sight_.graph.resource(place.subnet),
                                 sight_.graph.entry(place.subnet));
        any = std::max(any, truth_of(subnet.boolean(Field::public_address), Truth::no));
      }
    }
    return any;
  }

  /// Does a firewall let users in? What only forwards and has none is open.
  [[nodiscard]] Truth admits_users(ResourceId id, const TypeEntry& entry,
                                   const DraftComponent& c) const {
    bool has_firewall = false;
    bool is_seen_whole = true;
    const auto look = [&](ResourceId at) {
      for (const std::size_t index : sight_.graph.links_of(at)) {
        const Link& link = sight_.graph.links()[index];
        if (link.rule->role == LinkRole::firewall) {
          has_firewall = true;
          is_seen_whole =
              is_seen_whole && link.naming.outside.empty() && !link.naming.leaves_open();
        }
      }
    };
    look(id);
    for (const ResourceId part : sight_.folding.parts(id)) {
      look(part);
    }
    if (open_.contains(c.id)) {
      return Truth::yes;
    }
    if (!has_firewall) {
      return entry.forwards || entry.scope != blueprint::Scope::zone ? Truth::yes : Truth::no;
    }
    return is_seen_whole ? Truth::no : Truth::unknown;
  }

  /// A name faces the internet where something it names does.
  void follow_name(DraftComponent& c) {
    Truth truth = Truth::no;
    for (const blueprint::DraftNeed& need : c.needs) {
      for (const std::string& target : need.any_of) {
        const DraftComponent& named = draft_.components[by_id_.at(target)];
        truth = std::max(truth, truth_of(named.internet, Truth::no));
      }
    }
    c.internet = truth == Truth::unknown
                     ? Value<bool>::unknown(c.evidence.span)
                     : Value<bool>::of(truth == Truth::yes, Provenance::inferred);
  }

  const Sight& sight_;
  Draft& draft_;
  std::set<std::string> open_;  ///< ids of components that a firewall opens to the world
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace

void find_exposure(const Sight& sight, Draft& draft) {
  Exposure(sight, draft).find();
}

}  // namespace outlast::catalog
