#include "import/kubernetes_made.h"

#include <utility>
#include <vector>

#include "import/kubernetes_objects.h"

namespace outlast::import {

blueprint::DraftResource made_beside(const blueprint::DraftResource& told, std::string address,
                                     std::string type, const ValueTree& attributes,
                                     const std::map<std::string, blueprint::ResourceId>& by_address,
                                     blueprint::Draft& draft) {
  blueprint::DraftResource made;
  made.format = kKubernetes;
  made.name = told.name;
  made.type = std::move(type);
  made.group = address;
  made.address = std::move(address);
  made.evidence = told.evidence;
  made.is_context = true;
  base::DocumentBuilder builder(attributes.span.source);
  std::vector<std::pair<std::string, std::vector<std::string>>> references;
  const std::uint32_t root = build_value(attributes, "", builder, references);
  draft.documents.push_back(builder.finish(root));
  made.attributes = draft.documents.back().root();
  for (const auto& [path, addresses] : references) {
    blueprint::Reference reference;
    reference.path = path;
    for (const std::string& target : addresses) {
      reference.targets.push_back(by_address.at(target));
    }
    made.references.push_back(std::move(reference));
  }
  return made;
}

void guard_with(blueprint::ResourceId policy, const ValueTree& rows, std::string_view which,
                const std::vector<blueprint::ResourceId>& pods,
                const std::map<std::string, blueprint::ResourceId>& by_address,
                blueprint::Draft& draft) {
  const blueprint::DraftResource& told = draft.resources[policy];
  std::string address = told.address + " rules";
  address += which;
  const auto id = draft.resources.push_back(
      made_beside(told, std::move(address), told.type + " rules", rows, by_address, draft));
  for (const blueprint::ResourceId pod : pods) {
    draft.resources[pod].references.push_back({"policy", {id}});
  }
}

}  // namespace outlast::import
