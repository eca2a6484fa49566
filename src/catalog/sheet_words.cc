#include "catalog/sheet_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/units.h"
#include "blueprint/vocabulary.h"

namespace outlast::catalog {
namespace {

constexpr FigureName kFigureNames[] = {
    {"failure", "it fails by itself"},
    {"machine_failure", "it waits for the machine that failed under it"},
    {"process_failure", "its program ends, where its host is told by itself"},
    {"start_by_hand", "people start what nothing else starts again"},
    {"switch", "another replica takes over"},
    {"coverage", "share of faults that the others stand in for, and time to free it after one else",
     AskedOf::type_then_any},
    {"fails_open",
     "share of requests that go on to targets of which none passes its health checks"},
    {"unnoticed", "share of faults that no check finds, and time until people do"},
    {"relocate", "a replica is started elsewhere"},
    {"relocate_zone", "a replica is started in another zone"},
    {"evict", "what runs on a dead machine is no longer waited for"},
    {"detach", "a volume is taken from a dead machine"},
    {"request_work", "a processor works on one request"},
    {"query_work", "a processor works on the queries of one request"},
    {"lookup_work", "a processor works on the lookups of one request"},
    {"cold_start", "a function starts from nothing"},
    {"patch", "planned work takes a replica out"},
    {"upgrade", "a version that is forced takes all replicas out"},
    {"restart", "it starts after its cause is over", AskedOf::type_then_any},
    {"rebuild", "people build it anew elsewhere", AskedOf::type_then_any,
     About::what_holds_no_data},
    {"restore", "people restore it from a backup", AskedOf::type_then_any, About::stores},
    {"promote", "people let a replica elsewhere take over", AskedOf::type_then_any, About::stores},
    {"replica_lag", "so much a copy elsewhere lags behind", AskedOf::type_then_any, About::stores},
    {"restorable", "a copy that nobody ever restored can be", AskedOf::type_then_any,
     About::stores},
    {"restorable_tested", "a copy that was restored once can be again", AskedOf::type_then_any,
     About::stores},
    {"third_party", "the third party fails", AskedOf::type_then_any, About::third_party},
    {"service_failure", "the service fails in a region, or where it is global in the world",
     AskedOf::service, About::managed_service},
    {"service_hit", "share of the region's events that take the service down", AskedOf::service,
     About::region},
    {"host_failure", "a host that the input names fails", AskedOf::place, About::zone},
    {"rack_outage", "a rack that the input names fails", AskedOf::place, About::zone},
    {"zone_outage", "its zone is down", AskedOf::place, About::zone},
    {"zone_destroyed", "its zone is gone for good", AskedOf::place, About::zone},
    {"region_outage", "an event hits its region", AskedOf::place, About::region},
    {"region_destroyed", "its region is gone for good", AskedOf::place, About::region},
    {"provider_outage", "its provider is down", AskedOf::place},
    {"account_lost", "the account is gone with all in it", AskedOf::place},
    {"release_bad", "share of the releases that are bad"},
    {"config_bad", "share of the configurations pushed that are bad"},
    {"bad_crash", "share of the bad changes that do not start, or crash"},
    {"bad_errors", "share of the bad changes that fail some of the requests"},
    {"bad_wrong", "share of the bad changes that answer wrongly, unseen by any gate"},
    {"least_errors", "requests that one which fails some fails at least"},
    {"gate_threshold", "failed requests at which a gate stops a step"},
    {"change_noticed", "people notice a change that fails requests"},
    {"wrong_noticed", "people notice a change that answers wrongly"},
    {"change_understood", "people understand what it is and go back"},
    {"change_reverted", "what was there before is back"},
    {"scale_level", "busy share that an autoscaler keeps"},
    {"scale_period", "an autoscaler looks so often"},
    {"scale_out", "so long over its level, and an autoscaler grows"},
    {"scale_in", "so long under its level, and an autoscaler shrinks"},
    {"scale_window", "not needed for so long, and an autoscaler shrinks, unless it states its own"},
    {"change_repaired", "a change that cannot be undone is repaired"},
};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

/// "multi_az is true", "kms_key_id is there".
std::string conditions_words(std::span<const Condition> conditions, std::string_view between) {
  std::vector<std::string> parts;
  for (const Condition& condition : conditions) {
    const std::string_view value = condition.value;
    parts.push_back(value == "present"  ? fmt::format("{} is there", condition.attribute)
                    : value == "absent" ? fmt::format("{} is absent", condition.attribute)
                                        : fmt::format("{} is {}", condition.attribute, value));
  }
  return joined(parts, between);
}

std::string where_words(std::span<const Condition> when, std::span<const Condition> unless) {
  std::string out;
  if (!when.empty()) {
    out += " where " + conditions_words(when, " and ");
  }
  if (!unless.empty()) {
    out += " unless " + conditions_words(unless, " or ");
  }
  return out;
}

bool is_duration(Field field) {
  return field == Field::backup_every || field == Field::backup_retention ||
         field == Field::detect || field == Field::takes || field == Field::scale_cooldown_out ||
         field == Field::scale_cooldown_in;
}

/// A number of seconds is told as people say it.
std::string amount(Field field, std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && is_duration(field) ? base::format_duration({seconds}) : std::string(text);
}

std::string value_of(Field field, const ReadSource& source) {
  if (source.is_unknown) {
    return "not known";
  }
  if (source.counts_places) {
    return "the number of its places";
  }
  if (source.default_zone) {
    return "the provider's configured zone";
  }
  if (!source.zones_of.empty()) {
    return fmt::format("the zones of the region that {} names", source.zones_of);
  }
  if (source.attribute.empty()) {
    return amount(field, source.constant);
  }
  return std::string(source.attribute) +
         (source.also.empty() ? "" : " and " + std::string(source.also));
}

std::string source_words(Field field, const ReadSource& source) {
  std::string out = value_of(field, source);
  std::vector<std::string> notes;
  for (const Mapping& mapping : source.map) {
    notes.push_back(fmt::format("{} is {}", mapping.from, amount(field, mapping.to)));
  }
  if (source.plus != 0) {
    notes.push_back("plus " + base::format_number(source.plus));
  }
  if (source.times != 1) {
    const std::string unit = base::format_number(source.times);
    notes.push_back("times " + amount(field, unit));
  }
  if (!source.times_attribute.empty()) {
    notes.push_back(fmt::format("times {}", source.times_attribute));
  }
  if (source.times_places) {
    notes.emplace_back("times the number of its places");
  }
  return out + (notes.empty() ? "" : " (" + joined(notes, ", ") + ")") +
         where_words(source.when, source.unless) +
         (source.each.empty() ? "" : fmt::format(", in each of {}", source.each));
}

std::string_view role_words(LinkRole role) {
  switch (role) {
    case LinkRole::owner:
      return "is a part of it";
    case LinkRole::part:
      return "has it as a part";
    case LinkRole::member:
      return "is a replica of it";
    case LinkRole::joins:
      return "is a part of it, else stands alone";
    case LinkRole::placement:
      return "lies where it lies";
    case LinkRole::beside:
      return "lies in its region";
    case LinkRole::needs:
      return "needs it";
    case LinkRole::needed_by:
      return "is needed by it";
    case LinkRole::firewall:
      return "is protected by its rules";
    case LinkRole::acts_as:
      return "acts as this identity";
    case LinkRole::carries:
      return "does its work";
    case LinkRole::mentions:
      return "uses whatever is named there";
    case LinkRole::wakes:
      return "has it work in the background";
  }
  return "";
}

bool is_need(LinkRole role) {
  return role == LinkRole::needs || role == LinkRole::needed_by;
}

}  // namespace

std::span<const FigureName> figure_names() {
  return kFigureNames;
}

std::string_view figure_words(std::string_view name) {
  const auto found = std::find_if(std::begin(kFigureNames), std::end(kFigureNames),
                                  [&](const FigureName& known) { return known.name == name; });
  return found == std::end(kFigureNames) ? std::string_view() : found->words;
}

std::string value_words(const Figure& figure) {
  std::vector<std::string> parts;
  if (figure.every_years >= 0) {
    parts.push_back("every " + base::format_interval(figure.every_years));
  }
  if (figure.detect_s >= 0) {
    parts.push_back("noticed after " + base::format_duration({figure.detect_s}));
  }
  if (figure.median_s >= 0) {
    std::string takes = "takes " + base::format_duration({figure.median_s});
    if (figure.p90_s > figure.median_s) {
      takes += ", 9 times in 10 less than " + base::format_duration({figure.p90_s});
    }
    parts.push_back(std::move(takes));
  }
  if (figure.share >= 0) {
    parts.push_back(base::format_number(figure.share * 100) + " %");
  }
  if (figure.covers_parents) {
    parts.emplace_back("counts what takes its whole place down");
  }
  return parts.empty() ? "no rate is known" : joined(parts, "; ");
}

std::string origin_words(const AppliedFigure& figure) {
  switch (figure.origin) {
    case Origin::type:
      return "its own";
    case Origin::shared_class:
      return fmt::format("inherited from class {}", figure.owner);
    case Origin::service:
      return fmt::format("of service {}", figure.owner);
    case Origin::region:
      return fmt::format("of region {}", figure.owner);
    case Origin::provider:
      return fmt::format("of provider {}", figure.owner);
    case Origin::any_provider:
      return "of any provider";
  }
  return "";
}

std::string_view trust_words(Trust trust) {
  switch (trust) {
    case Trust::verified:
      return "read in the source";
    case Trust::memory:
      return "from memory of the source";
    case Trust::estimate:
      return "our estimate";
  }
  return "";
}

std::string_view becomes_words(Becomes becomes) {
  switch (becomes) {
    case Becomes::component:
      return "an element of the model";
    case Becomes::relay:
      return "only passes needs on";
    case Becomes::part:
      return "folded into its owner";
    case Becomes::helper:
      return "understood, and nothing of it is modelled";
  }
  return "";
}

std::string_view scope_words(blueprint::Scope scope) {
  switch (scope) {
    case blueprint::Scope::zone:
      return "each replica lies in one zone";
    case blueprint::Scope::region:
      return "the provider spreads it over the zones of a region";
    case blueprint::Scope::global:
      return "the provider spreads it over the world";
  }
  return "";
}

std::string read_words(const ReadRule& rule) {
  std::vector<std::string> parts;
  for (const ReadSource& source : rule.sources) {
    parts.push_back(source_words(rule.field, source));
  }
  return joined(parts, "; else ");
}

std::string condition_words(std::span<const Condition> when) {
  return where_words(when, {});
}

std::string targets_of(const LinkRule& link) {
  return fmt::format("{}", fmt::join(link.to, ", "));
}

std::string link_words(const LinkRule& link) {
  std::string out;
  if (!link.from.empty()) {
    out = fmt::format("what {} names ", link.from);
  }
  out += role_words(link.role);
  std::vector<std::string> notes;
  if (link.strength) {
    notes.emplace_back(blueprint::name_of(*link.strength));
  }
  if (is_need(link.role)) {
    notes.emplace_back(blueprint::name_of(link.kind));
  }
  if (link.alternatives) {
    notes.emplace_back("any one of them suffices");
  }
  if (!link.tagged_in.empty()) {
    notes.push_back(fmt::format("by the tags in {}", fmt::join(link.tagged_in, ", ")));
  }
  return out + (notes.empty() ? "" : " (" + joined(notes, ", ") + ")") + where_words(link.when, {});
}

}  // namespace outlast::catalog
