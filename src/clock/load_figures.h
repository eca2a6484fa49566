#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "clock/load_model.h"

namespace outlast::clock {

/// The numbers of load: as the blueprint states them, else as the catalog has them, read at one end
/// of what is not known, each with the assumption that it is.
class LoadFigures {
 public:
  LoadFigures(const blueprint::Blueprint& bp, const catalog::Catalog& catalog, Strain strain)
      : bp_(bp), catalog_(catalog), strain_(strain) {}

  /// A number that nobody stated: what is likely, and at which ends it strains least and most.
  [[nodiscard]] double read(double likely, double low_strain, double high_strain) const {
    return strain_ == Strain::likely ? likely : strain_ == Strain::low ? low_strain : high_strain;
  }
  /// A figure that holds everywhere.
  [[nodiscard]] const catalog::Figure& general(std::string_view name) const;
  [[nodiscard]] double requests_per_user_s();
  /// Work on one request; absent where the provider grows the part as far as it takes.
  [[nodiscard]] const catalog::Figure* work_of(const blueprint::Component& c) const;
  [[nodiscard]] double work_s(const catalog::Figure& figure, const std::string& whose);
  /// The same where it was traced: that goes before what its type usually takes.
  [[nodiscard]] double traced_work_s(const blueprint::Component& c);
  [[nodiscard]] std::size_t processors_of(const blueprint::Component& c);
  /// Busy share of the servers that an autoscaler keeps.
  [[nodiscard]] double scale_level(const blueprint::Component& c);
  /// How the autoscaler of a group acts, where nothing says otherwise.
  struct Habit {
    double period_s = 60;
    std::size_t looks_out = 1;
    std::size_t looks_in = 1;
    std::optional<double> window_s;  ///< not needed for so long before it shrinks
  };
  [[nodiscard]] Habit habit_of(const blueprint::Component& c);

  /// Of how long ago what calls brought can be saved up for retries.
  /// in  matters  there is a budget: it is told
  [[nodiscard]] double retry_savings_s(bool matters);

  /// Share of the calls of a need that a full cache answers; 0 where there is none.
  [[nodiscard]] double hits_of(const blueprint::Need& need);
  /// Answers that its cache holds.
  [[nodiscard]] double items_of(const blueprint::Need& need);
  /// For how long some keep an address beyond its life.
  [[nodiscard]] double stale_s(const blueprint::Need& need);

  void assume(std::string name, std::string value, std::string source);
  [[nodiscard]] std::vector<blueprint::Assumption> take_assumptions() {
    return std::move(assumptions_);
  }

 private:
  const blueprint::Blueprint& bp_;
  const catalog::Catalog& catalog_;
  Strain strain_;
  std::vector<blueprint::Assumption> assumptions_;
  std::set<std::tuple<std::string, std::string, std::string>> told_;  ///< what is in them
};

}  // namespace outlast::clock
