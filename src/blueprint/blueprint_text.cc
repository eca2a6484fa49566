#include "blueprint/blueprint_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "blueprint/access_text.h"
#include "blueprint/flow_map.h"
#include "blueprint/format.h"

namespace outlast::blueprint {
namespace {

std::string need_text(const DraftNeed& need, const std::string& local_zone) {
  FlowMap map;
  need.any_of.size() == 1 ? map.add_text("to", need.any_of.front())
                          : map.add("any_of", need.any_of);
  map.add("at_least", need.at_least).add_text("via", need.via);
  map.add("strength", need.strength).add("kind", need.kind).add("operations", need.operations);
  map.add("loses", need.loses).add("buffer", need.buffer).add("refill", need.refill);
  map.add("every", need.every);
  map.add("retry", need.retry).add("pool", need.pool).add("ttl", need.ttl);
  map.add("stale", need.stale).add("stale_for", need.stale_for);
  if (need.cached.exists) {
    FlowMap cached;
    cached.add_text("in", need.cached_in).add("hits", need.cached.hits);
    map.put("cached", cached.add("items", need.cached.items).text());
  }
  map.add("detect", need.switching.detect).add("takes", need.switching.takes);
  map.add("notices", need.switching.notices);
  const std::string& zone = local_zone.empty() ? need.local_zone : local_zone;
  if (!zone.empty()) {
    map.add_text("local", zone);
  } else if (need.is_local) {
    map.put("local", "true");
  }
  return map.text();
}

std::string rollout_text(const Rollout& rollout) {
  FlowMap map;
  map.add("strategy", rollout.strategy);
  if (!rollout.steps.empty()) {
    std::string steps;
    for (const base::Share step : rollout.steps) {
      steps += (steps.empty() ? "" : ", ") + written(step);
    }
    map.put("steps", "[" + steps + "]");
  }
  // Who reads a wait or a gate takes the steps for watched, unless that is said.
  const bool is_read_as_watched = is_told(rollout.bake) || is_told(rollout.gate);
  map.add("bake", rollout.bake);
  if (is_read_as_watched && !is_told(rollout.watched)) {
    map.put("watched", written(rollout.watched.value_or(false)));
  }
  map.add("watched", rollout.watched).add("gate", rollout.gate);
  map.add("starts_checked", rollout.starts_checked).add("activation", rollout.activation);
  map.add("revert", rollout.revert).add("reversible", rollout.reversible);
  map.add("every", rollout.every).add("bad", rollout.bad);
  return map.is_empty() ? "" : map.text();
}

std::string calls_text(const CallPolicy& calls) {
  FlowMap map;
  map.add("timeout", calls.timeout).add("retries", calls.retries);
  map.add("budget", calls.budget);
  map.add("connections", calls.connections).add("waiting", calls.waiting);
  if (calls.backoff_min.is_stated() && calls.backoff_max.is_known()) {
    map.put("backoff",
            fmt::format("{}..{}{}", written(*calls.backoff_min), written(*calls.backoff_max),
                        calls.jitter.value_or(false) ? " jitter" : ""));
  }
  if (calls.breaker_share.is_stated() && calls.breaker_within.is_known()) {
    map.put("breaker",
            fmt::format(
                "{} in {}{}", written(*calls.breaker_share), written(*calls.breaker_within),
                calls.breaker_rests.is_known() ? " rests " + written(*calls.breaker_rests) : ""));
  }
  return map.is_empty() ? "" : map.text();
}

std::string serving_text(const Serving& serving) {
  FlowMap map;
  map.add("work", serving.work).add("varies", serving.varies).add("at_once", serving.at_once);
  map.add("threads", serving.threads).add("queue", serving.queue).add("order", serving.order);
  map.add("drops_expired", serving.drops_expired);
  return map.is_empty() ? "" : map.text();
}

std::string copy_text(const Copy& copy) {
  FlowMap map;
  map.add("kind", copy.kind).add("every", copy.every).add("retention", copy.retention);
  map.add("in", copy.in).add("facility", copy.facility);
  map.add("provider", copy.provider).add("account", copy.account);
  map.add("credential", copy.credential).add("encrypted_by", copy.encrypted_by);
  map.add("immutable", copy.immutable).add("tested", copy.tested);
  map.add("restorable", copy.restorable).add("restore", copy.restore);
  return map.text();
}

class BlueprintText {
 public:
  explicit BlueprintText(const Draft& draft) : draft_(draft), access_(draft) {}

  std::string write() {
    out_ = fmt::format("outlast: {}\n", kFormatVersion);
    if (!draft_.name.empty()) {
      out_ += "name: " + quoted(draft_.name) + "\n";
    }
    write_objectives();
    FlowMap operators;
    operators.add("react", draft_.operators.react).add("may", draft_.operators.may);
    if (!operators.is_empty()) {
      out_ += "operators: " + operators.text() + "\n";
    }
    write_journeys();
    out_ += "components:\n";
    for (const DraftComponent& c : draft_.components) {
      write_component(c);
    }
    out_ += access_.lists();
    return std::move(out_);
  }

