// Who is served over the internet: what has an address there, and a door that some of its public
// addresses may pass. They ask for it by its public name, whether all the world may come or only the
// proxies of a provider and an office; who may break in is another question, answered with all rules
// (engines/security/passage.h).

#include <algorithm>

#include "base/address_range.h"
#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"
#include "catalog/known_ports.h"
#include "catalog/passes.h"
#include "catalog/public_address.h"
#include "catalog/ready_firewall.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNetworkRule;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// Ranges by a name of their provider's: those of its proxies, and lists that are kept elsewhere.
constexpr std::string_view kProxiesOfAProvider = "AzureFrontDoor.Backend";
constexpr std::string_view kListElsewhere = "pl-";

bool is_one_port(const DraftNetworkRule& rule) {
  return rule.from_port.is_known() && rule.to_port.is_known() && rule.protocol != "all" &&
         *rule.from_port == *rule.to_port;
}

/// A port at which administrators come in, or data is asked for: what users come for is elsewhere.
bool is_no_users_port(const DraftNetworkRule& rule) {
  return is_one_port(rule) && is_among(*rule.from_port, kAdministrationPorts, kDataPorts);
}

/// Whom a rule lets in of those who come to be served.
struct Admitted {
  bool users = false;
  /// Public addresses of somebody, at all ports. A balancer hands on what it serves, whoever asks; of
  /// a machine a party that may ask for everything is who tends it.
  bool a_party = false;
  bool unknown = false;  ///< nobody knows its peers

  void add(const Admitted& more) {
    users = users || more.users;
    a_party = a_party || more.a_party;
    unknown = unknown || more.unknown;
  }
};

Admitted admitted_by(const DraftNetworkRule& rule) {
  if (rule.direction != blueprint::Direction::inbound || !rule.character.allows ||
      rule.character.layer == blueprint::kListLayer || rule.protocol == "icmp" ||
      is_no_users_port(rule)) {
    return {};
  }
  std::vector<base::AddressRange> open;
  bool has_open = false;
  bool is_unknown = rule.character.peers_are_unknown;
  for (const std::string& text : rule.peer_ranges) {
    if (const auto range = base::parse_range(text); range && !base::is_private(*range)) {
      open.push_back(*range);
    }
    has_open = has_open || !open.empty() || text.starts_with(kProxiesOfAProvider);
    is_unknown = is_unknown || text.starts_with(kListElsewhere);
  }
  return {base::is_for_anybody(open) || (has_open && is_one_port(rule)), has_open, is_unknown};
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
      const Admitted admitted = admitted_by(rule);
      for (const std::string& subject : rule.subjects) {
        raise(subject, admitted);
      }
      if (rule.subjects.empty()) {  // a row of what it opens itself: a published port
        raise(rule.evidence.address, admitted);
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
  void raise(const std::string& subject, Admitted admitted) { admitted_[subject].add(admitted); }

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
    has_firewall = has_firewall || ready_firewall_of(sight_, id).exists();
    const auto found = admitted_.find(c.id);
    const Admitted admitted = found == admitted_.end() ? Admitted() : found->second;
    if (admitted.users || (admitted.a_party && entry.forwards)) {
      return Truth::yes;
    }
    if (!has_firewall) {
      return entry.forwards || entry.scope != blueprint::Scope::zone ? Truth::yes : Truth::no;
    }
    return is_seen_whole && !admitted.unknown ? Truth::no : Truth::unknown;
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
  std::map<std::string, Admitted> admitted_;  ///< by component: whom its firewalls let in
  std::map<std::string, std::size_t> by_id_;
};

}  // namespace

void find_exposure(const Sight& sight, Draft& draft) {
  Exposure(sight, draft).find();
}

}  // namespace outlast::catalog
