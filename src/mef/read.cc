#include "mef/read.h"

#include <utility>

#include "base/document.h"
#include "base/units.h"
#include "mef/make_expressions.h"
#include "mef/make_gates.h"
#include "mef/terms.h"
#include "mef/xml.h"

namespace outlast::mef {

namespace {

std::optional<XmlFile> open(const std::string& path, const base::FileSource& files,
                            const ReadOptions& options, base::Sources& sources,
                            base::Diagnostics& diagnostics) {
  base::Result<std::string> bytes = files.read(path, options.most_bytes);
  if (!bytes) {
    diagnostics.error("OUT-E1500", {}, path + " " + bytes.error().message, bytes.error().remedy);
    return std::nullopt;
  }
  base::Result<std::string> text = base::to_utf8(std::move(*bytes));
  if (!text) {
    diagnostics.error("OUT-E1500", {}, path + " " + text.error().message, text.error().remedy);
    return std::nullopt;
  }
  return XmlFile::parse(sources, sources.add(path, std::move(*text), ""), diagnostics);
}

/// Probabilities at the means of what is uncertain; told where there is none.
void fill_probabilities(Model& model, double mission_time, base::Diagnostics& diagnostics) {
  const std::vector<double> values = model.expressions.at_means(mission_time);
  std::vector<double> probability;
  std::size_t without = 0;
  for (const Event& event : model.events) {
    probability.push_back(event.expression.exists() ? values[event.expression.index] : 0);
    without += event.expression.exists() ? 0 : 1;
    if (!(probability.back() >= 0 && probability.back() <= 1)) {
      diagnostics.error(
          "OUT-E1518", event.span,
          "the probability of " + event.name + " is " + base::format_number(probability.back()),
          "it must be from 0 to 1");
    }
  }
  if (without == model.events.size()) {
    return;
  }
  for (const Event& event : model.events) {
    if (!event.expression.exists()) {
      diagnostics.error("OUT-E1519", event.span, event.name + " has no probability",
                        "give all events one, or none where only cut sets are wanted");
    }
  }
  model.probability = std::move(probability);
}

}  // namespace

std::optional<Model> read_model(const std::vector<std::string>& paths,
                                const base::FileSource& files, const ReadOptions& options,
                                base::Sources& sources, base::Diagnostics& diagnostics) {
  std::vector<XmlFile> documents;
  for (const std::string& path : paths) {
    if (auto document = open(path, files, options, sources, diagnostics)) {
      documents.push_back(std::move(*document));
    }
  }
  if (documents.size() < paths.size()) {
    return std::nullopt;  // what the others refer to may be in the one that is missing
  }
  Model model;
  Definitions definitions(documents, sources, diagnostics);
  const Terms terms = read_terms(documents, definitions, diagnostics);
  const auto of_events = make_gates(terms, definitions, options.tops, model, diagnostics);
  make_expressions(documents, definitions, of_events, model, diagnostics);
  fill_probabilities(model, options.mission_time, diagnostics);
  return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(model));
}

}  // namespace outlast::mef
