/// From resources and components to the lines of a bill.
///
/// Each component is billed by the tariff of its resource's spelling, and with it the parts that
/// were folded into it, each by its own. What a blueprint told is billed by the tariff of its type.
/// Resources that belong to no component come last. What is billed is data (data/prices); here is
/// only how a line is filled, priced and rounded. A thing whose price is not known in its region
/// stays unpriced: the price of another region would be a guess.

#include "engines/cost/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/assert.h"
#include "catalog/attribute_path.h"
#include "catalog/names.h"
#include "engines/cost/facts.h"
#include "engines/cost/price_book.h"

namespace outlast::engines::cost {

using blueprint::Component;
using blueprint::DraftResource;
using catalog::Truth;

namespace {

constexpr int kHoursPerMonth = 730;

/// One thing that is billed, and what is known of it.
struct Subject {
  const Component* component = nullptr;     ///< that it belongs to
  const DraftResource* resource = nullptr;  ///< null: told by a blueprint
  const Tariff* tariff = nullptr;
  Facts facts;
  std::string provider, region;
};

class Ledger {
 public:
  explicit Ledger(const LedgerInput& input) : in_(input), book_(input.tables, input.own) {
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

  static Line line_of(std::string component, std::string address, std::string what,
                      const blueprint::Evidence& evidence) {
    Line line;
    line.component = std::move(component);
    line.address = std::move(address);
    line.what = std::move(what);
    line.evidence = evidence;
    return line;
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
    add_lines({&c, nullptr, tariff, Facts(nullptr, &c, entry, none), std::string(tariff->provider),
               c.region.value_or("")});
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

  void add_resource(const DraftResource& resource, const Component* owner) {
    const catalog::TypeEntry* entry = entry_of(resource);
    const Tariff* tariff = tariff_of(resource.type);
    const bool is_head = owner != nullptr && owner->id == resource.address;
    if (tariff == nullptr) {
      if (is_head || entry == nullptr) {
        Line line =
            line_of(owner == nullptr ? "" : owner->id, resource.address, "", resource.evidence);
        line.why = "no tariff is known of " + resource.type;
        bill_.lines.push_back(std::move(line));
      }
      return;
    }
    const auto parts = is_head ? describing_parts(owner) : std::vector<const DraftResource*>();
    const Component* told = is_head && stands_alone(*owner, resource) ? owner : nullptr;
    const Facts facts(&resource, told, entry, parts);
    const std::string region = region_of(resource, owner, *tariff, facts);
    add_lines({owner, &resource, tariff, facts, std::string(tariff->provider),
               std::string(in_.catalog.region_name(tariff->provider, region))});
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

  void add_lines(const Subject& subject) {
    if (subject.tariff->lines.empty()) {
      Line line = begin(subject, "");
      line.state = LineState::free;
      line.source = subject.tariff->free_by.source;
      line.as_of = subject.tariff->free_by.as_of;
      line.trust = std::string(1, static_cast<char>(subject.tariff->free_by.trust));
      bill_.lines.push_back(std::move(line));
    }
    for (const TariffLine& rule : subject.tariff->lines) {
      if (rule.over.empty()) {
        add_line(subject, rule, subject.facts);
        continue;
      }
      for (const base::Node block : subject.facts.blocks(rule.over)) {
        add_line(subject, rule, subject.facts.within(block));
      }
    }
  }

  static Line begin(const Subject& subject, std::string_view what) {
    OUTLAST_ASSERT(subject.component != nullptr || subject.resource != nullptr,
                   "a line is of a component or of a resource");
    Line line = line_of(
        subject.component == nullptr ? "" : subject.component->id,
        subject.resource == nullptr ? subject.component->id : subject.resource->address,
        std::string(what),
        subject.resource == nullptr ? subject.component->evidence : subject.resource->evidence);
    line.is_idle_alone = subject.tariff->idle_alone && !names_a_user(subject);
    return line;
  }

  /// Does the resource itself say what uses it, which may lie outside of the inputs?
  [[nodiscard]] static bool names_a_user(const Subject& subject) {
    const auto& paths = subject.tariff->used_where;
    return subject.resource != nullptr &&
           std::any_of(paths.begin(), paths.end(), [&](const std::string_view path) {
             const auto found = catalog::select(subject.resource->attributes, path);
             return std::any_of(found.begin(), found.end(),
                                [](const auto& at) { return !at.node.text().empty(); });
           });
  }

  void add_line(const Subject& subject, const TariffLine& rule, const Facts& facts) {
    const Truth holds = facts.hold(rule.when, rule.unless);
    if (holds == Truth::no) {
      return;
    }
    Line line = begin(subject, rule.what);
    line.is_per_use = !rule.use.empty();
    if (holds == Truth::unknown) {
      line.why = "what decides whether it is billed is not known";
    } else if (const auto quote = quote_for(subject, rule, facts, line)) {
      price(subject, rule, facts, *quote, line);
    }
    bill_.lines.push_back(std::move(line));
  }

  /// The price by a rule, told in the line; absent, with the reason, where none is known.
  std::optional<Quote> quote_for(const Subject& subject, const TariffLine& rule, const Facts& facts,
                                 Line& line) const {
    const Filled name = facts.fill(rule.price);
    if (!name.text) {
      line.why = name.missing;
      return std::nullopt;
    }
    const auto slash = name.text->find('/');
    line.service = name.text->substr(0, slash);
    line.sku = name.text->substr(slash + 1);
    line.region = subject.region;
    auto quote = book_.quote(subject.provider, line.service, line.sku, subject.region);
    if (!quote) {
      line.why = why_not(subject, line);
      return std::nullopt;
    }
    line.region = quote->region;
    line.unit = quote->unit;
    line.per = quote->per;
    line.usd = quote->usd;
    line.discount = quote->discount;
    line.source = quote->source;
    line.as_of = quote->as_of;
    line.trust = quote->trust;
    line.why = name.is_default ? std::string(rule.assumes) : "";
    return quote;
  }

  [[nodiscard]] std::string why_not(const Subject& subject, const Line& line) const {
    if (!book_.is_known_elsewhere(subject.provider, line.service, line.sku)) {
      return fmt::format("no price is known of {} {}", line.service, line.sku);
    }
    return subject.region.empty() ? "its region is not known"
                                  : fmt::format("no price of {} {} is known in {}", line.service,
                                                line.sku, subject.region);
  }

  /// Quantity and amount of a line that has its price.
  void price(const Subject& subject, const TariffLine& rule, const Facts& facts, const Quote& quote,
             Line& line) const {
    Exact quantity = 1;
    for (const std::string_view factor : rule.times) {
      const Filled filled = facts.fill(factor);
      const auto number = parse_exact(filled.text.value_or(""));
      if (!number) {
        line.why = filled.text ? fmt::format("\"{}\" is no number", *filled.text) : filled.missing;
        return;
      }
      quantity *= *number;
      if (filled.is_default) {
        line.why = rule.assumes;
      }
    }
    if (line.is_per_use) {
      const auto used = use_of(subject, rule.use);
      if (!used) {
        line.state = LineState::open;
        line.why = fmt::format("how much is used is not stated ({})", rule.use);
        return;
      }
      quantity *= *used;
    } else if (quote.unit.ends_with("hour")) {
      quantity *= kHoursPerMonth;
    }
    line.state = LineState::priced;
    line.quantity = decimal_text(quantity);
    line.monthly = to_cents(quote.each * quantity);
  }

  /// A month's use: the owners' word, else the requests that users' calls lead there.
  [[nodiscard]] std::optional<Exact> use_of(const Subject& subject, std::string_view what) const {
    for (const auto& use : in_.own.uses) {
      const bool is_meant = (subject.resource != nullptr && use.of == subject.resource->address) ||
                            (subject.component != nullptr && (use.of == subject.component->id ||
                                                              use.of == subject.component->name));
      if (is_meant && use.what == what) {
        const auto quantity = parse_exact(use.quantity);
        return quantity ? std::optional<Exact>(*quantity) : std::nullopt;
      }
    }
    if (what != "requests" || subject.component == nullptr) {
      return std::nullopt;
    }
    const auto found = in_.usage.find(subject.component->id);
    return found == in_.usage.end() ? std::nullopt : std::optional<Exact>(Exact(found->second));
  }

  const LedgerInput& in_;
  PriceBook book_;
  std::unordered_map<std::string_view, const DraftResource*> by_address_;
  std::unordered_map<std::string_view, const std::vector<std::string>*> parts_of_;
  std::set<std::string, std::less<>> billed_;
  Bill bill_;
};

}  // namespace

Bill write_bill(const LedgerInput& input) {
  return Ledger(input).write();
}

}  // namespace outlast::engines::cost
