// Where packets find components, what stands before them, and whose data is got at by which name.

#include <algorithm>
#include <charconv>
#include <map>

#include "base/address_range.h"
#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"
#include "catalog/guess_class.h"
#include "catalog/marks.h"
#include "catalog/passes.h"
#include "catalog/public_address.h"
#include "catalog/ready_firewall.h"
#include "catalog/ways_out.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Value;

namespace {

constexpr std::int64_t kHttps = 443;

/// In a type's names: the namespace that it lies in, which stands first in its address.
constexpr std::string_view kSpace = "@space";

/// In what attributes with addresses of IPv6 are called.
constexpr std::string_view kSixth = "ipv6";
constexpr std::string_view kAnySixth = "::/0";
constexpr std::string_view kRoutedSixth = "2000::/3";  ///< what the internet routes (RFC 4291)

class AccessReader {
 public:
  AccessReader(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft), ways_out_(sight) {
    for (const auto& rule : draft.network_rules) {
      for (const std::string& subject : rule.subjects) {
        rows_[subject][rule.character.layer] =
            rows_[subject][rule.character.layer] || rule.character.order.is_known();
        if (rule.direction == blueprint::Direction::inbound && rule.character.allows &&
            rule.character.layer != blueprint::kListLayer) {
          Truth& truth = strangers_.try_emplace(subject, Truth::no).first->second;
          truth = std::max(truth, lets_anybody_in(rule));
        }
      }
    }
    for (const Link& link : sight.graph.links()) {
      if (link.rule->role == LinkRole::owner &&
          !sight.graph.entry(link.subject).access.ranges.empty()) {
        for (const ResourceId place : link.naming.targets) {
          blocks_of_[place.index].push_back(link.subject);
        }
      }
    }
  }

  void read() {
    for (const auto& [index, at] : sight_.component_of) {
      const ResourceId id{index};
      read_guards(id, draft_.components[at]);
      read_address(id, draft_.components[at]);
      read_data(id, draft_.components[at]);
    }
  }

 private:
  /// Layers that have rules, and firewalls without any: those let nobody in.
  void read_guards(ResourceId id, const DraftComponent& c) {
    std::map<std::string, bool> in_order;  // layer → the first that fits decides
    bool is_whole = true;
    bool has_own = ready_firewall_of(sight_, id).exists();
    if (const auto found = rows_.find(c.id); found != rows_.end()) {
      in_order = found->second;
    }
    for (const ResourceId part : sight_.folding.whole(id)) {
      for (const std::size_t index : sight_.graph.links_of(part)) {
        const Link& link = sight_.graph.links()[index];
        if (link.rule->role != LinkRole::firewall) {
          continue;
        }
        has_own = has_own || std::any_of(link.naming.targets.begin(), link.naming.targets.end(),
                                         [&](ResourceId t) { return is_firewall(t); });
        is_whole = is_whole && link.naming.outside.empty() && !link.naming.leaves_open();
      }
    }
    if (has_own || !is_whole) {
      in_order.try_emplace(std::string(blueprint::kOwnLayer), false);
    }
    for (const auto& [layer, has_order] : in_order) {
      draft_.access.guards.push_back(
          {c.id, layer, has_order, is_whole || layer != blueprint::kOwnLayer});
    }
    is_guarded_ = !in_order.empty();
  }

  [[nodiscard]] bool is_firewall(ResourceId id) const {
    const TypeEntry& entry = sight_.graph.entry(id);
    // One that stands beside as a layer of its own closes no other.
    return entry.kind == blueprint::Kind::security && !entry.firewall.empty() &&
           entry.firewall.front().layer.empty();
  }

  void read_address(ResourceId id, const DraftComponent& c) {
    blueprint::Address<std::string> row;
    row.of = c.id;
    row.evidence = c.evidence;
    Truth leads_out = Truth::no;
    bool is_placed = false;
    for (const Place& place : places_of(sight_.graph, sight_.folding, id).all) {
      if (!place.subnet.exists()) {
        continue;
      }
      is_placed = true;
      leads_out =
          std::max(leads_out, ways_out_.from(place.subnet, sight_.graph.entry(id).forwards));
      read_place(place.subnet, row);
    }
    row.is_public = is_public(id, c, row);
    if (is_placed && sight_.graph.entry(id).service_model == blueprint::ServiceModel::faas) {
      open_by_provider(c, row);
    } else if (is_placed) {
      row.is_public = both(row.is_public, leads_out);
    }
    read_listened(id, row);
    draft_.access.addresses.push_back(std::move(row));
  }

  /// What has no servers is asked at an address of the provider's: its place and what stands before
  /// that are for what it sends itself.
  void open_by_provider(const DraftComponent& c, const blueprint::Address<std::string>& address) {
    if (address.is_public == Truth::no) {
      return;
    }
    for (const auto& guard : draft_.access.guards) {
      if (guard.of != c.id) {
        continue;
      }
      blueprint::DraftNetworkRule door;
      door.subjects = {c.id};
      door.protocol = "tcp";
      door.from_port = door.to_port =
          Value<std::int64_t>::of(kHttps, blueprint::Provenance::catalog);
      door.peer_ranges = {"0.0.0.0/0", std::string(kAnySixth)};
      door.character.layer = guard.layer;
      door.character.order = Value<std::int64_t>::of(0, blueprint::Provenance::catalog);
      door.evidence = address.evidence;
      draft_.network_rules.push_back(std::move(door));
    }
  }

