// An incident file, from its YAML to an `Incident`.
//
// Problem. People write what happened at a provider; a wrong time or a role that does not exist
// must be told with its place, all of them at once, and nothing of a customer's own may slip in.
//
// Method. Maps are read key by key (`Fields`), then what the parts say of each other is checked
// (`check_incident`). Only an incident without a mistake is returned.

#include "incidents/read_incident.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "incidents/check_incident.h"
#include "incidents/fields.h"

namespace outlast::incidents {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using Unit = Fields::Unit;

namespace {

constexpr std::string_view kTopKeys[] = {
    "incident", "title", "began",  "triggered",  "ended",      "class",
    "sources",  "roles", "faults", "recoveries", "boundaries", "is_in_every_check"};
constexpr std::string_view kSourceKeys[] = {"url", "date", "about"};
constexpr std::string_view kFaultKeys[] = {"id",
                                           "fault",
                                           "what",
                                           "match",
                                           "at",
                                           "until",
                                           "reaches",
                                           "error",
                                           "redraw",
                                           "follows",
                                           "is_recovery_work",
                                           "source",
                                           "trust"};
constexpr std::string_view kMatchKeys[] = {"role", "plane",  "operations", "everywhere",
                                           "in",   "cohort", "base",       "share"};
constexpr std::string_view kRedrawKeys[] = {"every", "from", "all_after"};
constexpr std::string_view kRecoveryKeys[] = {"recovery",   "what", "at",    "reaches",
                                              "one_by_one", "ends", "needs", "instead",
                                              "source",     "trust"};
constexpr std::string_view kBoundaryKeys[] = {"boundary", "what",   "at",
                                              "decision", "source", "trust"};

class IncidentReader {
 public:
  IncidentReader(Node root, const RoleTable& table, Diagnostics& diagnostics)
      : top_(root, "an incident", kTopKeys, diagnostics),
        table_(table),
        diagnostics_(diagnostics) {}

  Places places;

  Incident read() {
    places.top = top_.span();
    out_.id = top_.text("incident");
    out_.title = top_.text("title");
    out_.began = moment("began");
    out_.ended = moment("ended");
    if (top_.node("triggered").exists()) {
      out_.triggered = moment("triggered");
    }
    out_.fault_class = top_.choice<blueprint::FaultClass>("class", blueprint::FaultClass::region);
    if (top_.is_map() && !top_.node("class").exists()) {
      (void)top_.text("class");
    }
    read_sources();
    out_.roles = top_.texts_by_name("roles");
    out_.is_in_every_check = top_.flag("is_in_every_check");
    each("faults", [&](Node node) { read_phase(node); });
    each("recoveries", [&](Node node) { read_action(node); });
    each("boundaries", [&](Node node) { read_boundary(node); });
    return std::move(out_);
  }

 private:
  std::int64_t moment(std::string_view key) {
    const std::string written = top_.text(key);
    const auto value = parse_moment(written);
    if (!value && !written.empty()) {
      top_.wrong("OUT-I003", top_.node(key).span(), fmt::format("{}: expected a moment", key),
                 "write it such as 2025-10-20T06:48:00Z");
    }
    return value.value_or(0);
  }

  template <class Read>
  void each(std::string_view key, Read read) {
    const Node list = top_.node(key);
    if (list.exists() && !list.is(NodeKind::list)) {
      top_.wrong("OUT-I003", list.span(), fmt::format("{}: expected a list", key),
                 "begin each item with a dash");
    }
    for (std::size_t i = 0; list.is(NodeKind::list) && i < list.size(); ++i) {
      read(list.at(i));
    }
  }