 private:
  void write_objectives() {
    const Objectives& wanted = draft_.objectives;
    FlowMap map;
    map.add("availability", wanted.availability);
    FlowMap recovery;
    for (std::size_t i = 0; i < kFaultClasses; ++i) {
      if (wanted.recovery[i].is_known()) {
        recovery.put(kNames<FaultClass>[i],
                     fmt::format("{{rto: {}, rpo: {}}}", written(wanted.recovery[i]->rto),
                                 written(wanted.recovery[i]->rpo)));
      }
    }
    if (!recovery.is_empty()) {
      map.put("recovery", recovery.text());
    }
    FlowMap users;
    users.add("now", wanted.users.now).add("peak", wanted.users.peak);
    users.add("within", wanted.users.within);
    users.add("requests_per_minute", wanted.users.requests_per_minute);
    write_busy(wanted.users.busy, users);
    if (!wanted.users.day.empty()) {
      FlowMap day;
      for (const DayLevel& level : wanted.users.day) {
        day.put(clock_text({level.from_s}), written(level.users));
      }
      users.put("day", day.text());
    }
    if (!users.is_empty()) {
      map.put("users", users.text());
    }
    if (wanted.budget_per_month.is_known()) {
      map.put("budget", written(*wanted.budget_per_month) + "/month");
    }
    if (!map.is_empty()) {
      out_ += "objectives: " + map.text() + "\n";
    }
  }

  static std::string clock_text(base::Seconds after_midnight) {
    const auto minutes = static_cast<int>(after_midnight.value / 60);
    return quoted(fmt::format("{:02}:{:02}", minutes / 60, minutes % 60));
  }

  static void write_busy(const BusyHours& busy, FlowMap& users) {
    if (busy.from.is_known() && busy.until.is_known()) {
      FlowMap map;
      map.put("from", clock_text(*busy.from))
          .put("until", clock_text(*busy.until))
          .add("users", busy.users);
      users.put("busy", map.text());
    }
  }

  void write_journeys() {
    if (draft_.journeys.empty()) {
      return;
    }
    out_ += "journeys:\n";
    for (const DraftJourney& journey : draft_.journeys) {
      FlowMap map;
      const auto& cohorts = journey.cohorts;
      if (cohorts.size() == 1 && !cohorts.front().share.is_known()) {
        map.add_text("enters", cohorts.front().enters);
      } else {
        FlowMap all;
        for (const DraftCohort& cohort : cohorts) {
          FlowMap one;
          all.put(quoted(cohort.name),
                  one.add_text("enters", cohort.enters).add("share", cohort.share).text());
        }
        map.put("cohorts", all.text());
      }
      map.add("operations", journey.operations).add("weight", journey.weight);
      if (journey.value_per_hour.is_known()) {
        map.put("value", written(*journey.value_per_hour) + "/hour");
      }
      map.add("importance", journey.importance).add("availability", journey.availability);
      out_ += fmt::format("  {}: {}\n", quoted(journey.name), map.text());
    }
  }

  void line(std::string_view key, const std::string& text) {
    if (!text.empty()) {
      out_ += fmt::format("    {}: {}\n", key, text);
    }
  }
  template <class T>
  void value(std::string_view key, const Value<T>& known) {
    if (is_told(known)) {
      line(key, written(*known));
    }
  }
  void section(std::string_view key, const FlowMap& map) {
    line(key, map.is_empty() ? "" : map.text());
  }

  void write_component(const DraftComponent& c) {
    const auto begin = out_.size();
    out_ += fmt::format("  {}:\n", quoted(c.id));
    const auto body = out_.size();
    value("type", c.type);
    if (c.name.is_known() && *c.name != c.id) {
      value("name", c.name);
    }
    // What neither a type nor a kind tells of would be one that no input holds.
    is_told(c.type) ? value("kind", c.kind) : line("kind", written(c.kind.value_or(Kind::other)));
    value("service_model", c.service_model);
    value("provider", c.provider);
    value("account", c.account);
    value("region", c.region);
    value("scope", c.scope);
    write_zones(c);
    value("size", c.size);
    value("replicas", c.replicas);
    value("at_least", c.at_least);
    value("redundancy", c.redundancy);
    value("relocates", c.relocates);
    value("bound", c.bound);
    value("kept_apart", c.kept_apart);
    value("workload", c.is_workload);
    value("internet", c.internet);
    line("operations", c.operations.empty() ? "" : listed(c.operations));
    value("holds", c.holds);
    write_what_shows(c);
    write_maps(c);
    write_needs(c);
    write_sections(c);
    out_ += access_.of_component(c.id);
    if (out_.size() == body) {
      out_.resize(begin);
      out_ += fmt::format("  {}: {{}}\n", quoted(c.id));
    }
  }

  void write_zones(const DraftComponent& c) {
    std::vector<std::string> zones;
    for (const DraftPlacement& placement : c.placements) {
      if (!placement.zone.is_known()) {
        return;  // some lie where nobody knows
      }
      if (std::find(zones.begin(), zones.end(), *placement.zone) == zones.end()) {
        zones.push_back(*placement.zone);
      }
    }
    line("zones", zones.empty() ? "" : listed(zones));
  }

