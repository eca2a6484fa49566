#pragma once

#include <string>

#include "findings/service_models.h"
#include "findings/surge.h"
#include "report/report.h"

/// One workload under several service models, for people and programs.
namespace outlast::report {

struct ServiceModelsContent {
  const findings::ServiceModels& models;
  const findings::SurgeQuestion& surge;
  std::string name;  ///< of the blueprint
};

[[nodiscard]] std::string service_models_text(const ServiceModelsContent& content,
                                              const TextStyle& style);
[[nodiscard]] std::string service_models_json(const ServiceModelsContent& content);

/// "rented servers".
[[nodiscard]] std::string model_title(std::string_view variant);

}  // namespace outlast::report
