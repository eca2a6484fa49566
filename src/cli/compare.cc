#include "pipeline/compare.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "clock/surge.h"
#include "gate/decide_change.h"
#include "pipeline/service_models.h"
#include "report/comparison.h"
#include "report/service_models.h"
#include "settings/settings.h"

namespace outlast::cli {

using settings::Output;

namespace {

constexpr std::string_view kFormats[] = {"text", "json", "md"};

/// "md=comment.md" as format and path.
base::Result<std::vector<Output>> outputs_of(const std::vector<std::string>& texts) {
  std::vector<Output> outputs;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    Output output{text.substr(0, equals),
                  equals == std::string::npos ? "" : text.substr(equals + 1)};
    if (std::find(std::begin(kFormats), std::end(kFormats), output.format) == std::end(kFormats)) {
      return base::fail(fmt::format("\"{}\" is no format of a comparison", output.format),
                        "-o text, -o json or -o md=comment.md");
    }
    outputs.push_back(std::move(output));
  }
  return outputs.empty() ? std::vector<Output>{{"text", ""}} : outputs;
}

/// What each side is read from.
base::Result<std::pair<ReadOptions, ReadOptions>> sides_of(const CompareOptions& options) {
  std::pair<ReadOptions, ReadOptions> sides{options.read, options.read};
  if (!options.head.empty()) {
    sides.second.inputs = options.head;
  } else if (options.read.inputs.size() == 2) {
    sides.first.inputs = {options.read.inputs.front()};
    sides.second.inputs = {options.read.inputs.back()};
  } else {
    return base::fail("a comparison needs a base and a head, and it is not told which is which",
                      "outlast compare BASE HEAD, or with several inputs a side: "
                      "outlast compare BASE... --to HEAD...");
  }
  for (ReadOptions* side : {&sides.first, &sides.second}) {
    side->inputs.insert(side->inputs.end(), options.with.begin(), options.with.end());
  }
  return sides;
}

gate::ChangePolicy policy_of(const CompareOptions& options) {
  gate::ChangePolicy policy;
  policy.fail_on = std::nullopt;
  for (const auto severity : findings::kSeverities) {
    if (findings::name_of(severity) == options.fail_on) {
      policy.fail_on = severity;
    }
  }
  if (const auto money = base::parse_money(options.max_cost_delta, "month")) {
    policy.max_cost_delta = *money;
  }
  if (const auto time = base::parse_duration(options.max_downtime_delta)) {
    policy.max_downtime_minutes = time->value / 60;
  }
  return policy;
}

int status_of(const pipeline::Evaluation& evaluation) {
  return evaluation.diagnostics.has_errors() ? kWrongInput
         : evaluation.blueprint              ? kOk
                                             : kNothingSupported;
}

/// A report takes the place of nothing that was read.
bool spares_inputs(const std::vector<Output>& outputs, const base::Sources& sources) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string& read = sources.path(base::SourceId(i));
    for (const Output& output : outputs) {
      if (!output.path.empty() && base::is_same_file(read, output.path)) {
        tell_error({fmt::format("{} would be overwritten with {}", read, output.format),
                    "name another file"});
        return false;
      }
    }
  }
  return true;
}

bool write_all(const std::vector<Output>& outputs, const report::ComparisonContent& content,
               const report::TextStyle& told) {
  bool all_written = true;
  for (const Output& output : outputs) {
    report::TextStyle style = told;
    style.color = style.color && output.path.empty();
    const std::string text = output.format == "json" ? report::comparison_json(content)
                             : output.format == "md"
                                 ? report::comparison_markdown(content, style.book)
                                 : report::comparison_text(content, style);
    all_written = write_report(output.path, text) && all_written;
  }
  return all_written;
}

/// Stands above a twin that is written.
constexpr std::string_view kWhatItIs = "# A twin, as the comparison made it.\n";

