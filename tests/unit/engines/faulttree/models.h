#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/gates.h"

namespace outlast::engines::faulttree {

/// Gates, and the one asked about.
struct Model {
  base::Gates gates;
  base::GateId top;

  base::GateId add() { return gates.variable(gates.add_variable()); }
  std::vector<base::GateId> add(std::size_t count) {
    std::vector<base::GateId> added;
    for (std::size_t i = 0; i < count; ++i) {
      added.push_back(add());
    }
    return added;
  }
};

/// Any of `groups` groups, each failing where two of its three replicas do; replica i fails
/// with its own event, with zone i and with the region.
inline Model zonal_groups(std::size_t groups) {
  Model m;
  const base::GateId region = m.add();
  const std::vector<base::GateId> zones = m.add(3);
  std::vector<base::GateId> down;
  for (std::size_t i = 0; i < groups; ++i) {
    std::vector<base::GateId> replicas;
    replicas.reserve(zones.size());
    for (base::GateId zone : zones) {
      replicas.push_back(m.gates.any({m.add(), zone, region}));
    }
    down.push_back(m.gates.at_least(2, replicas));
  }
  m.top = m.gates.any(down);
  return m;
}

/// Every variable paired with another: no order of them gives a small diagram.
inline Model tangle(std::size_t n) {
  Model m;
  const std::vector<base::GateId> x = m.add(n);
  std::vector<base::GateId> pairs;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t step : {1U, 7U, 19U, 31U}) {
      pairs.push_back(m.gates.all({x[i], x[(i * step + step) % n]}));
    }
  }
  m.top = m.gates.any(pairs);
  return m;
}

/// A draw below `end` that does not start small: rapidcheck's ranges grow with the test's size.
inline std::size_t draw_below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}

/// A random monotone formula of at most `max_variables` variables with much sharing: each gate
/// has inputs among the latest ones and among all before. Inside of properties only: it draws.
inline Model random_model(std::size_t max_variables) {
  Model m;
  std::vector<base::GateId> made = m.add(1 + draw_below(max_variables));
  const std::size_t gates = made.size() + draw_below(12);
  for (std::size_t i = 0; i < gates; ++i) {
    std::vector<base::GateId> inputs{made[i % made.size()]};
    const std::size_t count = 1 + draw_below(4);
    for (std::size_t j = 0; j < count; ++j) {
      inputs.push_back(made[draw_below(made.size())]);
    }
    switch (draw_below(3)) {
      case 0:
        made.push_back(m.gates.all(inputs));
        break;
      case 1:
        made.push_back(m.gates.any(inputs));
        break;
      default:
        made.push_back(m.gates.at_least(1 + draw_below(inputs.size()), inputs));
        break;
    }
  }
  const std::size_t last = std::min<std::size_t>(made.size(), 6);
  const std::vector<base::GateId> tops(made.end() - static_cast<std::ptrdiff_t>(last), made.end());
  m.top = m.gates.at_least(1 + draw_below(last), tops);
  return m;
}

/// A random model of which some variables are negated here and there.
inline Model random_model_with_negation(std::size_t max_variables) {
  Model m;
  std::vector<base::GateId> made = m.add(1 + draw_below(max_variables));
  const std::size_t variables = made.size();
  for (std::size_t i = 0; i < variables; ++i) {
    if (draw_below(2) == 0) {
      made.push_back(m.gates.negation(base::VariableId(i)));
    }
  }
  for (std::size_t i = 0; i < 2 * variables; ++i) {
    std::vector<base::GateId> inputs;
    for (std::size_t j = 0; j < 3; ++j) {
      inputs.push_back(made[draw_below(made.size())]);
    }
    made.push_back(m.gates.at_least(1 + draw_below(3), inputs));
  }
  m.top = made.back();
  return m;
}

inline std::vector<double> random_probabilities(std::size_t count) {
  std::vector<double> p;
  for (std::size_t i = 0; i < count; ++i) {
    p.push_back(static_cast<double>(draw_below(1001)) / 1000.0);
  }
  return p;
}

/// Every assignment tried: slow and obvious, but for words of 64 assignments at a time.
class BruteForce {
 public:
  explicit BruteForce(const Model& model) : variables_(model.gates.variable_count()) {
    const std::size_t assignments = std::size_t{1} << variables_;
    for (std::size_t first = 0; first < assignments; first += 64) {
      const std::uint64_t word = truth_of(model, first);
      for (std::size_t i = first; i < std::min(assignments, first + 64); ++i) {
        truth_.push_back((word >> (i - first) & 1U) != 0);
      }
    }
  }

  [[nodiscard]] bool is_true(std::uint32_t mask) const { return truth_[mask]; }
  [[nodiscard]] std::size_t assignments() const { return truth_.size(); }

  [[nodiscard]] double probability(const std::vector<double>& p) const {
    double sum = 0.0;
    for (std::uint32_t mask = 0; mask < truth_.size(); ++mask) {
      double product = truth_[mask] ? 1.0 : 0.0;
      for (std::size_t i = 0; i < variables_; ++i) {
        product *= (mask >> i & 1U) != 0 ? p[i] : 1.0 - p[i];
      }
      sum += product;
    }
    return sum;
  }

  [[nodiscard]] bool is_minimal_cut(std::uint32_t mask) const {
    bool is_minimal = truth_[mask];
    for (std::size_t i = 0; i < variables_; ++i) {
      is_minimal = is_minimal && ((mask >> i & 1U) == 0 || !truth_[mask ^ (1U << i)]);
    }
    return is_minimal;
  }

  /// Is it always true where `happened` have and `absent` have not?
  [[nodiscard]] bool is_implicant(std::uint32_t happened, std::uint32_t absent) const {
    for (std::uint32_t mask = 0; mask < truth_.size(); ++mask) {
      if ((mask & happened) == happened && (mask & absent) == 0 && !truth_[mask]) {
        return false;
      }
    }
    return true;
  }

 private:
  /// The top in 64 assignments from `first` on.
  static std::uint64_t truth_of(const Model& model, std::size_t first) {
    std::vector<std::uint64_t> value;
    for (std::size_t i = 0; i <= model.top.index; ++i) {
      value.push_back(value_of(model.gates, base::GateId(i), first, value));
    }
    return value.back();
  }

  static std::uint64_t value_of(const base::Gates& gates, base::GateId gate, std::size_t first,
                                const std::vector<std::uint64_t>& value) {
    const auto inputs = gates.inputs(gate);
    std::vector<std::uint64_t> least{~std::uint64_t{0}};  // at least j of the inputs so far
    for (const base::GateId input : inputs) {
      least.push_back(0);
      for (std::size_t j = least.size() - 1; j > 0; --j) {
        least[j] |= least[j - 1] & value[input.index];
      }
    }
    switch (gates.kind(gate)) {
      case base::GateKind::constant_false:
        return 0;
      case base::GateKind::constant_true:
        return ~std::uint64_t{0};
      case base::GateKind::variable:
        return of_variable(gates.variable_of(gate).index, first);
      case base::GateKind::negation:
        return ~value[inputs.front().index];
      case base::GateKind::any:
        return least[1];
      case base::GateKind::all:
        return least[inputs.size()];
      default:
        return least[gates.threshold(gate)];
    }
  }

  static std::uint64_t of_variable(std::size_t variable, std::size_t first) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      word |= std::uint64_t{(first + i) >> variable & 1U} << i;
    }
    return word;
  }

  std::size_t variables_;
  std::vector<bool> truth_;
};

}  // namespace outlast::engines::faulttree
