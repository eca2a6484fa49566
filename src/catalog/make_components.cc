#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "base/units.h"
#include "catalog/field_reader.h"
#include "catalog/marks.h"
#include "catalog/names.h"
#include "catalog/passes.h"
#include "catalog/supplies.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// "cpu 70%", as a blueprint writes it.
Value<std::string> target_of(const FieldReader& reader) {
  auto target = reader.text(Field::scale_target);
  return target.is_known() ? Value<std::string>::of(fmt::format("cpu {}%", *target),
                                                    target.provenance(), target.span())
                           : target;
}

/// Copies that one resource makes where another makes none count; of several that are kept the
/// longest lasts, and the most frequent tells what is lost.
void join_backups(const FieldReader& reader, blueprint::Backups& backups) {
  const Value<base::Seconds> every = reader.seconds(Field::backup_every);
  const Value<base::Seconds> retention = reader.seconds(Field::backup_retention);
  const auto is_none = [](const Value<base::Seconds>& kept) {
    return kept.is_known() && kept->value <= 0;
  };
  const bool adds_first =
      is_none(backups.retention) && !retention.is_unset() && !is_none(retention);
  if (adds_first || (backups.retention.is_known() && retention.is_known() &&
                     backups.retention->value < retention->value)) {
    backups.retention = retention;
  }
  if (adds_first || (backups.every.is_known() && every.is_known() && !is_none(retention) &&
                     every->value < backups.every->value)) {
    backups.every = every;
  }
  backups.retention.fill(retention);
  backups.every.fill(every);
  backups.in.fill(reader.text(Field::backup_region));
}

/// Fills what is still unset of a component with what one of its resources says.
void fill_from(const FieldReader& reader, DraftComponent& c) {
  c.size.fill(reader.text(Field::size));
  c.region.fill(reader.text(Field::region));
  c.replicas.fill(reader.integer(Field::replicas));
  c.at_least.fill(reader.integer(Field::at_least));
  c.redundancy.fill(reader.choice<blueprint::Redundancy>(Field::redundancy));
  c.scope.fill(reader.choice<blueprint::Scope>(Field::scope));
  c.relocates.fill(reader.boolean(Field::relocates));
  c.bound.fill(reader.boolean(Field::bound));
  c.internet.fill(reader.boolean(Field::internet));
  c.holds.fill(reader.text(Field::holds));
  if (const auto stored = reader.integer(Field::storage_gb); stored.is_known()) {
    c.traits.emplace(std::string(kStorage), std::to_string(*stored));
  }
  join_backups(reader, c.backups);
  c.switching.detect.fill(reader.seconds(Field::detect));
  c.switching.takes.fill(reader.seconds(Field::takes));
  c.scale.min.fill(reader.integer(Field::scale_min));
  c.scale.max.fill(reader.integer(Field::scale_max));
  c.scale.cooldown_out.fill(reader.seconds(Field::scale_cooldown_out));
  c.scale.cooldown_in.fill(reader.seconds(Field::scale_cooldown_in));
  c.scale.grows.fill(reader.text(Field::scale_grows));
  c.scale.target.fill(target_of(reader));
}

/// A number of several resources that are merged into one, all together.
Value<std::int64_t> sum_of(const Sight& sight, const std::vector<ResourceId>& merged, Field field) {
  Value<std::int64_t> sum;
  for (const ResourceId id : merged) {
    const auto one = FieldReader(sight.graph.resource(id), sight.graph.entry(id)).integer(field);
    if (one.is_unknown()) {
      return one;
    }
    if (one.is_known()) {
      sum = Value<std::int64_t>::of(sum.value_or(0) + *one, one.provenance(), one.span());
    }
  }
  return sum;
}

void add_up(const Sight& sight, ResourceId id, DraftComponent& c) {
  if (const auto& merged = sight.folding.merged(id); merged.size() > 1) {
    c.replicas = sum_of(sight, merged, Field::replicas);
    c.scale.min = sum_of(sight, merged, Field::scale_min);
    c.scale.max = sum_of(sight, merged, Field::scale_max);
  }
}

/// Scaling keeps at least its minimum, whatever number the input starts with, or if that is known
/// only later. Of a pool some parts may have none.
void raise_to_minimum(bool is_pool, DraftComponent& c) {
  const bool starts_unknown = !is_pool && c.replicas.is_unknown() && c.scale.min.value_or(0) > 0;
  const bool may_be_more = c.scale.min.is_unknown() && c.replicas.value_or(0) == 1;
  const bool are_more = c.replicas.is_known() && c.scale.min.value_or(0) > *c.replicas;
  if (starts_unknown || may_be_more || are_more) {
    c.replicas = c.scale.min;
  }
}