  void read_place(ResourceId subnet, blueprint::Address<std::string>& row) const {
    read_ranges(subnet, row);
    if (const auto found = blocks_of_.find(subnet.index); found != blocks_of_.end()) {
      for (const ResourceId block : found->second) {
        read_ranges(block, row);
      }
    }
    if (const std::string network =
            network_named(sight_, subnet, sight_.graph.entry(subnet).access.network);
        !network.empty()) {
      row.network = network;
    }
  }

  void read_ranges(ResourceId id, blueprint::Address<std::string>& row) const {
    const blueprint::DraftResource& resource = sight_.graph.resource(id);
    for (const std::string_view attribute : sight_.graph.entry(id).access.ranges) {
      for (const Selected& at : select(resource.attributes, attribute)) {
        if (!at.node.text().empty()) {
          row.ranges.emplace_back(at.node.text());
        } else if (at.node.is(base::NodeKind::unknown) && at.path.find(kSixth) != at.path.npos) {
          // The configuration asks for some, or the provider may give them.
          const bool is_asked_for =
              std::any_of(resource.references.begin(), resource.references.end(),
                          [&](const auto& reference) { return reference.path == at.path; });
          row.ranges.emplace_back(is_asked_for ? kRoutedSixth : kAnySixth);
        }
      }
    }
  }

  /// An address that the internet can send to, whatever firewalls say. What lies in a zone and has
  /// no firewall of its own has the one of its network, which lets no stranger in.
  [[nodiscard]] Truth is_public(ResourceId id, const DraftComponent& c,
                                blueprint::Address<std::string>& row) const {
    const TypeEntry& entry = sight_.graph.entry(id);
    const ToldAddress told = told_address(sight_, id);
    Value<bool> address = told.is_public;
    if (told.told_by.exists()) {
      row.evidence = sight_.graph.resource(told.told_by).evidence;
      row.evidence.span = address.span().exists() ? address.span() : row.evidence.span;
    }
    for (const Place& place : places_of(sight_.graph, sight_.folding, id).all) {
      if (place.subnet.exists()) {
        address.fill(
            FieldReader(sight_.graph.resource(place.subnet), sight_.graph.entry(place.subnet))
                .boolean(Field::public_address));
      }
    }
    if (entry.is_name) {
      address = c.internet;
      // Users may be led on by it whom a firewall knows, and strangers not.
      if (leads_anybody_on(c) == Truth::no) {
        address = Value<bool>::of(false, blueprint::Provenance::inferred);
      }
    }
    // Who names no place lies in the network that the provider has ready, with a public address.
    const bool is_in_default_network =
        address.is_unset() && !entry.access.network.empty() && !entry.access.leads_out &&
        places_of(sight_.graph, sight_.folding, id).all.empty() &&
        holds(sight_.graph.resource(id).attributes, entry.access.network, "absent") == Truth::yes;
    if (is_in_default_network) {
      address = Value<bool>::of(true, blueprint::Provenance::assumed);
    }
    const bool has_default_firewall =
        c.kind.is_known() || (names_firewalls(entry) && !faces_internet(id));
    const bool is_closed = !is_guarded_ && !entry.forwards && !entry.is_name &&
                           entry.scope == blueprint::Scope::zone && has_default_firewall &&
                           !c.internet.value_or(false);
    return is_closed || address.is_unset() ? Truth::no
           : address.is_unknown()          ? Truth::unknown
           : *address                      ? Truth::yes
                                           : Truth::no;
  }

  [[nodiscard]] static Truth lets_anybody_in(const blueprint::DraftNetworkRule& rule) {
    std::vector<base::AddressRange> ranges;
    for (const std::string& text : rule.peer_ranges) {
      if (const auto range = base::parse_range(text)) {
        ranges.push_back(*range);
      }
    }
    return base::is_for_anybody(ranges)       ? Truth::yes
           : rule.character.peers_are_unknown ? Truth::unknown
                                              : Truth::no;
  }

  /// Does an end of a name let just anybody in? One that no rule stands before is not asked here.
  [[nodiscard]] Truth leads_anybody_on(const DraftComponent& name) const {
    Truth truth = name.needs.empty() ? Truth::yes : Truth::no;
    for (const blueprint::DraftNeed& need : name.needs) {
      for (const std::string& target : need.any_of) {
        const auto found = strangers_.find(target);
        truth = std::max(truth, found == strangers_.end() ? Truth::yes : found->second);
      }
    }
    return truth;
  }

  /// Is it asked at an address of its provider's, which no network stands before?
  [[nodiscard]] bool faces_internet(ResourceId id) const {
    const auto whole = sight_.folding.whole(id);
    return std::any_of(whole.begin(), whole.end(), [&](ResourceId part) {
      return FieldReader(sight_.graph.resource(part), sight_.graph.entry(part))
          .boolean(Field::internet)
          .value_or(false);
    });
  }

