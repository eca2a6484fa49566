#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "findings/evaluation.h"
#include "findings/simulated.h"

/// What an answer rests on, as plain structs: what `outlast explain` prints.
namespace outlast::findings {

/// Users who notice.
struct Notice {
  std::string journey;
  double users = 0;              ///< share of all users
  std::optional<double> down_s;  ///< median; infinite: unbounded; absent where it was not timed
  /// Of a change, which reaches users step by step: one in ten is found and taken back later.
  std::optional<double> down_p90_s;
  double masked_share = 0;  ///< of requests that fail at first, where the journey goes on …
  double masked_s = 0;      ///< … for this long
  double soft_loss = 0;     ///< share of the journey's value that is lost meanwhile
};

/// Events that together stop users, and how: a cut set, played.
struct Witness {
  std::vector<std::string> events;  ///< "aws_db_instance.main fails"
  std::optional<double> per_year;   ///< how often they coincide; absent where it is not known
  std::optional<double> share_of_time;
  double downtime_minutes_per_year = 0;  ///< attributed to it, over all users
  std::vector<Step> cascade;
  std::vector<Notice> noticed;
};

/// A number and what it is made of: once in symbols, once with the numbers put in.
struct Formula {
  std::string name;     ///< "availability"
  std::string symbols;  ///< "1 − Σ share of users × down"
  std::string numbers;  ///< "1 − (0.7 × 0.00056 + 0.3 × 0.00075)"
  std::string result;   ///< "99.939 %"
};

/// Something an input says, or that was taken for it, and where.
struct Origin {
  std::string what;        ///< "replicas = 1"
  std::string provenance;  ///< "stated", "inferred", "catalog", "assumed", "unknown"
  blueprint::Evidence evidence;
};

/// A figure of the catalog.
struct Fact {
  std::string about;  ///< "aws_db_instance.main fails"
  std::string value;  ///< "every 22 months, for 20 min (90 % within 90 min)"
  std::string source;
  std::string date;
  std::string trust;  ///< "read in the source", "from memory of the source", "our estimate"
};

/// The way back from one answer to what it rests on.
struct Explanation {
  std::string kind;   ///< "finding", "case", "component", "place", "journey", "availability"
  std::string id;     ///< by which it can be asked for again
  std::string title;  ///< for people
  std::string claim;  ///< what is to be explained, in one sentence
  std::vector<Formula> formulas;
  std::vector<Witness> witnesses;  ///< the most costly first
  std::size_t further_witnesses = 0;
  std::vector<SurvivalRow> instances;  ///< of a case, the worst first
  std::string scenario;                ///< name of the day that is told; empty: none is
  std::vector<StoryLine> story;        ///< of it, by time
  std::vector<Origin> inputs;
  std::vector<Fact> facts;
  std::vector<blueprint::Assumption> assumptions;
};

}  // namespace outlast::findings
