#include <fmt/format.h>

#include <algorithm>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "report/frame.h"
#include "report/inspection.h"
#include "report/words.h"

namespace outlast::report {

using findings::Inspection;
using findings::LeftOut;

namespace {

/// Lists are cut here; the JSON holds all of them.
constexpr std::size_t kMostListed = 40;
constexpr std::size_t kMostUnknowns = 15;

/// `a zone is down` of `zone.outage`, of each.
std::vector<std::string> titles_of(const std::vector<std::string>& rows) {
  std::vector<std::string> titles;
  for (const std::string& row : rows) {
    const std::size_t dot = std::min(row.find('.'), row.size());
    const std::string mode = dot < row.size() ? row.substr(dot + 1) : "";
    titles.push_back(case_title(row.substr(0, dot), mode));
  }
  return titles;
}

class InspectionText : Frame {
 public:
  InspectionText(const base::Sources& sources, const TextStyle& style)
      : Frame(style), sources_(sources), lines_(sources) {}

  std::string write(const Inspection& what) {
    heading(base::printable(what.name));
    write_coverage(what);
    write_components(what);
    write_edges(what);
    write_left_out("stands isolated", what.isolated);
    write_left_out("takes no part", what.skipped);
    write_unknowns(what);
    return take();
  }

 private:
  [[nodiscard]] std::string dim(const std::string& text) const {
    return painted(base::printable(text), "2");
  }

  [[nodiscard]] std::string place_of(const blueprint::Evidence& evidence) {
    return dim(line_text(lines_, sources_, evidence));
  }

  void write_coverage(const Inspection& what) {
    if (what.coverage.resources == 0) {
      return;
    }
    line(fmt::format("understood {} of {} resources", what.coverage.understood,
                     what.coverage.resources));
    std::vector<std::string> counts;
    for (const auto& [use, count] : what.counts) {
      counts.push_back(fmt::format("{} {}", count, use));
    }
    line(1, base::join_words(counts, counts.size()));
    if (!what.coverage.unknown_types.empty()) {
      line(1, base::printable("not understood: " +
                              base::join_words(what.coverage.unknown_types, kMostListed)));
    }
  }

  template <class Items, class Write>
  void list(const Items& items, Write write) {
    const std::size_t shown = std::min(items.size(), kMostListed);
    for (std::size_t i = 0; i < shown; ++i) {
      write(items[i]);
    }
    if (shown < items.size()) {
      line(1, fmt::format("… and {} more; all of them with -o json", items.size() - shown));
    }
  }

  void write_components(const Inspection& what) {
    title(fmt::format("components ({})", what.components.size()));
    list(what.components, [&](const findings::Understood& c) {
      const std::string places = c.places.empty() ? "" : " in " + base::join_words(c.places, 3);
      const std::string replicas = !c.replicas_are_known ? "number of replicas unknown"
                                   : c.replicas == 1     ? "one replica"
                                                         : fmt::format("{} replicas", c.replicas);
      line(1, fmt::format(
                  "{}  {}",
                  base::printable(fmt::format("{}: {}, {}{}", c.id, c.title, replicas, places)),
                  place_of(c.evidence)));
      if (!c.parts.empty()) {
        line(2, base::printable("with " + base::join_words(c.parts, 4)));
      }
    });
  }

  void write_edges(const Inspection& what) {
    const auto inferred = std::count_if(what.edges.begin(), what.edges.end(), [](const auto& e) {
      return e.confidence == blueprint::Confidence::inferred;
    });
    title(fmt::format("needs: {} stated, {} referenced, {} inferred", what.stated_edges,
                      what.edges.size() - what.stated_edges - static_cast<std::size_t>(inferred),
                      inferred));
    list(what.edges, [&](const findings::FoundEdge& edge) {
      line(1, fmt::format("{}  {}",
                          base::printable(fmt::format(
                              "{} → {} ({} {}, {})", edge.from, base::join_words(edge.any_of, 3),
                              edge.strength, edge.kind == "supply" ? "supply" : "call",
                              blueprint::name_of(edge.confidence))),
                          place_of(edge.evidence)));
    });
  }

  void write_left_out(std::string_view what, const std::vector<LeftOut>& all) {
    if (all.empty()) {
      return;
    }
    title(fmt::format("{} ({})", what, all.size()));
    std::vector<LeftOut> by_reason = all;
    std::stable_sort(by_reason.begin(), by_reason.end(),
                     [](const LeftOut& a, const LeftOut& b) { return a.why < b.why; });
    std::string why;
    list(by_reason, [&](const LeftOut& left) {
      if (left.why != why) {
        why = left.why;
        line(1, why + ":");
      }
      line(2, fmt::format("{}  {}", base::printable(left.address), place_of(left.evidence)));
    });
  }

  void write_unknowns(const Inspection& what) {
    if (what.unknowns.empty()) {
      title("nothing is unknown that an answer depends on");
      return;
    }
    title(fmt::format("not known, the most worth first ({})", what.unknowns.size()));
    line(1, fmt::format("what is unknown leaves {} a year open",
                        base::format_duration({what.width_minutes * 60})));
    const std::size_t shown = std::min(what.unknowns.size(), kMostUnknowns);
    for (std::size_t i = 0; i < shown; ++i) {
      write_question(i + 1, what.unknowns[i]);
    }
    if (shown < what.unknowns.size()) {
      line(1, fmt::format("… and {} more; all of them with -o json", what.unknowns.size() - shown));
    }
  }

  void write_question(std::size_t number, const findings::OpenQuestion& question) {
    std::vector<std::string> worth;
    constexpr double kWorthTelling = 1.0 / 60;  // a second
    if (!question.narrows_minutes) {
      worth.emplace_back("its worth is not computed");
    } else if (*question.narrows_minutes > kWorthTelling) {
      worth.push_back(
          fmt::format("narrows it by {}", base::format_duration({*question.narrows_minutes * 60})));
    }
    if (!question.settles.empty()) {
      worth.push_back("settles: " + base::join_words(titles_of(question.settles), 4));
    }
    line(1, fmt::format("{}. {}  {}", number, base::printable(question.question),
                        place_of(question.evidence)));
    line(3, worth.empty() ? "changes nothing alone" : base::join_words(worth, 2));
    if (!question.answer_with.empty()) {
      const bool is_option = question.answer_with.starts_with("--");
      line(3, dim((is_option ? "answer with: " : "answer in an overlay: ") + question.answer_with));
    }
  }

  const base::Sources& sources_;
  LineFinder lines_;
};

}  // namespace

std::string inspection_text(const Inspection& inspection, const base::Sources& sources,
                            const TextStyle& style) {
  return InspectionText(sources, style).write(inspection);
}

}  // namespace outlast::report
