// Where components lie: in which zones, in which of several, in one or spread over all.

#include "explain/place_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "blueprint/reached.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Provenance;
using blueprint::Value;

namespace {

class PlaceQuestions {
 public:
  PlaceQuestions(const Draft& draft, const Blueprint& bp)
      : draft_(draft),
        bp_(bp),
        is_reached_(blueprint::reached_from(bp, blueprint::entries_of(bp))) {}

  std::vector<Asked> ask() {
    for (const DraftComponent& c : draft_.components) {
      if (c.scope.is_unknown()) {
        ask_for_scope(c);
      }
    }
    ask_for_places();
    return std::move(asked_);
  }

 private:
  /// In one zone there is one of it; its provider may also spread it over several.
  void ask_for_scope(const DraftComponent& c) {
    Asked asked;
    asked.question.question =
        fmt::format("does {} lie in one zone, or in several?", c.name.value_or(c.id));
    asked.question.answer_with =
        fmt::format("components: {{{}: {{scope: zone}}}}, or region", c.name.value_or(c.id));
    asked.question.evidence = c.evidence;
    asked.question.outcomes = {"in one", "in several"};
    for (const auto scope : {blueprint::Scope::zone, blueprint::Scope::region}) {
      asked.settle.emplace_back([id = c.id, scope](Draft& draft) {
        if (DraftComponent* d = component_of(draft, id)) {
          d->scope = Value<blueprint::Scope>::of(scope, Provenance::assumed);
          d->replicas = Value<std::int64_t>::of(1, Provenance::assumed);
        }
      });
    }
    asked_.push_back(std::move(asked));
  }

  /// Where the places of one region lie among each other: first those that journeys rest on, then
  /// the others, which move no number.
  void ask_for_places() {
    using Key = std::tuple<bool, std::string, std::string>;  // does none rest on it, where
    std::map<Key, std::set<std::string>> places;
    std::map<Key, blueprint::Evidence> first;
    for (const DraftComponent& c : draft_.components) {
      const ComponentId id = bp_.find(c.id);
      const bool lies_in_zones =
          id.exists() && bp_[id].scope == blueprint::Scope::zone && !c.scope.is_unknown();
      if (!lies_in_zones) {
        continue;
      }
      const Key key(!is_reached_[id.index], bp_[id].provider, bp_[id].region.value_or(""));
      const auto add = [&](const std::string& label) {
        places[key].insert(label);
        first.try_emplace(key, c.evidence);
      };
      for (const auto& placement : c.placements) {
        if (!placement.zone.is_known()) {
          add(placement.label);
        }
      }
      if (c.placements.empty()) {
        add(c.id);
      }
      if (const auto zone = bp_[id].replicas.front().zone;
          zone.exists() && !bp_[zone].candidates.empty()) {
        ask_for_one_of(c, bp_[id]);
      }
    }
    for (auto& [key, labels] : places) {
      const auto& [is_aside, provider, region] = key;
      if (const auto also = places.find({false, provider, region});
          is_aside && also != places.end()) {
        std::erase_if(labels,
                      [&](const std::string& label) { return also->second.contains(label); });
      }
      if (labels.empty()) {
        continue;
      }
      ask_for_zones(region, {labels.begin(), labels.end()}, first.at(key));
    }
  }

  /// It lies in one of several places that are told.
  void ask_for_one_of(const DraftComponent& c, const Component& component) {
    Asked asked;
    asked.question.question =
        fmt::format("in which of its {} places does {} lie?", c.placements.size(), component.name);
    asked.question.answer_with =
        fmt::format("components: {{{}: {{zones: [ONE]}}}}", component.name);
    asked.question.evidence = c.evidence;
    constexpr std::size_t kMostPlaces = 3;
    for (std::size_t i = 0; i < std::min(kMostPlaces, c.placements.size()); ++i) {
      asked.question.outcomes.push_back(c.placements[i].zone.value_or(c.placements[i].label));
      asked.settle.emplace_back([id = c.id, i](Draft& draft) {
        if (DraftComponent* d = component_of(draft, id)) {
          d->placements = {d->placements[i]};
        }
      });
    }
    asked_.push_back(std::move(asked));
  }

  void ask_for_zones(const std::string& region, const std::vector<std::string>& labels,
                     const blueprint::Evidence& evidence) {
    Asked asked;
    asked.question.question = fmt::format(
        "in which zones {} {}", labels.size() == 1 ? "lies" : "lie", base::join_words(labels, 3));
    asked.question.answer_with = "components: {…: {zones: […]}}";
    asked.question.outcomes = {"all in one zone", "each in a zone of its own"};
    asked.question.evidence = evidence;
    const std::string stem = region.empty() ? "a zone" : region + " zone";
    for (const bool is_spread : {false, true}) {
      asked.settle.emplace_back([labels, stem, is_spread](Draft& draft) {
        for (DraftComponent& c : draft.components) {
          if (c.placements.empty() &&
              std::find(labels.begin(), labels.end(), c.id) != labels.end()) {
            c.placements.push_back({{}, c.id, {}});
          }
          for (auto& placement : c.placements) {
            const auto at = std::find(labels.begin(), labels.end(), placement.label);
            if (!placement.zone.is_known() && at != labels.end()) {
              const auto number = is_spread ? at - labels.begin() + 1 : 1;
              placement.zone =
                  Value<std::string>::of(fmt::format("{} {}", stem, number), Provenance::assumed);
            }
          }
        }
      });
    }
    asked_.push_back(std::move(asked));
  }

  const Draft& draft_;
  const Blueprint& bp_;
  std::vector<bool> is_reached_;
  std::vector<Asked> asked_;
};

}  // namespace

std::vector<Asked> place_questions(const Draft& draft, const Blueprint& bp) {
  return PlaceQuestions(draft, bp).ask();
}

}  // namespace outlast::explain
