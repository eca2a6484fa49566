// A service that wrote spans, and the workload of a plan or template that has its name: one thing.
//
// Problem  manifests and Compose files say by which names their workloads are called, and the reader
//          of traces finds them; what a workload of a plan is called, only its type tells.
// Method   a traced service that no other input answered to is the workload that is called so: by
//          its own name, or by an attribute that is its identity. Its calls and its work become that
//          workload's, and its resource goes.
// Else     of several that are no instances of one declaration it may be any: it stays by itself.

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/names.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::DraftResource;

namespace {

bool is_traced_service(const DraftResource& resource) {
  return resource.format == kTraceFormat && resource.address.starts_with("trace/") &&
         resource.type == "service";
}

/// "aws_ecs_service.orders[0]" is called "orders".
std::string own_name(const DraftResource& resource) {
  const std::string last =
      last_parts(resource.group.empty() ? resource.address : resource.group, 1);
  return base::to_lower(last.substr(0, last.find('[')));
}

class ServiceJoiner {
 public:
  ServiceJoiner(const Catalog& catalog, Draft& draft) : catalog_(catalog), draft_(draft) {}

  void join() {
    find_meant();
    if (meant_.empty()) {
      return;
    }
    for (const auto& [service, workloads] : meant_) {
      hand_over(service, workloads);
    }
    leave_out_joined();
  }

 private:
  void find_meant() {
    std::map<std::string, std::vector<ResourceId>> workloads;
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      const DraftResource& resource = draft_.resources[id];
      const TypeEntry* entry = catalog_.spelled(resource.format, resource.type);
      if (resource.format == kTraceFormat || resource.is_context || entry == nullptr ||
          entry->becomes != Becomes::component || !entry->is_workload) {
        continue;
      }
      std::vector<std::string> names{own_name(resource)};
      for (const std::string_view attribute : entry->identity) {
        for (const Selected& at : select(resource.attributes, attribute)) {
          names.push_back(base::to_lower(at.node.text()));
        }
      }
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      for (std::string& name : names) {
        workloads[std::move(name)].push_back(id);
      }
    }
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      const DraftResource& resource = draft_.resources[id];
      const auto found = is_traced_service(resource) ? workloads.find(base::to_lower(resource.name))
                                                     : workloads.end();
      if (found != workloads.end() && are_of_one_declaration(found->second)) {
        meant_.emplace(id, found->second);
      }
    }
  }

  [[nodiscard]] bool are_of_one_declaration(const std::vector<ResourceId>& ids) const {
    return std::all_of(ids.begin(), ids.end(), [&](ResourceId id) {
      return draft_.resources[id].group == draft_.resources[ids.front()].group;
    });
  }

  void hand_over(ResourceId service, const std::vector<ResourceId>& workloads) {
    const DraftResource& from = draft_.resources[service];
    for (const ResourceId id : workloads) {
      DraftResource& to = draft_.resources[id];
      to.work.fill(from.work);
      for (DraftCall call : from.calls) {
        call.evidence.address = to.address;
        to.calls.push_back(std::move(call));
      }
    }
    draft_.assumptions.push_back({"traced service " + from.name,
                                  draft_.resources[workloads.front()].address,
                                  "inferred: it has the name"});
  }

  /// Takes the joined resources out and names all others by their new places.
  void leave_out_joined() {
    std::map<ResourceId, std::vector<ResourceId>> now = meant_;
    base::IdVector<ResourceId, DraftResource> kept;
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      if (!meant_.contains(id)) {
        now[id] = {kept.push_back(std::move(draft_.resources[id]))};
      }
    }
    // Workloads stand before what was traced, so that their places are as they were.
    draft_.resources = std::move(kept);
    const auto rename = [&](std::vector<ResourceId>& targets) {
      std::vector<ResourceId> renamed;
      for (const ResourceId target : targets) {
        const auto& to = now[target];
        renamed.insert(renamed.end(), to.begin(), to.end());
      }
      targets = std::move(renamed);
    };
    for (DraftResource& resource : draft_.resources) {
      for (DraftCall& call : resource.calls) {
        rename(call.targets);
      }
      for (blueprint::Reference& reference : resource.references) {
        rename(reference.targets);
      }
    }
  }

  const Catalog& catalog_;
  Draft& draft_;
  std::map<ResourceId, std::vector<ResourceId>> meant_;  ///< workloads by traced service
};

}  // namespace

void join_traced_services(const Catalog& catalog, Draft& draft) {
  ServiceJoiner(catalog, draft).join();
}

}  // namespace outlast::catalog
