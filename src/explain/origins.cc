#include "explain/origins.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "catalog/sheet_words.h"
#include "failure/replicas.h"
#include "pipeline/resilience_of.h"

namespace outlast::explain {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Evidence;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Value;
using failure::Event;
using failure::EventId;
using findings::Fact;
using findings::Origin;

namespace {

std::string_view name_of(blueprint::Provenance provenance) {
  switch (provenance) {
    case blueprint::Provenance::stated:
      return "stated";
    case blueprint::Provenance::inferred:
      return "inferred";
    case blueprint::Provenance::catalog:
      return "catalog";
    case blueprint::Provenance::assumed:
      break;
  }
  return "assumed";
}

std::string words(std::int64_t number) {
  return std::to_string(number);
}
std::string words(const std::string& text) {
  return text;
}
std::string words(bool flag) {
  return flag ? "true" : "false";
}
std::string words(base::Seconds seconds) {
  return base::format_duration(seconds);
}

class OriginList {
 public:
  explicit OriginList(const Component& c) : c_(c) {}

  /// What is unset is not told: it has no origin.
  template <class T>
  void add(std::string_view what, const Value<T>& value) {
    if (value.is_unset()) {
      return;
    }
    Origin origin;
    origin.what =
        fmt::format("{} = {}", what, value.is_known() ? words(*value) : std::string("unknown"));
    origin.provenance = value.is_known() ? name_of(value.provenance()) : "unknown";
    origin.evidence = at(value.span());
    origins_.push_back(std::move(origin));
  }

  void add(Origin origin) { origins_.push_back(std::move(origin)); }

  void add(std::string what, std::string_view provenance, Evidence evidence) {
    origins_.push_back({std::move(what), std::string(provenance), std::move(evidence)});
  }

  /// The attribute's own place where it is told; its pointer is that of the whole.
  [[nodiscard]] Evidence at(base::Span span) const {
    Evidence evidence = c_.evidence;
    if (span.exists()) {
      evidence.span = span;
    }
    return evidence;
  }

  std::vector<Origin> take() { return std::move(origins_); }

