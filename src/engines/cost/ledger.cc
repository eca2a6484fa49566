/// From resources and components to the lines of a bill.
///
/// Each component is billed by the tariff of its resource's spelling, and with it the parts that
/// were folded into it, each by its own. What a blueprint told is billed by the tariff of its type.
/// What runs on machines of the inputs, and has no tariff of its own, is paid for with these.
/// Resources that belong to no component come last. What is billed is data (data/prices); here is
/// only how a line is filled, priced and rounded. A thing whose price is not known in its region
/// stays unpriced: the price of another region would be a guess.

#include "engines/cost/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "catalog/names.h"
#include "engines/cost/facts.h"
#include "engines/cost/line_writer.h"

namespace outlast::engines::cost {

using blueprint::Component;
using blueprint::DraftResource;

namespace {

/// Paths of the attributes that a pattern asks for: "a" and "b" of "{a:2|b|=8}".
void gather_attributes(std::string_view pattern, std::set<std::string_view>& into) {
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
    const auto close = pattern.find('}', open);
    for (const std::string_view path :
         base::split(pattern.substr(open + 1, close - open - 1), '|')) {
      if (!path.starts_with('=') && !path.starts_with('@')) {
        into.insert(path.substr(0, path.find(':')));
      }
    }
    pattern.remove_prefix(close + 1);
  }
}

/// What a tariff asks of a resource itself; what it asks of repeated blocks has no name of its own.
std::set<std::string_view> attributes_in(const Tariff& tariff) {
  std::set<std::string_view> paths;
  for (const TariffLine& line : tariff.lines) {
    if (!line.over.empty()) {
      continue;
    }
    gather_attributes(line.price, paths);
    gather_attributes(line.beyond, paths);
    for (const std::string_view factor : line.times) {
      gather_attributes(factor, paths);
    }
    for (const auto& conditions : {line.when, line.unless}) {
      for (const catalog::Condition& condition : conditions) {
        if (!condition.attribute.starts_with('@')) {
          paths.insert(condition.attribute.substr(0, condition.attribute.find(':')));
        }
      }
    }
  }
  return paths;
}

class Ledger {
 public:
  explicit Ledger(const LedgerInput& input) : in_(input), lines_(input) {
    for (const DraftResource& resource : in_.draft.resources) {
      if (resource.format !=
          catalog::kTraceFormat) {  // what was only seen tells nothing to bill by
        by_address_.emplace(resource.address, &resource);
      }
    }
    for (const auto& c : in_.draft.components) {
      parts_of_.emplace(c.id, &c.parts);
    }
  }

  Bill write() {
    for (const Component& c : in_.blueprint.components()) {
      add_component(c);
    }
    for (const DraftResource& resource : in_.draft.resources) {
      if (!resource.is_context && !billed_.contains(resource.address)) {
        add_resource(resource, nullptr);
      }
    }
    add_up(bill_);
    return std::move(bill_);
  }

  [[nodiscard]] std::map<std::string, std::string> traits_of(const Component& c) const {
    std::map<std::string, std::string> traits;
    const DraftResource* resource = resource_at(c.id);
    const auto* entry = in_.catalog.type(c.type);
    const Tariff* tariff = entry == nullptr ? nullptr : tariff_of(entry->name);
    if (resource == nullptr || tariff == nullptr) {
      return traits;
    }
    const auto parts = describing_parts(&c);
    const Facts facts(resource, &c, entry, parts);
    for (const std::string_view path : attributes_in(*tariff)) {
      if (auto said = facts.fill(fmt::format("{{{}}}", path)).text) {
        traits.emplace(path, std::move(*said));
      }
    }
    return traits;
  }

 private:
  [[nodiscard]] const DraftResource* resource_at(std::string_view address) const {
    const auto found = by_address_.find(address);
    return found == by_address_.end() ? nullptr : found->second;
  }

