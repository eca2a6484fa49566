#include "engines/cost/line_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "base/units.h"
#include "catalog/attribute_path.h"

namespace outlast::engines::cost {

using catalog::Truth;

namespace {

/// Does the resource itself say what uses it, which may lie outside of the inputs?
bool names_a_user(const Subject& subject) {
  const auto& paths = subject.tariff->used_where;
  return subject.resource != nullptr &&
         std::any_of(paths.begin(), paths.end(), [&](const std::string_view path) {
           const auto found = catalog::select(subject.resource->attributes, path);
           return std::any_of(found.begin(), found.end(),
                              [](const auto& at) { return !at.node.text().empty(); });
         });
}

/// What there is of a thing of which some costs nothing; absent where that is not known.
/// Of the first factor what is beyond what costs nothing, and no more than counts here.
Exact counted(const TariffLine& rule, const Exact& all) {
  const auto free = parse_exact(rule.beyond).value_or(Exact(0));
  const auto most = parse_exact(rule.up_to).value_or(all);
  return std::max(Exact(0), Exact(std::min(all, most) - free));
}

bool is_within_what_is_free(const TariffLine& rule, const Facts& facts) {
  if (rule.beyond.empty()) {
    return false;
  }
  const auto all = parse_exact(facts.fill(rule.times.front()).text.value_or(""));
  return all && counted(rule, *all) == 0;
}

/// Then what it assumes holds of all that it is for. One of what is told no number is no default.
bool takes_no_default(const TariffLine& rule) {
  const auto has_default = [](std::string_view pattern) {
    return pattern.find("|=") != std::string_view::npos && pattern != "{@replicas|=1}";
  };
  return !has_default(rule.price) &&
         std::none_of(rule.times.begin(), rule.times.end(), has_default);
}

Line begin(const Subject& subject, std::string_view what) {
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

}  // namespace

Line line_of(std::string component, std::string address, std::string what,
             const blueprint::Evidence& evidence) {
  Line line;
  line.component = std::move(component);
  line.address = std::move(address);
  line.what = std::move(what);
  line.evidence = evidence;
  return line;
}

void LineWriter::write(const Subject& subject, std::vector<Line>& lines) {
  if (subject.tariff->lines.empty()) {
    Line line = begin(subject, "");
    line.state = LineState::free;
    line.source = subject.tariff->free_by.source;
    line.as_of = subject.tariff->free_by.as_of;
    line.trust = std::string(1, static_cast<char>(subject.tariff->free_by.trust));
    lines.push_back(std::move(line));
  }
  for (const TariffLine& rule : subject.tariff->lines) {
    if (rule.over.empty()) {
      add(subject, rule, subject.facts, lines);
      continue;
    }
    for (const base::Node block : subject.facts.blocks(rule.over, rule.alike)) {
      add(subject, rule, subject.facts.within(block), lines);
    }
  }
}

/// What costs something together with others is paid for with the first of them.
LineWriter::Due LineWriter::next_due(const Subject& subject, const TariffLine& rule) {
  if (rule.first.empty()) {
    return {rule.price};
  }
  const Exact before = of_first_[{rule.together, subject.region}]++;
  return before < parse_exact(rule.first).value_or(Exact(0)) ? Due{rule.together, before > 0}
                                                             : Due{rule.price};
}

void LineWriter::add(const Subject& subject, const TariffLine& rule, const Facts& facts,
                     std::vector<Line>& lines) {
  const Truth holds = facts.hold(rule.when, rule.unless);
  if (rule.only_stated && !use_of(subject, rule.use)) {
    return;
  }
  if (holds == Truth::no || (holds == Truth::yes && is_within_what_is_free(rule, facts))) {
    return;
  }
  Line line = begin(subject, rule.what);
  line.is_per_use = !rule.use.empty();
  if (holds == Truth::unknown) {
    line.why = "what decides whether it is billed is not known";
  } else {
    const Due due = next_due(subject, rule);
    const auto quote = quote_for(subject, rule, due.price, facts, line);
    if (quote && due.is_paid_already) {
      line.state = LineState::free;
      line.why = fmt::format("the first {} of a region cost this together", rule.first);
    } else if (quote) {
      price(subject, rule, facts, *quote, line);
    }
  }
  lines.push_back(std::move(line));
}

/// The price by a rule, told in the line; absent, with the reason, where none is known.
std::optional<Quote> LineWriter::quote_for(const Subject& subject, const TariffLine& rule,
                                           std::string_view price, const Facts& facts,
                                           Line& line) const {
  const Filled name = facts.fill(price);
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
  line.why = name.is_default || takes_no_default(rule) ? std::string(rule.assumes) : "";
  return quote;
}

std::string LineWriter::why_not(const Subject& subject, const Line& line) const {
  if (!book_.is_known_elsewhere(subject.provider, line.service, line.sku)) {
    return fmt::format("no price is known of {} {}", line.service, line.sku);
  }
  return subject.region.empty() ? "its region is not known"
                                : fmt::format("no price of {} {} is known in {}", line.service,
                                              line.sku, subject.region);
}

/// Quantity and amount of a line that has its price.
void LineWriter::price(const Subject& subject, const TariffLine& rule, const Facts& facts,
                       const Quote& quote, Line& line) const {
  Exact quantity = 1;
  for (const std::string_view& factor : rule.times) {
    const Filled filled = facts.fill(factor);
    const auto number = parse_exact(filled.text.value_or(""));
    if (!number) {
      line.why = filled.text ? fmt::format("\"{}\" is no number", *filled.text) : filled.missing;
      return;
    }
    quantity *= &factor == &rule.times.front() ? counted(rule, *number) : *number;
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
    quantity *= base::kHoursPerMonth;
  }
  line.state = LineState::priced;
  line.quantity = decimal_text(quantity);
  line.monthly = to_cents(quote.each * quantity);
}

/// A month's use: the owners' word, else the requests that users' calls lead there.
std::optional<Exact> LineWriter::use_of(const Subject& subject, std::string_view what) const {
  for (const auto& use : in_.own.uses) {
    const bool is_meant = (subject.resource != nullptr && use.of == subject.resource->address) ||
                          (subject.component != nullptr &&
                           (use.of == subject.component->id || use.of == subject.component->name));
    if (is_meant && use.what == what) {
      const auto quantity = parse_exact(use.quantity);
      return quantity ? std::optional<Exact>(*quantity) : std::nullopt;
    }
  }
  if (subject.component == nullptr) {
    return std::nullopt;
  }
  if (const auto stored = subject.component->traits.find(std::string(what));
      what == kStorage && stored != subject.component->traits.end()) {
    const auto quantity = parse_exact(stored->second);
    return quantity ? std::optional<Exact>(*quantity) : std::nullopt;
  }
  if (what != "requests") {
    return std::nullopt;
  }
  const auto found = in_.usage.find(subject.component->id);
  return found == in_.usage.end() ? std::nullopt : std::optional<Exact>(Exact(found->second));
}

}  // namespace outlast::engines::cost
