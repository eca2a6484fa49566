#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engines/cost/ledger.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// The bill of an architecture with other numbers of replicas; absent where it is none with these.
///
/// in  replicas  by component; the others stay as they are
[[nodiscard]] std::optional<engines::cost::Bill> bill_with(
    const Evaluation& evaluation, const catalog::Catalog& catalog,
    const std::map<std::string, std::int64_t>& replicas, const blueprint::OwnPrices& own,
    const engines::cost::Usage& usage);

/// What one architecture costs a month as a function of its users, servers grown to carry them.
class CostAtLoad {
 public:
  /// in  evaluation  with a blueprint; must outlive this
  ///     memory_gb   of what is billed for the time its requests take, by component
  CostAtLoad(const Evaluation& evaluation, const catalog::Catalog& catalog,
             std::map<std::string, double> memory_gb);

  /// The bill at so many users: what grows by a rule has as many replicas as carry them at 60 % of
  /// their processors, within its bounds; what is paid per use is used by their requests.
  /// cost  a validation and a bill; remembered
  [[nodiscard]] base::Money at(double users);
  [[nodiscard]] engines::cost::Bill bill_at(double users) const;

  /// Users beyond which some part cannot carry them, however far it grows; infinite where none is
  /// bounded.
  [[nodiscard]] double most_users() const { return most_users_; }
  /// The part that cannot; empty where none is bounded.
  [[nodiscard]] const std::string& bounded_by() const { return bounded_by_; }

  [[nodiscard]] const std::vector<blueprint::Assumption>& assumptions() const {
    return assumptions_;
  }

 private:
  struct Part {
    std::string id;
    double requests_month = 0;  ///< of one user
    double work_s = 0;          ///< on each
    double per_replica = 0;     ///< users that one carries; 0: it does not grow
    std::int64_t fewest = 1;
    std::int64_t most = 1;
  };

  const Evaluation& evaluation_;
  const catalog::Catalog& catalog_;
  std::map<std::string, double> memory_gb_;
  std::vector<Part> parts_;
  double most_users_ = std::numeric_limits<double>::infinity();
  std::string bounded_by_;
  std::vector<blueprint::Assumption> assumptions_;
  std::map<double, base::Money> known_;
};

}  // namespace outlast::pipeline
