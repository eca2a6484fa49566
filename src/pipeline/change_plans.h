#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/attributes.h"
#include "catalog/catalog.h"
#include "engines/rollout/reach.h"
#include "failure/events.h"

namespace outlast::pipeline {

/// Which end of what nobody stated about a rollout.
enum class ChangeEnd { best, worst };

/// What is known of changes in general, from the catalog.
class ChangeFigures {
 public:
  explicit ChangeFigures(const catalog::Catalog& catalog) : catalog_(catalog) {}

  /// The ways in which a change is bad.
  [[nodiscard]] std::vector<engines::rollout::Badness> ways() const;
  /// Share of the changes that are bad, where the owners do not say.
  [[nodiscard]] double bad_share(failure::EventKind kind) const;
  /// How a rollout goes at one end of what is not stated.
  ///
  /// in   requests_per_s  at what is changed, of all its users; absent: not known
  [[nodiscard]] engines::rollout::Plan plan(const blueprint::Rollout& rollout,
                                            std::optional<double> requests_per_s,
                                            ChangeEnd end) const;
  /// What they rest on, for `assumptions`.
  [[nodiscard]] std::vector<blueprint::Assumption> assumptions() const;

 private:
  [[nodiscard]] double share(std::string_view name) const;
  [[nodiscard]] base::Duration duration(std::string_view name) const;

  const catalog::Catalog& catalog_;
};

/// What the two ends of a rollout differ in, in words; empty: it is known.
[[nodiscard]] std::vector<std::string> open_points(const blueprint::Rollout& rollout,
                                                   bool is_load_known);

}  // namespace outlast::pipeline
