#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/units.h"
#include "report/comparison.h"
#include "report/cost.h"
#include "report/words.h"

namespace outlast::report {

using findings::Comparison;
using findings::Variant;

namespace {

constexpr std::size_t kMostNamed = 4;

/// New and gone; while it is not known what is missing, only what is new for sure.
std::vector<bool> turns_told(const Comparison& comparison) {
  return comparison.lost.empty() ? std::vector{true, false} : std::vector{true};
}

/// "not known whether better or worse: web names db, which is in no input".
void add_lost(const Comparison& comparison, std::vector<std::string>& parts) {
  if (!comparison.lost.empty()) {
    const auto& first = comparison.lost.front();
    const std::size_t others = comparison.lost.size() - 1;
    parts.push_back(fmt::format(
        "not known whether better or worse: {} names {}, which {} in no input{}", first.name,
        first.what, first.what.find(" and ") == std::string::npos ? "is" : "are",
        others == 0 ? "" : fmt::format(", and {} more", others)));
  }
}

/// "+2 single points of failure {nat-a} {kms}", and those that are gone.
void add_single_points(const Comparison& comparison, std::vector<std::string>& parts) {
  for (const bool is_new : turns_told(comparison)) {
    std::string names;
    std::size_t count = 0;
    for (const auto& change : comparison.single_points) {
      if (change.is_new == is_new && ++count <= kMostNamed) {
        names += " {" + change.name + "}";
      }
    }
    if (count > 0) {
      parts.push_back(fmt::format("{}{} single point{} of failure{}{}", is_new ? "+" : "−", count,
                                  count == 1 ? "" : "s", names, count > kMostNamed ? " …" : ""));
    }
  }
}

/// "misses budget", "other objectives".
void add_objectives(const Comparison& comparison, std::vector<std::string>& parts) {
  const auto is_missed = [](const auto& side) { return side && side->is_met == base::Truth::no; };
  const std::size_t others = parts.size();
  for (const auto& [what, base, head] : comparison.objectives) {
    if (is_missed(head) && !is_missed(base)) {
      parts.push_back("misses " + what);
    }
  }
  if (parts.size() == others && !comparison.objectives.empty()) {
    parts.emplace_back("other objectives");
  }
}

/// "+1 way to customers".
void add_paths(const Comparison& comparison, std::vector<std::string>& parts) {
  for (const bool is_new : turns_told(comparison)) {
    std::vector<std::string> to;
    std::size_t count = 0;
    for (const auto& change : comparison.paths) {
      if (change.is_new == is_new) {
        ++count;
        const std::string& data =
            change.path.holds.empty() ? change.path.to_name : change.path.holds;
        if (std::find(to.begin(), to.end(), data) == to.end()) {
          to.push_back(data);
        }
      }
    }
    if (count > 0) {
      parts.push_back(fmt::format("{}{} way{} to {}", is_new ? "+" : "−", count,
                                  count == 1 ? "" : "s", base::join_words(to)));
    }
  }
}

/// "+$12 a month of what is priced (unpriced 0 % → 20 %), not known in full what {db} costs".
void add_cost(const Comparison& comparison, std::vector<std::string>& parts) {
  const Variant& base = comparison.base;
  const Variant& head = comparison.head;
  const bool is_told = comparison.lost.empty() || comparison.more_cost().micro_usd > 0;
  if (comparison.more_cost().micro_usd != 0 && is_told) {
    std::string text = signed_money(comparison.more_cost()) + " a month";
    if (base.unpriced + head.unpriced > 0) {
      text += fmt::format(" of what is priced (unpriced {} → {})", share_text(base.unpriced_share),
                          share_text(head.unpriced_share));
    }
    parts.push_back(std::move(text));
  }
  std::vector<std::string> open;
  for (const auto& change : comparison.costs) {
    if (!change.is_known) {
      open.push_back("{" + change.of + "}");
    }
  }
  if (!open.empty()) {
    parts.push_back("not known in full what " + base::join_words(open) + " cost" +
                    (open.size() == 1 ? "s" : ""));
  }
}

void add_findings(const Comparison& comparison, std::vector<std::string>& parts) {
  for (const bool is_new : turns_told(comparison)) {
    const auto count = std::count_if(comparison.findings.begin(), comparison.findings.end(),
                                     [&](const auto& change) { return change.is_new == is_new; });
    if (count > 0) {
      parts.push_back(
          fmt::format("{}{} finding{}", is_new ? "+" : "−", count, count == 1 ? "" : "s"));
    }
  }
}

std::string of_the_rest(const Variant& variant, const std::string& text) {
  return variant.missing.empty() ? text : "not known (" + text + " of the rest)";
}

/// "yes, down 2 min"
std::string fate_text(const std::optional<findings::SurvivalRow>& row) {
  if (!row) {
    return "not there";
  }
  std::string text(findings::name_of(row->survives));
  if (row->survives == findings::Verdict::not_exposed) {
    return text;
  }
  const std::string data = data_text(row->data);
  const std::string down = down_text(*row);
  const std::string users = users_text(*row);
  if (down != "–" || users != "–") {
    text += fmt::format(", down {} for {} of the users", down, users);
  }
  return data.empty() || data == "–" ? text : text + ", data lost " + data;
}

std::string strikes_text(const findings::SurvivalRow& row) {
  return row.scope.empty() ? "" : fmt::format(" ({})", row.scope);
}

/// "$900 missed", "99.95 % met", "2,000".
std::string declared_text(const std::optional<findings::DeclaredObjective>& objective) {
  if (!objective) {
    return "not declared";
  }
  if (!objective->is_met) {
    return objective->wanted;
  }
  return fmt::format("{} {}", objective->wanted,
                     *objective->is_met == base::Truth::yes  ? "met"
                     : *objective->is_met == base::Truth::no ? "missed"
                                                             : "undecided");
}

}  // namespace

std::string signed_money(base::Money money) {
  const bool is_less = money.micro_usd < 0;
  return (is_less ? "−" : "+") +
         findings::money_text({is_less ? -money.micro_usd : money.micro_usd});
}

std::string signed_time(double seconds) {
  return (seconds < 0 ? "−" : "+") + base::format_duration({std::abs(seconds)});
}

std::string availability_change(double base, double head) {
  constexpr int kMostDecimals = 7;
  for (int decimals = 2;; ++decimals) {
    const std::string before = fmt::format("{:.{}f}", base * 100, decimals);
    const std::string after = fmt::format("{:.{}f}", head * 100, decimals);
    const bool is_rounded_up =
        (after.starts_with("100.") && head < 1) || (before.starts_with("100.") && base < 1);
    if ((before != after && !is_rounded_up) || decimals == kMostDecimals) {
      return fmt::format("{} → {} %", before, after);
    }
  }
}

std::string headline(const Comparison& comparison) {
  std::vector<std::string> parts;
  add_lost(comparison, parts);
  add_objectives(comparison, parts);
  add_single_points(comparison, parts);
  const auto more = comparison.more_downtime_minutes();
  constexpr double kWorthTelling = 1.0 / 60;  // a second a year
  if (more && std::abs(*more) >= kWorthTelling && (comparison.lost.empty() || *more > 0)) {
    parts.push_back(availability_change(comparison.base.availability->value,
                                        comparison.head.availability->value));
  }
  add_cost(comparison, parts);
  add_paths(comparison, parts);
  add_findings(comparison, parts);
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : ", ") + part;
  }
  return text.empty() ? "nothing that matters differs" : text;
}

