#include "cli/told_inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_document.h"
#include "base/units.h"
#include "pipeline/compare.h"
#include "report/report.h"

namespace outlast::cli {
namespace {

constexpr std::size_t kMostEditable = 1U << 20U;  ///< bytes of an input that is handed out

void write_input(base::JsonWriter& json, const std::string& path, std::string_view format,
                 const std::string& text) {
  json.begin_object();
  json.member("path", path);
  json.member("format", format);
  json.key("text");
  format == "blueprint" && text.size() <= kMostEditable ? json.value(text) : json.null();
  json.end_object();
}

/// A blueprint by its first word, of which no more may be readable.
bool begins_as_blueprint(const std::string& text) {
  return text.starts_with("outlast:") || text.find("\noutlast:") != std::string::npos;
}

/// Blueprints that are too broken to be read as inputs: who can mend them has to see them.
void write_broken(base::JsonWriter& json, const pipeline::Evaluation& evaluation) {
  for (std::size_t i = 0; i < evaluation.sources.size(); ++i) {
    const base::SourceId id(i);
    const bool is_read =
        std::any_of(evaluation.inputs.begin(), evaluation.inputs.end(),
                    [&](const import::Input& input) { return input.source == id; });
    if (!is_read && begins_as_blueprint(evaluation.sources.text(id))) {
      write_input(json, evaluation.sources.path(id), "blueprint", evaluation.sources.text(id));
    }
  }
}

}  // namespace

std::string inputs_json(const pipeline::Evaluation& evaluation, bool is_example) {
  base::JsonWriter json;
  base::begin_document(json, report::kSchemaVersion);
  json.member("is_example", is_example);
  json.key("inputs");
  json.begin_array();
  for (const auto& input : evaluation.inputs) {
    write_input(json, input.path, input.format, evaluation.sources.text(input.source));
  }
  write_broken(json, evaluation);
  json.end_array();
  json.end_object();
  return json.take();
}

std::string read_paths(const base::Sources& sources) {
  std::string lines;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string& path = sources.path(base::SourceId(i));
    const std::size_t slash = path.rfind('/');
    lines += path + '\n';
    lines += slash == std::string::npos ? "" : path.substr(0, slash) + '\n';
  }
  return lines;
}

std::string trend_numbers(const pipeline::Evaluation& evaluation) {
  const findings::Analysis& analysis = evaluation.analysis;
  std::string lines;
  const auto add = [&](std::string_view name, double value, char better) {
    lines += fmt::format("{} {} {}\n", name, base::format_number(value), better);
  };
  if (const auto& availability = analysis.availability) {
    add("availability", availability->value, '+');
    add("downtime_minutes_per_year", (1 - availability->value) * base::kMinutesPerYear, '-');
    add("outages_per_year", availability->outages_per_year, '-');
  }
  add("single_points",
      static_cast<double>(pipeline::single_point_count(*evaluation.blueprint, evaluation.workings)),
      '-');
  for (const findings::Severity severity : findings::kSeverities) {
    const auto count =
        std::count_if(analysis.findings.begin(), analysis.findings.end(),
                      [&](const findings::Finding& f) { return f.severity == severity; });
    add(fmt::format("findings.{}", findings::name_of(severity)), static_cast<double>(count), '-');
  }
  for (const auto verdict : {findings::Verdict::no, findings::Verdict::degraded}) {
    const auto count =
        std::count_if(analysis.survival.begin(), analysis.survival.end(),
                      [&](const findings::SurvivalRow& row) { return row.survives == verdict; });
    add(fmt::format("worst_cases.{}", findings::name_of(verdict)), static_cast<double>(count), '-');
  }
  if (analysis.cost) {
    add("cost.month", static_cast<double>(analysis.cost->bill.monthly.micro_usd) / 1e6, '-');
  }
  return lines;
}

}  // namespace outlast::cli
