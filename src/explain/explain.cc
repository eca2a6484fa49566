#include "explain/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "catalog/sheet_words.h"
#include "explain/formulas.h"
#include "explain/lookup.h"
#include "explain/origins.h"
#include "explain/report_numbers.h"
#include "explain/witness.h"
#include "incidents/archive.h"

namespace outlast::explain {

using blueprint::ComponentId;
using failure::Event;
using failure::EventId;
using findings::Explanation;
using findings::Finding;

namespace {

constexpr std::size_t kMostNear = 5;

class Explainer {
 public:
  explicit Explainer(const Subject& subject) : subject_(subject) {}

  Explanation explain(const Meaning& meaning) {
    switch (meaning.kind) {
      case Meaning::Kind::availability:
        return of_availability();
      case Meaning::Kind::number:
        return explain_number(subject_, report_numbers()[meaning.index]);
      case Meaning::Kind::journey:
        return of_journey(meaning.index);
      case Meaning::Kind::row:
        return of_row(meaning.index);
      case Meaning::Kind::finding:
        return of_finding(subject_.analysis.findings[meaning.index]);
      case Meaning::Kind::component:
        return of_component(ComponentId(meaning.index));
      case Meaning::Kind::place:
        break;
    }
    return of_place(blueprint::FateGroupId(meaning.index));
  }

 private:
  [[nodiscard]] const pipeline::Cases& cases() const { return subject_.workings.cases; }

  static void append(std::vector<findings::Formula> more, Explanation& out) {
    out.formulas.insert(out.formulas.end(), std::make_move_iterator(more.begin()),
                        std::make_move_iterator(more.end()));
  }

  /// The components that an event strikes and that stop users: theirs are the deciding lines.
  void ground_in(EventId id, Ground& ground) const {
    ground.add(id);
    for (const auto& casualty : cases().impacts[id].casualties) {
      if (casualty.is_root && casualty.stops_users) {
        ground.add(casualty.component);
      }
    }
    if (cases().events[id].component.exists()) {
      ground.add(cases().events[id].component);
    }
  }

  void add_cuts(const std::vector<std::size_t>* only_paths, Ground& ground, Explanation& out) {
    if (!player_) {
      player_.emplace(subject_);
      cuts_ = player_->cuts();
    }
    std::vector<pipeline::Cut> wanted;
    for (const pipeline::Cut& cut : cuts_.all) {
      const bool is_meant =
          only_paths == nullptr ||
          std::any_of(cut.paths.begin(), cut.paths.end(), [&](std::size_t path) {
            return std::find(only_paths->begin(), only_paths->end(), path) != only_paths->end();
          });
      if (is_meant) {
        wanted.push_back(cut);
      }
    }
    if (!cuts_.is_complete) {
      out.claim += " The structure is too large for all cut sets to be listed.";
    }
    for (const auto& cut : different(subject_, wanted, kMostWitnesses, out.further_witnesses)) {
      out.witnesses.push_back(player_->play(cut));
      for (const EventId id : cut.events) {
        ground.add(id);
      }
    }
  }

  Explanation of_availability() {
    Explanation out;
    const auto& whole = *subject_.analysis.availability;
    out.kind = out.id = "availability";
    out.title = base::format_availability(whole.value);
    out.claim = fmt::format("Users are served {} of the time, over {} journey{} by their weights.",
                            base::format_availability(whole.value), whole.journeys.size(),
                            whole.journeys.size() == 1 ? "" : "s");
    append(formulas_of(subject_, whole), out);
    Ground ground(subject_);
    add_cuts(nullptr, ground, out);
    ground.settle(out);
    return out;
  }

  Explanation of_journey(std::size_t index) {
    Explanation out;
    const auto& journey = subject_.bp[blueprint::JourneyId(index)];
    const auto& figures = subject_.analysis.availability->journeys[index];
    out.kind = "journey";
    out.id = journey.name;
    out.title =
        fmt::format("journey {}: {}", journey.name, base::format_availability(figures.value));
    out.claim = fmt::format("{:.3g} % of the users come for it; they are served {} of the time.",
                            journey.weight * 100, base::format_availability(figures.value));
    append(formulas_of(figures), out);
    std::vector<std::size_t> paths;
    Ground ground(subject_);
    for (std::size_t i = 0; i < subject_.workings.paths.size(); ++i) {
      if (subject_.workings.paths[i].journey.index == index) {
        paths.push_back(i);
        ground.add(subject_.workings.paths[i].enters);
      }
    }
    add_cuts(&paths, ground, out);
    ground.settle(out);
    return out;
  }

  Explanation of_row(std::size_t index) const {
    const findings::SurvivalRow& row = subject_.analysis.survival[index];
    Explanation out;
    out.kind = "case";
    out.id = id_of(row);
    out.title = out.id + (row.scope.empty() ? "" : ": " + row.scope);
    out.claim = row.because.empty() ? "" : base::join_words(row.because, row.because.size());
    append(formulas_of(subject_, row), out);
    const auto all = pipeline::instances_of(subject_.bp, cases(), row.worst_case, row.mode);
    Ground ground(subject_);
    if (row.survives != findings::Verdict::not_exposed) {
      ground.add(row.fault_class);
    }
    for (const std::string& id : row.cut) {
      if (const ComponentId hit = subject_.bp.find(id); hit.exists() && all.empty()) {
        ground.add(hit);  // of an incident, which no event stands for
      }
    }
    std::set<std::pair<ComponentId, blueprint::FateGroupId>> told;  // replicas are alike
    for (const auto& [event, instance] : all) {
      const Event& what = cases().events[event];
      if (!told.insert({what.component, what.group}).second) {
        continue;
      }
      const bool is_shown_one = out.instances.empty();
      if (is_shown_one) {
        out.witnesses.push_back(witness_of(subject_, event));
        append(formulas_of(subject_, event), out);
        ground_in(event, ground);
      }
      out.instances.push_back(instance);
    }
    ground.settle(out);
    tell_incident(row, out);
    return out;
  }

