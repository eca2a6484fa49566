#include "failure/recovery.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/hash.h"
#include "base/random.h"
#include "failure/replicas.h"
#include "failure/timed.h"

namespace outlast::failure {

using base::Duration;
using blueprint::Component;
using blueprint::ComponentId;
using catalog::Figure;

namespace {

bool takes_a_machine(EventKind kind) {
  return kind == EventKind::instance || kind == EventKind::shared_hardware;
}

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
  const catalog::TypeEntry* type = catalog_.type_of(bp_[id]);
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
bool Recoveries::may_start_elsewhere(const Event& event, ComponentId component,
                                     Launching launching) const {
  const Component& c = bp_[component];
  if (!c.relocates || launching == Launching::never) {
    return false;
  }
  if (takes_a_machine(event.kind)) {
    return true;
  }
  if (may_use_any_zone(c)) {
    return takes_a_zone(event.kind) && launching == Launching::where_possible;
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
  auto times = draws(start, event, id + "|start");
  const double waits =
      bp_[component].failure.waits.value_or({std::max(0.0, start->detect_s)}).value;
  for (std::size_t d = 0; d < kDraws; ++d) {
    times[d] += waits;
  }
  if (!from_zone && waits <= 0) {  // what is started elsewhere is not repaired
    std::copy(times.begin(), times.end() - 1, out.work_s.begin());
    return;
  }
  if (!from_zone) {  // a machine that is waited for may be back before
    for (std::size_t d = 0; d < kDraws; ++d) {
      take_if_sooner(d, 0, times[d], out);
    }
    return;
  }
  // When a zone falls everybody launches in the others: not every launch finds room. Of a place of
  // which nothing is known there is room at best: such a component is asked about at that end alone.
  const bool is_at_best = may_use_any_zone(bp_[component]);
  const double found_room = start->share >= 0 && !is_at_best ? start->share : 1;
  const base::RandomStream luck(seed_, base::stable_hash(event.what + "|" + id + "|room"));
  const auto order = luck.permutation(kDraws);
  for (std::size_t d = 0; d < kDraws; ++d) {
    if ((order[d] + 0.5) / static_cast<double>(kDraws) < found_room) {
      take_if_sooner(d, 0, times[d], out);
    }
  }
}

/// Its own work once its cause is over: of what lies on a host only the program starts again.
const Figure* Recoveries::starting(ComponentId component) const {
  const Figure* program =
      host_of(bp_, component).exists() ? figure(component, "process_failure") : nullptr;
  return program != nullptr ? program : figure(component, "restart");
}

/// Nobody starts it but people, once its machine is back: of its own fault the figure says so already.
void Recoveries::start_by_hand(const Event& event, bool is_its_own, OwnRecovery& out) {
  if (!is_its_own) {
    out.work_s = draws(catalog_.place_figure("any", "", "start_by_hand"), event, "people");
    const double react = bp_.operators().react.value_or({}).value;
    std::for_each(out.work_s.begin(), out.work_s.end(), [&](double& s) { s += react; });
  }
  out.needs_people = true;
  out.action = "start";
}

/// The youngest copy that the event leaves for certain; null if none.
const StoreCopy* Recoveries::youngest_left(const std::vector<StoreCopy>& copies, const Event& event,
                                           ComponentId store) const {
  const StoreCopy* youngest = nullptr;
  for (const StoreCopy& copy : copies) {
    const bool is_left = copy.is_known && outlasts(bp_, copy, store, event).value_or(false);
    if (is_left && (youngest == nullptr || copy.age_s < youngest->age_s)) {
      youngest = &copy;
    }
  }
  return youngest;
}

/// Nothing comes back by itself: people rebuild what holds no data and restore what does. They are
/// the same people for all of it.
void Recoveries::call_people(const Event& event, ComponentId component, Bound copies_read,
                             OwnRecovery& out) {
  const auto stuck =
      std::count(out.over_s.begin(), out.over_s.end() - 1, std::numeric_limits<double>::infinity());
  out.needs_people = 2 * static_cast<std::size_t>(stuck) > kDraws;
  const Component& c = bp_[component];
  out.action = c.is_store ? "restore" : "rebuild";
  const auto copies = c.is_store ? copies_of(bp_, catalog_, component) : std::vector<StoreCopy>{};
  const StoreCopy* copy = youngest_left(copies, event, component);
  const DataLoss::Kind loss = c.is_store ? data_loss(event, component).kind : DataLoss::Kind::none;
  const bool is_lost_store = loss == DataLoss::Kind::all ||
                             (loss == DataLoss::Kind::unknown && copies_read == Bound::pessimistic);
  const bool leaves_no_place =
      event.kind == EventKind::region_destroyed || event.kind == EventKind::account_lost;
  // Another provider or account has a place of its own for what is restored from there.
  const bool is_elsewhere = copy != nullptr && !c.copies.empty();
  if ((leaves_no_place && !is_elsewhere) || is_lost_store) {
    return;
  }
  const auto react = bp_.operators().react;
  const bool says_time = copy != nullptr && copy->restore_s.has_value();
  const auto times = says_time ? std::vector<double>(kDraws + 1, *copy->restore_s)
                               : draws(figure(component, out.action), event, "people");
  for (std::size_t d = 0; d < kDraws; ++d) {
    take_if_sooner(d, react.value_or({}).value, times[d], out);
  }
}

/// People let a replica elsewhere take over, where the owners want that and declare who does it.
void Recoveries::promote(const Event& event, ComponentId store, OwnRecovery& out) {
  const Component& c = bp_[store];
  const auto& may = bp_.operators().may;
  if (!c.is_store ||
      c.care.on_primary_loss.value_or(blueprint::OnPrimaryLoss::wait) !=
          blueprint::OnPrimaryLoss::promote ||
      std::find(may.begin(), may.end(), "promote") == may.end()) {
    return;
  }
  auto copies = copies_of(bp_, catalog_, store);
  std::erase_if(copies, [](const auto& copy) { return copy.kind != blueprint::CopyKind::replica; });
  const StoreCopy* replica = youngest_left(copies, event, store);
  if (replica == nullptr) {
    return;
  }
  const auto times = draws(catalog_.place_figure("any", "", "promote"), event, "people");
  std::size_t promoted = 0;
  for (std::size_t d = 0; d < kDraws; ++d) {
    const double before = out.over_s[d] + out.work_s[d];
    take_if_sooner(d, bp_.operators().react.value_or({}).value, times[d], out);
    promoted += out.over_s[d] + out.work_s[d] < before ? 1U : 0U;
  }
  out.is_promoted = 2 * promoted > kDraws;
  if (out.is_promoted) {
    out.action = "promote";
    out.needs_people = true;
  }
}

OwnRecovery Recoveries::of(const Event& event, ComponentId component, Bound copies,
                           Launching launching) {
  OwnRecovery out;
  const std::string& id = bp_[component].id;
  const bool is_own_repair = event.kind == EventKind::instance ||
                             event.kind == EventKind::third_party || is_change(event.kind);
  // What lies on a machine that fails waits for that one.
  const bool is_machines = event.kind == EventKind::instance && event.component != component;
  const std::string& repaired = is_machines ? bp_[event.component].id : id;
  const auto cause = draws(event.duration, event, is_own_repair ? repaired + "|repair" : "");
  if (event.kind == EventKind::instance && !is_machines) {
    // The figure is the time to repair: all of it is the replica's own work.
    out.over_s.assign(kDraws + 1, 0);
    out.work_s = cause;
  } else {
    out.over_s = cause;
    // Of a change the figures are the time until the old one runs again.
    out.work_s = is_change(event.kind) ? std::vector<double>(kDraws + 1, 0)
                                       : draws(starting(component), event, id + "|restart");
  }
  if (may_start_elsewhere(event, component, launching)) {
    start_elsewhere(event, component, out);
  }
  const bool is_stuck =
      std::any_of(out.over_s.begin(), out.over_s.end() - 1, [](double s) { return s == kForGood; });
  if (destroys(event.kind) && is_stuck) {
    call_people(event, component, copies, out);
  }
  if (!takes_a_machine(event.kind) && !is_change(event.kind)) {
    promote(event, component, out);
  }
  // Who builds it anew starts it, too.
  if (bp_[component].failure.by_hand.value_or(false) && !destroys(event.kind) &&
      (takes_a_machine(event.kind) || takes_a_zone(event.kind))) {
    start_by_hand(event, is_own_repair && !is_machines, out);
  }
  return out;
}

std::pair<double, double> Recoveries::unnoticed(ComponentId component) const {
  const Component& c = bp_[component];
  const catalog::TypeEntry* type = catalog_.type_of(c);
  const Figure* own = type == nullptr ? nullptr : catalog_.figure(*type, "unnoticed");
  const double share = c.switching.unnoticed.is_known() ? c.switching.unnoticed->value
                       : own != nullptr                 ? own->share
                                                        : 0;
  if (c.redundancy != blueprint::Redundancy::active_active || share <= 0) {
    return {0, 0};
  }
  const Figure* found = own != nullptr ? own : catalog_.place_figure("any", "", "coverage");
  return {share, c.switching.freed.value_or({catalog::duration_of(*found).mean_s()}).value};
}

std::optional<Coverage> Recoveries::coverage_of(const Event& event, ComponentId component,
                                                const std::vector<double>& until_s) {
  const Component& c = bp_[component];
  const catalog::TypeEntry* type = catalog_.type_of(c);
  const Figure* own = type == nullptr ? nullptr : catalog_.figure(*type, "coverage");
  const bool is_stated = c.switching.coverage.is_known();
  Coverage coverage;
  coverage.covered = is_stated                           ? c.switching.coverage->value
                     : own != nullptr && own->share >= 0 ? own->share
                                                         : 1;
  if (c.at_least >= c.replicas.size() || coverage.covered >= 1) {
    return std::nullopt;
  }
  coverage.fact = is_stated ? nullptr : own;
  const bool has_own_time = own != nullptr && own->median_s >= 0;
  const auto freed = c.switching.freed.is_known()
                         ? draws(Duration::exponential(*c.switching.freed), event, c.id + "|freed")
                         : draws(has_own_time ? own : catalog_.place_figure("any", "", "coverage"),
                                 event, c.id + "|freed");
  std::vector<double> good(kDraws);
  for (std::size_t d = 0; d < kDraws; ++d) {
    good[d] = std::max(freed[d], until_s[d]);
  }
  const auto mean = [](auto begin) { return std::accumulate(begin, begin + kDraws, 0.0) / kDraws; };
  coverage.repair_s = mean(until_s.begin());
  coverage.freed_s = mean(freed.begin());
  coverage.good_s = c.switching.good.is_known()
                        ? std::max(c.switching.good->value, coverage.freed_s)
                        : mean(good.begin());
  return coverage;
}

/// Of a store whose data lies on the machine alone. While its zone or region is out it may be stayed
/// for, or machines may have lost their power.
DataLoss Recoveries::lost_with_machine(const Event& event, ComponentId store) const {
  const Component& c = bp_[store];
  const auto& is_lost = c.care.lost_with_machine;
  const bool is_zones = event.kind == EventKind::zone_outage;
  const bool takes_machines =
      takes_a_machine(event.kind) || is_zones || event.kind == EventKind::region_outage;
  if (!takes_machines || is_lost.is_unset() || (is_lost.is_known() && !*is_lost)) {
    return {};
  }
  const auto copies = copies_of(bp_, catalog_, store);
  if (const StoreCopy* left = youngest_left(copies, event, store)) {
    return {DataLoss::Kind::seconds, left->age_s};
  }
  const bool is_sure = is_lost.is_known() && (takes_a_machine(event.kind) ||
                                              (is_zones && c.relocates && c.zones.size() > 1));
  return {is_sure ? DataLoss::Kind::all : DataLoss::Kind::unknown, 0};
}

DataLoss Recoveries::data_loss(const Event& event, ComponentId store) const {
  if (!destroys(event.kind)) {
    return lost_with_machine(event, store);
  }
  const auto copies = copies_of(bp_, catalog_, store);
  if (const StoreCopy* left = youngest_left(copies, event, store)) {
    return left->age_s > 0 ? DataLoss{DataLoss::Kind::seconds, left->age_s} : DataLoss{};
  }
  const bool may_be_left = (event.kind == EventKind::data_deleted && tells_no_copies(bp_, store)) ||
                           std::any_of(copies.begin(), copies.end(), [&](const StoreCopy& copy) {
                             return outlasts(bp_, copy, store, event).value_or(true);
                           });
  return {may_be_left ? DataLoss::Kind::unknown : DataLoss::Kind::all, 0};
}

DataLoss Recoveries::lag_of(ComponentId store, const Event& event) const {
  auto copies = copies_of(bp_, catalog_, store);
  std::erase_if(copies, [](const auto& copy) { return copy.kind != blueprint::CopyKind::replica; });
  const StoreCopy* replica = youngest_left(copies, event, store);
  return replica == nullptr ? DataLoss{} : DataLoss{DataLoss::Kind::seconds, replica->age_s};
}

}  // namespace outlast::failure
