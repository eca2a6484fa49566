// Pods of manifests, and the cluster that another input makes.
//
// Problem  manifests say what runs, and not where; a plan beside them makes a cluster and groups of
//          nodes, and does not say what runs there.
// Method   a link of what runs pods (`pools`) names the types that can be a cluster or its nodes.
//          Where the inputs make one cluster, or pods name one of several by its name, it is theirs:
//          they need those of its groups that their selectors and taints let them on, lie where
//          these lie, and are at its provider. A group of plain machines is one of its groups where
//          it wears the cluster's tag, as the cloud's controllers ask for.
// Else     nothing is joined; where several clusters may be meant, that is told.
// Limits   machines that join a cluster by themselves, without its tag, are no group of its nodes.

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;

namespace {

const LinkRule* link_at(const TypeEntry* entry, std::string_view attribute) {
  if (entry == nullptr) {
    return nullptr;
  }
  const auto found =
      std::find_if(entry->links.begin(), entry->links.end(),
                   [&](const LinkRule& link) { return link.attribute == attribute; });
  return found == entry->links.end() ? nullptr : &*found;
}

/// "shop" of a tag "kubernetes.io/cluster/shop", in a map of tags or a list of blocks.
std::string_view cluster_in_tags(Node node) {
  constexpr std::string_view kTag = "kubernetes.io/cluster/";
  for (std::size_t i = 0; i < node.size(); ++i) {
    const std::string_view key = node.is(NodeKind::map) ? node.key(i) : node.at(i)["key"].text();
    if (key.starts_with(kTag)) {
      return key.substr(kTag.size());
    }
  }
  return {};
}

/// Does any text in a tree fit?
template <class Fits>
bool any_text(Node node, const Fits& fits) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (any_text(node.at(i), fits)) {
      return true;
    }
  }
  return !node.text().empty() && fits(node.text());
}

