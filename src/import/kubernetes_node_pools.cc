#include "import/kubernetes_node_pools.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/kubernetes_made.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

constexpr std::string_view kPool = "karpenter.sh/nodepool";
/// What may be one of many (kinds of machines) no pod is held against.
constexpr std::size_t kMostValues = 3;

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Each way in which a node of the pool may be labelled; none where its zone is not told.
std::vector<Labels> labellings_of(Node pool, std::string_view name) {
  const Node inside = pool["template"]["spec"];
  const Node requirements =
      inside.exists() ? inside["requirements"] : pool["requirements"];  // of a Provisioner
  std::vector<Labels> ways{{{std::string(kPool), std::string(name)}}};
  bool has_zone = false;
  for (std::size_t i = 0; i < requirements.size(); ++i) {
    const Node one = requirements.at(i);
    const std::string_view key = one["key"].text();
    const Node values = one["values"];
    const bool is_zone = key == kZone;
    if (one["operator"].text() != "In" || values.size() == 0 ||
        (!is_zone && values.size() > kMostValues)) {
      continue;
    }
    has_zone = has_zone || is_zone;
    std::vector<Labels> more;
    for (const Labels& way : ways) {
      for (std::size_t k = 0; k < values.size(); ++k) {
        more.push_back(way);
        more.back().emplace_back(key, values.at(k).text());
      }
    }
    ways = std::move(more);
  }
  return has_zone ? ways : std::vector<Labels>();
}

ValueTree node_of(const DraftResource& pool, const Labels& labels) {
  const Node spec = pool.attributes["spec"];
  const Node inside = spec["template"];
  const Node own = inside["metadata"]["labels"];
  const base::Span span = pool.attributes.span();
  ValueTree worn = own.is(NodeKind::map) ? copy_of(own) : map_at(span);
  for (const auto& [key, value] : labels) {
    worn.members.emplace_back(key, text_value(value, span));
  }
  ValueTree metadata = map_at(span);
  metadata.members.emplace_back("name", text_value(pool.name, span));
  metadata.members.emplace_back("labels", std::move(worn));
  ValueTree taints = map_at(span);
  if (const Node told = inside.exists() ? inside["spec"]["taints"] : spec["taints"];
      told.is(NodeKind::list)) {
    taints.members.emplace_back("taints", copy_of(told));
  }
  ValueTree node = map_at(span);
  node.members.emplace_back("apiVersion", text_value("v1", span));
  node.members.emplace_back("kind", text_value("Node", span));
  node.members.emplace_back("metadata", std::move(metadata));
  node.members.emplace_back("spec", std::move(taints));
  return node;
}

}  // namespace

void add_nodes_of_pools(Draft& draft) {
  std::vector<ResourceId> pools;
  for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
    const DraftResource& resource = draft.resources[id];
    if (resource.format == kKubernetes && resource.type == "Node") {
      return;
    }
    if (resource.format == kKubernetes &&
        (resource.type == "karpenter.sh/NodePool" || resource.type == "karpenter.sh/Provisioner")) {
      pools.push_back(id);
    }
  }
  for (const ResourceId id : pools) {
    const DraftResource pool = draft.resources[id];
    std::size_t number = 0;
    for (const Labels& labels : labellings_of(pool.attributes["spec"], pool.name)) {
      draft.resources.push_back(made_beside(pool, fmt::format("{} node {}", pool.address, ++number),
                                            "Node", node_of(pool, labels), {}, draft));
    }
  }
}

}  // namespace outlast::import
