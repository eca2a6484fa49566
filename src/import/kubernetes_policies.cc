#include "import/kubernetes_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "blueprint/peer_words.h"
#include "import/kubernetes_made.h"
#include "import/kubernetes_rows.h"
#include "import/value_tree.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kNameLabel = "kubernetes.io/metadata.name";
/// Annotations with the ranges that a balancer or an ingress lets in.
constexpr auto kSourceRanges =
    std::to_array<std::string_view>({"service.beta.kubernetes.io/load-balancer-source-ranges",
                                     "nginx.ingress.kubernetes.io/whitelist-source-range",
                                     "nginx.ingress.kubernetes.io/allowlist-source-range"});

class PolicyReader {
 public:
  PolicyReader(const KubernetesObjects& objects, Draft& draft) : objects_(objects), draft_(draft) {
    for (const ResourceId id : objects.all()) {
      by_address_.emplace(draft.resources[id].address, id);
      const Node object = objects.object(id);
      if (draft.resources[id].type == "networking.k8s.io/NetworkPolicy") {
        policies_.push_back(id);
      } else if (draft.resources[id].type == "Service LoadBalancer" ||
                 draft.resources[id].type == "networking.k8s.io/Ingress") {
        entries_.push_back(id);
      } else if (object["kind"].text() == "Namespace") {
        spaces_.insert(std::string(object["metadata"]["name"].text()));
      }
      if (pod_template_of(object).pod.exists()) {
        spaces_.insert(objects.space_of(id));
      }
    }
  }

  void read() {
    for (const ResourceId id : policies_) {
      if (is_for(objects_.object(id)["spec"], "Ingress")) {
        for (const ResourceId pod : protected_by(id)) {
          closed_to_callers_.insert(pod.index);
        }
      }
    }
    for (const ResourceId id : policies_) {
      read(id);
    }
    for (const ResourceId id : entries_) {
      read_sources(id);
    }
  }

 private:
  /// Whom a balancer or an ingress lets in at all: the ranges of its own, or of an annotation.
  void read_sources(ResourceId id) {
    const Node object = objects_.object(id);
    const Node listed = object["spec"]["loadBalancerSourceRanges"];
    Node noted;
    for (const std::string_view key : kSourceRanges) {
      noted = noted.exists() ? noted : object["metadata"]["annotations"][key];
    }
    const Node told = listed.size() > 0 ? listed : noted;
    ValueTree ranges = list_value({}, told.span());
    for (std::size_t i = 0; i < listed.size(); ++i) {
      ranges.items.push_back(copy_of(listed.at(i)));
    }
    for (const std::string_view range : base::split(noted.text(), ',')) {
      if (listed.size() == 0 && !base::trim(range).empty()) {
        ranges.items.push_back(text_value(std::string(base::trim(range)), noted.span()));
      }
    }
    if (!ranges.items.empty()) {
      RowMaker rows(told.span());
      rows.add("inbound", told.span(), all_ports(told.span()), ranges, no_value(told.span()));
      guard_with(id, rows.take(), "", {id}, by_address_, draft_);
    }
  }

