#include "explain/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.h"
#include "explain/copy_questions.h"
#include "explain/place_questions.h"
#include "explain/settled_conditions.h"
#include "failure/dependence.h"
#include "pipeline/open_questions.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Need;
using blueprint::Provenance;
using blueprint::Value;

namespace {

constexpr std::int64_t kMostTriedReplicas = 3;
constexpr double kLongBuffer_s = 86'400;

/// "1", "2" and "3", or of many the least, the middle and the most.
std::vector<std::int64_t> some_numbers(std::int64_t most) {
  if (most <= kMostTriedReplicas) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 1; i <= most; ++i) {
      all.push_back(i);
    }
    return all;
  }
  return {1, (most + 1) / 2, most};
}

class Questions {
 public:
  Questions(const Draft& draft, const Blueprint& bp, const catalog::Catalog& catalog)
      : draft_(draft), bp_(bp), catalog_(catalog) {}

  std::vector<Asked> ask() {
    ask_for_types();
    ask_for_conditions();
    ask_for_targets();
    ask_for_dangling();
    ask_for_edges();
    add(place_questions(draft_, bp_));
    for (const DraftComponent& c : draft_.components) {
      if (const ComponentId id = bp_.find(c.id); id.exists() && !c.scope.is_unknown()) {
        ask_for_numbers(bp_[id]);
      }
    }
    ask_for_buffers();
    add(copy_questions(bp_, catalog_));
    return std::move(asked_);
  }

 private:
  void add(std::vector<Asked> more) {
    std::move(more.begin(), more.end(), std::back_inserter(asked_));
  }

  /// What was not understood may be anything: no outcome of it can be tried.
  void ask_for_types() {
    for (const std::string& type : bp_.coverage().unknown_types) {
      Asked asked;
      asked.question.question = "what " + type + " is, and what needs it";
      asked.question.answer_with = "components: {ITS ADDRESS: {type: …}}";
      for (const auto& resource : draft_.resources) {
        if (resource.type == type) {
          asked.question.evidence = resource.evidence;
          break;
        }
      }
      asked_.push_back(std::move(asked));
    }
  }

  /// Whether what is made under a condition is there: one answer for all of it.
  void ask_for_conditions() {
    for (const blueprint::OpenCondition& condition : draft_.conditions) {
      std::set<std::string> under;
      std::vector<std::string> names;
      for (const DraftComponent& c : draft_.components) {
        if (c.made_if == condition.address) {
          under.insert(c.id);
          names.push_back(c.name.value_or(c.id));
        }
      }
      Asked asked;
      asked.question.question = names.empty()
                                    ? fmt::format("does the condition {} hold?", condition.address)
                                    : fmt::format("does the condition {} hold, which makes {}?",
                                                  condition.address, base::join_words(names, 3));
      for (const std::string& parameter : condition.parameters) {
        asked.question.answer_with += asked.question.answer_with.empty() ? "" : " ";
        asked.question.answer_with += fmt::format("--param {}=…", parameter);
      }
      asked.question.evidence = condition.evidence;
      if (!under.empty()) {
        asked.question.outcomes = {"it holds", "it does not"};
        asked.settle.emplace_back([at = condition.address, under](Draft& draft) {
          make_under_condition(at, under, draft);
        });
        asked.settle.emplace_back([at = condition.address, under](Draft& draft) {
          leave_out_under_condition(at, under, draft);
        });
      }
      asked_.push_back(std::move(asked));
    }
  }

  /// What only passes users on and names nobody: whom it serves cannot be tried.
  void ask_for_targets() {
    for (const Component& c : bp_.components()) {
      if (pipeline::forwards_nowhere(bp_, c)) {
        Asked asked;
        asked.question.question = "what " + c.name + " forwards to";
        asked.question.answer_with =
            fmt::format("components: {{{}: {{needs: [ITS TARGET]}}}}", c.id);
        asked.question.evidence = c.evidence;
        asked_.push_back(std::move(asked));
      }
    }
  }

  /// What is named and in no input may be anything: no outcome of it can be tried.
  void ask_for_dangling() {
    for (const Component& c : bp_.components()) {
      for (const blueprint::Mark& mark : c.marks) {
        if (mark.finding == "dangling_reference") {
          Asked asked;
          asked.question.question =
              fmt::format("what answers to {}, which {} names", mark.about, c.name);
          asked.question.answer_with =
              fmt::format("components: {{{}: {{needs: [ITS TARGET]}}}}", c.name);
          asked.question.evidence = mark.evidence;
          asked_.push_back(std::move(asked));
        }
      }
    }
  }

  void ask_for_edges() {
    std::set<std::pair<ComponentId, std::vector<ComponentId>>> told;
    for (const Need& need : bp_.needs()) {
      const bool is_open = need.confidence == Confidence::inferred && failure::stops(need.strength);
      if (is_open && told.insert({need.from, need.any_of}).second) {
        ask_for_edge(need);
      }
    }
  }

