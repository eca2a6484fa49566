#include "mef/probabilities.h"

#include <cmath>
#include <string>

#include "base/units.h"

namespace outlast::mef {

namespace {

/// What an operation is called, and what it takes to have a value.
struct Need {
  std::string_view name;
  std::string_view need;
};

Need need_of(Operation operation) {
  switch (operation) {
    case Operation::divide:
      return {"the quotient", "divide by what is not 0"};
    case Operation::log:
    case Operation::log10:
      return {"the logarithm", "it takes a number above 0"};
    case Operation::sqrt:
      return {"the root", "it takes a number from 0 on"};
    case Operation::exponential:
      return {"exponential", "rate and time are from 0 on"};
    case Operation::glm:
      return {"GLM", "it takes a probability, and two rates and a time from 0 on"};
    case Operation::weibull:
      return {"Weibull", "scale and shape are above 0, start and time from 0 on"};
    case Operation::periodic_test:
      return {"periodic-test",
              "the time between tests is above 0; rate, first test and time are from 0 on"};
    case Operation::periodic_repair:
      return {"periodic-test",
              "the time between tests is above 0; rates, first test and time are from 0 on"};
    case Operation::uniform_deviate:
      return {"uniform-deviate", "the lower bound comes first, and the upper one is above it"};
    case Operation::normal_deviate:
      return {"normal-deviate", "it takes a mean and a deviation above 0"};
    case Operation::lognormal_deviate:
      return {"lognormal-deviate", "the logarithm's deviation is above 0"};
    case Operation::lognormal_by_quantile:
      return {"lognormal-deviate",
              "the mean is above 0, the error factor above 1, its level between 0.5 and 1"};
    case Operation::gamma_deviate:
      return {"gamma-deviate", "shape and scale are above 0"};
    case Operation::beta_deviate:
      return {"beta-deviate", "both arguments are above 0"};
    case Operation::histogram:
      return {"histogram", "bounds rise, weights are from 0 on, and one is above 0"};
    default:
      return {"the result", "numbers are from -1.8e308 to 1.8e308"};
  }
}

/// Where the first number comes from that is none: what only takes such numbers is not told.
void tell_without_value(const Expressions& expressions, const MadeExpressions& made,
                        const std::vector<double>& values, Mistakes& mistakes) {
  for (const ExpressionId id : base::ids<ExpressionId>(expressions.size())) {
    if (std::isfinite(values[id.index])) {
      continue;
    }
    std::string of;
    bool is_first = true;
    for (const ExpressionId argument : expressions.arguments(id)) {
      const double value = values[argument.index];
      is_first = is_first && std::isfinite(value);
      of += (of.empty() ? " of " : ", ") + base::format_number(value);
    }
    if (is_first) {
      const Need need = need_of(expressions.operation(id));
      mistakes.error("OUT-E1520", made.span_of[id.index],
                     std::string(need.name) + of + " has no value", std::string(need.need));
    }
  }
}

}  // namespace

void fill_probabilities(const Definitions& definitions, const MadeExpressions& made,
                        double mission_time, Model& model, Mistakes& mistakes) {
  const std::vector<double> values = model.expressions.at_means(mission_time);
  tell_without_value(model.expressions, made, values, mistakes);
  for (const DefinitionId id : base::ids<DefinitionId>(definitions.size())) {
    const ExpressionId expression = made.of_definition[id.index];
    if (definitions[id].kind != DefinitionKind::basic_event || !expression.exists()) {
      continue;
    }
    const double value = values[expression.index];
    if (std::isfinite(value) && (value < 0 || value > 1)) {
      mistakes.error(
          "OUT-E1518", definitions.span_of(id),
          "the probability of " + definitions.full_name(id) + " is " + base::format_number(value),
          "it must be from 0 to 1");
    }
  }
  std::vector<double> probability;
  std::size_t without = 0;
  for (const Event& event : model.events) {
    probability.push_back(event.expression.exists() ? values[event.expression.index] : 0);
    without += event.expression.exists() ? 0 : 1;
  }
  if (without == model.events.size()) {
    return;
  }
  for (const Event& event : model.events) {
    if (!event.expression.exists()) {
      mistakes.error("OUT-E1519", event.span, event.name + " has no probability",
                     "give all events one, or none where only cut sets are wanted");
    }
  }
  model.probability = std::move(probability);
}

}  // namespace outlast::mef
