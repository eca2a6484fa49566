#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "report/explanation.h"
#include "report/frame.h"
#include "report/simulated.h"
#include "report/table.h"
#include "report/words.h"

namespace outlast::report {

using findings::Explanation;
using findings::Notice;
using findings::Step;
using findings::Witness;

namespace {

/// A long cascade is cut: the JSON holds all of it.
constexpr std::size_t kMostSteps = 25;

std::string how_long(double seconds) {
  return std::isinf(seconds) ? "without end" : "for " + base::format_duration({seconds});
}

class ExplanationText : Frame {
 public:
  ExplanationText(const base::Sources& sources, const TextStyle& style)
      : Frame(style), sources_(sources), lines_(sources) {}

  std::string write(const Explanation& what) {
    const bool has_other_name = what.title != what.id;
    line(fmt::format("{} {}{}", what.kind, bold(what.title),
                     has_other_name ? "  " + dim("(" + what.id + ")") : ""));
    if (!what.claim.empty()) {
      line(1, what.claim);
    }
    write_formulas(what);
    for (const Witness& witness : what.witnesses) {
      write_witness(witness);
    }
    if (what.further_witnesses > 0) {
      line(1, fmt::format("… and {} more that weigh less", what.further_witnesses));
    }
    write_instances(what);
    write_story(what);
    write_inputs(what);
    write_facts(what);
    write_assumptions(what);
    return take();
  }

 private:
  [[nodiscard]] std::string bold(const std::string& text) const {
    return painted(base::printable(text), "1");
  }
  [[nodiscard]] std::string dim(const std::string& text) const {
    return painted(base::printable(text), "2");
  }

  void head(const std::string& title) {
    line("");
    line(1, dim(title));
  }

  void write_formulas(const Explanation& what) {
    if (what.formulas.empty()) {
      return;
    }
    head("numbers");
    for (const auto& formula : what.formulas) {
      line(2, base::printable(formula.name));
      line(3, base::printable("= " + formula.symbols));
      line(3, base::printable(fmt::format("= {}  →  {}", formula.numbers, formula.result)));
    }
  }

  void write_witness(const Witness& witness) {
    line("");
    std::string events;
    for (const std::string& event : witness.events) {
      events += (events.empty() ? "" : " while ") + event;
    }
    std::vector<std::string> weight;
    if (witness.per_year && *witness.per_year > 0) {
      weight.push_back("once in " + base::format_interval(1 / *witness.per_year));
    }
    if (witness.downtime_minutes_per_year > 0) {
      weight.push_back(base::format_duration({witness.downtime_minutes_per_year * 60}) +
                       " of downtime a year");
    }
    line(1, fmt::format("{} {}{}", dim("what happens:"), bold(events),
                        weight.empty() ? "" : " · " + base::join_words(weight, 2)));
    const std::size_t shown = std::min(witness.cascade.size(), kMostSteps);
    for (std::size_t i = 0; i < shown; ++i) {
      write_step(witness.cascade[i]);
    }
    if (shown < witness.cascade.size()) {
      line(2,
           fmt::format("… and {} more; all of them with -o json", witness.cascade.size() - shown));
    }
    for (const Notice& notice : witness.noticed) {
      line(2, base::printable(notice_text(notice)));
    }
    if (witness.noticed.empty()) {
      line(2, "nobody notices");
    }
  }

  void write_step(const Step& step) {
    const std::string arrow = step.depth == 0 ? "• " : "→ ";
    line(2 + step.depth, fmt::format("{}{}  {}", arrow, base::printable(step.name + " " + step.why),
                                     dim(place_of(step.evidence))));
  }

  static std::string notice_text(const Notice& notice) {
    const std::string who = fmt::format("noticed by {} ({} of the users)", notice.journey,
                                        base::format_percent(notice.users));
    if (!notice.down_s) {
      return who + ": not served while both last";
    }
    if (notice.down_p90_s) {
      return fmt::format(
          "{}: who has it is not served {}, one time in ten {} or longer, until it is "
          "taken back",
          who, how_long(*notice.down_s), how_long(*notice.down_p90_s));
    }
    if (*notice.down_s > 0) {
      return fmt::format("{}: not served {}", who, how_long(*notice.down_s));
    }
    if (notice.masked_share > 0) {
      return fmt::format("{}: {} of the requests fail {}", who,
                         base::format_percent(notice.masked_share), how_long(notice.masked_s));
    }
    if (notice.soft_loss > 0) {
      return fmt::format("{}: served with {} less", who, base::format_percent(notice.soft_loss));
    }
    return fmt::format("not noticed by {}", notice.journey);
  }

  void write_story(const Explanation& what) {
    if (what.scenario.empty()) {
      return;
    }
    head(fmt::format("what happens: {}", what.scenario));
    for (const auto& told : what.story) {
      line(told_line(told));
    }
    if (what.story.empty()) {
      line(2, "nothing");
    }
  }

  void write_instances(const Explanation& what) {
    if (what.instances.empty()) {
      return;
    }
    head("instances of this case, the worst first");
    Table table({"WHICH", "SURVIVES", "DOWN", "USERS", "DATA LOST", "EVERY", "BECAUSE"},
                style().book);
    for (const auto& row : what.instances) {
      table.add({{base::printable(row.scope)},
                 {std::string(findings::name_of(row.survives))},
                 {down_text(row)},
                 {users_text(row)},
                 {data_text(row.data)},
                 {every_text(row)},
                 {base::printable(base::join_words(row.because, 2))}});
    }
    const std::string text =
        table.text(style().width - 4, [&](const std::string& cell) { return dim(cell); });
    auto rows = base::split(text, '\n');
    rows.pop_back();  // behind the last line's end
    for (const std::string_view row : rows) {
      line(row.empty() ? 0 : 2, std::string(row));
    }
  }

  void write_inputs(const Explanation& what) {
    if (what.inputs.empty()) {
      return;
    }
    head("said by the inputs");
    std::string address;
    for (const auto& origin : what.inputs) {
      if (origin.evidence.address != address) {
        address = origin.evidence.address;
        line(2, base::printable(address));
      }
      line(3, fmt::format("{} ({})  {}", base::printable(origin.what), origin.provenance,
                          dim(place_of(origin.evidence))));
    }
  }

  void write_facts(const Explanation& what) {
    if (what.facts.empty()) {
      return;
    }
    head("figures");
    for (const auto& fact : what.facts) {
      line(2, base::printable(fmt::format("{}: {}", fact.about, fact.value)));
      line(3, dim(fact.source + " (" + (fact.date.empty() ? "" : fact.date + ", ") + fact.trust +
                  ")"));
    }
  }

  void write_assumptions(const Explanation& what) {
    if (what.assumptions.empty()) {
      return;
    }
    head("assumed");
    for (const auto& assumption : what.assumptions) {
      line(2, base::printable(fmt::format("{} = {}", assumption.name, assumption.value)));
      line(3, dim(assumption.source));
    }
  }

  [[nodiscard]] std::string place_of(const blueprint::Evidence& evidence) {
    return line_text(lines_, sources_, evidence);
  }

  const base::Sources& sources_;
  LineFinder lines_;
};

}  // namespace

std::string explanations_text(const std::vector<Explanation>& all, const base::Sources& sources,
                              const TextStyle& style) {
  std::string text;
  for (const Explanation& what : all) {
    text += (text.empty() ? "" : "\n") + ExplanationText(sources, style).write(what);
  }
  return text;
}

}  // namespace outlast::report
