#pragma once

#include <string>
#include <vector>

#include "blueprint/scenario.h"
#include "clock/conditions.h"
#include "clock/damage.h"
#include "clock/load_model.h"
#include "failure/dependence.h"
#include "findings/simulated.h"

namespace outlast::clock {

/// A load model with all that a scenario changes in it, and the story of these changes.
struct Staged {
  LoadModel load;
  std::vector<engines::simulation::RatePoint> users;
  std::vector<findings::StoryLine> story;
  std::string gravest;              ///< of what the faults do; empty where they do nothing to users
  std::vector<Standing> standings;  ///< by structure alone: see standings_of
  double last_s = 0;                ///< when the last of it happens
};

/// Makes changes of the model of what happens to parts: replicas that go and come, requests that
/// fail until a health check has noticed, slow servers, calls that get nowhere, autoscalers that get
/// nothing, users who come and go. Where calls are led then is left to the run.
///
/// in      users  at the start
/// assumes
[[nodiscard]] Staged staged(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                            const failure::Dependence& dependence,
                            const blueprint::Scenario& scenario, const Damage& damage,
                            Strain strain, double users);

}  // namespace outlast::clock
