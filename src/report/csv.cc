#include <fmt/format.h>

#include "base/units.h"
#include "report/addresses.h"
#include "report/report.h"
#include "report/words.h"

namespace outlast::report {
namespace {

/// A field by RFC 4180. A spreadsheet would run what begins like a formula, and names come from
/// inputs: such a field is led by an apostrophe.
std::string field(std::string_view text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  std::string out = is_formula ? "'" : "";
  for (const char c : text) {
    out += c == '"' ? std::string("\"\"") : std::string(1, c);
  }
  const bool is_plain = out.find_first_of("\",\r\n") == std::string::npos;
  return is_plain ? out : '"' + out + '"';
}

std::string joined(const std::vector<std::string>& items) {
  std::string all;
  for (const std::string& item : items) {
    all += (all.empty() ? "" : "; ") + item;
  }
  return all;
}

void add_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += (i == 0 ? "" : ",") + field(cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string to_csv(const Content& content) {
  std::string out;
  add_row(out, {"rule", "name", "severity", "goal", "fails", "mark", "address", "title", "claim",
                "remedy", "confidence", "downtime_minutes_per_year", "cut", "file", "line",
                "pointer", "fingerprint"});
  LineFinder lines(content.sources);
  for (const std::size_t i : shown_findings(content)) {
    const findings::Finding& finding = content.analysis.findings[i];
    const blueprint::Evidence evidence =
        finding.evidence.empty() ? blueprint::Evidence() : finding.evidence.front();
    const bool is_placed = evidence.span.exists();
    add_row(out,
            {finding.rule, finding.name, std::string(findings::name_of(finding.severity)),
             std::string(findings::name_of(finding.goal)),
             content.decision.findings[i].fails ? "true" : "false", mark_text(content.decision, i),
             joined(finding.components), finding.title, finding.claim, finding.remedy,
             std::string(blueprint::name_of(finding.confidence)),
             base::format_number(finding.downtime_minutes_per_year), joined(finding.cut),
             is_placed ? content.sources.path(evidence.span.source) : "",
             is_placed ? std::to_string(lines.line_of(evidence.span)) : "", evidence.pointer,
             finding.fingerprint});
  }
  return out;
}

}  // namespace outlast::report
