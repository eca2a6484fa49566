#pragma once

#include <string>
#include <vector>

#include "findings/comparison.h"
#include "gate/decide_change.h"
#include "report/report.h"

/// Two architectures side by side, for people, pull requests and programs.
namespace outlast::report {

struct ComparisonContent {
  const findings::Comparison& comparison;
  const gate::ChangeDecision& decision;
  const base::Sources& sources;
  std::string base_name;  ///< of the blueprint
  std::string head_name;
};

[[nodiscard]] std::string comparison_text(const ComparisonContent& content, const TextStyle& style);

/// At most `kMostMarkdown` bytes.
/// in  book  of the language that it is told in; null: English
[[nodiscard]] std::string comparison_markdown(const ComparisonContent& content,
                                              const words::Phrasebook* book);

[[nodiscard]] std::string comparison_json(const ComparisonContent& content);

// Words that these share.

/// The change in one line: "+2 single points of failure {nat-a} {kms}, 99.95 → 99.91 %,
/// +$412 a month, +1 way to customers"; "nothing that matters differs" where that is so.
[[nodiscard]] std::string headline(const findings::Comparison& comparison);

/// "+$412", "−$80".
[[nodiscard]] std::string signed_money(base::Money money);

/// "+3.5 h", "−12 min".
[[nodiscard]] std::string signed_time(double seconds);

/// "99.95 → 99.91 %": as many decimals as it takes to see a difference.
[[nodiscard]] std::string availability_change(double base, double head);

/// "a is b now", and that it is only taken to be so.
[[nodiscard]] std::string rename_text(const findings::Rename& rename);

/// "web names db: it fails, or is elsewhere and not checked".
[[nodiscard]] std::string lost_text(const findings::LostReference& lost);

/// "99.95 %", "nobody served", "not known (99.95 % of the rest)".
[[nodiscard]] std::string availability_text(const findings::Variant& variant);
[[nodiscard]] std::string downtime_text(const findings::Variant& variant);
[[nodiscard]] std::string points_text(const findings::Variant& variant);

/// "replicas 2 → 1".
[[nodiscard]] std::string difference_text(const findings::Difference& difference);

/// "budget: $2,500 met → $900 missed", "users: not declared → 2,000".
[[nodiscard]] std::string objective_change_text(const findings::ObjectiveChange& change);

/// "because of database and web"; empty where no cause is known.
[[nodiscard]] std::string causes_text(const std::vector<std::string>& causes);

/// What a worst case comes to on either side, and where it strikes: told with each side where these
/// differ, "no, down 20 min (db)", else with the case. "not there" where a side has no such row.
struct FateTexts {
  std::string what;
  std::string base;
  std::string head;
};
[[nodiscard]] FateTexts fate_texts(const findings::RowChange& change);

/// "0 s", "never", "not known".
[[nodiscard]] std::string scale_text(const std::optional<double>& seconds);

/// "4", "not known".
[[nodiscard]] std::string ways_text(const findings::Variant& variant);

/// "20 % unpriced (3) · $1,240 a month, 1 per use": the share without a price first.
[[nodiscard]] std::string bill_text(const findings::Variant& variant);

/// "db −$80 ($120 → $40)", and whether that is all of it.
[[nodiscard]] std::string cost_change_text(const findings::CostChange& change);

}  // namespace outlast::report
