#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

#include "base/as_printed.h"
#include "base/quoted_line.h"
#include "base/shorten.h"
#include "base/text.h"
#include "base/units.h"

namespace outlast::report {

using findings::SurvivalRow;
using findings::Verdict;

namespace {

std::string with_scope(const std::string& title, const std::string& scope) {
  constexpr std::size_t kWidestScope = 34;
  constexpr std::size_t kWordsBefore = 16;
  // Of `the zone of NAME` the name alone is shortened: words that are cut are in no language.
  const std::size_t name = scope.rfind(' ') + 1;
  const std::size_t kept = name <= kWordsBefore ? name : 0;
  return scope.empty() ? title
                       : fmt::format("{} ({}{})", title, scope.substr(0, kept),
                                     base::shorten(scope.substr(kept), kWidestScope - kept));
}

std::string percent(double share) {
  return share > 0 && share < 0.001 ? std::string("< 0.1 %") : base::format_percent(share);
}

/// "AWS 2025-10-20" of "aws-2025-10-20".
std::string incident_title(std::string_view id) {
  constexpr std::size_t kAbbreviation = 3;
  const std::size_t end = std::min(id.find('-'), id.size());
  std::string title(id);
  for (std::size_t i = 0; i < (end <= kAbbreviation ? end : 1); ++i) {
    title[i] =
        static_cast<char>(title[i] >= 'a' && title[i] <= 'z' ? title[i] - 'a' + 'A' : title[i]);
  }
  if (end < title.size()) {
    title[end] = ' ';
  }
  return title;
}

}  // namespace

std::string case_title(std::string_view worst_case, std::string_view mode) {
  struct Words {
    std::string_view worst_case, mode, words;
  };
  static constexpr Words kWords[] = {
      {"server", "", "a server dies"},
      {"zone", "outage", "a zone is down"},
      {"zone", "destroyed", "a zone is destroyed"},
      {"region", "outage", "the region is down"},
      {"region", "destroyed", "the region is destroyed"},
      {"provider", "outage", "the provider is down"},
      {"provider", "destroyed", "the account is lost"},
      {"service", "", "a managed service fails"},
      {"dns", "", "DNS answers nothing"},
      {"third_party", "", "a third party fails"},
      {"data_deleted", "", "data is deleted"},
      {"surge", "", "a surge of users"},
      {"slow", "", "a server turns slow"},
      {"partition", "", "zones are cut apart"},
      {"credential", "", "a credential leaks"},
      {"release", "", "a bad release"},
      {"config", "", "a bad config push"},
  };
  if (worst_case == "incident") {
    return incident_title(mode);
  }
  const auto known = std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& words) {
    return words.worst_case == worst_case && words.mode == mode;
  });
  return std::string(known == std::end(kWords) ? worst_case : known->words);
}

std::string case_name(const SurvivalRow& row) {
  return with_scope(case_title(row.worst_case, row.mode), row.scope);
}

std::string down_text(const SurvivalRow& row) {
  if (row.down_range) {
    return base::format_duration({row.down_range->first}) + " – " +
           base::format_duration({row.down_range->second});
  }
  return row.down_s && *row.down_s > 0 ? base::format_duration({*row.down_s}) : "–";
}

std::string users_text(const SurvivalRow& row) {
  if (row.users_range && row.survives == Verdict::unknown) {
    return percent(row.users_range->first) + " – " + percent(row.users_range->second);
  }
  return row.users && *row.users > 0 ? percent(*row.users) : "–";
}

std::string data_text(const findings::DataLost& data) {
  switch (data.kind) {
    case failure::DataLoss::Kind::none:
      return "–";
    case failure::DataLoss::Kind::seconds:
      return base::format_duration({data.seconds});
    case failure::DataLoss::Kind::all:
      return "all";
    case failure::DataLoss::Kind::exposed:
      return "exposed";
    case failure::DataLoss::Kind::unknown:
      break;
  }
  return "unknown";
}

std::string every_text(const SurvivalRow& row) {
  return row.every_years ? base::format_interval(*row.every_years) : "–";
}

std::string downtime_text(const findings::Availability& a) {
  const auto per_year = [](double share_up) {
    return base::format_duration({(1 - share_up) * base::kSecondsPerYear});
  };
  std::string down = per_year(a.value) + " down a year";
  if (per_year(a.low) == per_year(a.high)) {
    return down;
  }
  return fmt::format("{} (between {} and {} by what is unknown)", down,
                     base::format_yearly_at_most(1 - a.high),
                     base::format_yearly_at_least(1 - a.low));
}

std::string next_year_text(const findings::NextYear& next) {
  const std::string none = next.p_none.value <= 0 ? "none is without"
                           : next.p_none.value > 0.5
                               ? fmt::format("{:.0f} % have none", next.p_none.value * 100)
                               : fmt::format("1 in {:.0f} has none", 1 / next.p_none.value);
  const auto time = [](double minutes) { return base::format_duration({minutes * 60}); };
  const std::string half =
      next.p_none.value < 0.5 ? ", half over " + time(next.median_minutes) : std::string();
  const std::string tenth =
      next.p_none.value < 0.9 ? ", 1 in 10 over " + time(next.one_in_ten_minutes) : std::string();
  const std::string text = none + half + tenth;
  return !next.p_objective_met ? text
                               : fmt::format("{}; objectives met in {:.0f} %", text,
                                             next.p_objective_met->value * 100);
}