  void ask_for_edge(const Need& need) {
    std::vector<std::string> targets;
    std::vector<std::string> names;
    for (const ComponentId id : need.any_of) {
      targets.push_back(bp_[id].id);
      names.push_back(bp_[id].name);
    }
    const std::string from = bp_[need.from].id;
    Asked asked;
    asked.question.question =
        fmt::format("does {} need {}?", bp_[need.from].name, base::join_words(names));
    asked.question.answer_with = fmt::format("if it does: components: {{{}: {{needs: [{}]}}}}",
                                             bp_[need.from].name, names.front());
    asked.question.outcomes = {"it does", "it does not"};
    asked.question.evidence = need.evidence;
    const auto change = [from, targets](Draft& draft, const auto& with) {
      DraftComponent* c = component_of(draft, from);
      if (c == nullptr) {
        return;
      }
      const auto is_meant = [&](const DraftNeed& n) {
        return n.any_of == targets && n.confidence == Confidence::inferred;
      };
      with(c->needs, is_meant);
      for (auto& placement : c->placements) {
        with(placement.local_needs, is_meant);
      }
    };
    asked.settle.emplace_back([change](Draft& draft) {
      change(draft, [](std::vector<DraftNeed>& needs, const auto& is_meant) {
        for (DraftNeed& n : needs) {
          n.confidence = is_meant(n) ? Confidence::stated : n.confidence;
        }
      });
    });
    asked.settle.emplace_back([change](Draft& draft) {
      change(draft, [](std::vector<DraftNeed>& needs, const auto& is_meant) {
        std::erase_if(needs, is_meant);
      });
    });
    asked_.push_back(std::move(asked));
  }

  void ask_for_numbers(const Component& c) {
    const auto count = static_cast<std::int64_t>(c.replicas.size());
    if (c.replica_count.is_unknown()) {
      add_number(c, fmt::format("how many {} are there?", c.name), "replicas",
                 some_numbers(kMostTriedReplicas), [](DraftComponent& d, std::int64_t n) {
                   d.replicas = Value<std::int64_t>::of(n, Provenance::assumed);
                 });
    } else if (c.at_least_is_assumed && c.redundancy == blueprint::Redundancy::active_active) {
      add_number(c, fmt::format("how many of {} {} carry the load?", count, c.name), "at_least",
                 some_numbers(count), [](DraftComponent& d, std::int64_t n) {
                   d.at_least = Value<std::int64_t>::of(n, Provenance::assumed);
                 });
    }
  }

  void add_number(const Component& c, std::string question, std::string_view key,
                  const std::vector<std::int64_t>& numbers,
                  const std::function<void(DraftComponent&, std::int64_t)>& set) {
    Asked asked;
    asked.question.question = std::move(question);
    asked.question.answer_with = fmt::format("components: {{{}: {{{}: N}}}}", c.name, key);
    asked.question.evidence = c.evidence;
    for (const std::int64_t number : numbers) {
      asked.question.outcomes.push_back(std::to_string(number));
      asked.settle.emplace_back([id = c.id, number, set](Draft& draft) {
        if (DraftComponent* d = component_of(draft, id)) {
          set(*d, number);
        }
      });
    }
    asked_.push_back(std::move(asked));
  }

  void ask_for_buffers() {
    for (const Need& need : bp_.needs()) {
      if (!failure::is_buffered(need.strength) || need.buffer.is_known() ||
          need.confidence == Confidence::inferred) {
        continue;
      }
      std::vector<std::string> targets;
      for (const ComponentId id : need.any_of) {
        targets.push_back(bp_[id].id);
      }
      Asked asked;
      asked.question.question = fmt::format("how long does {} go on without {}?",
                                            bp_[need.from].name, bp_[need.any_of.front()].name);
      asked.question.answer_with = fmt::format(
          "components: {{{}: {{needs: [{{to: {}, strength: {}, buffer: …}}]}}}}",
          bp_[need.from].name, bp_[need.any_of.front()].name, blueprint::name_of(need.strength));
      asked.question.outcomes = {"not at all", "a day"};
      asked.question.evidence = need.evidence;
      for (const double buffer : {0.0, kLongBuffer_s}) {
        asked.settle.emplace_back([from = bp_[need.from].id, targets, buffer](Draft& draft) {
          DraftComponent* c = component_of(draft, from);
          for (std::size_t i = 0; c != nullptr && i < c->needs.size(); ++i) {
            if (c->needs[i].any_of == targets && !c->needs[i].buffer.is_known()) {
              c->needs[i].buffer = Value<base::Seconds>::of({buffer}, Provenance::assumed);
            }
          }
        });
      }
      asked_.push_back(std::move(asked));
    }
  }

  const Draft& draft_;
  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  std::vector<Asked> asked_;
};

}  // namespace

DraftComponent* component_of(Draft& draft, const std::string& id) {
  const auto found = std::find_if(draft.components.begin(), draft.components.end(),
                                  [&](const DraftComponent& c) { return c.id == id; });
  return found == draft.components.end() ? nullptr : &*found;
}

std::vector<Asked> open_questions(const Draft& draft, const Blueprint& bp,
                                  const catalog::Catalog& catalog) {
  return Questions(draft, bp, catalog).ask();
}

}  // namespace outlast::explain
