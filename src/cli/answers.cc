#include "cli/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/asked.h"
#include "cli/checked.h"
#include "cli/edited_files.h"
#include "cli/evaluate.h"
#include "cli/question.h"
#include "cli/told_inputs.h"
#include "clock/surge.h"
#include "explain/explain.h"
#include "gate/decide_change.h"
#include "import/scenario.h"
#include "pipeline/bill_over_time.h"
#include "pipeline/compare.h"
#include "pipeline/service_models.h"
#include "report/comparison.h"
#include "report/diagnostics.h"
#include "report/explanation.h"
#include "report/replay.h"
#include "report/service_models.h"
#include "report/simulated.h"
#include "report/surge.h"
#include "words/said_texts.h"

namespace outlast::cli {
namespace {

constexpr int kAnswered = 200;
constexpr int kWrongQuestion = 400;
constexpr int kNoSuchThing = 404;
constexpr int kWrongText = 422;

ReadOptions reading_of(const settings::Settings& settings, std::vector<std::string> inputs) {
  ReadOptions read;
  read.inputs = std::move(inputs);
  read.history = settings.history;
  read.prices = settings.prices;
  read.parameters = settings.parameters;
  read.today = settings.given_today ? base::format_date(*settings.given_today) : "";
  return read;
}

/// One question on its way to its answer.
class Answering {
 public:
  Answering(const Subject& subject, const serve::Ask& ask, const serve::Tell& tell)
      : subject_(subject),
        tell_(tell),
        question_(ask),
        wants_said_(ask.question == "inputs" || question_.flag_of("said")),
        inputs_(has_own_text() ? std::vector<std::string>{"-"} : subject.inputs),
        files_(has_own_text() ? "-" : question_.text_of("input"), question_.text_of("text"),
               subject.files) {}

  void answer(std::string_view question) {
    if (question_.diagnostics().has_errors()) {
      finish(kWrongQuestion,
             report::diagnostics_json(question_.diagnostics(), question_.sources()));
      return;
    }
    using Answer = void (Answering::*)();
    constexpr std::pair<std::string_view, Answer> kAnswers[] = {
        {"inputs", &Answering::check_inputs_anew},
        {"analysis", &Answering::check_edited},
        {"replay", &Answering::replay},
        {"surge", &Answering::surge},
        {"simulate", &Answering::simulate},
        {"explain", &Answering::explain},
        {"compare", &Answering::compare},
        {"service-models", &Answering::compare_service_models}};
    for (const auto& [name, way] : kAnswers) {
      if (name == question) {
        (this->*way)();
      }
    }
  }

 private:
  /// Does the question bring an architecture of its own, instead of a text of one of the inputs?
  [[nodiscard]] bool has_own_text() const {
    return question_.has("text") && !question_.has("input");
  }

  void on_pass(std::string_view pass) const { tell_("pass", pass); }
  [[nodiscard]] std::function<void(std::string_view)> passes() const {
    return [this](std::string_view pass) { on_pass(pass); };
  }

  /// in  beside  what else was told that the page shows
  void finish(int status, const std::string& text, const std::string& beside = "") const {
    if (wants_said_) {
      tell_("said", words::said_texts(beside + text));
    }
    tell_("status", fmt::format("{}", status));
    tell_("answer", text);
  }

  void refuse(int status, std::string code, const base::Error& error) const {
    base::Diagnostics diagnostics;
    diagnostics.error(std::move(code), {}, error.message, error.remedy);
    finish(status, report::diagnostics_json(diagnostics, question_.sources()));
  }

  /// An edited input must be one that is read: else the answer would be about something else.
  bool has_read_edit(const pipeline::Evaluation& evaluation) {
    const std::string path = question_.text_of("input");
    const auto& sources = evaluation.sources;
    for (std::size_t i = 0; i < sources.size() && !path.empty(); ++i) {
      if (sources.path(base::SourceId(i)) == path) {
        return true;
      }
    }
    if (!path.empty()) {
      refuse(kNoSuchThing, "OUT-E1905",
             {fmt::format("\"{}\" is none of the inputs that are read", path),
              "GET /api/inputs lists them"});
    }
    return path.empty();
  }

  /// Tells what is wrong with the inputs; false where there is nothing to answer about.
  bool is_answerable(const pipeline::Evaluation& evaluation) {
    const std::string told = report::diagnostics_json(evaluation.diagnostics, evaluation.sources);
    tell_("diagnostics", told);
    if (evaluation.diagnostics.has_errors() || !evaluation.blueprint) {
      finish(kWrongText, told);
      return false;
    }
    return has_read_edit(evaluation);
  }

  void check_inputs_anew() {
    const Checked checked = check();
    const bool is_example =
        std::any_of(subject_.inputs.begin(), subject_.inputs.end(),
                    [&](const std::string& input) { return subject_.files.is_starter(input); });
    tell_("inputs", inputs_json(checked.evaluation, is_example));
    tell_("read", read_paths(checked.evaluation.sources));
    if (checked.decision) {
      tell_("name", checked.evaluation.blueprint->name());
      tell_("numbers", is_example ? "" : trend_numbers(checked.evaluation));
    }
    report_of(checked);
  }

  void check_edited() { report_of(check()); }

  [[nodiscard]] Checked check() const {
    return check_inputs(inputs_, files_, subject_.settings, passes(),
                        base::Sources(subject_.sources));
  }

  void report_of(const Checked& checked) {
    const auto& evaluation = checked.evaluation;
    if (is_answerable(evaluation)) {
      on_pass("report");
      finish(kAnswered, report::to_json(content_of(checked)),
             report::diagnostics_json(evaluation.diagnostics, evaluation.sources));
    }
  }