  [[nodiscard]] const Tariff* tariff_of(std::string_view name) const {
    const auto& all = in_.tables.tariffs;
    const auto found =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const Tariff& tariff, std::string_view of) { return tariff.of < of; });
    return found != all.end() && found->of == name ? &*found : nullptr;
  }

  [[nodiscard]] const catalog::TypeEntry* entry_of(const DraftResource& resource) const {
    return in_.catalog.spelled(resource.format, resource.type);
  }

  void add_component(const Component& c) {
    const auto parts = parts_of_.find(c.id);
    const DraftResource* resource = resource_at(c.id);
    const bool is_paid_as_a_whole = add_own_amount(c);
    billed_.insert(c.id);
    if (!is_paid_as_a_whole) {
      resource != nullptr ? add_resource(*resource, &c) : add_told(c);
    }
    if (parts == parts_of_.end()) {
      return;
    }
    for (const std::string& address : *parts->second) {
      const DraftResource* part = resource_at(address);
      if (part != nullptr && !part->is_context && billed_.insert(address).second &&
          !is_paid_as_a_whole) {
        add_resource(*part, &c);
      }
    }
  }

  /// What the owners pay for a whole component is its only line.
  bool add_own_amount(const Component& c) {
    const auto found =
        std::find_if(in_.own.monthly.begin(), in_.own.monthly.end(),
                     [&](const auto& amount) { return amount.of == c.id || amount.of == c.name; });
    if (found == in_.own.monthly.end()) {
      return false;
    }
    Line line = line_of(c.id, c.id, "as agreed", c.evidence);
    line.state = LineState::priced;
    line.unit = "month";
    line.quantity = line.per = "1";
    line.usd = decimal_text(dollars_of(found->monthly));
    line.monthly = to_cents(dollars_of(found->monthly));
    line.source = "your own prices";
    line.trust = "own";
    bill_.lines.push_back(std::move(line));
    return true;
  }

  /// A component that no infrastructure file holds.
  void add_told(const Component& c) {
    const auto* entry = in_.catalog.type(c.type);
    const Tariff* tariff = entry == nullptr ? nullptr : tariff_of(entry->name);
    if (tariff == nullptr) {
      Line line = line_of(c.id, c.id, "", c.evidence);
      line.why = c.type.empty() ? "its type is not known" : "no tariff is known of " + c.type;
      bill_.lines.push_back(std::move(line));
      return;
    }
    const std::vector<const DraftResource*> none;
    lines_.write({&c, nullptr, tariff, Facts(nullptr, &c, entry, none),
                  std::string(tariff->provider), c.region.value_or("")},
                 bill_.lines);
  }

  /// What tells how a component is made: its template or its task, none that is billed itself.
  [[nodiscard]] std::vector<const DraftResource*> describing_parts(const Component* c) const {
    std::vector<const DraftResource*> describing;
    const auto parts = c == nullptr ? parts_of_.end() : parts_of_.find(c->id);
    if (parts == parts_of_.end()) {
      return describing;
    }
    for (const std::string& address : *parts->second) {
      const DraftResource* part = resource_at(address);
      if (part != nullptr && tariff_of(part->type) == nullptr) {
        describing.push_back(part);
      }
    }
    return describing;
  }

  /// Is the component this resource alone, so that what is said of it holds for the resource?
  [[nodiscard]] bool stands_alone(const Component& c, const DraftResource& resource) const {
    const auto parts = parts_of_.find(c.id);
    return c.id == resource.address &&
           (parts == parts_of_.end() ||
            std::none_of(parts->second->begin(), parts->second->end(),
                         [&](const std::string& address) {
                           const DraftResource* part = resource_at(address);
                           return part != nullptr && part->type == resource.type;
                         }));
  }

  /// Does it run on machines of the inputs, and is paid for with them?
  [[nodiscard]] bool runs_on_machines(const Component& c) const {
    const auto is_of_machines = [&](blueprint::NeedId id) {
      const blueprint::Need& need = in_.blueprint[id];
      return need.kind == blueprint::EdgeKind::supply &&
             need.strength == blueprint::Strength::hard &&
             std::any_of(need.any_of.begin(), need.any_of.end(), [&](blueprint::ComponentId on) {
               return in_.blueprint[on].kind == blueprint::Kind::compute;
             });
    };
    return std::any_of(c.needs.begin(), c.needs.end(), is_of_machines) ||
           std::any_of(c.replicas.begin(), c.replicas.end(), [&](const auto& replica) {
             return std::any_of(replica.local_needs.begin(), replica.local_needs.end(),
                                is_of_machines);
           });
  }

  void add_resource(const DraftResource& resource, const Component* owner) {
    const catalog::TypeEntry* entry = entry_of(resource);
    const Tariff* tariff = tariff_of(resource.type);
    const bool is_head = owner != nullptr && owner->id == resource.address;
    if (tariff == nullptr) {
      if ((is_head && !runs_on_machines(*owner)) || entry == nullptr) {
        Line line =
            line_of(owner == nullptr ? "" : owner->id, resource.address, "", resource.evidence);
        line.why = "no tariff is known of " + resource.type;
        bill_.lines.push_back(std::move(line));
      }
      return;
    }
    const auto parts = is_head ? describing_parts(owner) : std::vector<const DraftResource*>();
    const Component* told = is_head && stands_alone(*owner, resource) ? owner : nullptr;
    const Facts facts(&resource, told, entry, parts,
                      owner == nullptr || is_head ? std::string_view() : owner->type);
    const std::string region = region_of(resource, owner, *tariff, facts);
    lines_.write({owner, &resource, tariff, facts, std::string(tariff->provider),
                  std::string(in_.catalog.region_name(tariff->provider, region))},
                 bill_.lines);
  }

  /// Its component's, else its provider's, else the one that it names itself; empty: not known.
  static std::string region_of(const DraftResource& resource, const Component* owner,
                               const Tariff& tariff, const Facts& facts) {
    if (owner != nullptr && owner->region.is_known()) {
      return *owner->region;
    }
    if (resource.region.is_known()) {
      return *resource.region;
    }
    return tariff.region_in.empty()
               ? ""
               : facts.fill(fmt::format("{{{}}}", tariff.region_in)).text.value_or("");
  }

  const LedgerInput& in_;
  LineWriter lines_;
  std::unordered_map<std::string_view, const DraftResource*> by_address_;
  std::unordered_map<std::string_view, const std::vector<std::string>*> parts_of_;
  std::set<std::string, std::less<>> billed_;
  Bill bill_;
};

}  // namespace

Bill write_bill(const LedgerInput& input) {
  return Ledger(input).write();
}

std::map<std::string, std::string> traits_of_bill(const LedgerInput& input, const Component& c) {
  return Ledger(input).traits_of(c);
}

}  // namespace outlast::engines::cost
