// Sets of events that catch every failure.
//
// Problem: where failure is rare, nearly all scenarios are wasted on its absence. One that starts
//   from events that any failure must contain is worth as many more as those events are rare.
// Formulation: a state is what has been taken to be true, events and gates, and what is still
//   asked: "at least n of the inputs of this gate from here on". The failures of a state are the
//   scenarios in which all of it holds. The first state asks for the top gate.
// Method: take the state whose events are the most probable, and answer one question in every way
//   there is: "the first input that is true is this one". Every failure of the state is one of a
//   child, so the events of all states together always are a cover, and each step makes it less
//   probable. A state that asks nothing more is a cut set. Of its questions a state answers the one
//   that is the least likely to be answered; what is true already, or has only one answer, costs no
//   step. States that contain a finished set add nothing and are dropped.
// Why it ends: every answer asks for less than its question; and it stops earlier where the
//   unfinished states do not matter any more, or the budget is reached.
// Source: the descent is MOCUS (Fussell & Vesely 1972), best first; what the sets are for stands
//   in sampler.cc.
// Limits: what must not happen is not asked, so that a set may be one that never suffices: a cover
//   holds all failures, and more than need be where events are negated.

#include "engines/montecarlo/cover.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

namespace outlast::engines::montecarlo {
namespace {

using Slot = std::uint32_t;

/// Unfinished states no longer matter below this share of the finished sets.
constexpr double kNegligible = 0.01;
constexpr double kLeastDouble = std::numeric_limits<double>::min();

/// At least `need` inputs of an operation, at `from` or later.
struct Question {
  std::uint32_t operation;
  std::uint32_t from;
  std::uint32_t need;
};

struct State {
  std::vector<Slot> taken;  ///< ascending; events come first
  std::vector<Question> questions;
  double probability = 1;  ///< of its events
  std::size_t number = 0;  ///< in the order of making
};

/// The most probable first, then the oldest.
struct Later {
  bool operator()(const State& a, const State& b) const {
    return a.probability != b.probability ? a.probability < b.probability : a.number > b.number;
  }
};

class Search {
 public:
  Search(const Program& program, std::span<const double> p) : program_(program), p_(p) {
    guess_.assign(p.begin(), p.end());
    for (const Operation& op : program.operations()) {
      guess_.push_back(guess_of(op));
    }
  }

  Cover run(const CoverBudget& budget) {
    State first;
    take(first, program_.top());
    add(std::move(first));
    for (std::size_t step = 0; step < budget.steps && !open_.empty(); ++step) {
      const bool is_enough = open_total_ <= kNegligible * cover_.total;
      if (is_enough || cover_.sets.size() + open_.size() >= budget.sets) {
        break;
      }
      State state = open_.top();
      open_.pop();
      open_total_ -= state.probability;
      answer(state);
    }
    for (; !open_.empty(); open_.pop()) {
      if (!contains_finished(open_.top())) {
        finish(open_.top());
      }
    }
    return std::move(cover_);
  }

 private:
  [[nodiscard]] std::span<const Slot> inputs(const Operation& op) const {
    return std::span(program_.inputs()).subspan(op.first, op.count);
  }

  /// How likely an operation is true; only to choose by.
  [[nodiscard]] double guess_of(const Operation& op) const {
    double all = 1;
    double sum = 0;
    for (const Slot input : inputs(op)) {
      all *= guess_[input];
      sum += guess_[input];
    }
    if (op.k == op.count) {
      return all;
    }
    double guess = 1;
    for (std::uint32_t i = 1; i <= op.k; ++i) {
      guess *= sum / i;
    }
    return std::min(1.0, guess);
  }

  void take(State& state, Slot slot) const {
    const auto at = std::lower_bound(state.taken.begin(), state.taken.end(), slot);
    if (at != state.taken.end() && *at == slot) {
      return;
    }
    state.taken.insert(at, slot);
    if (slot < p_.size()) {
      // What may happen stays possible: below the least double a set is taken for that likely.
      const bool may_be = state.probability > 0 && p_[slot] > 0;
      state.probability = may_be ? std::max(state.probability * p_[slot], kLeastDouble) : 0;
      return;
    }
    const auto operation = static_cast<std::uint32_t>(slot - p_.size());
    state.questions.push_back({operation, 0, program_.operations()[operation].k});
  }

  [[nodiscard]] static bool is_taken(const State& state, Slot slot) {
    return std::binary_search(state.taken.begin(), state.taken.end(), slot);
  }

