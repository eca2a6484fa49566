#include "import/kubernetes_claims.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace outlast::import {

using base::Node;
using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

namespace {

/// "data" of the set db makes "data-db-0", "data-db-1" …
std::string name_made(Node set, Node made) {
  return fmt::format("{}-{}", made["metadata"]["name"].text(), set["metadata"]["name"].text());
}

DraftResource claim_at(const DraftResource& mounts, std::string address, std::string_view name) {
  DraftResource claim;
  claim.format = kKubernetes;
  claim.type = kClaim;
  claim.name = name;
  claim.group = address;
  claim.address = std::move(address);
  claim.evidence = mounts.evidence;
  claim.is_context = true;
  return claim;
}

}  // namespace

std::vector<std::string> claims_mounted_by(Node pod) {
  std::vector<std::string> names;
  const Node volumes = pod["volumes"];
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    const Node claim = volumes.at(i)["persistentVolumeClaim"]["claimName"];
    if (!claim.text().empty()) {
      names.emplace_back(claim.text());
    }
  }
  return names;
}

std::vector<std::string> claims_named_by(Node object) {
  std::vector<std::string> names = claims_mounted_by(pod_template_of(object).spec());
  const Node made = object["spec"]["volumeClaimTemplates"];
  for (std::size_t i = 0; i < made.size(); ++i) {
    names.push_back(name_made(object, made.at(i)));
  }
  return names;
}

void add_untold_claims(Draft& draft) {
  const KubernetesObjects objects(draft);
  std::vector<DraftResource> untold;
  std::set<std::string> known;
  for (const ResourceId id : objects.all()) {
    const Node object = objects.object(id);
    if (object["metadata"]["ownerReferences"].size() > 0) {
      continue;  // what made it tells the same
    }
    const std::string& space = objects.space_of(id);
    const std::size_t made = object["spec"]["volumeClaimTemplates"].size();
    const std::vector<std::string> names = claims_named_by(object);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (objects.find(space, kClaim, names[i]).exists()) {
        continue;
      }
      const bool is_made_elsewhere = i + made < names.size();
      std::string address = kubernetes_address(space, kClaim, names[i]);
      if (is_made_elsewhere) {
        draft.coverage.unknown_attributes.push_back(fmt::format(
            "{}: where its claim {} keeps data", draft.resources[id].address, names[i]));
      }
      if (known.insert(address).second) {
        untold.push_back(claim_at(draft.resources[id], std::move(address), names[i]));
      }
    }
  }
  for (DraftResource& claim : untold) {
    draft.resources.push_back(std::move(claim));
  }
}

}  // namespace outlast::import