/// Writes the twins into a folder, which is made where it is missing.
bool write_twins(const findings::ServiceModels& models, const std::string& folder) {
  bool all_written = true;
  for (const auto& variant : models.variants) {
    if (variant.text.empty() || folder.empty()) {
      continue;
    }
    const std::string path = fmt::format("{}/{}.yaml", folder, variant.numbers.name);
    (void)base::make_folder_of(path);  // what keeps it from being made is told by the writing
    all_written = write_report(path, std::string(kWhatItIs) + variant.text) && all_written;
  }
  return all_written;
}

int compare_service_models(const CompareOptions& options, const std::vector<Output>& outputs) {
  const auto& catalog = catalog::Catalog::built_in();
  const std::string region = catalog.region_name(options.cloud, options.region);
  if (!region.empty() && catalog.region(options.cloud, region) == nullptr) {
    return tell_error({fmt::format("{} has no region {}", options.cloud, options.region),
                       "as the provider writes it: --cloud aws --region eu-west-1"},
                      options.read.language);
  }
  ReadOptions read = options.read;
  read.inputs.insert(read.inputs.end(), options.with.begin(), options.with.end());
  const auto evaluation = evaluate_quickly(read);
  if (status_of(evaluation) != kOk) {
    return status_of(evaluation);
  }
  auto written = outputs;
  for (const std::string_view twin : {"iaas", "paas", "faas"}) {
    written.push_back({"a twin", options.write_twins.empty()
                                     ? ""
                                     : fmt::format("{}/{}.yaml", options.write_twins, twin)});
  }
  if (!spares_inputs(written, evaluation.sources)) {
    return kWrongInput;
  }
  pipeline::ServiceModelOptions how;
  how.cloud = options.cloud;
  how.region = region;
  how.surge = clock::surge_question_of(evaluation.blueprint->objectives());
  const auto models = pipeline::service_models_of(evaluation, catalog, how);
  const report::ServiceModelsContent content{models, how.surge, evaluation.blueprint->name()};
  bool all_written = write_twins(models, options.write_twins);
  for (const Output& output : outputs) {
    report::TextStyle style = text_style(options.read.language, *evaluation.blueprint);
    style.color = style.color && output.path.empty();
    const std::string text = output.format == "json" ? report::service_models_json(content)
                             : output.format == "md"
                                 ? report::service_models_markdown(content, style.book)
                                 : report::service_models_text(content, style);
    all_written = write_report(output.path, text) && all_written;
  }
  return all_written ? kOk : kWrongInput;
}

}  // namespace

int run_compare(const CompareOptions& options) {
  const auto outputs = outputs_of(options.outputs);
  if (outputs && options.service_models) {
    return options.head.empty()
               ? compare_service_models(options, *outputs)
               : tell_error({"--service-models is about one architecture", "leave out --to"},
                            options.read.language);
  }
  const auto sides = sides_of(options);
  if (!outputs || !sides) {
    return tell_error(outputs ? sides.error() : outputs.error(), options.read.language);
  }
  auto base = evaluate_quickly(sides->first);
  if (status_of(base) != kOk) {
    return status_of(base);
  }
  auto head = evaluate_beside(base, sides->second);
  if (status_of(head) != kOk) {
    return status_of(head);
  }
  base = named_as_in(head, std::move(base), sides->first, base::DiskFiles());
  if (!spares_inputs(*outputs, base.sources)) {
    return kWrongInput;
  }
  const auto comparison = pipeline::compare(base, head, catalog::Catalog::built_in(),
                                            clock::surge_question_of(head.blueprint->objectives()));
  const auto decision = gate::decide_change(comparison, policy_of(options));
  const report::ComparisonContent content{comparison, decision, base.sources,
                                          base.blueprint->name(), head.blueprint->name()};
  report::TextStyle style = text_style(options.read.language);
  words::Names names;
  add_names(*base.blueprint, names);
  add_names(*head.blueprint, names);
  style.keep(std::move(names));
  if (!write_all(*outputs, content, style)) {
    return kWrongInput;
  }
  return decision.outcome == gate::Outcome::failed         ? kGateFailed
         : decision.outcome == gate::Outcome::inconclusive ? kInconclusive
                                                           : kOk;
}

}  // namespace outlast::cli
