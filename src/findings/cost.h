#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "engines/cost/bill.h"

/// What an architecture costs: the answer, as report prints it.
namespace outlast::findings {

/// Something that is paid for and idle.
struct Waste {
  std::string rule;                    ///< name of the rule: "unattached"
  std::vector<std::string> addresses;  ///< the first is what it is about
  base::Money saves;                   ///< a month, of lines that have a price
  /// More downtime without it, of all users; absent where that was not worked out.
  std::optional<double> hours_lost_per_year;
};

/// What outages cost the owners in a year, by the value they gave a journey.
struct JourneyLoss {
  std::string journey;
  base::Money per_year;
  base::Money low, high;  ///< by what is not known
};

/// What a worst case costs each time, in the value of the journeys that it stops.
struct CaseLoss {
  std::string worst_case;
  std::string mode;
  std::string scope;
  base::Money once;  ///< over the median time; of soft needs the share of the value that they are
};

/// What a provider is expected to pay back in a year for outages of what a component rests on.
struct ExpectedCredit {
  std::string component;
  base::Money per_year;
  std::string source, as_of, trust;
};

struct CostAtLoad {
  double users = 0;
  base::Money monthly;
};

/// "$1,240", "$1,240.05".
[[nodiscard]] std::string money_text(base::Money money);

struct Cost {
  engines::cost::Bill bill;
  std::optional<base::Money> budget;  ///< a month, where one was declared
  /// Is it kept? Absent where what is not priced decides, or where there is none.
  std::optional<bool> is_within_budget;
  std::vector<Waste> idle;  ///< the dearest first
  base::Money idle_monthly;
  std::vector<JourneyLoss> losses;      ///< of journeys with a value
  std::vector<CaseLoss> case_losses;    ///< of cases that end, the dearest first
  std::vector<ExpectedCredit> credits;  ///< of a cent and more, by component
  base::Money credits_per_year;
  std::vector<CostAtLoad> by_users;  ///< empty where what users ask is not stated
};

}  // namespace outlast::findings