  /// What the outage was, with its sources, and how to see it minute by minute.
  static void tell_incident(const findings::SurvivalRow& row, Explanation& out) {
    const incidents::Incident* incident = incidents::find_incident(row.mode);
    if (row.worst_case != "incident" || incident == nullptr) {
      return;
    }
    out.claim += (out.claim.empty() ? "" : ". ") +
                 fmt::format("Minute by minute: outlast replay {}", incident->id);
    for (const incidents::Phase& phase : incident->phases) {
      const auto& source = incident->sources.at(phase.at.source);
      out.facts.push_back({phase.id, phase.what, source.url, source.date,
                           std::string(catalog::trust_words(phase.at.trust))});
    }
  }

  Explanation of_finding(const Finding& finding) const {
    Explanation out;
    out.kind = "finding";
    out.id = finding.fingerprint;
    out.title = finding.rule + " " + finding.title;
    out.claim = finding.claim;
    Ground ground(subject_);
    if (finding.event.exists()) {
      append(formulas_of(subject_, finding.event), out);
      out.witnesses.push_back(witness_of(subject_, finding.event));
      ground_in(finding.event, ground);
    }
    for (const auto& evidence : finding.evidence) {
      const ComponentId shown = subject_.bp.find(evidence.address);
      const bool is_its_head =
          shown.exists() && subject_.bp[shown].evidence.pointer == evidence.pointer;
      if (!is_its_head) {
        out.inputs.push_back({"this shows it", "stated", evidence});
      }
    }
    for (const std::string& component : finding.components) {
      if (const ComponentId id = subject_.bp.find(component); id.exists()) {
        ground.add(id);
      }
    }
    settle_behind(ground, out);
    return out;
  }

  /// What was told already stays in front.
  static void settle_behind(Ground& ground, Explanation& out) {
    auto first = std::move(out.inputs);
    ground.settle(out);
    out.inputs.insert(out.inputs.begin(), std::make_move_iterator(first.begin()),
                      std::make_move_iterator(first.end()));
  }

  Explanation of_component(ComponentId id) const {
    const auto& c = subject_.bp[id];
    Explanation out;
    out.kind = "component";
    out.id = c.id;
    out.title = c.name;
    Ground ground(subject_);
    ground.add(id);
    bool is_played = false;
    for (const EventId event : base::ids<EventId>(cases().events.size())) {
      if (cases().events[event].component != id) {
        continue;
      }
      ground.add(event);
      const bool is_alike = cases().events[event].kind == failure::EventKind::instance &&
                            std::exchange(is_played, true);
      if (!is_alike) {
        out.witnesses.push_back(witness_of(subject_, event));
        append(formulas_of(subject_, event), out);
      }
    }
    const auto findings = std::count_if(
        subject_.analysis.findings.begin(), subject_.analysis.findings.end(), [&](const auto& f) {
          return std::find(f.components.begin(), f.components.end(), c.id) != f.components.end();
        });
    out.claim = fmt::format("{} replica{}, {} needed; {} finding{}.", c.replicas.size(),
                            c.replicas.size() == 1 ? "" : "s", c.at_least, findings,
                            findings == 1 ? "" : "s");
    ground.settle(out);
    return out;
  }

  Explanation of_place(blueprint::FateGroupId id) const {
    const auto& group = subject_.bp[id];
    Explanation out;
    out.kind = "place";
    out.id = group.name;
    out.title = fmt::format("{} {}", blueprint::name_of(group.kind),
                            group.title.empty() ? group.name : group.title);
    Ground ground(subject_);
    for (const EventId event : base::ids<EventId>(cases().events.size())) {
      if (cases().events[event].group == id) {
        append(formulas_of(subject_, event), out);
        out.witnesses.push_back(witness_of(subject_, event));
        ground_in(event, ground);
      }
    }
    ground.settle(out);
    return out;
  }

  const Subject& subject_;
  std::optional<CutPlayer> player_;
  pipeline::Cuts cuts_;
};

UnknownId unknown(const Subject& subject, std::string_view id) {
  const auto all = explainable(subject);
  const std::vector<std::string_view> views(all.begin(), all.end());
  UnknownId out;
  for (const std::string_view near : base::nearest_few(id, views, kMostNear)) {
    out.near.emplace_back(near);
  }
  // A word of an address is how people call a thing.
  for (const std::string_view word : views) {
    const bool is_within = out.near.size() < kMostNear && id.size() > 2 &&
                           base::to_lower(word).find(base::to_lower(id)) != std::string::npos;
    if (is_within && std::find(out.near.begin(), out.near.end(), word) == out.near.end()) {
      out.near.emplace_back(word);
    }
  }
  return out;
}

}  // namespace

base::Result<std::vector<Explanation>, UnknownId> explain(const Subject& subject,
                                                          std::string_view id) {
  const auto meanings = meanings_of(subject, id);
  if (meanings.empty()) {
    return tl::unexpected(unknown(subject, id));
  }
  Explainer explainer(subject);
  std::vector<Explanation> out;
  for (const Meaning& meaning : meanings) {
    out.push_back(explainer.explain(meaning));
  }
  return out;
}

}  // namespace outlast::explain
