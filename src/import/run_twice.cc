#include "import/run_twice.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "import/kubernetes_objects.h"

namespace outlast::import {

void tell_run_twice(const blueprint::Draft& draft, base::Diagnostics& diagnostics) {
  std::map<std::string_view, base::Span> workloads;
  for (const blueprint::DraftResource& resource : draft.resources) {
    if (resource.format == kKubernetes && pod_template_of(resource.attributes).pod.exists()) {
      workloads.emplace(resource.attributes["metadata"]["name"].text(), resource.evidence.span);
    }
  }
  std::vector<std::string> both;
  base::Span of_compose;
  base::Span of_cluster;
  for (const blueprint::DraftResource& resource : draft.resources) {
    const auto same =
        resource.format == "compose" ? workloads.find(resource.name) : workloads.end();
    if (same != workloads.end()) {
      of_compose = both.empty() ? resource.evidence.span : of_compose;
      of_cluster = both.empty() ? same->second : of_cluster;
      both.push_back(resource.name);
    }
  }
  if (both.empty()) {
    return;
  }
  diagnostics.warning(
      "OUT-E1006", of_compose,
      fmt::format("{} {} a service of Compose and a workload of Kubernetes: each is counted",
                  base::join_words(both), both.size() == 1 ? "is" : "are each"),
      "if these are two ways to run one application, give the one that you ask about");
  diagnostics.add({base::DiagnosticSeverity::note, "OUT-E1006", of_cluster,
                   fmt::format("the workload {} stands here", both.front()), ""});
}

}  // namespace outlast::import
