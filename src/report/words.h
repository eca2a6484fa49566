#pragma once

#include <string>

#include "base/source.h"
#include "findings/evaluation.h"
#include "gate/decide.h"
#include "report/addresses.h"

/// Words that all reports for people share.
namespace outlast::report {

/// "a server dies": the case alone, the same in every run.
[[nodiscard]] std::string case_title(std::string_view worst_case, std::string_view mode);

/// The case with its worst instance: "a server dies (database)".
[[nodiscard]] std::string case_name(const findings::SurvivalRow& row);

[[nodiscard]] std::string down_text(const findings::SurvivalRow& row);
[[nodiscard]] std::string users_text(const findings::SurvivalRow& row);
[[nodiscard]] std::string data_text(const findings::DataLost& data);
[[nodiscard]] std::string every_text(const findings::SurvivalRow& row);

/// "5.4 h down a year (between 5.3 h and 5.8 h by what is unknown)".
[[nodiscard]] std::string downtime_text(const findings::Availability& availability);

/// Of outages: "1 in 25 has none, half over 3 h, 1 in 10 over 12 h; objectives met in 84 %".
[[nodiscard]] std::string next_year_text(const findings::NextYear& next);

/// "a fails while b is down: once in 40 y, 30 % of the users".
[[nodiscard]] std::string double_fault_text(const findings::FaultSet& fault);

/// Downtime of planned work by who does it; empty where there is none.
[[nodiscard]] std::string planned_text(const findings::Resilience& resilience);

/// Upgrades that are forced within a year, each as a clause.
[[nodiscard]] std::vector<std::string> forced_upgrades(const findings::Resilience& resilience);

/// What coming back takes, by vendor; empty where the input shows none.
[[nodiscard]] std::string recovery_text(const findings::Resilience& resilience);

/// "secrets from aws; registrar and images from whom no input tells"; empty where nothing serves.
[[nodiscard]] std::string tools_text(const findings::Resilience& resilience);

/// "database fails once in 3.1 y (1.8 y before): 1 in 10 y (history.yaml:4)".
[[nodiscard]] std::string updated_text(const base::Sources& sources,
                                       const findings::UpdatedRate& rate);

/// What a fix changes and saves.
[[nodiscard]] std::string effects_text(const findings::Fix& fix);

/// "address (file:line)", or for JSON the pointer behind the file.
[[nodiscard]] std::string place_text(const base::Sources& sources,
                                     const blueprint::Evidence& evidence);

/// "file:line", behind it for JSON the pointer; empty where the evidence has no place.
[[nodiscard]] std::string line_text(LineFinder& lines, const base::Sources& sources,
                                    const blueprint::Evidence& evidence);

/// "users of checkout are served 99.9 % of the time".
[[nodiscard]] std::string objective_text(const gate::Objective& objective);

/// "ignored: reason (until 2027-01-31)", "in the baseline", or nothing.
[[nodiscard]] std::string mark_text(const gate::Decision& decision, std::size_t finding);

/// "3 findings are ignored", and how to see them; empty where there are none.
[[nodiscard]] std::string hidden_text(const gate::Decision& decision);

/// How the findings stand to the baseline; empty where there is none.
[[nodiscard]] std::string baseline_text(const gate::Decision& decision);

/// The outcome of the gate and what decides it: "failed: 4 findings and 1 objective".
[[nodiscard]] std::string gate_text(const gate::Decision& decision,
                                    const blueprint::Coverage& coverage);

/// "2 ways from the internet to data; 1 change closes them: aws_security_group.db"; empty: none.
/// Where the class of some data is known, the changes are those that close the ways to such data.
[[nodiscard]] std::string attacks_text(const findings::Security& security);

}  // namespace outlast::report
