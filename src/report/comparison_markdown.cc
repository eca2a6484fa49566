#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "report/comparison.h"
#include "report/markdown_text.h"
#include "report/words.h"

namespace outlast::report {

using findings::Comparison;
using findings::Variant;

namespace {

class ComparisonPage {
 public:
  ComparisonPage(const ComparisonContent& content, const words::Phrasebook* book)
      : content_(content), comparison_(content.comparison), page_(book) {}

  std::string write() {
    write_head();
    write_numbers();
    write_names();
    write_objectives();
    write_changes();
    write_rows();
    write_paths();
    write_costs();
    write_findings();
    return page_.take();
  }

 private:
  void write_head() {
    const auto outcome = content_.decision.outcome;
    page_.add(fmt::format("### {} Outlast: {}\n\n{}\n",
                          outcome == gate::Outcome::passed   ? "✓"
                          : outcome == gate::Outcome::failed ? "✗"
                                                             : "?",
                          escaped_markdown(content_.head_name),
                          escaped_markdown(headline(comparison_), 600)));
    if (!content_.decision.reasons.empty()) {
      page_.add(fmt::format("\n**Gate {}**: {}\n", gate::name_of(outcome),
                            escaped_markdown(base::join_words(content_.decision.reasons))));
    }
  }

  void write_numbers() {
    page_.add("\n| | Base | Head |\n|---|---|---|\n");
    const auto both = [&](std::string_view name, auto text) {
      page_.add(fmt::format("| {} | {} | {} |\n", name, escaped_markdown(text(comparison_.base)),
                            escaped_markdown(text(comparison_.head))));
    };
    both("Availability", availability_text);
    both("Downtime", [](const Variant& v) { return downtime_text(v); });
    both("Single points", points_text);
    both("Cost", bill_text);
    both("Ways to data", ways_text);
    both("Carries a surge", [](const Variant& v) { return scale_text(v.time_to_scale_s); });
  }

  void write_names() {
    std::vector<std::string> lines;
    for (const auto& lost : comparison_.lost) {
      lines.push_back("- " + escaped_markdown(lost_text(lost)) + "\n");
    }
    list("Names that lead nowhere now", lines, "names");
    lines.clear();
    for (const auto& rename : comparison_.renames) {
      lines.push_back("- " + escaped_markdown(rename_text(rename), 400) + "\n");
    }
    list("Other names", lines, "names");
  }

  void write_objectives() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.objectives) {
      lines.push_back("- " + escaped_markdown(objective_change_text(change)) + "\n");
    }
    list("Objectives", lines, "objectives");
  }

  void write_changes() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.components) {
      std::vector<std::string> told;
      for (const auto& difference : change.differences) {
        told.push_back(difference_text(difference));
      }
      lines.push_back(
          fmt::format("- {} {}{}\n", findings::name_of(change.turn),
                      escaped_markdown(place_text(content_.sources, change.evidence)),
                      told.empty() ? "" : ": " + escaped_markdown(base::join_words(told, 6))));
    }
    list("What differs", lines, "differences");
  }

  void write_rows() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.rows) {
      const FateTexts told = fate_texts(change);
      lines.push_back(fmt::format("| {} | {} | {} | {} |\n", escaped_markdown(told.what),
                                  escaped_markdown(told.base), escaped_markdown(told.head),
                                  escaped_markdown(base::join_words(change.causes))));
    }
    if (!lines.empty() && page_.add("\n| Worst case | Base | Head | Because of |\n"
                                    "|---|---|---|---|\n")) {
      page_.add_all(lines, "worst cases");
    }
  }

  void write_paths() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.paths) {
      const std::string causes = causes_text(change.causes);
      lines.push_back(fmt::format(
          "- {} {}{}\n", change.is_new ? "new:" : "gone:", escaped_markdown(change.path.text),
          causes.empty() ? "" : " (" + escaped_markdown(causes) + ")"));
    }
    list("Ways of an intruder to data", lines, "ways");
  }

  void write_costs() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.costs) {
      lines.push_back(fmt::format("- {}\n", escaped_markdown(cost_change_text(change))));
    }
    list("Cost a month", lines, "costs");
  }

  void write_findings() {
    std::vector<std::string> lines;
    for (const auto& change : comparison_.findings) {
      const auto& finding = change.finding;
      lines.push_back(fmt::format("| {} | {} | {} | {} | {} |\n", change.is_new ? "new" : "gone",
                                  findings::name_of(finding.severity), finding.rule,
                                  escaped_markdown(finding.title),
                                  escaped_markdown(base::join_words(change.causes))));
    }
    if (!lines.empty() && page_.add("\n| Finding | Severity | Rule | What | Because of |\n"
                                    "|---|---|---|---|---|\n")) {
      page_.add_all(lines, "findings");
    }
  }

  void list(std::string_view title, const std::vector<std::string>& lines, std::string_view what) {
    if (!lines.empty() && page_.add(fmt::format("\n**{}**\n\n", title))) {
      page_.add_all(lines, what);
    }
  }

  const ComparisonContent& content_;
  const Comparison& comparison_;
  MarkdownPage page_;
};

}  // namespace

std::string comparison_markdown(const ComparisonContent& content, const words::Phrasebook* book) {
  return ComparisonPage(content, book).write();
}

}  // namespace outlast::report