 private:
  const Component& c_;
  std::vector<Origin> origins_;
};

void add_places(const blueprint::Blueprint& bp, const Component& c, OriginList& list) {
  std::vector<std::string> zones;
  bool is_certain = true;
  for (const auto& replica : c.replicas) {
    if (replica.zone.exists()) {
      const std::string& name = bp[replica.zone].name;
      if (std::find(zones.begin(), zones.end(), name) == zones.end()) {
        zones.push_back(name);
      }
      is_certain = is_certain && bp[replica.zone].is_certain;
    }
  }
  if (!zones.empty()) {
    list.add("lies in " + base::join_words(zones, zones.size()),
             is_certain ? "stated" : "zone unknown", c.evidence);
  }
}

/// What traces show of a call: how often for a request of the caller, how long, how many fail.
std::string seen_in(const blueprint::CallRecord& record) {
  const std::string took =
      record.median.value > 0
          ? fmt::format(", {} (19 in 20 within {})", base::format_duration(record.median),
                        base::format_duration(record.p95))
          : std::string();
  return fmt::format("; traced {} times, {:.2g} a request{}, {:.2g} % failed", record.calls,
                     record.per_request, took, record.errors * 100);
}

}  // namespace

Origin origin_of(const blueprint::Blueprint& bp, const Need& need) {
  std::vector<std::string> names;
  for (const ComponentId id : need.any_of) {
    names.push_back(bp[id].id);
  }
  Origin origin;
  origin.what = "needs " + base::join_words(names, names.size());
  if (need.any_of.size() > 1) {
    origin.what += fmt::format(" ({} of them)", need.at_least);
  }
  if (need.via.exists()) {
    origin.what += " by way of " + bp[need.via].id;
  }
  origin.what += fmt::format(": {} {}", blueprint::name_of(need.strength),
                             need.kind == blueprint::EdgeKind::supply ? "supply" : "call");
  if (need.record.is_known()) {
    origin.what += seen_in(*need.record);
  }
  origin.provenance = blueprint::name_of(need.confidence);
  origin.evidence = need.evidence;
  return origin;
}

std::vector<Origin> origins_of(const Subject& subject, ComponentId id) {
  const blueprint::Blueprint& bp = subject.bp;
  const Component& c = bp[id];
  OriginList list(c);
  const auto* type = subject.catalog.type(c.type);
  list.add(type == nullptr ? "not understood" : fmt::format("is {} ({})", type->title, c.type),
           type == nullptr ? "unknown" : "stated", c.evidence);
  list.add("replicas", c.replica_count);
  if (c.replicas.size() > 1) {
    list.add(fmt::format("at_least = {}", c.at_least),
             c.at_least_is_assumed ? "assumed" : "stated, or by its type", c.evidence);
  }
  list.add("region", c.region);
  add_places(bp, c, list);
  list.add("size", c.size);
  list.add("faces the internet", c.internet);
  list.add("fails every", c.failure.every);
  list.add("repair takes", c.failure.repair);
  list.add("a dead one is noticed after", c.switching.detect);
  list.add("a switch takes", c.switching.takes);
  if (c.is_store) {
    list.add("backups every", c.backups.every);
    list.add("backups kept", c.backups.retention);
    list.add("backups in", c.backups.in);
  }
  for (const NeedId need : c.needs) {
    list.add(origin_of(bp, bp[need]));
  }
  std::set<NeedId> local;
  for (const auto& replica : c.replicas) {
    for (const NeedId need : replica.local_needs) {
      if (local.insert(need).second) {
        list.add(origin_of(bp, bp[need]));
      }
    }
  }
  return list.take();
}

void Ground::add_fact(std::string about, const catalog::Figure& figure) {
  Fact fact;
  fact.about = std::move(about);
  fact.value = catalog::value_words(figure);
  fact.source = figure.citation.source;
  fact.date = figure.citation.date;
  fact.trust = catalog::trust_words(figure.citation.trust);
  if (told_.insert(fact.about + "|" + fact.value + "|" + fact.source).second) {
    facts_.push_back(std::move(fact));
  }
}

void Ground::add(EventId id) {
  const Event& event = subject_.workings.cases.events[id];
  if (event.fact != nullptr) {
    const std::string what =
        event.component.exists() ? subject_.bp[event.component].name : event.what;
    add_fact(fmt::format("{} {}", what, failure::verb_of(event.kind)), *event.fact);
  } else if (event.per_year > 0 && told_.insert("stated|" + event.what).second) {
    facts_.push_back(
        {fmt::format("{} {}", event.what, failure::verb_of(event.kind)),
         fmt::format("every {}, for {} (median)", base::format_interval(1 / event.per_year),
                     base::format_duration({event.duration.median_s()})),
         event.source, "", "the user's own word"});
  }
  for (const auto& rate : subject_.analysis.updated_rates) {
    const std::string what = fmt::format("{} {}", event.what, failure::verb_of(event.kind));
    const bool is_meant =
        std::find(rate.events.begin(), rate.events.end(), what) != rate.events.end();
    if (is_meant && told_.insert("record|" + rate.of).second) {
      facts_.push_back({what,
                        fmt::format("every {} after {:.3g} in {}, every {} before",
                                    base::format_interval(1 / rate.after_per_year), rate.failures,
                                    base::format_interval(rate.exposure_s / base::kSecondsPerYear),
                                    base::format_interval(1 / rate.before_per_year)),
                        "history, entry " + rate.of + ": gamma(α + n, β + T)", "",
                        "your own record"});
    }
  }
  add_recoveries(id);
}

/// The figures by which what an event hits comes back.
void Ground::add_recoveries(EventId id) {
  const Event& event = subject_.workings.cases.events[id];
  const bool takes_a_zone = event.kind == failure::EventKind::zone_outage ||
                            event.kind == failure::EventKind::zone_destroyed;
  const auto& paths = subject_.workings.cases.impacts[id].paths;
  const bool misses_faults = std::any_of(paths.begin(), paths.end(),
                                         [](const auto& path) { return path.unnoticed_s > 0; });
  for (const auto& casualty : subject_.workings.cases.impacts[id].casualties) {
    const Component& c = subject_.bp[casualty.component];
    const auto* type = subject_.catalog.type_of(c);
    if (!casualty.is_hit || type == nullptr) {
      continue;
    }
    const auto add_figure = [&](std::string_view name) {
      const auto* own = subject_.catalog.figure(*type, name);
      const auto* figure = own != nullptr ? own : subject_.catalog.place_figure("any", "", name);
      if (figure != nullptr) {
        add_fact(fmt::format("{}: {}", own != nullptr ? c.name : "anything",
                             catalog::figure_words(name)),
                 *figure);
      }
    };
    if (c.relocates) {
      add_figure(takes_a_zone ? "relocate_zone" : "relocate");
    }
    const bool is_its_own = event.component == casualty.component;
    if (casualty.needs_people) {
      add_figure(casualty.action == "start" ? "start_by_hand" : c.is_store ? "restore" : "rebuild");
    } else if (event.kind != failure::EventKind::instance || !is_its_own) {
      const bool is_hosted = failure::host_of(subject_.bp, casualty.component).exists();
      add_figure(is_hosted ? "process_failure" : "restart");
    } else if (misses_faults) {
      add_figure("unnoticed");
    }
  }
}

void Ground::add(ComponentId id) {
  if (std::find(components_.begin(), components_.end(), id) == components_.end()) {
    components_.push_back(id);
  }
}

void Ground::add_patch(ComponentId id) {
  if (const auto* patch = pipeline::patch_of(subject_.catalog, subject_.bp[id])) {
    add_fact(fmt::format("{}: {}", subject_.bp[id].name, catalog::figure_words("patch")), *patch);
  }
}

void Ground::add(blueprint::FaultClass fault_class) {
  const std::string name = fmt::format("objective for class {}", blueprint::name_of(fault_class));
  for (const auto& assumption : subject_.analysis.assumptions) {
    if (assumption.name == name && told_.insert("assumed|" + name).second) {
      assumptions_.push_back(assumption);
    }
  }
}

void Ground::settle(findings::Explanation& out) {
  out.facts = std::move(facts_);
  for (const ComponentId id : components_) {
    auto origins = origins_of(subject_, id);
    out.inputs.insert(out.inputs.end(), origins.begin(), origins.end());
    for (const auto& assumption : subject_.analysis.assumptions) {
      const bool is_about = assumption.name.starts_with(subject_.bp[id].id + ":");
      if (is_about && told_.insert("assumed|" + assumption.name).second) {
        assumptions_.push_back(assumption);
      }
    }
  }
  out.assumptions = std::move(assumptions_);
}

}  // namespace outlast::explain
