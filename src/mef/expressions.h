#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.h"

namespace outlast::mef {

using ExpressionId = base::Id<struct ExpressionTag>;

/// What an expression computes from its arguments.
enum class Operation : std::uint8_t {
  constant,
  mission_time,
  negative,
  add,
  subtract,
  multiply,
  divide,
  absolute,
  exp,
  log,
  log10,
  sqrt,
  power,
  minimum,
  maximum,
  mean,
  exponential,            ///< λ, t
  glm,                    ///< γ, λ, μ, t
  weibull,                ///< α, β, t0, t
  periodic_test,          ///< λ, τ, θ, t: repaired at the test
  periodic_repair,        ///< λ, μ, τ, θ, t: repaired from the test on, with rate μ
  uniform_deviate,        ///< least, greatest
  normal_deviate,         ///< mean, standard deviation
  lognormal_deviate,      ///< μ, σ of the logarithm
  lognormal_by_quantile,  ///< mean, error factor, level
  gamma_deviate,          ///< shape k, scale θ
  beta_deviate,           ///< α, β
  histogram               ///< base, then upper bound and weight of each bin
};

[[nodiscard]] bool is_deviate(Operation operation);

/// Real-valued expressions that share their parts; arguments have smaller ids.
class Expressions {
 public:
  ExpressionId constant(double value);
  /// assumes the arguments are as many as the operation takes
  ExpressionId add(Operation operation, std::span<const ExpressionId> arguments);

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] bool has_deviates() const { return has_deviates_; }
  [[nodiscard]] Operation operation(ExpressionId id) const { return nodes_[id.index].operation; }
  [[nodiscard]] double number(ExpressionId id) const { return nodes_[id.index].number; }
  [[nodiscard]] std::span<const ExpressionId> arguments(ExpressionId id) const {
    return std::span(arguments_).subspan(nodes_[id.index].first, nodes_[id.index].count);
  }

  /// Leaves out of the trials what none of these needs, and gives each deviate that one of them
  /// needs a random stream by its place among them: whatever else is defined changes no draw.
  void draw_only_for(std::span<const ExpressionId> wanted);

  /// Values of all expressions, deviates at their means; not finite where one is undefined.
  [[nodiscard]] std::vector<double> at_means(double mission_time) const;

  /// Values of all expressions in one trial. Each deviate has a random stream of its own, so a
  /// parameter that many events use is one number in a trial.
  /// in  values  [size()], of a call before or of `at_means`; overwritten
  void draw(double mission_time, std::uint64_t seed, std::uint64_t trial,
            std::vector<double>& values) const;

 private:
  struct Node {
    Operation operation;
    std::uint32_t first = 0;  ///< into arguments_
    std::uint32_t count = 0;
    double number = 0;         ///< of a constant
    bool is_drawn = false;     ///< a deviate, or depends on one
    std::uint32_t stream = 0;  ///< of a deviate
  };
  template <class OfDeviate>
  void evaluate(double mission_time, bool all, OfDeviate of_deviate,
                std::vector<double>& values) const;

  std::vector<Node> nodes_;
  std::vector<ExpressionId> arguments_;
  bool has_deviates_ = false;
  std::uint32_t streams_ = 0;
};

}  // namespace outlast::mef