  /// Without `policyTypes` a policy is for what comes in, and for what goes out if it tells that.
  [[nodiscard]] static bool is_for(Node spec, std::string_view direction) {
    const Node types = spec["policyTypes"];
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (types.at(i).text() == direction) {
        return true;
      }
    }
    return types.size() == 0 && (direction == "Ingress" || spec["egress"].exists());
  }

  [[nodiscard]] std::vector<ResourceId> protected_by(ResourceId policy) const {
    return objects_.selected(objects_.space_of(policy),
                             objects_.object(policy)["spec"]["podSelector"]);
  }

  void read(ResourceId id) {
    const Node spec = objects_.object(id)["spec"];
    std::vector<ResourceId> all = protected_by(id);
    RowMaker rows(spec.span());
    if (is_for(spec, "Ingress")) {
      read_rules(id, spec["ingress"], "from", "inbound", rows);
    }
    if (is_for(spec, "Egress")) {
      rows.close("outbound", spec.span());
      read_rules(id, spec["egress"], "to", "outbound", rows);
    }
    // A policy for what goes out alone leaves open to callers what no other one closes.
    const auto closed = std::stable_partition(all.begin(), all.end(), [&](ResourceId pod) {
      return !closed_to_callers_.contains(pod.index);
    });
    const std::vector<ResourceId> open(all.begin(), closed);
    all.erase(all.begin(), closed);
    if (!open.empty()) {
      RowMaker with_callers = rows;
      with_callers.open("inbound", spec.span());
      guard_with(id, with_callers.take(), " to callers", open, by_address_, draft_);
    }
    if (!all.empty()) {
      guard_with(id, rows.take(), "", all, by_address_, draft_);
    }
  }

  void read_rules(ResourceId policy, Node rules, std::string_view peers_at,
                  std::string_view direction, RowMaker& rows) const {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Node rule = rules.at(i);
      ValueTree ranges = list_value({}, rule.span());
      ValueTree workloads = unknown_value(rule.span());
      const Node peers = rule[peers_at];
      for (std::size_t k = 0; k < peers.size(); ++k) {
        read_peer(objects_.space_of(policy), peers.at(k), ranges, workloads);
        note_undecided(policy, peers.at(k)["namespaceSelector"]);
      }
      if (peers.size() == 0) {
        ranges.items.push_back(text_value("*", rule.span()));
      }
      const Node ports = rule["ports"];
      for (std::size_t k = 0; k < ports.size(); ++k) {
        rows.add(direction, rule.span(), ports_of(policy, ports.at(k)), ranges, workloads);
      }
      if (ports.size() == 0) {
        rows.add(direction, rule.span(), all_ports(rule.span()), ranges, workloads);
      }
    }
  }

  void read_peer(const std::string& own_space, Node peer, ValueTree& ranges,
                 ValueTree& workloads) const {
    const Node block = peer["ipBlock"];
    if (block.exists()) {
      const bool is_whole = block["except"].size() == 0;
      ranges.items.push_back(is_whole ? text_value(std::string(block["cidr"].text()), block.span())
                                      : unknown_value(block.span()));
      return;
    }
    const Node elsewhere = peer["namespaceSelector"];
    std::vector<std::string> spaces = {own_space};
    if (elsewhere.exists()) {
      // Who else lives there, such as the controller of an ingress, no input may hold.
      ranges.items.push_back(are_labels_known(elsewhere)
                                 ? text_value(std::string(blueprint::kStrangers), peer.span())
                                 : unknown_value(peer.span()));
      spaces.clear();
      std::copy_if(spaces_.begin(), spaces_.end(), std::back_inserter(spaces),
                   [&](const std::string& space) { return is_meant(space, elsewhere); });
    }
    for (const std::string& space : spaces) {
      const Node selector = peer["podSelector"];
      for (const ResourceId pod :
           selector.exists() ? objects_.selected(space, selector) : objects_.all_in(space)) {
        const std::string& address = draft_.resources[pod].address;
        if (std::find(workloads.uses.begin(), workloads.uses.end(), address) ==
            workloads.uses.end()) {
          workloads.uses.push_back(address);
        }
      }
    }
  }

  void note_undecided(ResourceId policy, Node selector) const {
    std::string unknown =
        fmt::format("{}: which namespaces it means", draft_.resources[policy].address);
    auto& all = draft_.coverage.unknown_attributes;
    if (selector.exists() && !are_labels_known(selector) &&
        std::find(all.begin(), all.end(), unknown) == all.end()) {
      all.push_back(std::move(unknown));
    }
  }

  /// Can of every namespace of the inputs be told whether it is meant?
  [[nodiscard]] bool are_labels_known(Node selector) const {
    const Node wanted = selector["matchLabels"];
    const Node expressions = selector["matchExpressions"];
    bool is_by_name = true;
    for (std::size_t i = 0; wanted.is(NodeKind::map) && i < wanted.size(); ++i) {
      is_by_name = is_by_name && wanted.key(i) == kNameLabel;
    }
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      is_by_name = is_by_name && expressions.at(i)["key"].text() == kNameLabel;
    }
    return is_by_name || std::all_of(spaces_.begin(), spaces_.end(), [&](const auto& space) {
             return objects_.find("", "Namespace", space).exists();
           });
  }

  /// Every namespace wears its own name as a label, whether its object is in the inputs or not.
  [[nodiscard]] bool is_meant(const std::string& space, Node selector) const {
    const ResourceId object = objects_.find("", "Namespace", space);
    const Node labels = object.exists() ? objects_.object(object)["metadata"]["labels"] : Node();
    const auto label = [&](std::string_view key) {
      return key == kNameLabel ? std::string_view(space) : labels[key].text();
    };
    const Node wanted = selector["matchLabels"];
    for (std::size_t i = 0; wanted.is(NodeKind::map) && i < wanted.size(); ++i) {
      if (label(wanted.key(i)) != wanted.at(i).text()) {
        return false;
      }
    }
    const Node expressions = selector["matchExpressions"];
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      const Node one = expressions.at(i);
      const std::string_view worn = label(one["key"].text());
      const std::string_view how = one["operator"].text();
      bool is_among = false;
      for (std::size_t k = 0; k < one["values"].size(); ++k) {
        is_among = is_among || one["values"].at(k).text() == worn;
      }
      const bool holds = how == "Exists"         ? !worn.empty()
                         : how == "DoesNotExist" ? worn.empty()
                         : how == "NotIn"        ? !is_among
                                                 : is_among;
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  /// A number, a span of numbers, or the name that a container gives to a port of its own.
  [[nodiscard]] ValueTree ports_of(ResourceId policy, Node port) const {
    const base::Span span = port.span();
    const std::string_view protocol = port["protocol"].text();
    const Node first = port["port"];
    const Node last = port["endPort"];
    ValueTree out;
    out.members.emplace_back("protocol",
                             text_value(protocol.empty() ? "tcp" : std::string(protocol), span));
    if (!first.exists()) {
      out.members.emplace_back("from_port", text_value("0", span));
      out.members.emplace_back("to_port", text_value("65535", span));
      return out;
    }
    const bool is_number = first.text().find_first_not_of("0123456789") == std::string_view::npos;
    const std::string from = is_number ? std::string(first.text()) : named(policy, first.text());
    const auto value = [&](std::string text) {
      return text.empty() ? unknown_value(span) : text_value(std::move(text), span);
    };
    out.members.emplace_back("from_port", value(from));
    out.members.emplace_back("to_port", value(last.exists() ? std::string(last.text()) : from));
    return out;
  }

  /// The number that all who are protected give to a port of this name; empty where they differ.
  [[nodiscard]] std::string named(ResourceId policy, std::string_view name) const {
    std::set<std::int64_t> numbers;
    for (const ResourceId pod : protected_by(policy)) {
      numbers.merge(container_ports(objects_.object(pod), name));
    }
    return numbers.size() == 1 ? std::to_string(*numbers.begin()) : std::string();
  }

  const KubernetesObjects& objects_;
  Draft& draft_;
  std::map<std::string, ResourceId> by_address_;
  std::vector<ResourceId> policies_;
  std::vector<ResourceId> entries_;
  std::set<std::string> spaces_;
  std::set<std::uint32_t> closed_to_callers_;  ///< by any policy
};

}  // namespace

void add_kubernetes_policies(const KubernetesObjects& objects, Draft& draft) {
  PolicyReader(objects, draft).read();
}

}  // namespace outlast::import
