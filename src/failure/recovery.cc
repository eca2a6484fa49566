#include "failure/recovery.h"

#include <algorithm>
#include <limits>

#include "base/hash.h"
#include "base/random.h"
#include "failure/timed.h"

namespace outlast::failure {

using base::Duration;
using blueprint::Component;
using blueprint::ComponentId;
using catalog::Figure;

namespace {

bool takes_a_zone(EventKind kind) {
  return kind == EventKind::zone_outage || kind == EventKind::zone_destroyed;
}

/// Is the component down for longer than one draw of another way back? Takes the shorter one.
void take_if_sooner(std::size_t d, double over, double work, OwnRecovery& out) {
  if (over + work < out.over_s[d] + out.work_s[d]) {
    out.over_s[d] = over;
    out.work_s[d] = work;
  }
}

}  // namespace

const Figure* Recoveries::figure(ComponentId id, std::string_view name) const {
  const catalog::TypeEntry* type = catalog_.type(bp_[id].type);
  const Figure* own = type == nullptr ? nullptr : catalog_.figure(*type, name);
  return own != nullptr ? own : catalog_.place_figure("any", "", name);
}

/// The strata of a distribution in an order of their own; the event's cause itself is ascending.
std::vector<double> Recoveries::draws(const Duration& duration, const Event& event,
                                      std::string_view stream) {
  auto [known, is_new] = strata_.try_emplace(duration);
  if (is_new) {
    known->second = duration.strata_s(kDraws);
  }
  std::vector<double> values = known->second;
  if (!stream.empty() && duration.shape() != base::Shape::fixed) {
    const auto order =
        base::RandomStream(seed_, base::stable_hash(event.what + "|" + std::string(stream)))
            .permutation(kDraws);
    for (std::size_t d = 0; d < kDraws; ++d) {
      values[d] = known->second[order[d]];
    }
  }
  values.push_back(kForGood);
  return values;
}

std::vector<double> Recoveries::draws(const Figure* figure, const Event& event,
                                      std::string_view stream) {
  if (figure == nullptr || figure->median_s < 0) {
    return std::vector<double>(kDraws + 1, 0);
  }
  auto values = draws(catalog::duration_of(*figure), event, stream);
  values.back() = 0;  // work is finite; only the cause lasts for good in the last draw
  return values;
}

/// A replica is started elsewhere only where its type does so and a place is left for it.
bool Recoveries::may_start_elsewhere(const Event& event, ComponentId component) const {
  const Component& c = bp_[component];
  if (!c.relocates) {
    return false;
  }
  if (event.kind == EventKind::instance || event.kind == EventKind::shared_hardware) {
    return true;
  }
  return takes_a_zone(event.kind) &&
         std::any_of(c.zones.begin(), c.zones.end(),
                     [&](const auto zone) { return zone != event.group; }) &&
         c.zones.size() > 1;
}

void Recoveries::start_elsewhere(const Event& event, ComponentId component, OwnRecovery& out) {
  const std::string& id = bp_[component].id;
  const bool from_zone = takes_a_zone(event.kind);
  const Figure* start = figure(component, from_zone ? "relocate_zone" : "relocate");
  if (start == nullptr || start->median_s < 0) {
    return;
  }
  const auto times = draws(start, event, id + "|start");
  if (!from_zone) {  // what is started elsewhere is not repaired
    std::copy(times.begin(), times.end() - 1, out.work_s.begin());
    return;
  }
  // When a zone falls everybody launches in the others: not every launch finds room.
  const double found_room = start->share >= 0 ? start->share : 1;
  const base::RandomStream luck(seed_, base::stable_hash(event.what + "|" + id + "|room"));
  const auto order = luck.permutation(kDraws);
  for (std::size_t d = 0; d < kDraws; ++d) {
    if ((order[d] + 0.5) / static_cast<double>(kDraws) < found_room) {
      take_if_sooner(d, 0, times[d], out);
    }
  }
}

/// Nothing comes back by itself: people rebuild what holds no data and restore what does. They are
/// the same people for all of it.
void Recoveries::call_people(const Event& event, ComponentId component, OwnRecovery& out) {
  const auto stuck =
      std::count(out.over_s.begin(), out.over_s.end() - 1, std::numeric_limits<double>::infinity());
  out.needs_people = 2 * static_cast<std::size_t>(stuck) > kDraws;
  const Component& c = bp_[component];
  const bool is_lost_store = c.is_store && data_loss(event, component).kind == DataLoss::Kind::all;
  const bool leaves_no_place =
      event.kind == EventKind::region_destroyed || event.kind == EventKind::account_lost;
  if (leaves_no_place || is_lost_store) {
    return;
  }
  const auto react = bp_.operators().react;
  const auto times = draws(figure(component, c.is_store ? "restore" : "rebuild"), event, "people");
  for (std::size_t d = 0; d < kDraws; ++d) {
    take_if_sooner(d, react.value_or({}).value, times[d], out);
  }
}

OwnRecovery Recoveries::of(const Event& event, ComponentId component) {
  OwnRecovery out;
  const std::string& id = bp_[component].id;
  const bool is_own_repair =
      event.kind == EventKind::instance || event.kind == EventKind::third_party;
  const auto cause = draws(event.duration, event, is_own_repair ? id + "|repair" : "");
  if (event.kind == EventKind::instance) {
    // The figure is the time to repair: all of it is the replica's own work.
    out.over_s.assign(kDraws + 1, 0);
    out.work_s = cause;
  } else {
    out.over_s = cause;
    out.work_s = draws(figure(component, "restart"), event, id + "|restart");
  }
  if (may_start_elsewhere(event, component)) {
    start_elsewhere(event, component, out);
  }
  const bool is_stuck =
      std::any_of(out.over_s.begin(), out.over_s.end() - 1, [](double s) { return s == kForGood; });
  if (destroys(event.kind) && is_stuck) {
    call_people(event, component, out);
  }
  return out;
}

DataLoss Recoveries::data_loss(const Event& event, ComponentId store) const {
  const Component& c = bp_[store];
  if (!destroys(event.kind)) {
    return {};
  }
  const auto& backups = c.backups;
  if (backups.retention.is_unknown() || backups.every.is_unknown()) {
    return {DataLoss::Kind::unknown, 0};
  }
  const bool has_none =
      (backups.retention.is_known() && backups.retention->value <= 0) || !backups.every.is_known();
  const std::string kept_in = backups.in.value_or(c.region.value_or(""));
  const bool are_hit =
      event.kind == EventKind::account_lost ||
      (event.kind == EventKind::region_destroyed && kept_in == bp_[event.group].region);
  if (has_none || are_hit) {
    return {DataLoss::Kind::all, 0};
  }
  return {DataLoss::Kind::seconds, backups.every->value};
}

}  // namespace outlast::failure