std::string rename_text(const findings::Rename& rename) {
  return fmt::format(
      "{} is {} now{}", rename.from, rename.to,
      rename.is_stated
          ? ""
          : fmt::format(", taken for the same for all else of it is alike; unless that "
                        "is stated (a `moved` block), the one is deleted{} and the "
                        "other made",
                        rename.risks_data ? " with its data" : ""));
}

std::string lost_text(const findings::LostReference& lost) {
  return fmt::format("{} names {}: it fails, or is elsewhere and not checked", lost.name,
                     lost.what);
}

std::string availability_text(const Variant& variant) {
  return of_the_rest(variant, variant.availability
                                  ? base::format_availability(variant.availability->value)
                                  : "nobody served");
}

std::string downtime_text(const Variant& variant) {
  return variant.availability ? of_the_rest(variant, downtime_text(*variant.availability)) : "–";
}

std::string points_text(const Variant& variant) {
  return of_the_rest(variant, std::to_string(variant.single_points));
}

std::string objective_change_text(const findings::ObjectiveChange& change) {
  return fmt::format("{}: {} → {}", change.what, declared_text(change.base),
                     declared_text(change.head));
}

std::string difference_text(const findings::Difference& difference) {
  if (difference.before.empty() && difference.after.empty()) {
    return difference.what + " differs";
  }
  if (difference.before == "there" || difference.after == "there") {
    return difference.what + (difference.after.empty() ? " is gone" : " is new");
  }
  const auto side = [](const std::string& text) { return text.empty() ? "–" : text; };
  return fmt::format("{} {} → {}", difference.what, side(difference.before),
                     side(difference.after));
}

std::string causes_text(const std::vector<std::string>& causes) {
  return causes.empty() ? "" : "because of " + base::join_words(causes);
}

FateTexts fate_texts(const findings::RowChange& change) {
  const findings::SurvivalRow& told = change.head ? *change.head : *change.base;
  FateTexts texts{case_name(told), fate_text(change.base), fate_text(change.head)};
  if (change.base && change.head && change.base->scope != change.head->scope) {
    texts.what = case_title(told.worst_case, told.mode);
    texts.base += strikes_text(*change.base);
    texts.head += strikes_text(*change.head);
  }
  return texts;
}

std::string scale_text(const std::optional<double>& seconds) {
  return !seconds                   ? "not known"
         : !std::isfinite(*seconds) ? "never"
         : *seconds <= 0            ? "at once"
                                    : base::format_duration({*seconds});
}

std::string ways_text(const Variant& variant) {
  return variant.attack_paths ? of_the_rest(variant, std::to_string(*variant.attack_paths))
                              : "not known";
}

std::string bill_text(const Variant& variant) {
  const std::string unpriced =
      variant.unpriced > 0
          ? fmt::format("{} unpriced ({})", share_text(variant.unpriced_share), variant.unpriced)
          : "";
  if (!variant.cost_month) {
    return unpriced.empty() ? "nothing priced" : "nothing priced, " + unpriced;
  }
  std::string text = unpriced.empty() ? "" : unpriced + " · ";
  text += findings::money_text(*variant.cost_month) + " a month";
  if (variant.open > 0) {
    text += fmt::format(", {} per use", variant.open);
  }
  return text;
}

std::string cost_change_text(const findings::CostChange& change) {
  const base::Money more{change.head.micro_usd - change.base.micro_usd};
  if (more.micro_usd == 0) {
    return change.of + " not known: not all of it is priced in both";
  }
  return fmt::format("{} {} ({} → {}){}", change.of, signed_money(more),
                     findings::money_text(change.base), findings::money_text(change.head),
                     change.is_known ? "" : " of what is priced; not known in full");
}

}  // namespace outlast::report