/// A pod autoscaler takes over the number that its workload starts with: in the quietest hour it runs
/// the minimum, and where that is none, one as soon as it is asked. It alone has a pace of its own;
/// groups of machines and services of tasks begin with the number that they state.
void follow_scaler(DraftComponent& c) {
  const auto& least = c.scale.min;
  if (c.scale.grows.is_unset()) {
    return;
  }
  if (least.is_unknown()) {
    c.replicas = least;
  } else if (least.is_known() && c.replicas.value_or(*least) > std::max<std::int64_t>(1, *least)) {
    c.replicas = Value<std::int64_t>::of(std::max<std::int64_t>(1, *least), least.provenance(),
                                         least.span());
  }
}

/// "2" or "50%" of some replicas, rounded up.
Value<std::int64_t> part_of(const Value<std::string>& written, const Value<std::int64_t>& whole) {
  if (!written.is_known() || (written->ends_with('%') && !whole.is_known())) {
    return written.is_unset() ? Value<std::int64_t>()
                              : Value<std::int64_t>::unknown(written.span());
  }
  const auto share = base::parse_share(*written);
  std::int64_t number = 0;
  const char* end = written->data() + written->size();
  if (written->ends_with('%') && share) {
    number = static_cast<std::int64_t>(std::ceil(share->value * static_cast<double>(*whole)));
  } else if (std::from_chars(written->data(), end, number).ptr != end || number < 0) {
    return Value<std::int64_t>::unknown(written.span());
  }
  return Value<std::int64_t>::of(number, written.provenance(), written.span());
}

/// How many carry the load, by what is kept running while others are taken away. Where none may be
/// taken away that says how careful the owner is, not what the load needs.
void read_disruption(const FieldReader& reader, const std::string& address, DraftComponent& c) {
  auto kept = part_of(reader.text(Field::keeps), c.replicas);
  const auto spared = part_of(reader.text(Field::spares), c.replicas);
  if (spared.is_known() && c.replicas.is_known() && *spared <= *c.replicas) {
    kept = Value<std::int64_t>::of(*c.replicas - *spared, spared.provenance(), spared.span());
  }
  if (!kept.is_known() || !c.replicas.is_known()) {
    return;
  }
  if (*kept > 0 && *kept < *c.replicas) {
    c.at_least.fill(kept);
  } else if (*kept >= *c.replicas && *c.replicas > 0) {
    c.marks.push_back({"blocked_drain", {address, kept.span(), ""}});
  }
}

/// What is known of the program that it runs.
void add_program(const Sight& sight, ResourceId id, DraftComponent& c) {
  const ProgramEntry* program = sight.programs[id.index];
  if (program == nullptr) {
    return;
  }
  const auto fact = [](auto value) {
    return Value<decltype(value)>::of(value, Provenance::inferred);
  };
  c.kind.fill(fact(program->kind));
  c.is_workload.fill(fact(program->kind == blueprint::Kind::compute && program->serves()));
  if (program->is_store) {
    c.is_store.fill(fact(true));
  }
  if (program->needs_majority && c.replicas.value_or(1) > 1) {
    c.at_least.fill(fact(*c.replicas / 2 + 1));
  }
}

void add_placements(const Sight& sight, const Places& places, ResourceId id, DraftComponent& c) {
  for (const Place& place : places.all) {
    c.placements.push_back({place.zone, place.label, needs_of_place(sight, place, id)});
  }
  c.placements_are_known = places.are_complete && !places.all.empty();
}

/// How long a dead machine may come back before what ran on it is started elsewhere, where the input
/// differs from what is usual: how long it is stayed for, and until a volume is let go.
Value<base::Seconds> waits(const Sight& sight, ResourceId id) {
  const auto& resource = sight.graph.resource(id);
  const TypeEntry& entry = sight.graph.entry(id);
  const Figure* usual = sight.catalog.figure(entry, "relocate");
  const Figure* evict = sight.catalog.figure(entry, "evict");
  const Figure* detach = sight.catalog.figure(entry, "detach");
  if ((!resource.tolerates.is_known() && !resource.holds_volume) || usual == nullptr ||
      evict == nullptr || detach == nullptr) {
    return {};
  }
  const double stayed_for = resource.tolerates.value_or({evict->median_s}).value;
  return Value<base::Seconds>::of({usual->detect_s - evict->median_s + stayed_for +
                                   (resource.holds_volume ? detach->median_s : 0)},
                                  Provenance::inferred, resource.evidence.span);
}

/// Replicas on one machine fall with it.
void bind(const blueprint::DraftResource& resource, DraftComponent& c) {
  if (resource.keeps_data_there) {
    c.care.lost_with_machine.fill(Value<bool>::unknown());
  }
  if (resource.is_bound) {
    c.bound = Value<bool>::of(true, Provenance::inferred, resource.evidence.span);
  }
  if (!resource.only_machine.empty()) {
    c.fate["host"] = {resource.only_machine};
  }
}