std::string double_fault_text(const findings::FaultSet& fault) {
  return fmt::format("{} while {}: once in {}, {} of the users", fault.events[0], fault.events[1],
                     fault.every_years > 0 ? base::format_interval(fault.every_years) : "–",
                     percent(fault.users));
}

std::string planned_text(const findings::Resilience& resilience) {
  std::map<std::string_view, double> minutes;
  std::vector<std::string> names;
  for (const auto& work : resilience.planned) {
    if (work.downtime_minutes_per_year > 0) {
      minutes[work.service_model ? blueprint::name_of(*work.service_model) : "other"] +=
          work.downtime_minutes_per_year;
      if (std::find(names.begin(), names.end(), work.component) == names.end()) {
        names.push_back(work.component);
      }
    }
  }
  std::vector<std::string> sums;
  for (const auto& [model, sum] : minutes) {
    sums.push_back(fmt::format("{} a year ({})", base::format_duration({sum * 60}), model));
  }
  return sums.empty() ? ""
                      : base::join_words(sums, sums.size()) + " beside the availability, for " +
                            base::join_words(names, 3);
}

std::vector<std::string> forced_upgrades(const findings::Resilience& resilience) {
  std::vector<std::string> out;
  for (const auto& work : resilience.planned) {
    if (work.on) {
      out.push_back(fmt::format("on {} the provider upgrades all of {}",
                                base::format_date(*work.on), work.component));
    }
  }
  return out;
}

std::string recovery_text(const findings::Resilience& resilience) {
  std::map<std::string, std::vector<std::string>> by_vendor;
  for (const auto& need : resilience.recovery_needs) {
    auto& names = by_vendor[need.vendor];
    if (std::find(names.begin(), names.end(), need.component) == names.end()) {
      names.push_back(need.component);
    }
  }
  std::vector<std::string> parts;
  for (const auto& [vendor, names] : by_vendor) {
    const bool is_itself = names.size() == 1 && names.front() == vendor;
    parts.push_back(is_itself ? vendor
                              : fmt::format("{} ({})", vendor, base::join_words(names, 3)));
  }
  return parts.empty() ? "" : base::join_words(parts, 5);
}

std::string tools_text(const findings::Resilience& resilience) {
  std::map<std::string, std::vector<std::string>> by_vendors;
  for (const auto& tool : resilience.tools) {
    by_vendors[base::join_words(tool.vendors, 3)].push_back(findings::words_of_role(tool.role));
  }
  std::string text;
  for (const auto& [vendors, roles] : by_vendors) {
    if (!vendors.empty()) {
      text += base::join_words(roles, roles.size()) + " from " + vendors + "; ";
    }
  }
  const auto open = by_vendors.find("");
  return open == by_vendors.end()
             ? text.substr(0, text.size() - std::min<std::size_t>(text.size(), 2))
             : text + base::join_words(open->second, open->second.size()) +
                   " from whom no input tells";
}

std::string updated_text(const base::Sources& sources, const findings::UpdatedRate& rate) {
  return fmt::format("{} once in {}, not {}: {:.3g} in {} of {}", base::join_words(rate.events, 2),
                     base::format_interval(1 / rate.after_per_year),
                     base::format_interval(1 / rate.before_per_year), rate.failures,
                     base::format_interval(rate.exposure_s / base::kSecondsPerYear),
                     place_text(sources, rate.evidence));
}

std::string effects_text(const findings::Fix& fix) {
  std::vector<std::string> effects;
  for (const auto& change : fix.changes) {
    effects.push_back(fmt::format(
        "“{}” becomes {}", with_scope(case_title(change.worst_case, change.mode), change.scope),
        findings::name_of(change.after)));
  }
  if (fix.hours_saved_per_year > 0) {
    effects.push_back(
        fmt::format("saves {} a year", base::format_duration({fix.hours_saved_per_year * 3600})));
  }
  return base::join_words(effects, 4);
}

std::string place_text(const base::Sources& sources, const blueprint::Evidence& evidence) {
  if (!evidence.span.exists()) {
    return evidence.address;
  }
  const std::string& path = sources.path(evidence.span.source);
  const std::string place =
      evidence.pointer.empty()
          ? fmt::format("{}:{}", path,
                        sources.position(evidence.span.source, evidence.span.begin).line)
          : path + "#" + evidence.pointer;
  return fmt::format("{} ({})", evidence.address, place);
}

std::string line_text(LineFinder& lines, const base::Sources& sources,
                      const blueprint::Evidence& evidence) {
  if (!evidence.span.exists()) {
    return "";
  }
  return fmt::format("{}:{}{}", sources.path(evidence.span.source), lines.line_of(evidence.span),
                     evidence.pointer.empty() ? "" : " #" + evidence.pointer);
}