  void read_listened(ResourceId id, blueprint::Address<std::string>& row) const {
    for (const ResourceId part : sight_.folding.whole(id)) {
      const FieldReader reader(sight_.graph.resource(part), sight_.graph.entry(part));
      for (const auto& text : reader.texts(Field::listens)) {
        if (!text.is_known()) {
          row.listens.clear();
          return;
        }
        std::int64_t port = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), port);
        if (error == std::errc() && end == text->data() + text->size()) {
          row.listens.push_back(port);
        }
      }
    }
    std::sort(row.listens.begin(), row.listens.end());
    row.listens.erase(std::unique(row.listens.begin(), row.listens.end()), row.listens.end());
  }

  void read_data(ResourceId id, const DraftComponent& c) {
    const TypeEntry& entry = sight_.graph.entry(id);
    if (!entry.access.reads.empty() || !entry.access.deletes.empty()) {
      blueprint::DataAccess<std::string> row;
      row.of = c.id;
      row.service = entry.access.service.empty() ? entry.service : entry.access.service;
      row.has_bare_name = entry.access.has_bare_name;
      row.reads.assign(entry.access.reads.begin(), entry.access.reads.end());
      row.deletes.assign(entry.access.deletes.begin(), entry.access.deletes.end());
      for (const auto& attributes : {entry.access.names, entry.identity}) {
        for (const std::string_view attribute : attributes) {
          if (attribute == kSpace) {
            row.names.push_back(c.id.substr(0, c.id.find('/')));
          }
          add_names(id, attribute, row.names);
        }
      }
      row.is_named = !row.names.empty();
      row.reading_scopes.assign(entry.access.reading_scopes.begin(),
                                entry.access.reading_scopes.end());
      row.deleting_scopes.assign(entry.access.deleting_scopes.begin(),
                                 entry.access.deleting_scopes.end());
      row.opens.assign(entry.access.opens.begin(), entry.access.opens.end());
      row.is_closed = is_closed(id);
      draft_.access.data.push_back(std::move(row));
    }
    if (entry.is_store || c.kind.value_or(blueprint::Kind::other) == blueprint::Kind::database) {
      guess(id, c);
    }
  }

  void add_names(ResourceId id, std::string_view attribute, std::vector<std::string>& names) const {
    for (const Selected& at : select(sight_.graph.resource(id).attributes, attribute)) {
      if (!at.node.text().empty()) {
        names.emplace_back(at.node.text());
      }
    }
  }

  /// Does the store, or a part of it, say so?
  [[nodiscard]] bool is_closed(ResourceId id) const {
    const auto all = sight_.folding.whole(id);
    return std::any_of(all.begin(), all.end(), [&](ResourceId part) {
      const auto& rules = sight_.graph.entry(part).access.closed;
      return std::any_of(rules.begin(), rules.end(), [&](const Condition& one) {
        return meets(sight_, id, part, one) == Truth::yes;
      });
    });
  }

  /// What a store seems to hold, by its own names and by those of what lies in it.
  void guess(ResourceId id, const DraftComponent& c) {
    if (c.holds.is_known()) {
      return;
    }
    const auto keep = [&](std::string_view name, const blueprint::Evidence& evidence) {
      const std::string_view guessed = class_by_name(name);
      if (guessed.empty()) {
        return false;
      }
      draft_.access.guessed.push_back({c.id, std::string(guessed), std::string(name), evidence});
      return true;
    };
    const auto keep_any = [&](ResourceId of, std::span<const std::string_view> attributes) {
      const auto& resource = sight_.graph.resource(of);
      for (const std::string_view attribute : attributes) {
        for (const Selected& at : select(resource.attributes, attribute)) {
          blueprint::Evidence evidence = resource.evidence;
          evidence.span = at.node.span();
          evidence.pointer = pointer_to(resource.attributes_pointer, at.path);
          if (keep(at.node.text(), evidence)) {
            return true;
          }
        }
      }
      return false;
    };
    const auto all = sight_.folding.whole(id);
    const bool is_told =
        std::any_of(all.begin(), all.end(),
                    [&](ResourceId part) {
                      return keep_any(part, sight_.graph.entry(part).access.contents);
                    }) ||
        keep_any(id, sight_.graph.entry(id).access.names);
    if (!is_told) {
      (void)keep(c.name.value_or(c.id), c.evidence);
    }
  }

  const Sight& sight_;
  Draft& draft_;
  WaysOut ways_out_;
  std::map<std::string, std::map<std::string, bool>> rows_;  ///< component → layer → in order
  std::map<std::string, Truth> strangers_;  ///< component that rules stand before → are any let in?
  std::map<std::uint32_t, std::vector<ResourceId>> blocks_of_;  ///< place → what adds addresses
  bool is_guarded_ = false;
};

}  // namespace

void read_access(const Sight& sight, Draft& draft) {
  AccessReader(sight, draft).read();
}

}  // namespace outlast::catalog
