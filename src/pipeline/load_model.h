#pragma once

#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "engines/simulation/model.h"

namespace outlast::pipeline {

/// Which end of what is not known: how much one server does, and how many there are.
enum class Strain { likely, low, high };

/// The architecture as stations and calls, for the clock.
struct LoadModel {
  engines::simulation::Model model;  ///< without rates: `set_rates`
  struct Part {
    blueprint::ComponentId component;
    double visits = 0;        ///< for each request of a user
    double most_servers = 0;  ///< as far as it can grow; infinite where the provider sees to it
    std::string limit;
  };
  std::vector<Part> parts;           ///< by station
  std::vector<double> source_share;  ///< of all requests, by source
  double requests_per_user_s = 0;
  std::vector<blueprint::Assumption> assumptions;
};

/// in   strain  the end at which what nobody stated is read
/// out  a station for each component that users' calls reach; what the provider grows by itself is
///      as wide as it takes. Calls that would close a circle are left out, and told.
[[nodiscard]] LoadModel load_model_of(const blueprint::Blueprint& bp,
                                      const catalog::Catalog& catalog, Strain strain);

/// Users over time, as the rates of all sources.
void set_users(LoadModel& load, const std::vector<engines::simulation::RatePoint>& users);

}  // namespace outlast::pipeline
