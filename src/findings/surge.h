#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "blueprint/value.h"
#include "findings/evaluation.h"

/// What a surge of users does: the answer, as report prints it.
namespace outlast::findings {

/// Users grow from one number to another, straight, within a time; then they stay.
struct SurgeQuestion {
  double from_users = 100;
  double to_users = 1'000'000;
  double within_s = 600;

  [[nodiscard]] double users_at(double at_s) const {
    return from_users + (to_users - from_users) * std::min(1.0, at_s / within_s);
  }
};

/// A number that depends on what is not known.
struct Likely {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// How one part fares.
struct SurgePart {
  std::string id;  ///< of the component
  std::string name;
  std::string limit;  ///< what runs out: "2 replicas × 2 servers, grows to 40"
  Likely sustains;    ///< users that it can serve for good; infinite where it grows by itself
  std::optional<double> saturates_s;
  double at_users = 0;           ///< where it saturates
  bool is_bounded = false;       ///< else the provider grows it as far as it takes
  std::vector<double> use;       ///< busy share of its servers, over time
  std::vector<double> replicas;  ///< that work, over time
  std::vector<double> taken;     ///< requests a second that it works on, whatever comes of them
};

struct Surge {
  SurgeQuestion question;
  Verdict survives = Verdict::unknown;
  std::string because;
  std::optional<SurgePart> saturates_first;
  Likely at_users;  ///< when the first part saturates; infinite where none does
  std::optional<double> at_s;
  double lost_requests = 0;  ///< until users are served again, or the end of the run
  double lost_share = 0;     ///< at the worst moment
  double down_s = 0;         ///< time with more than one request in a hundred lost; may be infinite
  bool recovers = false;
  std::optional<double> recovered_s;
  Likely max_sustainable_users;
  std::string sustained_by;  ///< the part that bounds them; empty: none does
  std::string impatience;    ///< why not even few users are served; empty: they are
  double step_s = 1;
  std::vector<double> users;
  std::vector<double> offered;
  std::vector<double> served;
  std::vector<double> failed;
  std::vector<double> latency_s;
  std::vector<double> usd_per_hour;  ///< of what is priced; empty where nothing is
  std::vector<SurgePart> parts;      ///< the tightest first
  std::vector<TimedStep> story;      ///< who is full, who is slow or down because of it, what grows
  std::vector<blueprint::Assumption> assumptions;
};

/// "1,000,000", "any number of" where infinite.
/// assumes  no more than 1e15
[[nodiscard]] std::string count_text(double count);

}  // namespace outlast::findings
