#include <algorithm>
#include <map>
#include <set>

#include "catalog/attribute_path.h"
#include "catalog/firewall_words.h"
#include "catalog/passes.h"
#include "catalog/protected_components.h"

namespace outlast::catalog {

using base::Node;
using blueprint::Draft;
using blueprint::DraftNetworkRule;

namespace {

class FirewallReader {
 public:
  FirewallReader(const Sight& sight, Draft& draft)
      : sight_(sight),
        draft_(draft),
        protected_(sight, draft),
        made_if_(undecided_conditions(sight)) {}

  /// Rules that are for all of a network; of one pair in it they say nothing.
  [[nodiscard]] const std::set<std::size_t>& wide() const { return wide_; }

  void read() {
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      for (const FirewallRule& rule : sight_.graph.entry(id).firewall) {
        read_rows(id, rule);
      }
    }
  }

 private:
  void read_rows(ResourceId id, const FirewallRule& rule) {
    const Node attributes = sight_.graph.resource(id).attributes;
    if (rule.blocks.empty()) {
      add_row(id, rule, "", attributes);
      return;
    }
    for (const Selected& block : select(attributes, rule.blocks)) {
      add_row(id, rule, block.path, block.node);
    }
  }

  void add_row(ResourceId id, const FirewallRule& rule, const std::string& path, Node block) {
    for (const Condition& condition : rule.when) {
      // "@disabled" stands beside the blocks.
      const bool is_beside = condition.attribute.starts_with('@');
      const Node at = is_beside ? sight_.graph.resource(id).attributes : block;
      if (holds(at, condition.attribute.substr(is_beside ? 1 : 0), condition.value) == Truth::no) {
        return;
      }
    }
    const std::vector<ResourceId> firewalls =
        rule.subject.empty() ? std::vector{id} : protected_.named_by(id, rule.subject);
    DraftNetworkRule row = packets_of(rule, block);
    row.evidence = sight_.graph.resource(id).evidence;
    row.evidence.span = block.span();
    read_ranges(id, rule, block, row);
    read_lists(id, rule, path, row);
    const bool is_for_tagged = read_subjects(id, rule, firewalls, row);
    read_peers(id, rule, path, row);
    if (first_node(block, rule.self).text() == "true") {
      for (const ResourceId firewall : firewalls) {
        append(row.peer_components, protected_.by(firewall));
      }
    }
    const bool is_for_somebody = !row.subjects.empty();
    keep_in_doubt(id, rule, firewalls, is_for_tagged, row, block);
    if (!is_for_somebody || !row.subjects.empty()) {
      keep(rule, firewalls, is_for_tagged, row, block);
    }
  }

  /// What a condition makes that nobody can decide may let in whom it names, or nobody: sure is it
  /// only for what the same condition makes. So is what may stand before another firewall. Takes the
  /// others out of the row, into one of their own.
  void keep_in_doubt(ResourceId id, const FirewallRule& rule,
                     const std::vector<ResourceId>& firewalls, bool is_for_tagged,
                     DraftNetworkRule& row, Node block) {
    const std::string& made_if = sight_.graph.resource(id).made_if;
    const auto is_sure = [&](const std::string& subject) {
      const auto own = made_if_.find(subject);
      return (made_if.empty() || (own != made_if_.end() && own->second == made_if)) &&
             std::none_of(firewalls.begin(), firewalls.end(), [&](ResourceId firewall) {
               return protected_.is_in_doubt(firewall, subject);
             });
    };
    const auto middle = std::stable_partition(row.subjects.begin(), row.subjects.end(), is_sure);
    if (middle == row.subjects.end()) {
      return;
    }
    DraftNetworkRule doubted = row;
    doubted.subjects.assign(middle, row.subjects.end());
    row.subjects.erase(middle, row.subjects.end());
    doubted.character.peers_are_unknown = true;
    doubted.peer_ranges.clear();
    doubted.peer_components.clear();
    keep(rule, firewalls, is_for_tagged, doubted, block);
  }

  void read_ranges(ResourceId id, const FirewallRule& rule, Node block,
                   DraftNetworkRule& row) const {
    if (!rule.range.empty()) {
      row.peer_ranges.emplace_back(rule.range);
    }
    const Node attributes = sight_.graph.resource(id).attributes;
    for (const std::string_view range : rule.ranges) {
      // Where the rows are blocks, what they share stands beside them.
      const auto inside = select(block, range);
      for (const Selected& at : inside.empty() ? select(attributes, range) : inside) {
        add_range(at.node, row);
      }
    }
  }

  /// One that is not known yet is there all the same.
  static void add_range(Node node, DraftNetworkRule& row) {
    if (node.is(base::NodeKind::unknown)) {
      row.character.peers_are_unknown = true;
    } else if (!node.text().empty()) {
      row.peer_ranges.push_back(range_of(node.text()));
    }
  }

