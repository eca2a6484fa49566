// What events are called, and whom they may reach.

#include <algorithm>

#include "failure/events.h"

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroup;
using blueprint::FateGroupId;
using blueprint::FateKind;
using catalog::Catalog;
using catalog::Figure;

std::string_view verb_of(EventKind kind) {
  switch (kind) {
    case EventKind::instance:
      return "fails";
    case EventKind::shared_hardware:
      return "fails with all on it";
    case EventKind::zone_outage:
    case EventKind::region_outage:
    case EventKind::provider_outage:
      return "is down";
    case EventKind::zone_destroyed:
    case EventKind::region_destroyed:
      return "is destroyed";
    case EventKind::account_lost:
      return "closes the account";
    case EventKind::data_deleted:
      return "is emptied";
    case EventKind::release:
      return "runs a bad release";
    case EventKind::config_push:
      return "runs a bad configuration";
    case EventKind::service:
    case EventKind::name_service:
    case EventKind::third_party:
      break;
  }
  return "is out";
}

bool zone_hits(const Blueprint& bp, FateGroupId event_zone, FateGroupId zone, bool is_pessimistic) {
  const FateGroup& lies_in = bp[zone];
  const FateGroup& falls = bp[event_zone];
  if (event_zone == zone || !is_pessimistic || lies_in.is_certain ||
      lies_in.kind != FateKind::zone || falls.kind != FateKind::zone) {
    return event_zone == zone;
  }
  if (!lies_in.candidates.empty()) {
    return std::find(lies_in.candidates.begin(), lies_in.candidates.end(), event_zone) !=
           lies_in.candidates.end();
  }
  return falls.candidates.empty() && lies_in.provider == falls.provider &&
         lies_in.region == falls.region;
}

FateGroupId group_of(const Blueprint& bp, ComponentId component, FateKind kind) {
  for (const FateGroupId id : bp[component].fate_groups) {
    if (bp[id].kind == kind) {
      return id;
    }
  }
  return {};
}

double hit_share(const Blueprint& bp, const Catalog& catalog, ComponentId component) {
  const FateGroupId service = group_of(bp, component, FateKind::service);
  const Component& c = bp[component];
  const Figure* figure = catalog.service_figure(
      c.provider, service.exists() ? std::string_view(bp[service].name) : std::string_view(),
      "hit");
  return figure == nullptr ? 1 : figure->share;
}

}  // namespace outlast::failure
