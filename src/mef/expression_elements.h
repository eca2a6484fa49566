#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "mef/expressions.h"

namespace outlast::mef {

/// An element with arguments: an operation has one line for each number of arguments.
struct ExpressionElement {
  std::string_view element;
  Operation operation;
  std::uint32_t least;
  std::uint32_t most;
};

inline constexpr std::uint32_t kAnyArguments = std::numeric_limits<std::uint32_t>::max();

/// What is read as an operation, and what an operation is written as.
inline constexpr ExpressionElement kExpressionElements[] = {
    {"neg", Operation::negative, 1, 1},
    {"add", Operation::add, 1, kAnyArguments},
    {"sub", Operation::subtract, 2, kAnyArguments},
    {"mul", Operation::multiply, 1, kAnyArguments},
    {"div", Operation::divide, 2, kAnyArguments},
    {"abs", Operation::absolute, 1, 1},
    {"exp", Operation::exp, 1, 1},
    {"log", Operation::log, 1, 1},
    {"log10", Operation::log10, 1, 1},
    {"sqrt", Operation::sqrt, 1, 1},
    {"pow", Operation::power, 2, 2},
    {"min", Operation::minimum, 1, kAnyArguments},
    {"max", Operation::maximum, 1, kAnyArguments},
    {"mean", Operation::mean, 1, kAnyArguments},
    {"exponential", Operation::exponential, 2, 2},
    {"GLM", Operation::glm, 4, 4},
    {"Weibull", Operation::weibull, 4, 4},
    {"periodic-test", Operation::periodic_test, 4, 4},
    {"periodic-test", Operation::periodic_repair, 5, 5},
    {"uniform-deviate", Operation::uniform_deviate, 2, 2},
    {"normal-deviate", Operation::normal_deviate, 2, 2},
    {"lognormal-deviate", Operation::lognormal_by_quantile, 3, 3},
    {"lognormal-deviate", Operation::lognormal_deviate, 2, 2},
    {"gamma-deviate", Operation::gamma_deviate, 2, 2},
    {"beta-deviate", Operation::beta_deviate, 2, 2},
    {"histogram", Operation::histogram, 3, kAnyArguments},
};

}  // namespace outlast::mef