  void read_sources() {
    const Node all = top_.node("sources");
    for (std::size_t i = 0; all.is(NodeKind::map) && i < all.size(); ++i) {
      Fields fields(all.at(i), "a source", kSourceKeys, diagnostics_);
      out_.sources[std::string(all.key(i))] = {fields.text("url"), fields.text("date"),
                                               fields.optional_text("about")};
    }
    if (top_.is_map() && out_.sources.empty()) {
      top_.wrong("OUT-I004", top_.span(), "an incident has no sources",
                 "add `sources: {summary: {url: …, date: …}}`");
    }
  }

  Selector read_match(Node node) {
    Fields fields(node, "a match", kMatchKeys, diagnostics_);
    Selector match;
    match.roles = fields.texts("role");
    match.place = fields.optional_text("in");
    if (fields.is_map() && match.roles.empty() && match.place.empty()) {
      fields.wrong("OUT-I004", node.span(), "a match names no role",
                   "add `role: …`, or `in: facility`");
    }
    const bool is_place = std::find(kPlaces.begin(), kPlaces.end(), match.place) != kPlaces.end();
    if (!match.place.empty() && !is_place) {
      fields.wrong("OUT-I003", fields.node("in").span(),
                   fmt::format("\"{}\" is no place", match.place),
                   base::suggest(match.place, kPlaces));
    }
    for (const std::string& role : match.roles) {
      if (!table_.contains(role)) {
        std::vector<std::string_view> known;
        for (const auto& [name, providers] : table_) {
          known.push_back(name);
        }
        fields.wrong("OUT-I003", fields.node("role").span(),
                     fmt::format("there is no role \"{}\"", role), base::suggest(role, known));
      }
    }
    match.plane = fields.choice("plane", Plane::data);
    for (const std::string& name : fields.texts("operations")) {
      if (const auto operation = fields.choice<Operation>("operations", std::string_view(name))) {
        match.operations.push_back(*operation);
      }
    }
    match.is_everywhere = fields.flag("everywhere");
    match.cohort.traits = fields.texts_by_name("cohort");
    match.cohort.base = fields.choice("base", Base::customers);
    match.cohort.share = fields.figure("share", Unit::share, {});
    if (fields.node("cohort").exists() != fields.node("base").exists()) {
      fields.wrong("OUT-I004", node.span(), "a cohort and its base go together",
                   "say `cohort: {trait: value}` and `base: customers`, or neither");
    }
    return match;
  }

  std::optional<Redraw> read_redraw(Node node, const Figure& cited) {
    if (!node.exists()) {
      return std::nullopt;
    }
    Fields fields(node, "a redraw", kRedrawKeys, diagnostics_);
    const auto every = fields.figure("every", Unit::seconds, cited);
    const auto from = fields.figure("from", Unit::share, cited);
    const auto all_after = fields.figure("all_after", Unit::seconds, cited);
    if (!every || !from || !all_after) {
      fields.wrong("OUT-I004", node.span(), "a redraw is not complete",
                   "say `every`, `from` and `all_after`");
      return std::nullopt;
    }
    return Redraw{*every, *from, *all_after};
  }

  void read_phase(Node node) {
    Fields fields(node, "a fault", kFaultKeys, diagnostics_);
    if (!fields.is_map()) {
      return;
    }
    Phase phase;
    phase.id = fields.text("id");
    phase.fault =
        fields.choice<Fault>("fault", std::string_view(fields.text("fault"))).value_or(Fault::down);
    phase.what = fields.text("what");
    phase.match = read_match(node["match"]);
    const Figure cited = fields.citation(out_.sources);
    phase.at = fields.figure("at", Unit::seconds, cited).value_or(cited);
    phase.until = fields.figure("until", Unit::seconds, cited);
    phase.reaches = fields.figure("reaches", Unit::seconds, cited);
    phase.error = fields.figure("error", Unit::share, cited);
    phase.redraw = read_redraw(node["redraw"], cited);
    phase.follows = fields.optional_text("follows");
    phase.is_recovery_work = fields.flag("is_recovery_work");
    if (!node["at"].exists()) {
      (void)fields.text("at");
    }
    places.phases.push_back(node.span());
    out_.phases.push_back(std::move(phase));
  }

