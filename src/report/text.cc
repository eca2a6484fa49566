#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "report/commands.h"
#include "report/cost.h"
#include "report/report.h"
#include "report/table.h"
#include "report/words.h"

namespace outlast::report {

using blueprint::Blueprint;
using findings::Finding;
using findings::Severity;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

enum class Ink { plain, bold, dim, red, yellow, green, cyan };

class TextReport {
 public:
  TextReport(const Content& content, const TextStyle& style) : content_(content), style_(style) {}

  std::string write() {
    write_head();
    if (!content_.analysis.serves_users) {
      line("");
      const auto& coverage = content_.blueprint.coverage();
      line(paint(coverage.understood == coverage.resources
                     ? "nothing here serves users: no component runs a workload or takes users in"
                     : "nothing that was understood serves users; the rest may",
                 Ink::bold));
    }
    write_table();
    write_availability();
    write_cost();
    write_dependence();
    write_fixes();
    write_findings();
    write_foot();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string paint(std::string_view text, Ink ink) const {
    static constexpr std::string_view kCodes[] = {"", "1", "2", "31", "33", "32", "36"};
    const auto code = kCodes[static_cast<std::size_t>(ink)];
    return style_.painted(text, code);
  }

  void line(std::string_view text) { out_ += style_.said(text) + "\n"; }

  void write_head() {
    const Blueprint& bp = content_.blueprint;
    std::map<std::string, std::size_t> regions;  // with their zones
    for (const auto& group : bp.fate_groups()) {
      if (group.kind == blueprint::FateKind::region) {
        regions[group.provider + " " + group.name];
      } else if (group.kind == blueprint::FateKind::zone && group.is_certain &&
                 !group.region.empty()) {
        ++regions[group.provider + " " + group.region];
      }
    }
    std::vector<std::string> places;
    for (const auto& [region, zones] : regions) {
      places.push_back(zones == 0
                           ? region
                           : fmt::format("{} ({} zone{})", region, zones, zones == 1 ? "" : "s"));
    }
    for (const auto& c : bp.components()) {
      if (c.kind == blueprint::Kind::external) {
        places.push_back(c.name);
      }
    }
    const std::size_t components = bp.components().size();
    line(fmt::format("{} · {} component{}{}", paint(base::printable(bp.name()), Ink::bold),
                     components, components == 1 ? "" : "s",
                     places.empty() ? "" : " · " + base::printable(base::join_words(places, 4))));
    write_coverage();
  }

  void write_coverage() {
    const auto& coverage = content_.blueprint.coverage();
    if (coverage.resources == 0) {
      return;
    }
    const bool is_whole = coverage.understood == coverage.resources;
    line(
        paint(fmt::format("understood {} of {} resources", coverage.understood, coverage.resources),
              is_whole ? Ink::dim : Ink::yellow));
    if (!coverage.unknown_types.empty()) {
      line("  not understood: " + base::printable(base::join_words(coverage.unknown_types, 6)));
    }
    if (!coverage.unknown_attributes.empty()) {
      line("  not known: " + base::printable(base::join_words(coverage.unknown_attributes, 3)));
    }
  }

  Cell verdict_cell(Verdict verdict) const {
    const Ink ink = verdict == Verdict::no         ? Ink::red
                    : verdict == Verdict::unknown  ? Ink::yellow
                    : verdict == Verdict::degraded ? Ink::yellow
                    : verdict == Verdict::yes      ? Ink::green
                                                   : Ink::dim;
    const auto name = std::string(findings::name_of(verdict));
    return {name, paint(name, ink)};
  }

  void write_table() {
    Table table({"WORST CASE", "SURVIVES", "DOWN", "USERS", "DATA LOST", "EVERY", "BECAUSE"},
                style_.book);
    for (const SurvivalRow& row : content_.analysis.survival) {
      if (row.survives == Verdict::not_exposed) {
        table.add({{case_name(row)}, verdict_cell(row.survives), {}, {}, {}, {}, {}});
        continue;
      }
      table.add({{case_name(row)},
                 verdict_cell(row.survives),
                 {down_text(row)},
                 {users_text(row)},
                 {data_text(row.data)},
                 {every_text(row)},
                 {base::printable(base::join_words(row.because, 2))}});
    }
    line("");
    out_ +=
        table.text(style_.width, [&](const std::string& head) { return paint(head, Ink::dim); });
  }

  void write_availability() {
    const auto& a = content_.analysis.availability;
    if (!a) {
      return;
    }
    line("");
    line(fmt::format("{}  {}  {}", paint("availability", Ink::bold),
                     base::format_availability(a->value), downtime_text(*a)));
    const std::string least = base::format_duration({(1 - a->mean_high) * base::kSecondsPerYear});
    const std::string most = base::format_duration({(1 - a->mean_low) * base::kSecondsPerYear});
    if (least != most) {
      line(fmt::format("              {} to {} a year by how sure the figures are (90 %)", least,
                       most));
    }
    constexpr double kWhole = 99.5;  // two digits of more would be written as 1e+02
    const double outages = a->outages_per_year;
    line(fmt::format(
        "              outages a year {}, mean {} · {}",
        outages < kWhole ? fmt::format("{:.2g}", outages) : fmt::format("{:.0f}", outages),
        base::format_duration({a->mean_outage_s}), findings::name_of(a->exactness)));
    if (a->next_year) {
      line(fmt::format("              next year: {}", next_year_text(*a->next_year)));
    }
    for (const auto& journey : a->journeys) {
      if (journey.objective) {
        const auto met = findings::is_met(journey.low, journey.high, *journey.objective);
        line(fmt::format("              {} {} · objective {} {}", base::printable(journey.name),
                         base::format_availability(journey.value),
                         base::format_availability(*journey.objective),
                         !met   ? paint("undecided", Ink::yellow)
                         : *met ? paint("met", Ink::green)
                                : paint("missed", Ink::red)));
      }
    }
  }

  void write_cost() {
    const auto& cost = content_.analysis.cost;
    const std::string text = cost ? cost_text(*cost) : "";
    if (text.empty()) {
      return;
    }
    const std::string budget = budget_text(*cost);
    const Ink ink = !cost->is_within_budget   ? Ink::yellow
                    : *cost->is_within_budget ? Ink::green
                                              : Ink::red;
    line(fmt::format("{}          {}{}", paint("cost", Ink::bold), text,
                     budget.empty() ? "" : "   " + paint(budget, ink)));
    for (const std::string& detail : cost_details(*cost)) {
      line("              " + base::printable(detail));
    }
  }

  void write_updated_rates() {
    for (const auto& rate : content_.analysis.updated_rates) {
      line(fmt::format("{}       {}", paint("history", Ink::bold),
                       base::printable(updated_text(content_.sources, rate))));
    }
  }

  void write_dependence() {
    write_updated_rates();
    const auto& vendors = content_.analysis.depends_on;
    std::vector<std::string> shares;
    for (const auto& vendor : vendors) {
      const std::string money =
          vendor.money ? fmt::format(" ({:.3g} % of the value)", *vendor.money * 100) : "";
      shares.push_back(fmt::format("{} for {:.3g} % of the users{}", base::printable(vendor.vendor),
                                   vendor.share * 100, money));
    }
    if (!shares.empty()) {
      line(fmt::format("{}    {}", paint("depends on", Ink::bold), base::join_words(shares, 5)));
    }
    if (!content_.analysis.serves_users) {
      return;
    }
    write_resilience();
    if (const std::string attacks = attacks_text(content_.analysis.security); !attacks.empty()) {
      line(fmt::format("{}       {}", paint("attacks", Ink::bold), base::printable(attacks)));
    }
    const auto& habits = content_.analysis.habits;
    line(
        fmt::format("{}        assumes failure {}   spread out {}   rolls out in steps {}   "
                    "loosely coupled {}",
                    paint("habits", Ink::bold), grade_text(habits.assumes_failure),
                    grade_text(habits.spread_out), grade_text(habits.rolls_out_in_steps),
                    grade_text(habits.loosely_coupled)));
  }

  void write_resilience() {
    const auto& resilience = content_.analysis.resilience;
    const auto& faults = resilience.double_faults.worst;
    if (!faults.empty()) {
      line(fmt::format("{}  {}", paint("double fault", Ink::bold),
                       base::printable(double_fault_text(faults.front()))));
      const auto planned = std::find_if(faults.begin(), faults.end(),
                                        [](const auto& fault) { return fault.is_planned; });
      if (planned != faults.end() && planned != faults.begin()) {
        line("              " + base::printable(double_fault_text(*planned)));
      }
    }
    if (const std::string planned = planned_text(resilience); !planned.empty()) {
      line(fmt::format("{}  {}", paint("planned work", Ink::bold), base::printable(planned)));
    }
    for (const std::string& upgrade : forced_upgrades(resilience)) {
      line("              " + base::printable(upgrade));
    }
    bool is_begun = false;
    for (const std::string& takes : {recovery_text(resilience), tools_text(resilience)}) {
      if (!takes.empty()) {
        line(fmt::format("{} {}", is_begun ? "             " : paint("recovery takes", Ink::bold),
                         base::printable(takes)));
        is_begun = true;
      }
    }
  }

  [[nodiscard]] std::string grade_text(const findings::Habit& habit) const {
    const Ink ink = habit.grade == findings::Grade::good     ? Ink::green
                    : habit.grade == findings::Grade::partly ? Ink::yellow
                    : habit.grade == findings::Grade::poor   ? Ink::red
                                                             : Ink::dim;
    return paint(findings::name_of(habit.grade), ink);
  }

  void write_fixes() {
    const auto fixes = shown_fixes(content_);
    if (fixes.empty()) {
      return;
    }
    line("");
    line(paint("fix first", Ink::bold));
    std::size_t number = 1;
    for (const findings::Fix& fix : fixes) {
      line(fmt::format("  {}. {}: {}", number++, base::printable(base::join_words(fix.components)),
                       fix.remedy));
      line("     " + effects_text(fix));
    }
  }

  [[nodiscard]] std::string severity_text(Severity severity) const {
    const Ink ink = severity <= Severity::high     ? Ink::red
                    : severity == Severity::medium ? Ink::yellow
                                                   : Ink::dim;
    return paint(fmt::format("{:8}", findings::name_of(severity)), ink);
  }

  void write_findings() {
    const auto shown = shown_findings(content_);
    if (shown.empty()) {
      line("");
      line("no findings");
      return;
    }
    line("");
    line(paint(fmt::format("findings ({})", shown.size()), Ink::bold));
    for (std::size_t i = 0; i < std::min(shown.size(), style_.findings); ++i) {
      const Finding& finding = content_.analysis.findings[shown[i]];
      line(fmt::format("  {} {} {}", severity_text(finding.severity), paint(finding.rule, Ink::dim),
                       base::printable(finding.title)));
      line("           " + base::printable(finding.claim));
      if (!finding.evidence.empty()) {
        line("           " +
             paint("at " + base::printable(place_text(content_.sources, finding.evidence.front())),
                   Ink::dim));
      }
      line("           remedy: " + finding.remedy);
      if (const std::string mark = mark_text(content_.decision, shown[i]); !mark.empty()) {
        line("           " + base::printable(mark));
      }
    }
    if (shown.size() > style_.findings) {
      line(fmt::format("  … and {} more of lower weight; all of them with -o json",
                       shown.size() - style_.findings));
    }
    const std::string& rule = content_.analysis.findings[shown.front()].rule;
    line(paint("  what one rests on: " + explain_command(content_, rule), Ink::dim));
  }

  void write_foot() {
    line("");
    if (const std::string hidden = hidden_text(content_.decision); !hidden.empty()) {
      line(hidden);
    }
    if (const std::string baseline = baseline_text(content_.decision); !baseline.empty()) {
      line(baseline);
    }
    const gate::Outcome outcome = content_.decision.outcome;
    line("gate " + paint(gate_text(content_.decision, content_.blueprint.coverage()),
                         outcome == gate::Outcome::passed   ? Ink::green
                         : outcome == gate::Outcome::failed ? Ink::red
                                                            : Ink::yellow));
    line(paint(fmt::format("{} assumptions and figures entered; -o json lists each with its source",
                           content_.analysis.assumptions.size()),
               Ink::dim));
  }

  const Content& content_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string to_text(const Content& content, const TextStyle& style) {
  return TextReport(content, style).write();
}

}  // namespace outlast::report
