#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "base/version.h"
#include "findings/rules.h"
#include "report/addresses.h"
#include "report/report.h"

namespace outlast::report {

using base::JsonWriter;
using findings::Finding;
using findings::Rule;
using findings::Severity;

namespace {

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    default:
      return "note";
  }
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.begin_object();
  json.member("text", text);
  json.end_object();
}

/// "single_instance" → "SingleInstance", as SARIF wants names of rules.
std::string pascal(std::string_view name) {
  std::string out;
  bool is_start = true;
  for (const char c : name) {
    out += is_start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    is_start = c == '_';
  }
  out.erase(std::remove(out.begin(), out.end(), '_'), out.end());
  return out;
}

void write_rule(JsonWriter& json, const Rule& rule) {
  json.begin_object();
  json.member("id", rule.id);
  json.member("name", pascal(rule.name));
  write_text(json, "shortDescription", rule.summary);
  write_text(json, "fullDescription", rule.summary);
  json.member("helpUri", rule.evidence);
  write_text(json, "help", fmt::format("{}. Remedy: {}.", rule.summary, rule.remedy));
  json.key("properties");
  json.begin_object();
  std::vector<std::string_view> tags = {findings::name_of(rule.goal)};
  if (!rule.category.empty()) {
    tags.push_back(rule.category);
  }
  json.member("tags", tags);
  json.end_object();
  json.end_object();
}

class SarifReport {
 public:
  explicit SarifReport(const Content& content) : content_(content), lines_(content.sources) {}

  std::string write() {
    json_.begin_object();
    json_.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_.member("version", "2.1.0");
    json_.key("runs");
    json_.begin_array();
    json_.begin_object();
    write_tool();
    json_.member("columnKind", "unicodeCodePoints");
    json_.key("results");
    json_.begin_array();
    for (const std::size_t i : shown_findings(content_)) {
      write_result(i);
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  void write_tool() {
    json_.key("tool");
    json_.begin_object();
    json_.key("driver");
    json_.begin_object();
    json_.member("name", "outlast");
    json_.member("version", base::kVersion);
    json_.member("semanticVersion", base::kVersion);
    json_.key("rules");
    json_.begin_array();
    for (const Rule& rule : findings::all_rules()) {
      write_rule(json_, rule);
    }
    json_.end_array();
    json_.end_object();
    json_.end_object();
  }

  void write_result(std::size_t index) {
    const Finding& finding = content_.analysis.findings[index];
    const auto rules = findings::all_rules();
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const Rule& r) { return r.id == finding.rule; });
    json_.begin_object();
    json_.member("ruleId", finding.rule);
    json_.member("ruleIndex", static_cast<std::size_t>(rule - rules.begin()));
    json_.member("level", level_of(finding.severity));
    write_text(json_, "message",
               fmt::format("{}. {} Remedy: {}", finding.title, finding.claim, finding.remedy));
    json_.key("locations");
    json_.begin_array();
    json_.begin_object();
    write_place(finding.evidence.empty() ? blueprint::Evidence() : finding.evidence.front(),
                finding.components.empty() ? "" : finding.components.front());
    json_.end_object();
    json_.end_array();
    write_related(finding);
    write_cascade(finding);
    if (content_.decision.has_baseline) {
      json_.member("baselineState",
                   content_.decision.findings[index].is_known ? "unchanged" : "new");
    }
    write_suppression(content_.decision.findings[index]);
    json_.key("partialFingerprints");
    json_.begin_object();
    json_.member("outlastFinding/v1", finding.fingerprint);
    json_.end_object();
    json_.key("properties");
    json_.begin_object();
    json_.member("severity", findings::name_of(finding.severity));
    json_.member("confidence", blueprint::name_of(finding.confidence));
    json_.member("downtimeMinutesPerYear", finding.downtime_minutes_per_year);
    json_.member("fails", content_.decision.findings[index].fails);
    json_.end_object();
    json_.end_object();
  }

  void write_suppression(const gate::FindingState& state) {
    if (!state.ignored_by) {
      return;
    }
    const gate::Ignore& ignore = content_.decision.ignores[*state.ignored_by];
    json_.key("suppressions");
    json_.begin_array();
    json_.begin_object();
    json_.member("kind", ignore.origin == gate::Ignore::Origin::file ? "external" : "inSource");
    json_.member("justification", ignore.reason);
    json_.end_object();
    json_.end_array();
  }

  /// The other members of the cut set, and what else the finding is about.
  void write_related(const Finding& finding) {
    std::vector<std::string> others;
    std::set<std::string> told;
    if (!finding.components.empty()) {
      told.insert(finding.components.front());
    }
    for (const auto* names : {&finding.cut, &finding.components}) {
      for (const std::string& name : *names) {
        if (told.insert(name).second) {
          others.push_back(name);
        }
      }
    }
    if (others.empty()) {
      return;
    }
    json_.key("relatedLocations");
    json_.begin_array();
    for (std::size_t i = 0; i < others.size(); ++i) {
      const auto& cut = finding.cut;
      const bool is_of_cut = std::find(cut.begin(), cut.end(), others[i]) != cut.end();
      const auto component = content_.blueprint.find(others[i]);
      json_.begin_object();
      json_.member("id", i);
      write_text(json_, "message", (is_of_cut ? "fails: " : "concerns: ") + others[i]);
      write_place(
          component.exists() ? content_.blueprint[component].evidence : blueprint::Evidence(),
          others[i]);
      json_.end_object();
    }
    json_.end_array();
  }

  /// What follows from the event that a finding is about, step by step.
  void write_cascade(const Finding& finding) {
    if (finding.cascade.empty()) {
      return;
    }
    json_.key("codeFlows");
    json_.begin_array();
    json_.begin_object();
    json_.key("threadFlows");
    json_.begin_array();
    json_.begin_object();
    json_.key("locations");
    json_.begin_array();
    for (const findings::Step& step : finding.cascade) {
      json_.begin_object();
      json_.member("nestingLevel", step.depth);
      json_.key("location");
      json_.begin_object();
      write_text(json_, "message", step.name + " " + step.why);
      write_place(step.evidence, step.component);
      json_.end_object();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  /// Members of a location: where it stands, and which resource it is.
  void write_place(const blueprint::Evidence& evidence, const std::string& address) {
    const bool is_placed = evidence.span.exists();
    if (is_placed || !content_.inputs.empty()) {
      json_.key("physicalLocation");
      json_.begin_object();
      json_.key("artifactLocation");
      json_.begin_object();
      json_.member("uri", uri_of(is_placed ? content_.sources.path(evidence.span.source)
                                           : content_.inputs.front().path,
                                 content_.folder));
      json_.end_object();
      json_.key("region");
      json_.begin_object();
      json_.member("startLine", is_placed ? lines_.line_of(evidence.span) : std::size_t{1});
      json_.end_object();
      json_.end_object();
    }
    if (!address.empty()) {
      json_.key("logicalLocations");
      json_.begin_array();
      json_.begin_object();
      json_.member("fullyQualifiedName", address);
      json_.member("kind", "resource");
      json_.end_object();
      json_.end_array();
    }
    if (!evidence.pointer.empty()) {
      json_.key("properties");
      json_.begin_object();
      json_.member("pointer", evidence.pointer);
      json_.end_object();
    }
  }

  const Content& content_;
  LineFinder lines_;
  JsonWriter json_;
};

}  // namespace

std::string to_sarif(const Content& content) {
  return SarifReport(content).write();
}

}  // namespace outlast::report