  void read_action(Node node) {
    Fields fields(node, "a recovery", kRecoveryKeys, diagnostics_);
    if (!fields.is_map()) {
      return;
    }
    Action action;
    action.remedy = fields.choice<Remedy>("recovery", std::string_view(fields.text("recovery")))
                        .value_or(Remedy::repair);
    action.what = fields.text("what");
    const Figure cited = fields.citation(out_.sources);
    action.at = fields.figure("at", Unit::seconds, cited).value_or(cited);
    action.reaches = fields.figure("reaches", Unit::seconds, cited);
    action.is_one_by_one = fields.flag("one_by_one");
    action.ends = fields.texts("ends");
    action.needs = fields.texts("needs");
    action.instead = fields.optional_text("instead");
    if (!node["at"].exists()) {
      (void)fields.text("at");
    }
    places.actions.push_back(node.span());
    out_.actions.push_back(std::move(action));
  }

  void read_boundary(Node node) {
    Fields fields(node, "a boundary", kBoundaryKeys, diagnostics_);
    if (!fields.is_map()) {
      return;
    }
    Boundary boundary;
    boundary.name = fields.text("boundary");
    boundary.what = fields.text("what");
    boundary.is_decision = fields.flag("decision");
    const Figure cited = fields.citation(out_.sources);
    boundary.at = fields.figure("at", Unit::seconds, cited).value_or(cited);
    if (!node["at"].exists()) {
      (void)fields.text("at");
    }
    places.boundaries.push_back(node.span());
    out_.boundaries.push_back(std::move(boundary));
  }

  Fields top_;
  const RoleTable& table_;
  Diagnostics& diagnostics_;
  Incident out_;
};

/// Days since 1970 of a day of the calendar; absent where there is no such day.
std::optional<std::int64_t> day_number(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date).time_since_epoch().count();
}

constexpr std::int64_t kSecondsPerDay = 86400;

}  // namespace

std::optional<std::int64_t> parse_moment(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00Z";
  if (text.size() != kShape.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '0' ? !is_digit : text[i] != kShape[i]) {
      return std::nullopt;
    }
  }
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + size, value);
    return value;
  };
  const auto days = day_number(number(0, 4), number(5, 2), number(8, 2));
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  const int second = number(17, 2);
  if (!days || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  return *days * kSecondsPerDay + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
}

std::string format_moment(std::int64_t seconds) {
  const std::int64_t days = seconds / kSecondsPerDay;
  const std::int64_t minutes = seconds % kSecondsPerDay / 60;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     minutes / 60, minutes % 60);
}

std::optional<Incident> read_incident(Node root, const RoleTable& table, Diagnostics& diagnostics) {
  Diagnostics own;
  IncidentReader reader(root, table, own);
  std::optional<Incident> incident = reader.read();
  check_incident(*incident, reader.places, table, own);
  for (const base::Diagnostic& diagnostic : own.items()) {
    diagnostics.add(diagnostic);
  }
  return own.has_errors() ? std::nullopt : std::move(incident);
}

RoleTable read_roles(Node root, Diagnostics& diagnostics) {
  static constexpr std::string_view kKeys[] = {"roles"};
  Fields top(root, "a table of roles", kKeys, diagnostics);
  RoleTable table;
  const Node roles = root["roles"];
  for (std::size_t i = 0; roles.is(NodeKind::map) && i < roles.size(); ++i) {
    const Node providers = roles.at(i);
    std::vector<std::string_view> names;
    for (std::size_t p = 0; providers.is(NodeKind::map) && p < providers.size(); ++p) {
      names.push_back(providers.key(p));
    }
    Fields fields(providers, "a role", names, diagnostics);
    for (const std::string_view name : names) {
      table[std::string(roles.key(i))][std::string(name)] = fields.texts(name);
    }
  }
  return table;
}

}  // namespace outlast::incidents
