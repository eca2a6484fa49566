#pragma once

#include <string>

#include "engines/simulation/model.h"

namespace outlast::tests {

/// Users at `rate` calling one station: what most tests begin with.
inline engines::simulation::Model one_station(double rate, std::size_t servers, double service_s,
                                              double timeout_s = engines::simulation::kForever,
                                              std::size_t retries = 0) {
  using namespace engines::simulation;
  Model model;
  Station station;
  station.name = "web";
  station.servers = servers;
  station.service = {service_s, 1};
  model.stations.push_back(station);
  Call call;
  call.to = StationId(0);
  call.timeout_s = timeout_s;
  call.retry.most = retries;
  model.calls.push_back(call);
  model.sources.push_back({"users", CallId(0), {{0, rate}}, 1});
  return model;
}

/// Another station behind the last one, called once for each of its requests.
inline engines::simulation::CallId add_behind(engines::simulation::Model& model,
                                              const std::string& name, std::size_t servers,
                                              double service_s) {
  using namespace engines::simulation;
  Station station;
  station.name = name;
  station.servers = servers;
  station.service = {service_s, 1};
  const StationId caller(model.stations.size() - 1);
  Call call;
  call.to = model.stations.push_back(station);
  const CallId id = model.calls.push_back(call);
  model.stations[caller].calls.push_back(id);
  return id;
}

}  // namespace outlast::tests
