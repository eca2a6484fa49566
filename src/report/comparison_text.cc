#include <fmt/format.h>

#include <cmath>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "report/comparison.h"
#include "report/frame.h"
#include "report/table.h"
#include "report/words.h"

namespace outlast::report {

using findings::Comparison;
using findings::Turn;
using findings::Variant;

namespace {

class ComparisonText : Frame {
 public:
  ComparisonText(const ComparisonContent& content, const TextStyle& style)
      : Frame(style), content_(content), comparison_(content.comparison) {}

  std::string write() {
    heading(base::printable(content_.base_name == content_.head_name
                                ? content_.head_name
                                : content_.base_name + " → " + content_.head_name));
    line(base::printable(headline(comparison_)));
    write_numbers();
    write_renames();
    write_lost();
    write_objectives();
    write_changes();
    write_single_points();
    write_rows();
    write_paths();
    write_costs();
    write_findings();
    write_gate();
    return take();
  }

 private:
  void because(const std::vector<std::string>& causes) {
    if (const std::string text = causes_text(causes); !text.empty()) {
      line("      " + base::printable(text));
    }
  }

  void write_numbers() {
    Table table({"", "BASE", "HEAD"}, style().book);
    const auto& base = comparison_.base;
    const auto& head = comparison_.head;
    const auto both = [&](const std::string& name, auto text) {
      table.add({{name}, {text(base)}, {text(head)}});
    };
    both("components", [](const Variant& v) { return std::to_string(v.components); });
    both("availability", availability_text);
    both("downtime", [](const Variant& v) { return downtime_text(v); });
    both("single points", points_text);
    both("cost", bill_text);
    both("ways to data", ways_text);
    both("carries a surge", [](const Variant& v) { return scale_text(v.time_to_scale_s); });
    line("");
    Frame::table(table, "2");
  }

  void write_renames() {
    if (comparison_.renames.empty()) {
      return;
    }
    title(fmt::format("other names ({}), the base is told by the new ones",
                      comparison_.renames.size()));
    const std::size_t told = std::min(comparison_.renames.size(), style().findings);
    for (std::size_t i = 0; i < told; ++i) {
      line("  " + base::printable(rename_text(comparison_.renames[i])));
    }
    if (told < comparison_.renames.size()) {
      line(fmt::format("  … and {} more", comparison_.renames.size() - told));
    }
  }

  void write_lost() {
    if (comparison_.lost.empty()) {
      return;
    }
    title(fmt::format("names that lead nowhere now ({})", comparison_.lost.size()));
    for (const auto& lost : comparison_.lost) {
      line("  " + base::printable(lost_text(lost)));
      line("      at " + base::printable(place_text(content_.sources, lost.evidence)));
    }
  }

  void write_objectives() {
    if (comparison_.objectives.empty()) {
      return;
    }
    title(fmt::format("objectives ({})", comparison_.objectives.size()));
    for (const auto& change : comparison_.objectives) {
      line("  " + base::printable(objective_change_text(change)));
    }
  }

  void write_changes() {
    if (comparison_.components.empty()) {
      return;
    }
    title(fmt::format("what differs ({})", comparison_.components.size()));
    for (const auto& change : comparison_.components) {
      const std::string_view mark = change.turn == Turn::added     ? "+"
                                    : change.turn == Turn::removed ? "−"
                                                                   : "~";
      std::vector<std::string> told;
      for (const auto& difference : change.differences) {
        told.push_back(difference_text(difference));
      }
      line(base::printable(fmt::format("  {} {}{}", mark,
                                       place_text(content_.sources, change.evidence),
                                       told.empty() ? "" : ": " + base::join_words(told, 6))));
      if (std::abs(change.downtime_minutes) * 60 >= 1) {
        line(fmt::format("      {} down a year by itself",
                         signed_time(change.downtime_minutes * 60)));
      }
    }
  }

  void write_single_points() {
    if (comparison_.single_points.empty()) {
      return;
    }
    title(fmt::format("single points of failure ({})", comparison_.single_points.size()));
    for (const auto& change : comparison_.single_points) {
      const std::string causes = causes_text(change.causes);
      line(base::printable(fmt::format("  {} {}{}", change.is_new ? "+" : "−", change.name,
                                       causes.empty() ? "" : ", " + causes)));
    }
  }

  void write_rows() {
    if (comparison_.rows.empty()) {
      return;
    }
    title(fmt::format("worst cases that end otherwise ({})", comparison_.rows.size()));
    for (const auto& change : comparison_.rows) {
      const FateTexts told = fate_texts(change);
      line(base::printable(fmt::format("  {}: {} → {}", told.what, told.base, told.head)));
      because(change.causes);
    }
  }

  void write_paths() {
    if (comparison_.paths.empty()) {
      return;
    }
    title(fmt::format("ways of an intruder to data ({})", comparison_.paths.size()));
    for (const auto& change : comparison_.paths) {
      line(base::printable(fmt::format("  {} {}", change.is_new ? "+" : "−", change.path.text)));
      because(change.causes);
    }
  }

  void write_costs() {
    if (comparison_.costs.empty()) {
      return;
    }
    title("cost a month");
    for (std::size_t i = 0; i < std::min(comparison_.costs.size(), style().findings); ++i) {
      line("  " + base::printable(cost_change_text(comparison_.costs[i])));
    }
  }

  void write_findings() {
    for (const bool is_new : {true, false}) {
      std::size_t count = 0;
      for (const auto& change : comparison_.findings) {
        count += change.is_new == is_new ? 1 : 0;
      }
      if (count == 0) {
        continue;
      }
      title(fmt::format("{} findings ({})", is_new ? "new" : "gone", count));
      for (const auto& change : comparison_.findings) {
        if (change.is_new != is_new) {
          continue;
        }
        line(fmt::format("  {:8} {} {}", findings::name_of(change.finding.severity),
                         change.finding.rule, base::printable(change.finding.title)));
        if (is_new && !change.finding.evidence.empty()) {
          line("      at " +
               base::printable(place_text(content_.sources, change.finding.evidence.front())));
        }
        because(change.causes);
      }
    }
  }

  void write_gate() {
    line("");
    std::string text = "gate " + std::string(gate::name_of(content_.decision.outcome));
    if (!content_.decision.reasons.empty()) {
      text += ": " + base::join_words(content_.decision.reasons);
    }
    line(text);
  }

  const ComparisonContent& content_;
  const Comparison& comparison_;
};

}  // namespace

std::string comparison_text(const ComparisonContent& content, const TextStyle& style) {
  return ComparisonText(content, style).write();
}

}  // namespace outlast::report