  /// Ranges that stand in a list of their own; of one that no input holds they are not known.
  void read_lists(ResourceId id, const FirewallRule& rule, const std::string& path,
                  DraftNetworkRule& row) const {
    for (const std::string_view attribute : rule.lists) {
      const Naming named = sight_.graph.named_by(id, attribute, path);
      bool is_open = !named.outside.empty() || named.leaves_open();
      for (const ResourceId list : named.targets) {
        const std::size_t before = row.peer_ranges.size();
        for (const std::string_view range : sight_.graph.entry(list).access.ranges) {
          for (const Selected& at : select(sight_.graph.resource(list).attributes, range)) {
            add_range(at.node, row);
          }
        }
        is_open = is_open || row.peer_ranges.size() == before;  // what fills it stands elsewhere
      }
      row.character.peers_are_unknown = row.character.peers_are_unknown || is_open;
    }
  }

  /// Whom it protects. True: only those that carry its tags.
  bool read_subjects(ResourceId id, const FirewallRule& rule,
                     const std::vector<ResourceId>& firewalls, DraftNetworkRule& row) const {
    const Node attributes = sight_.graph.resource(id).attributes;
    if (!rule.target_tags.empty() && first_node(attributes, rule.target_tags).exists()) {
      protected_.append_tagged(attributes, rule.target_tags, row.subjects);
      return true;
    }
    if (firewalls.empty()) {  // a network that is not in the inputs is known by its name
      protected_.append_tagged(attributes, rule.subject, row.subjects);
    }
    for (const ResourceId firewall : firewalls) {
      append(row.subjects, protected_.by(firewall));
    }
    return false;
  }

  void read_peers(ResourceId id, const FirewallRule& rule, const std::string& path,
                  DraftNetworkRule& row) const {
    const Node attributes = sight_.graph.resource(id).attributes;
    for (const std::string_view tags : rule.peer_tags) {
      protected_.append_tagged(attributes, tags, row.peer_components);
    }
    for (const std::string_view peer : rule.peers) {
      const Naming named = sight_.graph.named_by(id, peer, path, sight_.firewalls);
      row.character.peers_are_unknown = row.character.peers_are_unknown || named.leaves_open();
      for (const ResourceId other : named.targets) {
        append(row.peer_components, protected_.by(other));
      }
    }
    for (const std::string_view peer : rule.workloads) {
      for (const ResourceId other : sight_.graph.named_by(id, peer, path).targets) {
        for (const ResourceId owner : sight_.folding.owners(other)) {
          append(row.peer_components, {sight_.id_of(owner)});
        }
      }
    }
  }

  /// A row for each of its ports.
  void keep(const FirewallRule& rule, const std::vector<ResourceId>& firewalls, bool is_for_tagged,
            const DraftNetworkRule& row, Node block) {
    const std::size_t first = draft_.network_rules.size();
    const auto ports = rule.ports.empty() ? std::vector<Selected>{} : select(block, rule.ports);
    for (const Selected& port : ports) {
      DraftNetworkRule one = row;
      read_ports(port.node, one);
      draft_.network_rules.push_back(std::move(one));
    }
    if (ports.empty()) {
      draft_.network_rules.push_back(row);
    }
    const std::size_t last = draft_.network_rules.size();
    for (std::size_t i = first; i < last; ++i) {
      if (!rule.target_tags.empty() && !is_for_tagged) {
        wide_.insert(i);
      }
      if (is_list(firewalls)) {
        draft_.network_rules[i].character.layer = blueprint::kListLayer;
      } else {
        set_apart_places(firewalls, i);
      }
    }
  }

  /// Do they stand before whole places, as lists of subnets do?
  [[nodiscard]] bool is_list(const std::vector<ResourceId>& firewalls) const {
    return std::any_of(firewalls.begin(), firewalls.end(), [&](ResourceId id) {
      const auto& rules = sight_.graph.entry(id).firewall;
      return std::any_of(rules.begin(), rules.end(),
                         [](const FirewallRule& rule) { return !rule.places.empty(); });
    });
  }

  /// Before those that it protects because of the place they lie in, a firewall is a layer of its
  /// own.
  void set_apart_places(const std::vector<ResourceId>& firewalls, std::size_t at) {
    const auto is_by_place = [&](const std::string& component) {
      return std::any_of(firewalls.begin(), firewalls.end(), [&](ResourceId firewall) {
        return protected_.is_by_place(firewall, component);
      });
    };
    DraftNetworkRule apart = draft_.network_rules[at];
    auto& subjects = draft_.network_rules[at].subjects;
    const auto middle = std::stable_partition(
        subjects.begin(), subjects.end(), [&](const std::string& id) { return !is_by_place(id); });
    apart.subjects.assign(middle, subjects.end());
    if (apart.subjects.empty()) {
      return;
    }
    apart.character.layer = blueprint::kPlaceLayer;
    if (middle == subjects.begin()) {
      draft_.network_rules[at] = std::move(apart);
      return;
    }
    subjects.erase(middle, subjects.end());
    draft_.network_rules.push_back(std::move(apart));
  }

  const Sight& sight_;
  Draft& draft_;
  ProtectedComponents protected_;
  std::map<std::string, std::string> made_if_;  ///< by component
  std::set<std::size_t> wide_;
};

}  // namespace

void read_firewalls(const Sight& sight, Draft& draft) {
  FirewallReader reader(sight, draft);
  reader.read();
  infer_calls_by_firewalls(sight, draft, reader.wide());
}

}  // namespace outlast::catalog
