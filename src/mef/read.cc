#include "mef/read.h"

#include <utility>

#include "base/document.h"
#include "mef/make_expressions.h"
#include "mef/make_gates.h"
#include "mef/mistakes.h"
#include "mef/probabilities.h"
#include "mef/terms.h"
#include "mef/time_units.h"
#include "mef/xml.h"

namespace outlast::mef {

namespace {

std::optional<XmlFile> open(const std::string& path, const base::FileSource& files,
                            const ReadOptions& options, base::Sources& sources,
                            Mistakes& mistakes) {
  base::Result<std::string> bytes = files.read(path, options.most_bytes);
  if (!bytes) {
    const std::string& remedy = bytes.error().remedy;
    mistakes.error("OUT-E1500", {}, path + " " + bytes.error().message,
                   remedy.empty() ? "give the model's files one by one" : remedy);
    return std::nullopt;
  }
  base::Result<std::string> text = base::to_utf8(std::move(*bytes));
  if (!text) {
    mistakes.error("OUT-E1500", {}, path + " " + text.error().message, text.error().remedy);
    return std::nullopt;
  }
  return XmlFile::parse(sources, sources.add(path, std::move(*text), ""), mistakes);
}

/// By variable: does a gate below the tops depend on the event? Where formulas fold, not all do.
std::vector<bool> events_that_matter(const Model& model) {
  std::vector<bool> is_below(model.gates.size());
  for (const Top& top : model.tops) {
    is_below[top.gate.index] = true;
  }
  std::vector<bool> matters(model.events.size());
  for (std::size_t i = is_below.size(); i-- > 0;) {
    const base::GateId gate(i);
    if (is_below[i] && model.gates.kind(gate) == base::GateKind::variable) {
      matters[model.gates.variable_of(gate).index] = true;
    }
    for (const base::GateId input : model.gates.inputs(gate)) {
      is_below[input.index] = is_below[input.index] || is_below[i];
    }
  }
  return matters;
}

void draw_what_matters(Model& model) {
  const std::vector<bool> matters = events_that_matter(model);
  std::vector<ExpressionId> wanted;
  for (std::size_t i = 0; i < matters.size(); ++i) {
    if (matters[i] && model.events[i].expression.exists()) {
      wanted.push_back(model.events[i].expression);
    }
  }
  model.expressions.draw_only_for(wanted);
}

/// The model; of no use where there is a mistake.
Model make_model(const std::vector<XmlFile>& documents, const ReadOptions& options,
                 const base::Sources& sources, Mistakes& mistakes) {
  Model model;
  Definitions definitions(documents, sources, mistakes);
  const Terms terms = read_terms(documents, definitions, mistakes);
  const auto of_events = make_gates(terms, definitions, options.tops, model, mistakes);
  const MadeExpressions made = make_expressions(documents, definitions, of_events, model, mistakes);
  fill_probabilities(definitions, made, options.mission_time, model, mistakes);
  compare_time_units(definitions, model, options.mission_time, sources, mistakes);
  return model;
}

}  // namespace

std::optional<Model> read_model(const std::vector<std::string>& paths,
                                const base::FileSource& files, const ReadOptions& options,
                                base::Sources& sources, base::Diagnostics& diagnostics) {
  Mistakes mistakes;
  std::vector<XmlFile> documents;
  for (const std::string& path : paths) {
    if (auto document = open(path, files, options, sources, mistakes)) {
      documents.push_back(std::move(*document));
    }
  }
  std::optional<Model> model;
  if (documents.size() == paths.size()) {  // else what they refer to may be in what is missing
    model = make_model(documents, options, sources, mistakes);
  }
  const bool is_wrong = mistakes.any();
  std::move(mistakes).tell(diagnostics);
  if (is_wrong) {
    return std::nullopt;
  }
  draw_what_matters(*model);
  return model;
}

}  // namespace outlast::mef