  /// Inputs a question is still about, and how many of them it needs; 0: it is answered.
  struct Rest {
    std::vector<std::uint32_t> places;  ///< of inputs not taken
    std::uint32_t need = 0;
  };
  [[nodiscard]] Rest rest_of(const State& state, const Question& question) const {
    Rest rest;
    rest.need = question.need;
    const auto in = inputs(program_.operations()[question.operation]);
    for (std::uint32_t i = question.from; i < in.size() && rest.need > 0; ++i) {
      if (is_taken(state, in[i])) {
        --rest.need;
      } else {
        rest.places.push_back(i);
      }
    }
    return rest;
  }

  /// Drops questions that are answered and answers those with one answer; false: there is none.
  [[nodiscard]] bool settle(State& state) const {
    for (std::size_t q = 0; q < state.questions.size();) {
      const Question question = state.questions[q];
      const Rest rest = rest_of(state, question);
      if (rest.places.size() < rest.need) {
        return false;
      }
      if (rest.need > 0 && rest.places.size() > rest.need) {
        ++q;
        continue;
      }
      state.questions.erase(state.questions.begin() + static_cast<std::ptrdiff_t>(q));
      if (rest.need > 0) {
        const auto in = inputs(program_.operations()[question.operation]);
        for (const std::uint32_t place : rest.places) {
          take(state, in[place]);
        }
        q = 0;  // what is true now may answer earlier ones
      }
    }
    return true;
  }

  void add(State state) {
    if (!settle(state) || state.probability <= 0 || contains_finished(state)) {
      return;
    }
    if (state.questions.empty()) {
      finish(state);
      return;
    }
    state.number = made_++;
    open_total_ += state.probability;
    open_.push(std::move(state));
  }

  void answer(const State& state) {
    if (contains_finished(state)) {
      return;
    }
    const std::size_t chosen = least_likely_question(state);
    const Question question = state.questions[chosen];
    const Rest rest = rest_of(state, question);
    const auto in = inputs(program_.operations()[question.operation]);
    for (std::size_t i = 0; i + rest.need <= rest.places.size(); ++i) {
      const std::uint32_t place = rest.places[i];
      // Inputs taken before that count already stand before this place or after it.
      const auto passed = static_cast<std::uint32_t>(place - question.from - i);
      State child = state;
      child.questions.erase(child.questions.begin() + static_cast<std::ptrdiff_t>(chosen));
      if (question.need > passed + 1) {
        child.questions.push_back({question.operation, place + 1, question.need - passed - 1});
      }
      take(child, in[place]);
      add(std::move(child));
    }
  }

  [[nodiscard]] std::size_t least_likely_question(const State& state) const {
    std::size_t best = 0;
    double least = 0;
    for (std::size_t q = 0; q < state.questions.size(); ++q) {
      const auto in = inputs(program_.operations()[state.questions[q].operation]);
      double sum = 0;
      for (const std::uint32_t place : rest_of(state, state.questions[q]).places) {
        sum += guess_[in[place]];
      }
      if (q == 0 || sum < least) {
        best = q;
        least = sum;
      }
    }
    return best;
  }

  [[nodiscard]] std::span<const Slot> events_of(const State& state) const {
    const auto end = std::lower_bound(state.taken.begin(), state.taken.end(), p_.size());
    return {state.taken.begin(), end};
  }

  /// Does one of the finished sets lie within the state's events?
  [[nodiscard]] bool contains_finished(const State& state) {
    const auto events = events_of(state);
    std::vector<std::uint32_t> touched;
    bool is_contained = false;
    for (const Slot event : events) {
      for (const std::uint32_t set : sets_with_[event]) {
        touched.push_back(set);
        is_contained = ++found_[set] == cover_.sets[set].size() || is_contained;
      }
    }
    for (const std::uint32_t set : touched) {
      found_[set] = 0;
    }
    return is_contained;
  }

  void finish(const State& state) {
    const auto events = events_of(state);
    for (const Slot event : events) {
      sets_with_[event].push_back(static_cast<std::uint32_t>(cover_.sets.size()));
    }
    cover_.sets.emplace_back(events.begin(), events.end());
    cover_.probability.push_back(state.probability);
    cover_.total += state.probability;
    found_.push_back(0);
  }

  const Program& program_;
  std::span<const double> p_;
  std::vector<double> guess_;  ///< by slot
  std::priority_queue<State, std::vector<State>, Later> open_;
  double open_total_ = 0;
  std::size_t made_ = 0;
  Cover cover_;
  std::vector<std::vector<std::uint32_t>> sets_with_ =
      std::vector<std::vector<std::uint32_t>>(p_.size());
  std::vector<std::uint32_t> found_;  ///< by set: its events seen just now
};

}  // namespace

Cover find_cover(const Program& program, std::span<const double> p, const CoverBudget& budget) {
  return Search(program, p).run(budget);
}

}  // namespace outlast::engines::montecarlo