  std::optional<pipeline::Evaluation> evaluate() {
    auto evaluation =
        evaluate_silently(reading_of(subject_.settings, inputs_), files_, {}, passes());
    return is_answerable(evaluation) ? std::optional(std::move(evaluation)) : std::nullopt;
  }

  void replay() {
    ReplayOptions options;
    options.incident = question_.text_of("incident");
    options.at = question_.text_of("at");
    options.all = question_.flag_of("all");
    auto all = archived_incidents(options);
    if (!all) {
      refuse(kNoSuchThing, "OUT-E1906", all.error());
      return;
    }
    const auto plan = plan_of(std::move(*all), options);
    if (!plan) {
      refuse(kWrongQuestion, "OUT-E1907", plan.error());
    } else if (const auto evaluation = evaluate()) {
      on_pass("replay");
      const auto& bp = *evaluation->blueprint;
      if (const auto replays = replays_of(*evaluation, *plan)) {
        finish(kAnswered, report::replay_json(*replays, bp.name(), options.all));
      } else {
        refuse(kWrongQuestion, "OUT-E1907", replays.error());
      }
    }
  }

  void surge() {
    SurgeOptions options;
    options.from_users = question_.number_of("from");
    options.to_users = question_.number_of("to");
    options.within = question_.text_of("in");
    const auto evaluation = evaluate();
    if (!evaluation) {
      return;
    }
    on_pass("surge");
    const auto& bp = *evaluation->blueprint;
    const auto surge = surge_of(*evaluation, options);
    surge ? finish(kAnswered, report::surge_json(*surge, bp.name()))
          : refuse(kWrongQuestion, "OUT-E1907", surge.error());
  }

  void simulate() {
    const EditedFiles files("scenario", question_.text_of("scenario"), subject_.files);
    base::Sources sources;
    base::Diagnostics diagnostics;
    const auto scenario = import::read_scenario("scenario", files, sources, diagnostics);
    SimulateOptions options;
    options.until = question_.text_of("until");
    const auto how = simulation_of(options);
    if (!how) {
      refuse(kWrongQuestion, "OUT-E1907", how.error());
      return;
    }
    if (scenario) {
      play(*scenario, *how, diagnostics);
    }
    if (diagnostics.has_errors()) {
      finish(kWrongText, report::diagnostics_json(diagnostics, sources));
    }
  }

  void play(const blueprint::Scenario& scenario, const clock::SimulateOptions& how,
            base::Diagnostics& diagnostics) {
    const auto evaluation = evaluate();
    if (!evaluation) {
      return;
    }
    on_pass("simulate");
    const auto& bp = *evaluation->blueprint;
    const auto& catalog = catalog::Catalog::built_in();
    auto simulated = clock::simulate(bp, catalog, scenario, how, diagnostics);
    if (!simulated) {
      refuse(kWrongQuestion, "OUT-E1907", simulated.error());
    } else if (*simulated) {
      pipeline::price_over_time(*evaluation, catalog, **simulated);
      finish(kAnswered, report::simulated_json(**simulated, bp.name()));
    }
  }

  void explain() {
    const auto evaluation = evaluate();
    if (!evaluation) {
      return;
    }
    const explain::Subject subject{*evaluation->blueprint, catalog::Catalog::built_in(),
                                   evaluation->analysis, evaluation->workings};
    const auto answers = explain::explain(subject, question_.text_of("id"));
    if (answers) {
      finish(kAnswered, report::explanations_json(*answers, evaluation->sources));
      return;
    }
    const auto& near = answers.error().near;
    refuse(kNoSuchThing, "OUT-E1908",
           {fmt::format("nothing here is called \"{}\"", question_.text_of("id")),
            near.empty() ? "" : "near: " + base::join_words(near)});
  }

  /// The inputs as they are, and as the question would have them.
  void compare() {
    auto base = evaluate_silently(reading_of(subject_.settings, subject_.inputs), subject_.files,
                                  {}, passes());
    if (base.diagnostics.has_errors() || !base.blueprint) {
      is_answerable(base);
      return;
    }
    auto head = evaluate_silently(reading_of(subject_.settings, inputs_), files_,
                                  std::move(base.sources), passes());
    if (!is_answerable(head)) {
      return;
    }
    on_pass("compare");
    base = named_as_in(head, std::move(base), reading_of(subject_.settings, subject_.inputs),
                       subject_.files);
    const auto comparison =
        pipeline::compare(base, head, catalog::Catalog::built_in(),
                          clock::surge_question_of(head.blueprint->objectives()));
    const auto decision = gate::decide_change(comparison, gate::ChangePolicy());
    finish(kAnswered, report::comparison_json({comparison, decision, base.sources,
                                               base.blueprint->name(), head.blueprint->name()}));
  }

  void compare_service_models() {
    const auto evaluation = evaluate();
    if (!evaluation) {
      return;
    }
    on_pass("service models");
    pipeline::ServiceModelOptions how;
    how.surge = clock::surge_question_of(evaluation->blueprint->objectives());
    const auto models = pipeline::service_models_of(*evaluation, catalog::Catalog::built_in(), how);
    finish(kAnswered,
           report::service_models_json({models, how.surge, evaluation->blueprint->name()}));
  }

  const Subject& subject_;
  const serve::Tell& tell_;
  Question question_;
  bool wants_said_;  ///< the page asks for texts in other languages, others do without
  std::vector<std::string> inputs_;
  EditedFiles files_;
};

}  // namespace

void answer(const Subject& subject, const serve::Ask& ask, const serve::Tell& tell) {
  Answering(subject, ask, tell).answer(ask.question);
}

}  // namespace outlast::cli
