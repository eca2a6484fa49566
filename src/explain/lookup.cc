#include "explain/lookup.h"

#include <algorithm>
#include <set>

#include "explain/report_numbers.h"

namespace outlast::explain {

using Kind = Meaning::Kind;

namespace {

/// So much of a fingerprint is enough.
constexpr std::size_t kLeastOfFingerprint = 4;

bool is_finding(const findings::Finding& finding, std::string_view id) {
  const bool begins_so = id.size() >= kLeastOfFingerprint && finding.fingerprint.starts_with(id);
  return begins_so || finding.rule == id || finding.name == id;
}

/// "us-east-1a", or "rds / us-east-1" as the survival table writes it.
bool is_place(const Subject& subject, blueprint::FateGroupId id, std::string_view word) {
  const auto& group = subject.bp[id];
  const auto& events = subject.workings.cases.events;
  return std::any_of(events.begin(), events.end(), [&](const failure::Event& event) {
    return event.group == id && (event.what == word || group.name == word);
  });
}

}  // namespace

std::string id_of(const findings::SurvivalRow& row) {
  return row.worst_case + (row.mode.empty() ? "" : "." + row.mode);
}

std::vector<Meaning> meanings_of(const Subject& subject, std::string_view id) {
  std::vector<Meaning> all;
  if (id == "availability" && subject.analysis.availability) {
    all.push_back({Kind::availability, 0});
  }
  const auto add_where = [&](Kind kind, std::size_t count, const auto& is_meant) {
    for (std::size_t i = 0; i < count; ++i) {
      if (is_meant(i)) {
        all.push_back({kind, i});
      }
    }
  };
  add_where(Kind::number, report_numbers().size(),
            [&](std::size_t i) { return is_called(report_numbers()[i], id); });
  const auto& bp = subject.bp;
  add_where(Kind::row, subject.analysis.survival.size(), [&](std::size_t i) {
    const auto& row = subject.analysis.survival[i];
    const bool is_incident = row.worst_case == "incident" && row.mode == id;
    return is_incident || row.worst_case == id || id_of(row) == id;
  });
  add_where(Kind::finding, subject.analysis.findings.size(),
            [&](std::size_t i) { return is_finding(subject.analysis.findings[i], id); });
  add_where(Kind::journey, bp.journeys().size(),
            [&](std::size_t i) { return bp[blueprint::JourneyId(i)].name == id; });
  add_where(Kind::component, bp.components().size(), [&](std::size_t i) {
    const auto& c = bp[blueprint::ComponentId(i)];
    return c.id == id || c.name == id;
  });
  add_where(Kind::place, bp.fate_groups().size(),
            [&](std::size_t i) { return is_place(subject, blueprint::FateGroupId(i), id); });
  return all;
}

std::vector<std::string> explainable(const Subject& subject) {
  std::vector<std::string> ids;
  if (subject.analysis.availability) {
    ids.emplace_back("availability");
  }
  for (const ReportNumber& number : report_numbers()) {
    ids.emplace_back(number.id);
  }
  for (const auto& row : subject.analysis.survival) {
    ids.push_back(id_of(row));
  }
  for (const auto& journey : subject.bp.journeys()) {
    ids.push_back(journey.name);
  }
  for (const auto& finding : subject.analysis.findings) {
    ids.push_back(finding.fingerprint);
    ids.push_back(finding.rule);
  }
  for (const auto& component : subject.bp.components()) {
    ids.push_back(component.id);
    ids.push_back(component.name);
  }
  for (const auto& event : subject.workings.cases.events) {
    if (event.group.exists()) {
      ids.push_back(subject.bp[event.group].name);
      ids.push_back(event.what);
    }
  }
  std::vector<std::string> once;
  std::set<std::string> told = {""};
  for (std::string& id : ids) {
    if (told.insert(id).second) {
      once.push_back(std::move(id));
    }
  }
  return once;
}

}  // namespace outlast::explain
