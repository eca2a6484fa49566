#include "base/series.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace outlast::base {
namespace {

/// A gate as one term; nothing where it is none.
std::optional<SeriesTerm> term_of(const Gates& gates, GateId gate) {
  if (gates.kind(gate) == GateKind::variable) {
    return SeriesTerm{gates.variable_of(gate), {}};
  }
  const auto inputs = gates.inputs(gate);
  const bool is_pair = gates.kind(gate) == GateKind::all && inputs.size() == 2 &&
                       gates.kind(inputs[0]) == GateKind::variable &&
                       gates.kind(inputs[1]) == GateKind::variable;
  return is_pair
             ? std::optional(SeriesTerm{gates.variable_of(inputs[0]), gates.variable_of(inputs[1])})
             : std::nullopt;
}

/// Reads one top after the other.
class SeriesReader {
 public:
  explicit SeriesReader(const Gates& gates)
      : gates_(gates),
        number_(gates.variable_count(), kNone),
        begins_(number_.size() / kBits + 1, 0),
        here_(number_.size()) {}

  /// out  ascending by variable; nothing where the gate is more than a series
  std::optional<std::vector<std::uint32_t>> read(GateId top) {
    std::fill(begins_.begin(), begins_.end(), 0);
    is_used_.assign(number_.size(), false);
    count_ = 0;
    return find(top) ? std::optional(list()) : std::nullopt;
  }

  std::vector<SeriesTerm> take_terms() { return std::move(terms_); }

 private:
  static constexpr std::size_t kBits = 64;
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  bool find(GateId top) {
    std::vector<bool> is_seen(top.index + std::size_t{1}, false);
    std::vector<GateId> open = {top};
    is_seen[top.index] = true;
    while (!open.empty()) {
      const GateId gate = open.back();
      open.pop_back();
      if (gates_.kind(gate) == GateKind::any) {
        for (const GateId input : gates_.inputs(gate)) {
          if (!is_seen[input.index]) {
            is_seen[input.index] = true;
            open.push_back(input);
          }
        }
        continue;
      }
      const auto term = term_of(gates_, gate);
      if (!term || !add(*term)) {
        return false;
      }
    }
    return true;
  }

  /// out  does it share no variable with another of this top?
  bool add(const SeriesTerm& term) {
    const std::size_t v = term.variable.index;
    begins_[v / kBits] |= std::uint64_t{1} << (v % kBits);
    here_[v] = number_of(term);
    ++count_;
    return use(term.variable) && (!term.with.exists() || use(term.with));
  }

  bool use(VariableId variable) {
    const bool is_new = !is_used_[variable.index];
    is_used_[variable.index] = true;
    return is_new;
  }

  /// Most variables begin one term alone: the last one is looked at first.
  std::uint32_t number_of(const SeriesTerm& term) {
    std::uint32_t at = number_[term.variable.index];
    while (at != kNone && !(terms_[at] == term)) {
      at = before_[at];
    }
    if (at == kNone) {
      at = static_cast<std::uint32_t>(terms_.size());
      terms_.push_back(term);
      before_.push_back(std::exchange(number_[term.variable.index], at));
    }
    return at;
  }

  [[nodiscard]] std::vector<std::uint32_t> list() const {
    std::vector<std::uint32_t> terms;
    terms.reserve(count_);
    for (std::size_t word = 0; word < begins_.size(); ++word) {
      for (std::uint64_t left = begins_[word]; left != 0; left &= left - 1) {
        terms.push_back(here_[word * kBits + static_cast<std::size_t>(std::countr_zero(left))]);
      }
    }
    return terms;
  }

  const Gates& gates_;
  std::vector<SeriesTerm> terms_;
  std::vector<std::uint32_t> number_;  ///< by variable: the last term that it begins, or `kNone`
  std::vector<std::uint32_t> before_;  ///< by term: the one before that the variable begins

  // Of the top at hand.
  std::vector<std::uint64_t> begins_;  ///< a bit for each variable: the first one of a term
  std::vector<bool> is_used_;
  std::vector<std::uint32_t> here_;  ///< by variable: the number of the term
  std::size_t count_ = 0;
};

}  // namespace

Series read_series(const Gates& gates, const std::vector<GateId>& tops) {
  SeriesReader reader(gates);
  Series out;
  for (const GateId top : tops) {
    out.of_top.push_back(reader.read(top));
  }
  out.terms = reader.take_terms();
  return out;
}

}  // namespace outlast::base
