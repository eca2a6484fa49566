// What does a name need that several records share?
//
// Each record leads some of the users to its target, by weight, distance or chance; a record that
// is a standby gets users only once the others are known to be down. Whether anybody notices is the
// point: a record is left out while its health check fails, and one that has none never is.
//   all that serve are watched      any target will do: the standby too; with a single active one
//                                   there is an order, and something that watches and switches
//   one that serves is not watched  what it leads to is needed outright: its users are lost with
//                                   it, however many other records there are
//   nobody watches the active ones  a standby never takes over; people may still turn to it
//
// Limits: users are taken as spread evenly over the records, whatever their weights; those of a
// record that is not watched are a part of all, but their loss counts as the name's; of several
// addresses in one record of a pair the first is the active one; a record whose target is not in
// the inputs may carry the load or not, so the others are needed only possibly.

#include <algorithm>

#include "catalog/attribute_path.h"
#include "catalog/field_reader.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::EdgeKind;
using blueprint::Provenance;
using blueprint::Strength;
using blueprint::Value;

namespace {

/// One record: where it leads, and whether anybody notices when that is down.
struct Record {
  ResourceId id;
  std::vector<std::string> ends;  ///< components; none where they are not in the inputs
  Truth is_watched = Truth::no;
  bool is_standby = false;
  bool is_certain = true;
  blueprint::Evidence evidence;
};

Truth any_holds(base::Node attributes, std::span<const Condition> conditions) {
  Truth truth = Truth::no;
  for (const Condition& condition : conditions) {
    truth = std::max(truth, holds(attributes, condition.attribute, condition.value));
  }
  return truth;
}

class RoutedName {
 public:
  RoutedName(const Sight& sight, ResourceId head)
      : sight_(sight), head_(head), entry_(sight.graph.entry(head)) {
    for (const ResourceId id : sight.folding.merged(head)) {
      records_.push_back(read(id));
    }
    const bool all_stand_by =
        std::all_of(records_.begin(), records_.end(), [](const Record& r) { return r.is_standby; });
    for (Record& record : records_) {
      record.is_standby = record.is_standby && !all_stand_by;  // then they share the users again
    }
    std::stable_sort(records_.begin(), records_.end(), [](const Record& a, const Record& b) {
      return !a.is_standby && b.is_standby;
    });
  }

  void add_needs(blueprint::Draft& draft) const {
    const std::size_t at = sight_.component_of.at(head_.index);
    const bool somebody_watches = std::any_of(
        records_.begin(), records_.end(),
        [](const Record& record) { return !record.is_standby && record.is_watched != Truth::no; });
    if (somebody_watches) {
      DraftNeed need = need_of_any();
      if (has_order() && !need.any_of.empty()) {
        need.via = sight_.id_of(head_) + ".failover";
        draft.components.push_back(switch_component(
            need.via, draft.components[at], entry_.routing.switched_by, records_.front().evidence));
      }
      add_need(draft.components[at], std::move(need));
    }
    for (const Record& record : records_) {
      DraftNeed need = need_of(record.ends, record);
      if (record.is_standby && !somebody_watches) {
        need.strength = Value<Strength>::of(Strength::control, Provenance::catalog);
      } else if (record.is_standby || record.is_watched == Truth::yes) {
        continue;
      } else if (record.is_watched == Truth::unknown) {
        need.confidence = Confidence::inferred;
      }
      add_need(draft.components[at], std::move(need));
    }
  }

 private:
  [[nodiscard]] Record read(ResourceId id) const {
    Record record;
    record.id = id;
    const auto& resource = sight_.graph.resource(id);
    record.evidence = resource.evidence;
    record.is_watched = any_holds(resource.attributes, entry_.routing.watched);
    record.is_standby = any_holds(resource.attributes, entry_.routing.standby) == Truth::yes;
    for (const std::size_t index : sight_.graph.links_of(id)) {
      const Link& link = sight_.graph.links()[index];
      if (link.rule->role != LinkRole::needs) {
        continue;
      }
      record.evidence = link.naming.evidence;
      for (const Reach& reach :
           sight_.relays.reached(link.naming.targets, link.rule->alternatives, head_)) {
        record.is_certain = record.is_certain && reach.is_certain && link.is_certain;
        for (const ResourceId end : reach.any_of) {
          if (end != head_) {
            record.ends.push_back(sight_.id_of(end));
          }
        }
      }
    }
    return record;
  }

  /// The first serves until it fails: one active record, and others that stand by.
  [[nodiscard]] bool has_order() const {
    return !records_.front().is_standby && records_[1].is_standby;
  }

  [[nodiscard]] static DraftNeed need_of(std::vector<std::string> ends, const Record& record) {
    DraftNeed need;
    need.any_of = std::move(ends);
    need.strength = Value<Strength>::of(Strength::hard, Provenance::catalog);
    need.kind = Value<EdgeKind>::of(EdgeKind::service, Provenance::catalog);
    need.confidence = record.is_certain ? Confidence::stated : Confidence::inferred;
    need.evidence = record.evidence;
    return need;
  }

  /// Any of all records' targets will do, those that serve first.
  [[nodiscard]] DraftNeed need_of_any() const {
    DraftNeed need = need_of({}, records_.front());
    for (const Record& record : records_) {
      for (const std::string& end : record.ends) {
        if (std::find(need.any_of.begin(), need.any_of.end(), end) == need.any_of.end()) {
          need.any_of.push_back(end);
        }
      }
      if (record.ends.empty()) {
        need.confidence = Confidence::inferred;
      }
      read_times(record, need.switching);
    }
    fill_switching(sight_.catalog, &entry_, need.switching);
    return need;
  }

  /// What a record says of how long users still go to a dead target.
  void read_times(const Record& record, blueprint::Switching& switching) const {
    const auto fill = [](Value<base::Seconds>& to, const Value<base::Seconds>& from) {
      if (from.is_known()) {
        to.fill(from);
      }
    };
    if (record.is_standby) {
      return;
    }
    fill(switching.takes,
         FieldReader(sight_.graph.resource(record.id), entry_).seconds(Field::takes));
    for (const ResourceId check : sight_.graph.named_by(record.id, entry_.routing.check).targets) {
      fill(switching.detect, FieldReader(sight_.graph.resource(check), sight_.graph.entry(check))
                                 .seconds(Field::detect));
    }
  }

  const Sight& sight_;
  ResourceId head_;
  const TypeEntry& entry_;
  std::vector<Record> records_;  ///< those that serve first
};

}  // namespace

DraftComponent switch_component(const std::string& id, const DraftComponent& served,
                                std::string_view type, const blueprint::Evidence& evidence) {
  DraftComponent c;
  c.id = id;
  c.name = Value<std::string>::of("failover of " + *served.name, Provenance::inferred);
  c.type = Value<std::string>::of(std::string(type), Provenance::catalog);
  c.account = served.account;
  c.evidence = evidence;
  return c;
}

bool is_routed(const Sight& sight, ResourceId component) {
  return !sight.graph.entry(component).routing.switched_by.empty() &&
         sight.folding.merged(component).size() > 1;
}

void make_routed_needs(const Sight& sight, blueprint::Draft& draft) {
  for (const ResourceId id : sight.folding.components()) {
    if (is_routed(sight, id) && sight.component_of.contains(id.index)) {
      RoutedName(sight, id).add_needs(draft);
    }
  }
}

}  // namespace outlast::catalog