  void write_what_shows(const DraftComponent& c) {
    std::vector<std::string> secrets;
    for (const SecretPlace& secret : draft_.secrets) {
      if (secret.evidence.address == c.id &&
          std::find(secrets.begin(), secrets.end(), secret.what) == secrets.end()) {
        secrets.push_back(secret.what);
      }
    }
    line("secrets", secrets.empty() ? "" : listed(secrets));
    std::vector<std::string> marks;
    for (const Mark& mark : c.marks) {
      marks.push_back(mark.about.empty() ? mark.finding : mark.finding + " " + mark.about);
    }
    line("marks", marks.empty() ? "" : listed(marks));
  }

  void write_maps(const DraftComponent& c) {
    FlowMap fate;
    for (const auto& [kind, names] : c.fate) {
      fate.put(kind, listed(names));
    }
    section("fate", fate);
    FlowMap traits;
    for (const auto& [name, text] : c.traits) {
      traits.put(name, quoted(text));
    }
    section("traits", traits);
  }

  static std::string place_name(const DraftPlacement& place) {
    return place.zone.value_or(place.label);
  }

  /// Where its replicas lie is one of its zones or several, and which is not known.
  static bool lies_in_any(const DraftComponent& c) {
    const bool shares = c.replicas.value_or(1) == 1 || !c.is_spread || c.may_share_places;
    return shares && c.placements.size() > 1;
  }

  /// Replicas are dealt over places in their order: of later ones nobody has what they need. Who may
  /// lie in any of them surely needs only what all of them do.
  static bool is_of_some_replica(const DraftComponent& c, const DraftPlacement& place,
                                 const DraftNeed& need) {
    if (lies_in_any(c)) {
      return std::all_of(c.placements.begin(), c.placements.end(), [&](const auto& other) {
        return std::any_of(other.local_needs.begin(), other.local_needs.end(),
                           [&](const DraftNeed& n) { return n.any_of == need.any_of; });
      });
    }
    std::set<std::string> before;  // places that come first, each once
    for (const DraftPlacement& other : c.placements) {
      if (place_name(other) == place_name(place)) {
        break;
      }
      before.insert(place_name(other));
    }
    return !c.replicas.is_known() || static_cast<std::int64_t>(before.size()) < *c.replicas;
  }

  void write_needs(const DraftComponent& c) {
    std::vector<std::string> texts;
    const auto add = [&](const DraftNeed& need, const std::string& zone) {
      if (need.confidence == Confidence::inferred) {
        return;
      }
      const std::string text = need_text(need, zone);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(text);
      }
    };
    for (const DraftNeed& need : c.needs) {
      add(need, "");
    }
    for (const DraftPlacement& placement : c.placements) {
      for (const DraftNeed& need : placement.local_needs) {
        if (is_of_some_replica(c, placement, need)) {
          add(need, lies_in_any(c) ? "" : placement.zone.value_or(""));
        }
      }
    }
    if (!texts.empty()) {
      out_ += "    needs:\n";
      for (const std::string& text : texts) {
        out_ += "      - " + text + "\n";
      }
    }
  }

  void write_sections(const DraftComponent& c) {
    FlowMap backups;
    backups.add("every", c.backups.every).add("retention", c.backups.retention);
    section("backups", backups.add("in", c.backups.in).add("facility", c.backups.facility));
    FlowMap copies;
    for (const Copy& copy : c.copies) {
      copies.put(quoted(copy.name), copy_text(copy));
    }
    section("copies", copies);
    value("credential", c.care.credential);
    value("encrypted_by", c.care.encrypted_by);
    value("on_primary_loss", c.care.on_primary_loss);
    value("lost_with_machine", c.care.lost_with_machine);
    FlowMap failure;
    failure.add("every", c.failure.every).add("repair", c.failure.repair);
    failure.add("waits", c.failure.waits).add("by_hand", c.failure.by_hand);
    section("failure", failure);
    FlowMap switching;
    switching.add("detect", c.switching.detect).add("takes", c.switching.takes);
    switching.add("coverage", c.switching.coverage).add("unnoticed", c.switching.unnoticed);
    switching.add("freed", c.switching.freed);
    section("switching", switching.add("good", c.switching.good));
    FlowMap scale;
    scale.add("min", c.scale.min).add("max", c.scale.max).add("target", c.scale.target);
    scale.add("warm_up", c.scale.warm_up).add("cooldown_out", c.scale.cooldown_out);
    scale.add("cooldown_in", c.scale.cooldown_in).add("grows", c.scale.grows);
    section("scale", scale.add("shrinks", c.scale.shrinks));
    line("calls", calls_text(c.calls));
    line("serving", serving_text(c.serving));
    line("rollout", rollout_text(c.rollout));
    line("configuration", rollout_text(c.configuration));
  }

  const Draft& draft_;
  const AccessText access_;
  std::string out_;
};

}  // namespace

std::string blueprint_text(const Draft& draft) {
  return BlueprintText(draft).write();
}

}  // namespace outlast::blueprint
