#pragma once

#include <string>

#include "findings/service_models.h"
#include "findings/surge.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

struct ServiceModelOptions {
  std::string cloud;   ///< whose managed services stand in for what names no cloud; empty: none
  std::string region;  ///< in which they do, where no input says it; empty: not known
  findings::SurgeQuestion surge;
  Options how;  ///< of the evaluation as it is
};

/// An architecture as it is, and its twins on rented servers, on managed services and without
/// servers: each evaluated as if its blueprint had been given.
///
/// in   as_it_is  evaluated, with a blueprint and a bill
/// out  a twin only where something in it is replaced
/// cost an evaluation and a surge for each twin, and some sixty bills for each variant
[[nodiscard]] findings::ServiceModels service_models_of(const Evaluation& as_it_is,
                                                        const catalog::Catalog& catalog,
                                                        const ServiceModelOptions& options);

}  // namespace outlast::pipeline
