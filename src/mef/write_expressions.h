#pragma once

#include <string>
#include <vector>

#include "mef/expressions.h"

namespace outlast::mef {

/// The shortest digits that are read back as the same number.
[[nodiscard]] std::string digits_of(double value);

/// Expressions as XML. What several use, and every deviate, becomes a parameter: it is one number in
/// a trial, and its parameters are read in the order in which the deviates were, so that the same
/// seed draws the same numbers.
class ExpressionWriter {
 public:
  /// in  wanted  what is going to be asked for; absent ones are passed over
  ExpressionWriter(const Expressions& expressions, const std::vector<ExpressionId>& wanted);

  /// Definitions of all parameters, one a line.
  [[nodiscard]] std::string parameters() const;
  /// One expression, with references to the parameters.
  [[nodiscard]] std::string use(ExpressionId id) const;

 private:
  void append(ExpressionId id, bool is_definition, std::string& out) const;

  const Expressions& expressions_;
  std::vector<std::size_t>
      parameter_;  ///< by expression: its number from 1 on; 0: written in place
};

}  // namespace outlast::mef
