#include <fmt/format.h>

#include <cmath>

#include "blueprint/blueprint_maker.h"

namespace outlast::blueprint {
namespace {

constexpr double kRoundingSlack = 1e-6;

}  // namespace

void BlueprintMaker::add_journeys() {
  for (const DraftJourney& draft : draft_.journeys) {
    add_journey(draft);
  }
  share_out_weights();
}

void BlueprintMaker::add_journey(const DraftJourney& draft) {
  Journey journey;
  journey.name = draft.name;
  journey.operations = operations_of(draft.operations, draft.evidence.span);
  if (!draft.excludes.empty()) {
    journey.operations &= ~operations_of(draft.excludes, draft.evidence.span);
  }
  journey.value_per_hour = draft.value_per_hour;
  journey.importance = draft.importance.value_or(Importance::normal);
  journey.availability = draft.availability;
  journey.is_inferred = draft.is_inferred;
  journey.evidence = draft.evidence;
  for (const DraftCohort& cohort : draft.cohorts) {
    const ComponentId enters =
        resolve(cohort.enters, cohort.span.exists() ? cohort.span : draft.evidence.span,
                fmt::format("journey {} enters", draft.name));
    journey.cohorts.push_back({cohort.name, 0, enters});
  }
  share_out_cohorts(draft, journey);
  bp_.journeys_.push_back(std::move(journey));
}

/// Cohorts that state no share get what the others leave, evenly.
void BlueprintMaker::share_out_cohorts(const DraftJourney& draft, Journey& journey) {
  double stated = 0;
  std::size_t open = 0;
  for (const DraftCohort& cohort : draft.cohorts) {
    stated += cohort.share.value_or({}).value;
    open += cohort.share.is_known() ? 0U : 1U;
  }
  const bool adds_up =
      open > 0 ? stated <= 1 + kRoundingSlack : std::abs(stated - 1) <= kRoundingSlack;
  if (!adds_up && !draft.cohorts.empty()) {
    diagnostics_.error(
        "OUT-E1230", draft.evidence.span,
        fmt::format("the cohorts of journey {} add up to {:.4g} %", draft.name, stated * 100),
        "shares add up to 100%; leave one out to give it the rest");
  }
  for (std::size_t i = 0; i < draft.cohorts.size(); ++i) {
    journey.cohorts[i].share = draft.cohorts[i].share.is_known()
                                   ? draft.cohorts[i].share->value
                                   : (1 - stated) / static_cast<double>(open);
  }
}

/// Journeys that state no weight get what the others leave, evenly.
void BlueprintMaker::share_out_weights() {
  double stated = 0;
  std::size_t open = 0;
  for (const DraftJourney& draft : draft_.journeys) {
    stated += draft.weight.value_or({}).value;
    open += draft.weight.is_known() ? 0U : 1U;
  }
  const bool adds_up =
      open > 0 ? stated <= 1 + kRoundingSlack : std::abs(stated - 1) <= kRoundingSlack;
  if (!adds_up && !draft_.journeys.empty()) {
    diagnostics_.error("OUT-E1231", draft_.journeys.front().weight.span(),
                       fmt::format("the weights of the journeys add up to {:.4g} %", stated * 100),
                       "weights add up to 100%; leave one out to give it the rest");
  }
  for (const JourneyId id : base::ids<JourneyId>(draft_.journeys.size())) {
    const auto& weight = draft_.journeys[id.index].weight;
    bp_.journeys_[id].weight =
        weight.is_known() ? weight->value : (1 - stated) / static_cast<double>(open);
  }
}

}  // namespace outlast::blueprint