DraftComponent make_component(const Sight& sight, ResourceId id, base::Diagnostics& diagnostics) {
  const auto& resource = sight.graph.resource(id);
  const TypeEntry& entry = sight.graph.entry(id);
  DraftComponent c;
  c.id = resource.address;
  c.is_imported = true;
  c.has_no_address = resource.has_no_address;
  c.switching.detect.fill(resource.noticed_after);
  c.work = resource.work;
  c.written_type = resource.written_type;
  c.name = Value<std::string>::of(
      resource.name.empty() ? last_parts(resource.address, 1) : resource.name,
      Provenance::inferred);
  c.evidence = resource.evidence;
  const FieldReader naming(resource, entry);
  auto variant = naming.text(Field::variant);
  if (const ProgramEntry* program = sight.programs[id.index]) {
    variant.fill(Value<std::string>::of(std::string(program->name), Provenance::inferred));
  }
  if (sight.graph.is_understood(id)) {
    c.type =
        Value<std::string>::of(std::string(entry.name) + (variant.is_known() ? "." + *variant : ""),
                               Provenance::stated, resource.evidence.span);
  } else {
    c.kind = Value<blueprint::Kind>::of(blueprint::Kind::other, Provenance::catalog);
  }
  c.account = Value<std::string>::of(resource.account, Provenance::inferred);
  if (resource.group != resource.address) {
    c.group = Value<std::string>::of(resource.group, Provenance::inferred);
  }
  const Places places = places_of(sight.graph, sight.folding, id);
  c.may_share_places = resource.may_share_places && !places.all.empty();
  c.placements_are_distinct = resource.lie_apart;
  if (const auto& members = sight.folding.members(id); !members.empty()) {
    c.replicas = Value<std::int64_t>::of(static_cast<std::int64_t>(members.size()),
                                         Provenance::inferred, resource.evidence.span);
  }
  add_up(sight, id, c);
  fill_from(FieldReader(resource, entry, places.all.size(), &diagnostics), c);
  const bool is_scaled_beside = !c.replicas.is_unset() && c.scale.min.is_unset();
  for (const ResourceId part : sight.folding.parts(id)) {
    c.parts.push_back(sight.graph.resource(part).address);
    if (sight.graph.entry(part).is_store) {
      c.is_store = Value<bool>::of(true, Provenance::inferred);  // what it keeps is lost with it
    }
    c.scale.grows.fill(sight.graph.resource(part).grows);
    c.scale.shrinks.fill(sight.graph.resource(part).shrinks);
    fill_from(FieldReader(sight.graph.resource(part), sight.graph.entry(part), places.all.size(),
                          &diagnostics),
              c);
  }
  raise_to_minimum(sight.folding.merged(id).size() > 1, c);
  if (is_scaled_beside) {
    follow_scaler(c);
  }
  bind(resource, c);
  c.failure.waits.fill(waits(sight, id));
  read_rollouts(sight, id, c);
  for (const ResourceId part : sight.folding.parts(id)) {
    read_disruption(FieldReader(sight.graph.resource(part), sight.graph.entry(part)),
                    sight.id_of(part), c);
  }
  add_program(sight, id, c);
  add_placements(sight, places, id, c);
  add_marks(sight, id, c);
  for (const ResourceId part : sight.folding.parts(id)) {
    add_marks(sight, part, c);
  }
  return c;
}

/// Where several are called alike, their names say more: "aws_lb.web" and "aws_instance.web"; the
/// whole address where modules hold the same twice.
void tell_names_apart(Draft& draft) {
  constexpr std::size_t kAll = static_cast<std::size_t>(-1);
  for (const std::size_t parts : {std::size_t{2}, kAll}) {
    std::unordered_map<std::string, std::size_t> bearers;
    for (const DraftComponent& c : draft.components) {
      ++bearers[c.name.value_or("")];
    }
    for (DraftComponent& c : draft.components) {
      if (bearers[c.name.value_or("")] > 1) {
        c.name = Value<std::string>::of(last_parts(c.id, parts), Provenance::inferred);
      }
    }
  }
}

}  // namespace

std::string last_parts(std::string_view address, std::size_t parts) {
  const bool has_slashes = address.substr(0, address.find('[')).find('/') != std::string_view::npos;
  const char separator = has_slashes ? '/' : '.';
  std::size_t begin = address.size();
  bool inside = false;
  while (begin > 0) {
    const char c = address[begin - 1];
    inside = inside ? c != '[' : c == ']';
    if (c == separator && !inside && --parts == 0) {
      break;
    }
    --begin;
  }
  return std::string(address.substr(begin));
}

void make_components(Sight& sight, Draft& draft, base::Diagnostics& diagnostics) {
  for (const ResourceId id : sight.folding.components()) {
    const auto& owners = sight.folding.owners(id);
    if (owners.empty() || owners.front() != id) {
      continue;  // a member of a cluster
    }
    sight.component_of.emplace(id.index, draft.components.size());
    draft.components.push_back(make_component(sight, id, diagnostics));
  }
  tell_names_apart(draft);
  list_supplies(sight, draft);
}

}  // namespace outlast::catalog
