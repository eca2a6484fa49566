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

/// The one zone that all of some terms admit; empty where they leave a choice.
/// in  expressions  what a term calls the list of these
std::string_view only_zone_of(Node terms, std::string_view expressions) {
  std::string_view only;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::string_view zone;
    const Node all = terms.at(i)[expressions];
    for (std::size_t k = 0; k < all.size(); ++k) {
      const Node one = all.at(k);
      const bool is_choice = one["operator"].exists() && one["operator"].text() != "In";
      // Drivers have labels of their own for zones: "topology.ebs.csi.aws.com/zone".
      if (one["key"].text().ends_with("/zone") && !is_choice && one["values"].size() == 1) {
        zone = one["values"].at(0).text();
      }
    }
    if (zone.empty() || (i > 0 && zone != only)) {
      return {};
    }
    only = zone;
  }
  return only;
}

std::string_view zone_of_claim(const KubernetesObjects& objects, Node claim) {
  const ResourceId volume = objects.find("", "PersistentVolume", claim["volumeName"].text());
  const Node lies =
      volume.exists() ? objects.object(volume)["spec"]["nodeAffinity"]["required"] : Node();
  if (lies.exists()) {
    return only_zone_of(lies["nodeSelectorTerms"], "matchExpressions");
  }
  const ResourceId storage = objects.find("", "StorageClass", claim["storageClassName"].text());
  return storage.exists()
             ? only_zone_of(objects.object(storage)["allowedTopologies"], "matchLabelExpressions")
             : std::string_view();
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

void add_zones_of_volumes(const KubernetesObjects& objects, Draft& draft) {
  for (const ResourceId id : objects.all()) {
    const Node object = objects.object(id);
    const Node pod = pod_template_of(object).spec();
    std::set<std::string_view> zones;
    for (const std::string& name : claims_mounted_by(pod)) {
      if (const ResourceId claim = objects.find(objects.space_of(id), kClaim, name);
          claim.exists()) {
        zones.insert(zone_of_claim(objects, objects.object(claim)["spec"]));
      }
    }
    const Node made = object["spec"]["volumeClaimTemplates"];
    for (std::size_t i = 0; i < made.size(); ++i) {
      zones.insert(zone_of_claim(objects, made.at(i)["spec"]));
    }
    zones.erase("");  // wherever its pods are
    if (zones.size() == 1) {
      draft.resources[id].zone = blueprint::Value<std::string>::of(
          std::string(*zones.begin()), blueprint::Provenance::inferred, object.span());
    }
  }
}

}  // namespace outlast::import
