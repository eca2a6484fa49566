#include "failure/events.h"

#include <fmt/format.h>

#include <map>

#include "blueprint/servers.h"
#include "failure/replicas.h"

namespace outlast::failure {

using base::Duration;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroup;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::FaultClass;
using catalog::Catalog;
using catalog::Figure;

namespace {

// What is left of a published figure after its parents are taken off is never less than this.
constexpr double kLeastShareLeft = 0.1;

/// Rate and duration of a published figure without what its parent contributes to it, by the
/// balance of occurrences and of hours.
void take_off_parent(double parent_per_year, const Duration& parent, double parent_share,
                     Event& event) {
  const double published = event.per_year;
  const double published_hours = published * event.duration.mean_s();
  const double rate = published - parent_per_year * parent_share;
  const double hours = published_hours - parent_per_year * parent_share * parent.mean_s();
  if (rate < kLeastShareLeft * published || hours <= 0) {
    event.per_year = kLeastShareLeft * published;
    event.contradicted_by = (event.per_year + parent_per_year * parent_share) / published;
    return;
  }
  const double mean = hours / rate;
  event.duration = Duration::exponential(base::Seconds{mean});
  event.per_year = rate;
}

class EventLister {
 public:
  EventLister(const Blueprint& bp, const Catalog& catalog)
      : bp_(bp), catalog_(catalog), members_(bp.fate_groups().size()) {
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      for (const FateGroupId group : bp[id].fate_groups) {
        members_[group].push_back(id);
      }
      if (const FateGroupId host = host_of(bp, id); host.exists()) {
        on_host_.emplace(host, id);
      }
    }
  }

  base::IdVector<EventId, Event> list() {
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      add_instances(id);
      add_third_party(id);
      add_deletion(id);
    }
    for (const FateGroupId id : base::ids<FateGroupId>(bp_.fate_groups().size())) {
      add_group(id);
    }
    return std::move(events_);
  }

 private:
  /// A figure's rate and duration as an event's; false if the figure is missing.
  static bool take(const Figure* figure, Event& event) {
    if (figure == nullptr || figure->every_years <= 0) {
      return false;
    }
    event.per_year = 1 / figure->every_years;
    event.duration = catalog::duration_of(*figure);
    event.source = cite(figure->citation);
    event.fact = figure;
    return true;
  }

  const Figure* own_figure(const Component& c, std::string_view name) const {
    const catalog::TypeEntry* type = catalog_.type_of(c);
    return type == nullptr ? nullptr : catalog_.figure(*type, name);
  }

  /// What one replica fails by. Of what lies on a host of the blueprint, whose failures are told by
  /// themselves, only the program is left to fail.
  [[nodiscard]] const Figure* failure_of(ComponentId id) const {
    const Component& c = bp_[id];
    const Figure* machine = own_figure(c, "machine_failure");
    if (machine != nullptr && host_of(bp_, id).exists()) {
      return own_figure(c, "process_failure");
    }
    return c.is_bound && machine != nullptr ? machine : own_figure(c, "failure");
  }

  void add_instances(ComponentId id) {
    const Component& c = bp_[id];
    Event event;
    event.kind = EventKind::instance;
    event.component = id;
    event.fault_class = FaultClass::hardware;
    const Figure* figure = failure_of(id);
    bool is_known = blueprint::has_servers(c) && take(figure, event);
    if (c.failure.every.is_known()) {
      event.per_year = base::kSecondsPerYear / c.failure.every->value;
      event.source = "stated by the blueprint";
      event.fact = nullptr;
      is_known = true;
    } else if (is_known && figure->covers_parents) {
      take_off_zone(c, event);
    }
    if (c.failure.by_hand.value_or(false)) {
      event.duration = catalog::duration_of(*catalog_.place_figure("any", "", "start_by_hand"));
    }
    if (c.failure.repair.is_known()) {
      event.duration = Duration::exponential(*c.failure.repair);
    }
    for (std::size_t r = 0; is_known && r < c.replicas.size(); ++r) {
      event.replica = r;
      event.what = c.replicas.size() == 1 ? c.name : fmt::format("{} #{}", c.name, r + 1);
      events_.push_back(event);
    }
  }

  void take_off_zone(const Component& c, Event& event) const {
    Event zone;
    if (take(catalog_.place_figure(c.provider, c.region.value_or(""), "zone_outage"), zone)) {
      take_off_parent(zone.per_year, zone.duration, 1, event);
    }
  }

  void add_third_party(ComponentId id) {
    const Component& c = bp_[id];
    if (c.kind != blueprint::Kind::external) {
      return;
    }
    Event event;
    event.kind = EventKind::third_party;
    event.component = id;
    event.what = c.name;
    event.fault_class = FaultClass::provider;
    if (!take(own_figure(c, "failure"), event)) {
      take(catalog_.place_figure("any", "", "third_party"), event);
    }
    if (c.failure.every.is_known()) {
      event.per_year = base::kSecondsPerYear / c.failure.every->value;
      event.source = "stated by the blueprint";
      event.fact = nullptr;
    }
    if (c.failure.repair.is_known()) {
      event.duration = Duration::exponential(*c.failure.repair);
    }
    events_.push_back(event);
  }

  void add_deletion(ComponentId id) {
    const Component& c = bp_[id];
    if (!c.is_store || c.kind == blueprint::Kind::external) {
      return;
    }
    Event event;
    event.kind = EventKind::data_deleted;
    event.component = id;
    event.what = c.name;
    event.fault_class = FaultClass::data;
    event.duration = Duration::unbounded();
    events_.push_back(event);
  }

