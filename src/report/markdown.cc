#include <fmt/format.h>

#include "base/text.h"
#include "base/units.h"
#include "report/commands.h"
#include "report/cost.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/words.h"

namespace outlast::report {

using findings::Finding;
using findings::SurvivalRow;

namespace {

class MarkdownReport {
 public:
  MarkdownReport(const Content& content, const words::Phrasebook* book)
      : content_(content), page_(book) {}

  std::string write() {
    write_head();
    write_table();
    write_availability();
    write_cost();
    write_fixes();
    write_findings();
    return page_.take();
  }

 private:
  bool add(const std::string& text) { return page_.add(text); }
  void add_all(const std::vector<std::string>& lines, std::string_view what) {
    page_.add_all(lines, what);
  }
  static std::string escaped(std::string_view text, std::size_t most = 400) {
    return escaped_markdown(text, most);
  }

  void write_head() {
    const auto& coverage = content_.blueprint.coverage();
    std::string text =
        fmt::format("### Outlast: {} — {}\n\n", escaped(content_.blueprint.name(), 80),
                    gate_text(content_.decision, coverage));
    text += fmt::format("{} components", content_.blueprint.components().size());
    if (coverage.resources > 0) {
      text +=
          fmt::format(", understood {} of {} resources", coverage.understood, coverage.resources);
    }
    if (!coverage.unknown_types.empty()) {
      text += "; not understood: " + escaped(base::join_words(coverage.unknown_types, 6));
    }
    add(text + "\n");
  }

  void write_table() {
    std::vector<std::string> lines;
    for (const SurvivalRow& row : content_.analysis.survival) {
      const std::string name = escaped(case_name(row));
      const auto verdict = findings::name_of(row.survives);
      lines.push_back(row.survives == findings::Verdict::not_exposed
                          ? fmt::format("| {} | {} | | | | | |\n", name, verdict)
                          : fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name,
                                        row.survives == findings::Verdict::no ? "**no**" : verdict,
                                        down_text(row), escaped(users_text(row)),
                                        data_text(row.data), every_text(row),
                                        escaped(base::join_words(row.because, 2))));
    }
    add("\n| Worst case | Survives | Down | Users | Data lost | Every | Because |\n"
        "|---|---|---|---|---|---|---|\n");
    add_all(lines, "worst cases");
  }

  void write_availability() {
    const auto& a = content_.analysis.availability;
    if (!a) {
      return;
    }
    add(fmt::format("\n**Availability {}**: {}\n", base::format_availability(a->value),
                    downtime_text(*a)));
    std::vector<std::string> lines;
    for (const gate::Objective& objective : content_.decision.objectives) {
      lines.push_back(fmt::format("- {}: {} ({})\n", escaped(objective_text(objective)),
                                  gate::name_of(objective.outcome),
                                  base::format_availability(objective.value)));
    }
    if (!lines.empty()) {
      add("\n");
      add_all(lines, "objectives");
    }
  }

  void write_cost() {
    const auto& cost = content_.analysis.cost;
    const std::string text = cost ? cost_text(*cost) : "";
    if (text.empty()) {
      return;
    }
    const std::string budget = budget_text(*cost);
    add(fmt::format("\n**Cost** {}{}\n", text, budget.empty() ? "" : "; **" + budget + "**"));
    std::vector<std::string> lines;
    for (const std::string& detail : cost_details(*cost)) {
      lines.push_back("- " + escaped(detail) + "\n");
    }
    if (!lines.empty()) {
      add("\n");
      add_all(lines, "remarks on the cost");
    }
  }

  void write_fixes() {
    std::vector<std::string> lines;
    for (const findings::Fix& fix : shown_fixes(content_)) {
      lines.push_back(fmt::format("{}. {}: {} — {}\n", lines.size() + 1,
                                  escaped(base::join_words(fix.components)), escaped(fix.remedy),
                                  escaped(effects_text(fix))));
    }
    if (!lines.empty() && add("\n**Fix first**\n\n")) {
      add_all(lines, "fixes");
    }
  }

  void write_findings() {
    const auto& all = content_.analysis.findings;
    const auto shown = shown_findings(content_);
    if (const std::string hidden = hidden_text(content_.decision); !hidden.empty()) {
      add("\n" + escaped(hidden) + "\n");
    }
    if (const std::string baseline = baseline_text(content_.decision); !baseline.empty()) {
      add("\n" + baseline + "\n");
    }
    if (shown.empty()) {
      add("\nNo findings.\n");
      return;
    }
    std::vector<std::string> lines;
    for (const std::size_t i : shown) {
      const Finding& finding = all[i];
      const std::string mark = mark_text(content_.decision, i);
      lines.push_back(
          fmt::format("| {}{} | {} | {}<br>{}{} | {} | {} |\n", findings::name_of(finding.severity),
                      content_.decision.findings[i].fails ? " ✗" : "", finding.rule,
                      escaped(finding.title), escaped(finding.claim),
                      mark.empty() ? "" : "<br>_" + escaped(mark) + "_", escaped(finding.remedy),
                      finding.components.empty() ? "" : escaped(finding.components.front())));
    }
    if (add(fmt::format("\n<details open><summary>Findings ({})</summary>\n\n"
                        "| Severity | Rule | What | Remedy | Where |\n|---|---|---|---|---|\n",
                        shown.size()))) {
      add_all(lines, "findings");
      page_.close("\n</details>\n");
    }
    add(fmt::format("\nWhat one rests on: `{}`\n",
                    explain_command(content_, all[shown.front()].rule)));
  }

  const Content& content_;
  MarkdownPage page_;
};

}  // namespace

std::string to_markdown(const Content& content, const TextStyle& style) {
  return MarkdownReport(content, style.book).write();
}

}  // namespace outlast::report
