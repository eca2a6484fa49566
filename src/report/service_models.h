#pragma once

#include <string>
#include <vector>

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
/// At most `kMostMarkdown` bytes.
/// in  book  of the language that it is told in; null: English
[[nodiscard]] std::string service_models_markdown(const ServiceModelsContent& content,
                                                  const words::Phrasebook* book);
[[nodiscard]] std::string service_models_json(const ServiceModelsContent& content);
/// The members of the same document that the page of a report shows.
[[nodiscard]] std::string service_models_for_page(const findings::ServiceModels& models);

// Words that these share.

/// Rows of the table: what is told, then of each variant in order.
[[nodiscard]] std::vector<std::vector<std::string>> service_model_rows(
    const ServiceModelsContent& content);

/// "from 5,000 users on serverless ($120 a month) instead of rented servers", a text each; one that
/// says so where there is no such load.
[[nodiscard]] std::vector<std::string> break_even_texts(const findings::ServiceModels& models);

/// "web: aws.ec2 → aws.lambda; lock-in high: …".
[[nodiscard]] std::string step_text(const findings::TwinStep& step);

/// What to say where nothing names whose managed services could stand in; empty elsewhere.
[[nodiscard]] std::string cloud_hint(const findings::ServiceModels& models);

/// "rented servers".
[[nodiscard]] std::string model_title(std::string_view variant);

}  // namespace outlast::report