class ClusterJoiner {
 public:
  ClusterJoiner(const Catalog& catalog, Draft& draft) : catalog_(catalog), draft_(draft) {
    for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
      const TypeEntry* entry = entry_of(id);
      if (const LinkRule* link = link_at(entry, kPoolsOfPods)) {
        pods_.push_back(id);
        host_types_ = link->to;
        const LinkRule* machines = link_at(entry, kMachinesOfPods);
        machine_types_ = machines == nullptr ? machine_types_ : machines->to;
      }
    }
    for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
      const DraftResource& resource = draft.resources[id];
      const bool is_only_tagged = std::find(machine_types_.begin(), machine_types_.end(),
                                            resource.type) != machine_types_.end();
      if (!resource.is_context && is_host(resource.type) &&
          (!is_only_tagged || !cluster_named_by(id).empty())) {
        hosts_.push_back(id);
      }
    }
    for (const ResourceId host : hosts_) {
      cluster_of_.emplace(host, found_cluster(host));
    }
  }

  void join() {
    const ResourceId cluster = pods_.empty() ? ResourceId() : cluster_meant();
    if (!cluster.exists()) {
      return;
    }
    for (const ResourceId pod : pods_) {
      auto& references = draft_.resources[pod].references;
      references.push_back({std::string(kClusterOfPods), {cluster}});
      if (auto pools = pools_for(pod, cluster); !pools.empty()) {
        references.push_back({std::string(kPoolsOfPods), std::move(pools)});
      }
    }
  }

 private:
  [[nodiscard]] const TypeEntry* entry_of(ResourceId id) const {
    return catalog_.spelled(draft_.resources[id].format, draft_.resources[id].type);
  }

  [[nodiscard]] bool is_host(std::string_view type) const {
    return std::find(host_types_.begin(), host_types_.end(), type) != host_types_.end();
  }

  /// The cluster that a group of nodes belongs to: one that it refers to or names; itself where
  /// there is none.
  [[nodiscard]] ResourceId found_cluster(ResourceId host) const {
    for (const auto& reference : draft_.resources[host].references) {
      for (const ResourceId target : reference.targets) {
        if (target != host && is_host(draft_.resources[target].type)) {
          return target;
        }
      }
    }
    const std::string_view named = cluster_named_by(host);
    if (named.empty()) {
      return host;
    }
    for (const ResourceId other : hosts_) {
      if (other != host && draft_.resources[other].attributes["name"].text() == named &&
          cluster_named_by(other).empty()) {
        return other;
      }
    }
    // The cluster is made elsewhere: the first of its groups stands for it.
    return *std::find_if(hosts_.begin(), hosts_.end(),
                         [&](ResourceId other) { return cluster_named_by(other) == named; });
  }

  [[nodiscard]] std::string_view cluster_named_by(ResourceId host) const {
    const Node attributes = draft_.resources[host].attributes;
    for (const std::string_view name : {"cluster_name", "cluster"}) {
      if (!attributes[name].text().empty()) {
        return attributes[name].text();
      }
    }
    const bool has_tag = std::find(machine_types_.begin(), machine_types_.end(),
                                   draft_.resources[host].type) != machine_types_.end();
    const std::string_view tagged = has_tag ? cluster_in_tags(attributes["tag"]) : "";
    return has_tag && tagged.empty() ? cluster_in_tags(attributes["tags"]) : tagged;
  }

  /// A setting or an option of pods, such as of what scales the cluster, names it.
  [[nodiscard]] bool is_named_by_pods(ResourceId cluster) const {
    const std::string name(draft_.resources[cluster].attributes["name"].text());
    return !name.empty() && std::any_of(pods_.begin(), pods_.end(), [&](ResourceId pod) {
      return names_cluster(draft_.resources[pod].attributes, name);
    });
  }

  static bool names_cluster(Node node, const std::string& name) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      if (names_cluster(node.at(i), name)) {
        return true;
      }
    }
    const bool is_setting = node.is(NodeKind::map) && node["value"].text() == name &&
                            base::to_lower(node["name"].text()) == "cluster_name";
    return is_setting || node.text().ends_with("cluster-name=" + name);
  }

  [[nodiscard]] ResourceId cluster_meant() {
    std::set<ResourceId> clusters;
    for (const auto& [host, cluster] : cluster_of_) {
      clusters.insert(cluster);
    }
    if (clusters.size() <= 1) {
      return clusters.empty() ? ResourceId()
                              : note(*clusters.begin(), "the only one in the inputs");
    }
    std::vector<ResourceId> named;
    std::copy_if(clusters.begin(), clusters.end(), std::back_inserter(named),
                 [&](ResourceId cluster) { return is_named_by_pods(cluster); });
    if (named.size() == 1) {
      return note(named.front(), "pods name it in their settings");
    }
    std::vector<std::string> addresses;
    for (const ResourceId cluster : clusters) {
      addresses.push_back(draft_.resources[cluster].address);
    }
    draft_.coverage.unknown_attributes.push_back("on which cluster the manifests run: " +
                                                 base::join_words(addresses));
    return {};
  }

  ResourceId note(ResourceId cluster, std::string_view why) {
    draft_.assumptions.push_back({"cluster of the manifests", draft_.resources[cluster].address,
                                  "inferred: " + std::string(why)});
    return cluster;
  }

  /// Of a cluster what runs pods, as far as this one may lie there: a profile that selects it, else
  /// groups of nodes that it tolerates. Of these all where none has its labels, for they may stand
  /// elsewhere; where it tolerates none its nodes are not in the inputs.
  [[nodiscard]] std::vector<ResourceId> pools_for(ResourceId pod, ResourceId cluster) const {
    std::vector<ResourceId> selecting;
    std::vector<ResourceId> tolerated;
    std::vector<ResourceId> fitting;
    const Node object = draft_.resources[pod].attributes;
    const Node spec = pod_part(object, "spec");
    for (const ResourceId host : hosts_) {
      const Node pool = draft_.resources[host].attributes;
      if (cluster_of_.at(host) != cluster || !entry_of(host)->is_workload) {
        continue;
      }
      if (pool["selector"].exists()) {
        if (selects(pool["selector"], object)) {
          selecting.push_back(host);
        }
      } else if (may_lie_on(pool, spec)) {
        tolerated.push_back(host);
        if (has_labels(pool, spec)) {
          fitting.push_back(host);
        }
      }
    }
    return !selecting.empty() ? selecting : fitting.empty() ? tolerated : fitting;
  }

  /// "spec" or "metadata" of the pods that an object makes, or of the pod that it is.
  static Node pod_part(Node object, std::string_view part) {
    const Node of_job = object["spec"]["jobTemplate"]["spec"]["template"][part];
    const Node of_template = object["spec"]["template"][part];
    return of_job.exists() ? of_job : of_template.exists() ? of_template : object[part];
  }

  /// Does one of a profile's selectors ask for the namespace of these pods, and for labels that they
  /// wear? What is not known may.
  static bool selects(Node selectors, Node object) {
    const Node labels = pod_part(object, "metadata")["labels"];
    const std::string_view written = object["metadata"]["namespace"].text();
    const std::string_view space = written.empty() ? "default" : written;
    const auto fits = [](Node pattern, std::string_view text) {
      return pattern.is(NodeKind::unknown) || base::matches(pattern.text(), text);
    };
    for (std::size_t i = 0; i < selectors.size(); ++i) {
      const Node wanted = selectors.at(i)["labels"];
      bool selects_all = fits(selectors.at(i)["namespace"], space);
      for (std::size_t k = 0; wanted.is(NodeKind::map) && k < wanted.size(); ++k) {
        selects_all = selects_all && fits(wanted.at(k), labels[wanted.key(k)].text());
      }
      if (selects_all) {
        return true;
      }
    }
    return false;
  }

  /// Each label that is asked for is a name, a label or a kind of machine of the group.
  static bool has_labels(Node pool, Node pod) {
    const Node wanted = pod["nodeSelector"];
    for (std::size_t i = 0; wanted.is(NodeKind::map) && i < wanted.size(); ++i) {
      const bool is_of_all = wanted.key(i).ends_with("/os") || wanted.key(i).ends_with("/arch");
      const std::string_view value = wanted.at(i).text();
      if (!is_of_all && !any_text(pool, [&](std::string_view text) { return text == value; })) {
        return false;
      }
    }
    return true;
  }

  /// A group with taints takes only who tolerates each of them that does more than advise.
  static bool may_lie_on(Node pool, Node pod) {
    for (const Node taints : {pool["taint"], pool["node_config"].at(0)["taint"]}) {
      for (std::size_t i = 0; i < taints.size(); ++i) {
        if (!tolerates(pod["tolerations"], taints.at(i)["key"].text(), taints.at(i)["value"].text(),
                       taints.at(i)["effect"].text())) {
          return false;
        }
      }
    }
    const Node written = pool["node_taints"];  // "key=value:effect"
    for (std::size_t i = 0; i < written.size(); ++i) {
      const std::string_view text = written.at(i).text();
      const auto colon = std::min(text.rfind(':'), text.size());
      const auto equals = std::min(text.find('='), colon);
      const std::string_view value =
          equals < colon ? text.substr(equals + 1, colon - equals - 1) : "";
      if (!tolerates(pod["tolerations"], text.substr(0, equals), value,
                     colon < text.size() ? text.substr(colon + 1) : "")) {
        return false;
      }
    }
    return true;
  }

  /// NO_SCHEDULE and NoSchedule are spellings of one effect.
  static std::string plain(std::string_view effect) {
    std::string out = base::to_lower(effect);
    std::erase(out, '_');
    return out;
  }

  /// A taint of which no word is known is taken to be one that any toleration is for.
  static bool tolerates(Node tolerations, std::string_view key, std::string_view value,
                        std::string_view effect) {
    if (plain(effect) == "prefernoschedule") {
      return true;
    }
    for (std::size_t i = 0; i < tolerations.size(); ++i) {
      const Node one = tolerations.at(i);
      const bool is_for_any = one["operator"].text() == "Exists";
      const bool has_key =
          key.empty() || one["key"].text() == key || (is_for_any && one["key"].text().empty());
      const bool has_value = is_for_any || value.empty() || one["value"].text() == value;
      const bool has_effect = one["effect"].text().empty() || effect.empty() ||
                              plain(one["effect"].text()) == plain(effect);
      if (has_key && has_value && has_effect) {
        return true;
      }
    }
    return false;
  }

  const Catalog& catalog_;
  Draft& draft_;
  std::span<const std::string_view> host_types_;
  std::span<const std::string_view>
      machine_types_;  ///< of these, those that only a tag makes hosts
  std::vector<ResourceId> pods_;
  std::vector<ResourceId> hosts_;
  std::map<ResourceId, ResourceId> cluster_of_;  ///< of each host
};

}  // namespace

void find_clusters(const Catalog& catalog, Draft& draft) {
  ClusterJoiner(catalog, draft).join();
}

}  // namespace outlast::catalog
