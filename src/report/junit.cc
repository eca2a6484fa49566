#include <fmt/format.h>

#include "base/as_printed.h"
#include "base/text.h"
#include "base/units.h"
#include "base/xml_text.h"
#include "report/cost.h"
#include "report/report.h"
#include "report/words.h"

namespace outlast::report {

using findings::SurvivalRow;
using findings::Verdict;
using gate::Outcome;

namespace {

struct TestCase {
  std::string name;
  Outcome outcome = Outcome::passed;
  std::string message;  ///< why it is not passed
  std::string details;
};

struct Suite {
  std::string name;
  std::vector<TestCase> cases;

  [[nodiscard]] std::size_t count(Outcome outcome) const {
    std::size_t all = 0;
    for (const TestCase& test : cases) {
      all += test.outcome == outcome ? 1 : 0;
    }
    return all;
  }
};

std::string told(const SurvivalRow& row) {
  return fmt::format("{}: survives {}; down {}, users {}, data lost {}; because {}", case_name(row),
                     findings::name_of(row.survives), down_text(row), users_text(row),
                     data_text(row.data),
                     row.because.empty() ? "–" : base::join_words(row.because));
}

std::string why(const SurvivalRow& row, Outcome outcome) {
  if (row.survives == Verdict::not_exposed) {
    return "n/a: nothing here is exposed to it";
  }
  if (outcome == Outcome::not_judged) {
    return fmt::format("not judged: no objective of class {} is declared; {}",
                       blueprint::name_of(row.fault_class), told(row));
  }
  return told(row);
}

Suite survival_suite(const Content& content) {
  Suite suite{"survival", {}};
  for (std::size_t i = 0; i < content.analysis.survival.size(); ++i) {
    const SurvivalRow& row = content.analysis.survival[i];
    const Outcome outcome = content.decision.survival[i];
    // What is survived anyway has passed, asked for or not.
    const bool is_survived = row.survives == Verdict::yes || row.survives == Verdict::degraded;
    suite.cases.push_back({case_title(row.worst_case, row.mode),
                           is_survived ? Outcome::passed : outcome, why(row, outcome), told(row)});
  }
  return suite;
}

Suite objectives_suite(const Content& content) {
  Suite suite{"availability", {}};
  for (const gate::Objective& objective : content.decision.objectives) {
    const std::string text = fmt::format("wanted {}, found {} (between {} and {})",
                                         base::format_availability(objective.wanted),
                                         base::format_availability(objective.value),
                                         base::format_availability_at_most(objective.low),
                                         base::format_availability_at_least(objective.high));
    suite.cases.push_back({objective_text(objective), objective.outcome, text, text});
  }
  if (content.decision.of_year != Outcome::not_judged) {
    const auto& all = content.analysis.availability;
    const std::string text =
        all && all->next_year ? next_year_text(*all->next_year) : "no next year was worked out";
    suite.cases.push_back({"a year that meets all objectives is as probable as asked",
                           content.decision.of_year, text, text});
  }
  return suite;
}

Suite cost_suite(const Content& content) {
  Suite suite{"cost", {}};
  const auto& cost = content.analysis.cost;
  if (cost && cost->budget) {
    const std::string text = budget_text(*cost) + ": " + cost_text(*cost);
    suite.cases.push_back({"the budget of a month is kept", content.decision.of_budget, text,
                           base::join_words(cost_details(*cost))});
  }
  return suite;
}

Suite findings_suite(const Content& content) {
  Suite suite{"findings", {}};
  std::vector<std::string> failing;
  std::string details;
  for (std::size_t i = 0; i < content.analysis.findings.size(); ++i) {
    const findings::Finding& finding = content.analysis.findings[i];
    if (content.decision.findings[i].fails) {
      failing.push_back(finding.title);
      details += fmt::format("{} {} {}\n  {}\n  remedy: {}\n", findings::name_of(finding.severity),
                             finding.rule, finding.title, finding.claim, finding.remedy);
    }
  }
  suite.cases.push_back({"no finding fails the gate", content.decision.of_findings,
                         failing.empty() ? "nobody asked" : base::join_words(failing, 5), details});
  return suite;
}

void write_case(std::string& out, const Suite& suite, const TestCase& test) {
  out += fmt::format("    <testcase classname=\"outlast.{}\" name=\"{}\" time=\"0\">", suite.name,
                     base::xml_text(test.name));
  const auto problem = [&](std::string_view element, std::string_view type) {
    out += fmt::format("<{} type=\"{}\" message=\"{}\">{}</{}>", element, type,
                       base::xml_text(test.message), base::xml_text(test.details), element);
  };
  switch (test.outcome) {
    case Outcome::failed:
      problem("failure", "failed");
      break;
    case Outcome::inconclusive:
      problem("error", "inconclusive");
      break;
    case Outcome::not_judged:
      out += fmt::format("<skipped>{}</skipped>", base::xml_text(test.message));
      break;
    case Outcome::passed:
      out += fmt::format("<system-out>{}</system-out>", base::xml_text(test.details));
      break;
  }
  out += "</testcase>\n";
}

}  // namespace

std::string to_junit(const Content& content) {
  const std::vector<Suite> suites = {survival_suite(content), objectives_suite(content),
                                     cost_suite(content), findings_suite(content)};
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::string body;
  for (const Suite& suite : suites) {
    tests += suite.cases.size();
    failures += suite.count(Outcome::failed);
    errors += suite.count(Outcome::inconclusive);
    body += fmt::format(
        "  <testsuite name=\"outlast.{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "skipped=\"{}\" time=\"0\">\n",
        suite.name, suite.cases.size(), suite.count(Outcome::failed),
        suite.count(Outcome::inconclusive), suite.count(Outcome::not_judged));
    for (const TestCase& test : suite.cases) {
      write_case(body, suite, test);
    }
    body += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0\">\n{}"
      "</testsuites>\n",
      base::xml_text(content.blueprint.name()), tests, failures, errors, body);
}

}  // namespace outlast::report