std::string objective_text(const gate::Objective& objective) {
  return fmt::format("{} served {} of the time",
                     objective.name.empty() ? "users are" : "users of " + objective.name + " are",
                     base::format_availability(objective.wanted));
}

std::string mark_text(const gate::Decision& decision, std::size_t finding) {
  const auto& state = decision.findings[finding];
  if (!state.ignored_by) {
    return state.is_known ? "in the baseline" : "";
  }
  const gate::Ignore& ignore = decision.ignores[*state.ignored_by];
  return "ignored: " + ignore.reason +
         (ignore.until ? " (until " + base::format_date(*ignore.until) + ")" : "");
}

std::string hidden_text(const gate::Decision& decision) {
  const auto ignored = std::count_if(
      decision.findings.begin(), decision.findings.end(),
      [](const auto& state) { return state.ignored_by.has_value() && !state.is_shown; });
  if (ignored == 0) {
    return "";
  }
  return fmt::format("{} finding{} ignored; --show-suppressed tells with what reason", ignored,
                     ignored == 1 ? " is" : "s are");
}

std::string baseline_text(const gate::Decision& decision) {
  if (!decision.has_baseline) {
    return "";
  }
  std::size_t known = 0;
  std::size_t fresh = 0;
  for (const auto& state : decision.findings) {
    known += !state.ignored_by && state.is_known ? 1 : 0;
    fresh += !state.ignored_by && !state.is_known ? 1 : 0;
  }
  return fmt::format("baseline: {} known, {} new, {} fixed", known, fresh, decision.fixed.size());
}

std::string gate_text(const gate::Decision& decision, const blueprint::Coverage& coverage) {
  if (decision.outcome == gate::Outcome::passed) {
    return "passed";
  }
  if (decision.outcome == gate::Outcome::not_judged) {
    return coverage.understood < coverage.resources ? "not judged: nothing was understood"
                                                    : "not judged: there is nothing to judge";
  }
  const auto is_it = [&](gate::Outcome outcome) { return outcome == decision.outcome; };
  const auto objectives =
      std::count_if(decision.objectives.begin(), decision.objectives.end(),
                    [&](const gate::Objective& objective) { return is_it(objective.outcome); });
  const auto rows = std::count_if(decision.survival.begin(), decision.survival.end(), is_it);
  const auto findings = std::count_if(decision.findings.begin(), decision.findings.end(),
                                      [](const auto& state) { return state.fails; });
  std::vector<std::string> reasons;
  const auto add = [&](auto count, std::string_view one, std::string_view several) {
    if (count > 0) {
      reasons.push_back(fmt::format("{} {}", count, count == 1 ? one : several));
    }
  };
  add(is_it(decision.of_findings) ? findings : 0, "finding that counts", "findings that count");
  add(rows, "worst case with a declared objective", "worst cases with a declared objective");
  add(objectives, "objective of availability", "objectives of availability");
  if (is_it(decision.of_budget)) {
    reasons.emplace_back("the budget");
  }
  if (is_it(decision.of_year)) {
    reasons.emplace_back("how probable a year is that meets all objectives");
  }
  return fmt::format("{}: {}", gate::name_of(decision.outcome), base::join_words(reasons));
}

namespace {

/// What a cut takes: a rule that lets to several is changed once, a group is named once.
struct Changes {
  std::size_t count = 0;
  std::vector<std::string> at;
};

Changes changes_of(const findings::AttackCut& cut) {
  std::set<std::tuple<std::string, std::string, std::uint32_t>> told;
  Changes changes;
  for (const findings::AttackStep& edge : cut.edges) {
    const blueprint::Evidence& said = edge.evidence;
    const std::string& at = said.address.empty() ? edge.text : said.address;
    if (!told.emplace(at, said.pointer, said.span.begin).second) {
      continue;
    }
    ++changes.count;
    if (std::find(changes.at.begin(), changes.at.end(), at) == changes.at.end()) {
      changes.at.push_back(at);
    }
  }
  return changes;
}

}  // namespace

std::string attacks_text(const findings::Security& security) {
  if (!security.cut.is_asked) {
    return "";
  }
  const auto ways = std::count_if(
      security.paths.begin(), security.paths.end(),
      [](const findings::AttackPath& path) { return path.truth == base::Truth::yes; });
  std::string text =
      fmt::format("{} way{} from the internet to data; ", ways, ways == 1 ? "" : "s");
  if (!security.cut.is_possible) {
    return text + "some only of what things are there for";
  }
  const auto changes = changes_of(security.cut);
  const bool has_class = std::any_of(security.paths.begin(), security.paths.end(),
                                     [](const findings::AttackPath& path) {
                                       return path.truth == base::Truth::yes && !path.holds.empty();
                                     });
  const bool is_one = changes.count == 1;
  return text + fmt::format("{} change{} close{} {}: {}", changes.count, is_one ? "" : "s",
                            is_one ? "s" : "",
                            has_class ? "those to data of a known class" : "them",
                            base::join_words(changes.at));
}

}  // namespace outlast::report
