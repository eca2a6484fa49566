#pragma once

#include <cstdint>
#include <vector>

#include "mef/definitions.h"

namespace outlast::mef {

/// A part of a definition's formula or expression, read but not yet given meaning.
struct Term {
  enum class Kind : std::uint8_t {
    reference,
    constant,  ///< k: 0 or 1
    conjunction,
    disjunction,
    negation,
    exclusive,
    equivalence,
    implication,
    at_least,     ///< k of its arguments
    cardinality,  ///< from k to most of its arguments
  };
  Kind kind = Kind::constant;
  std::uint32_t k = 0;  ///< also the definition of a reference
  std::uint32_t most = 0;
  std::uint32_t first = 0;  ///< into arguments
  std::uint32_t count = 0;
};

/// The formulas of all gates and house events; the terms of a definition lie together, arguments
/// first, so that the last one is the whole.
struct Terms {
  std::vector<Term> terms;
  std::vector<std::uint32_t> arguments;  ///< indices of terms
  std::vector<std::uint32_t> end;        ///< by definition: behind its terms; they begin where the
                                         ///< one before ends
  [[nodiscard]] std::uint32_t begin(std::size_t definition) const {
    return definition == 0 ? 0 : end[definition - 1];
  }
};

/// errors  OUT-E1512 an undefined name; OUT-E1513 an element that is no formula, a wrong number of
///         arguments, a threshold that makes no sense, a name of another kind than is said
[[nodiscard]] Terms read_terms(const std::vector<XmlFile>& files, Definitions& definitions,
                               Mistakes& mistakes);

}  // namespace outlast::mef
