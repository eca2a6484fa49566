#include "import/kubernetes_hosts.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "import/kubernetes_owners.h"

namespace outlast::import {

using blueprint::DraftCall;
using blueprint::ResourceId;

bool names_a_pod(std::string_view host) {
  const auto labels = base::split(host, '.');
  if (labels.size() < 2 || !labels[0].starts_with(labels[1])) {
    return false;
  }
  const std::string_view number = labels[0].substr(labels[1].size());
  return number.size() > 1 && number.front() == '-' &&
         number.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_cluster_name(std::string_view host) {
  return host.ends_with(".svc") || host.ends_with(".cluster.local") ||
         host.find(".svc.") != std::string_view::npos;
}

namespace {

/// The service with this name; one that does not exist if there is none.
ResourceId service_called(const KubernetesObjects& objects, const std::string& space,
                          std::string_view host) {
  for (const std::string_view ending : {".cluster.local", ".svc"}) {
    if (host.ends_with(ending)) {
      host.remove_suffix(ending.size());
    }
  }
  const auto labels = base::split(host, '.');
  ResourceId service;
  const auto look_up = [&](std::string_view in, std::string_view name) {
    service = service.exists() ? service : objects.service(in, name);
  };
  constexpr std::size_t kWithPod = 3;
  if (labels.size() == 1) {
    look_up(space, labels[0]);
  } else if (labels.size() == 2) {
    look_up(labels[1], labels[0]);
    look_up(space, labels[1]);  // one pod of a headless service
  } else if (labels.size() == kWithPod) {
    look_up(labels[2], labels[1]);
  }
  return service;
}

}  // namespace

std::string meant_by(const KubernetesObjects& objects, const std::string& space,
                     std::string_view host) {
  constexpr int kMostNames = 8;  // behind each other; more are a circle
  for (int i = 0; i < kMostNames; ++i) {
    const ResourceId service = service_called(objects, space, host);
    std::string_view other = service.exists()
                                 ? objects.object(service)["spec"]["externalName"].text()
                                 : std::string_view();
    if (other.ends_with('.')) {
      other.remove_suffix(1);
    }
    if (other.empty()) {
      break;
    }
    host = other;
  }
  return std::string(host);
}

std::optional<std::vector<ResourceId>> answering(const KubernetesObjects& objects,
                                                 const std::string& space, std::string_view host) {
  const ResourceId service = service_called(objects, space, meant_by(objects, space, host));
  return service.exists() ? std::optional(std::vector{service}) : std::nullopt;
}

bool selects_nobody(const KubernetesObjects& objects, ResourceId service) {
  const base::Node labels = objects.object(service)["spec"]["selector"];
  return labels.is(base::NodeKind::map) && labels.size() > 0 &&
         objects.with_labels(objects.space_of(service), labels).empty() &&
         owners_of(objects, service).empty();  // made by an operator, for pods of its own
}

void aim_at(const KubernetesObjects& objects, ResourceId service, DraftCall& call) {
  if (selects_nobody(objects, service)) {
    call.is_local = true;
  } else {
    call.targets = {service};
  }
}

DraftCall in_vain(DraftCall call, std::string_view port) {
  call.targets.clear();
  call.port = {};
  call.is_local = true;
  call.host += ":";
  call.host += port;
  return call;
}

void add_call(std::vector<DraftCall>& calls, DraftCall call) {
  const auto same = std::find_if(calls.begin(), calls.end(), [&](const DraftCall& known) {
    return known.targets == call.targets && known.route == call.route &&
           (!call.targets.empty() || known.host == call.host);
  });
  if (same == calls.end()) {
    calls.push_back(std::move(call));
  } else if (call.confidence < same->confidence ||
             (call.confidence == same->confidence && call.strength.is_unset())) {
    *same = std::move(call);
  }
}

}  // namespace outlast::import