  void add_group(FateGroupId id) {
    const FateGroup& group = bp_[id];
    switch (group.kind) {
      case FateKind::host:
        if (!machine_of(bp_, id).exists()) {
          add_host(id);
        }
        break;
      case FateKind::rack:
        add_place(id, EventKind::shared_hardware, FaultClass::hardware, "rack_outage");
        break;
      case FateKind::zone:
      case FateKind::facility:
        add_place(id, EventKind::zone_outage, FaultClass::zone, "zone_outage");
        add_destroyed(id, EventKind::zone_destroyed, FaultClass::zone, "zone_destroyed");
        break;
      case FateKind::region:
        add_place(id, EventKind::region_outage, FaultClass::region, "region_outage");
        add_destroyed(id, EventKind::region_destroyed, FaultClass::region, "region_destroyed");
        break;
      case FateKind::provider:
        add_place(id, EventKind::provider_outage, FaultClass::provider, "provider_outage");
        break;
      case FateKind::account:
        add_destroyed(id, EventKind::account_lost, FaultClass::provider, "account_lost");
        break;
      case FateKind::service:
        add_service(id);
        break;
      default:
        break;  // credentials and the like are asked about by other rows
    }
  }

  void take_off_provider(std::string_view provider, double share, Event& event) const {
    Event shock;
    if (take(catalog_.place_figure(provider, "", "provider_outage"), shock)) {
      take_off_parent(shock.per_year, shock.duration, share, event);
    }
  }

  Event event_of(FateGroupId id, EventKind kind, FaultClass fault_class) const {
    Event event;
    event.kind = kind;
    event.group = id;
    event.fault_class = fault_class;
    const FateGroup& group = bp_[id];
    const auto* provider = catalog_.provider(group.provider);
    const bool is_whole = group.kind == FateKind::provider || group.kind == FateKind::account;
    const bool is_unnamed = is_whole && provider != nullptr && provider->stands_in;
    event.what = is_unnamed            ? std::string(provider->title)
                 : group.title.empty() ? group.name
                                       : group.title;
    return event;
  }

  void add_place(FateGroupId id, EventKind kind, FaultClass fault_class, std::string_view figure) {
    Event event = event_of(id, kind, fault_class);
    const Figure* found = catalog_.place_figure(bp_[id].provider, bp_[id].region, figure);
    if (!take(found, event)) {
      const bool has_duration = found != nullptr && found->median_s >= 0;
      event.duration = has_duration ? catalog::duration_of(*found) : Duration::unbounded();
    } else if (kind == EventKind::region_outage) {
      take_off_provider(bp_[id].provider, 1, event);
    }
    events_.push_back(std::move(event));
  }

  /// A machine that is no component: as those fail that what lies on it is rented on.
  void add_host(FateGroupId id) {
    Event event = event_of(id, EventKind::shared_hardware, FaultClass::hardware);
    const auto on_it = on_host_.find(id);
    const Figure* machine =
        on_it == on_host_.end() ? nullptr : own_figure(bp_[on_it->second], "machine_failure");
    take(machine != nullptr
             ? machine
             : catalog_.place_figure(bp_[id].provider, bp_[id].region, "host_failure"),
         event);
    events_.push_back(std::move(event));
  }

  void add_destroyed(FateGroupId id, EventKind kind, FaultClass fault_class,
                     std::string_view name) {
    Event event = event_of(id, kind, fault_class);
    const Figure* figure = catalog_.place_figure(bp_[id].provider, bp_[id].region, name);
    if (figure != nullptr && figure->every_years > 0) {
      event.per_year = 1 / figure->every_years;
      event.source = cite(figure->citation);
      event.fact = figure;
    }
    event.duration = Duration::unbounded();
    events_.push_back(std::move(event));
  }

  /// Only a managed service fails on its own; of rented servers the zones and machines do.
  void add_service(FateGroupId id) {
    const FateGroup& group = bp_[id];
    bool is_managed = false;
    bool answers_for_names = false;
    for (const ComponentId member : members_[id]) {
      const Component& c = bp_[member];
      const catalog::TypeEntry* type = catalog_.type_of(c);
      is_managed =
          is_managed || (c.service_model && *c.service_model != blueprint::ServiceModel::iaas);
      answers_for_names = answers_for_names || (type != nullptr && type->is_name);
    }
    Event event = answers_for_names ? event_of(id, EventKind::name_service, FaultClass::provider)
                                    : event_of(id, EventKind::service, FaultClass::region);
    const Figure* figure = catalog_.service_figure(group.provider, group.name, "failure");
    if (!is_managed || !take(figure, event)) {
      return;
    }
    event.what = fmt::format("{} / {}", group.name,
                             !group.region.empty() ? group.region
                             : group.is_certain    ? "global"
                                                   : "a region not known");
    if (figure->covers_parents) {
      Event region;
      const Figure* hit = catalog_.service_figure(group.provider, group.name, "hit");
      if (take(catalog_.place_figure(group.provider, group.region, "region_outage"), region)) {
        take_off_parent(region.per_year, region.duration, hit == nullptr ? 1 : hit->share, event);
      }
    }
    events_.push_back(std::move(event));
  }

  const Blueprint& bp_;
  const Catalog& catalog_;
  base::IdVector<FateGroupId, std::vector<ComponentId>> members_;  ///< as a whole
  std::map<FateGroupId, ComponentId> on_host_;  ///< the first of those that lie on one host alone
  base::IdVector<EventId, Event> events_;
};

}  // namespace

base::IdVector<EventId, Event> list_events(const Blueprint& bp, const Catalog& catalog) {
  return EventLister(bp, catalog).list();
}

}  // namespace outlast::failure
