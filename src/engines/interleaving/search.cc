// Every order in which processes can act.
//
// Problem. Two workers take turns at a shared record. Each check is right when it is made, and wrong
// when it is used. Tests meet the order that breaks it once in years; a search meets it at once.
//
// Method. A state is the values and where each process stands. From the first one, breadth first,
// each process that can act does; a state seen before is not looked at again. The first bad state
// met is a nearest one, and its parents are the way. Where none is met and the queue is empty, there
// is none: the state space is finite, and all of it was seen.
//
// Why it ends. Values and places are finite where guards bound what grows; the budget ends the rest,
// and then nothing is proved.

#include "engines/interleaving/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json_document.h"
#include "base/json_writer.h"

namespace outlast::engines::interleaving {
namespace {

/// Values, then the next step of each process.
using State = std::vector<std::int32_t>;

std::int32_t value_of(const Operand& operand, const State& state) {
  return operand.plus + (operand.variable ? state[*operand.variable] : 0);
}

bool holds(const Condition& condition, const State& state) {
  const std::int32_t left = value_of(condition.left, state);
  const std::int32_t right = value_of(condition.right, state);
  switch (condition.relation) {
    case Relation::less:
      return left < right;
    case Relation::at_most:
      return left <= right;
    case Relation::equal:
      return left == right;
    case Relation::unequal:
      return left != right;
    case Relation::at_least:
      return left >= right;
    case Relation::more:
      return left > right;
  }
  return false;
}

bool hold(const std::vector<Condition>& all, const State& state) {
  return std::all_of(all.begin(), all.end(),
                     [&](const Condition& condition) { return holds(condition, state); });
}

class Explorer {
 public:
  Explorer(const Protocol& protocol, std::size_t budget) : protocol_(protocol), budget_(budget) {}

  Search run() {
    State first = protocol_.begins;
    first.resize(first.size() + protocol_.processes.size(), 0);
    add(std::move(first), 0, 0, 0);
    Search out;
    for (std::size_t at = 0; at < seen_.size(); ++at) {
      if (hold(protocol_.never, seen_[at]->first)) {
        out.is_reached = true;
        out.way = way_to(at);
        break;
      }
      if (seen_.size() > budget_) {
        out.is_finished = false;
        break;
      }
      for (std::size_t p = 0; p < protocol_.processes.size(); ++p) {
        act(at, p);
      }
    }
    out.states = seen_.size();
    return out;
  }

 private:
  struct Origin {
    std::size_t parent = 0;
    std::size_t process = 0;
    std::size_t step = 0;
  };

  void add(State state, std::size_t parent, std::size_t process, std::size_t step) {
    const auto [known, is_new] =
        origins_.try_emplace(std::move(state), Origin{parent, process, step});
    if (is_new) {
      seen_.push_back(known);
    }
  }

  void act(std::size_t at, std::size_t p) {
    State next = seen_[at]->first;
    const std::size_t place = protocol_.begins.size() + p;
    const auto& steps = protocol_.processes[p].steps;
    const auto step = static_cast<std::size_t>(next[place]);
    if (hold(steps[step].when, seen_[at]->first)) {
      for (const Assignment& effect : steps[step].effects) {
        next[effect.variable] = value_of(effect.value, seen_[at]->first);
      }
      next[place] = static_cast<std::int32_t>((step + 1) % steps.size());
    } else if (steps[step].begins_again) {
      next[place] = 0;
    } else {
      return;
    }
    add(std::move(next), at, p, step);
  }

  [[nodiscard]] std::vector<Taken> way_to(std::size_t at) const {
    std::vector<Taken> way;
    for (; at != 0; at = seen_[at]->second.parent) {
      const Origin& origin = seen_[at]->second;
      const Process& process = protocol_.processes[origin.process];
      const auto& state = seen_[at]->first;
      const auto values = static_cast<std::ptrdiff_t>(protocol_.begins.size());
      way.push_back({process.name, process.steps[origin.step].what,
                     State(state.begin(), state.begin() + values)});
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

  const Protocol& protocol_;
  std::size_t budget_;
  std::map<State, Origin> origins_;
  std::vector<std::map<State, Origin>::const_iterator> seen_;
};

}  // namespace

Search search(const Protocol& protocol, std::size_t budget) {
  return Explorer(protocol, budget).run();
}

std::string search_text(const Protocol& protocol, const Search& search) {
  std::string out = protocol.title + "\n\n";
  if (!search.is_reached) {
    return out + (search.is_finished
                      ? fmt::format("cannot happen: none of {} states is bad\n", search.states)
                      : fmt::format("not known: {} states were looked at, and there are more\n",
                                    search.states));
  }
  std::vector<std::int32_t> before = protocol.begins;
  std::size_t number = 0;
  for (const Taken& taken : search.way) {
    std::string changes;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (taken.state[i] != before[i]) {
        changes += fmt::format("  {} = {}", protocol.variables[i], taken.state[i]);
      }
    }
    out += fmt::format("{:>4}  {:<12} {}{}\n", ++number, taken.process, taken.what, changes);
    before = taken.state;
  }
  return out + fmt::format("\ncan happen: in {} steps, and no fewer\n", number);
}

std::string search_json(const Protocol& protocol, const Search& search) {
  constexpr int kSchemaVersion = 1;
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.member("title", protocol.title);
  json.key("can_happen");
  search.is_reached || search.is_finished ? json.value(search.is_reached) : json.null();
  json.member("states", search.states);
  json.key("way");
  json.begin_array();
  for (const Taken& taken : search.way) {
    json.begin_object();
    json.member("process", taken.process);
    json.member("what", taken.what);
    json.key("state");
    json.begin_object();
    for (std::size_t i = 0; i < taken.state.size(); ++i) {
      json.member(protocol.variables[i], taken.state[i]);
    }
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace outlast::engines::interleaving
