#include "pipeline/service_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>

#include "blueprint/blueprint_text.h"
#include "engines/cost/ledger.h"
#include "equivalents/twins.h"
#include "findings/rules.h"
#include "pipeline/cheaper_from.h"
#include "pipeline/compare.h"
#include "pipeline/component_changes.h"
#include "pipeline/cost_at_load.h"
#include "pipeline/operating.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ServiceModel;
using equivalents::Step;
using findings::ServiceModels;
using findings::ServiceVariant;

namespace {

/// One of the architectures, with what its costs are asked of.
struct Candidate {
  Evaluation evaluation;  ///< of a twin; empty of the one as it is
  ServiceVariant told;
};

std::string_view name_of(Step::What what) {
  switch (what) {
    case Step::What::replaced:
      return "replaced";
    case Step::What::had_it:
      return "had_it";
    case Step::What::no_cloud:
      return "no_cloud";
    case Step::What::no_equivalent:
      return "no_equivalent";
    case Step::What::ruled_out:
      break;
  }
  return "ruled_out";
}

findings::TwinStep told(const Step& step) {
  findings::TwinStep out{step.component,
                         std::string(name_of(step.what)),
                         step.from,
                         step.to,
                         step.why,
                         "",
                         "",
                         "",
                         "",
                         ""};
  if (step.form != nullptr) {
    out.lock_in = step.form->lock_in;
    out.lock_in_why = step.form->lock_in_why;
    out.source = step.form->citation.source;
    out.as_of = step.form->citation.date;
    out.trust = static_cast<char>(step.form->citation.trust);
  }
  return out;
}

/// The hours until a first release, the minutes of planned work, and who says so.
void add_work(const Blueprint& bp, ServiceVariant& out) {
  visit_tasks(bp, [&](const equivalents::Task& task, bool is_alone) {
    const std::string source = catalog::cite(task.citation);
    if (std::find(out.sources.begin(), out.sources.end(), source) == out.sources.end()) {
      out.sources.push_back(source);
    }
    out.first_release_low += task.is_once ? task.hours_low : 0;
    out.first_release_high += task.is_once ? task.hours_high : 0;
    out.planned_low += is_alone && !task.is_once ? task.planned_low : 0;
    out.planned_high += is_alone && !task.is_once ? task.planned_high : 0;
  });
}

/// What both kinds of variants are told by.
void describe(const Evaluation& evaluation, const catalog::Catalog& catalog,
              const ServiceModelOptions& options, std::string name, ServiceVariant& out) {
  const auto& analysis = evaluation.analysis;
  out.numbers = variant_of(std::move(name), *evaluation.blueprint, analysis, evaluation.workings,
                           catalog, options.surge);
  for (const auto& row : analysis.survival) {
    out.survival.push_back({row.worst_case, row.mode, row.survives});
  }
  out.security_findings = static_cast<std::size_t>(
      std::count_if(analysis.findings.begin(), analysis.findings.end(),
                    [](const auto& finding) { return finding.goal == findings::Goal::security; }));
  add_work(*evaluation.blueprint, out);
}

/// What it costs with as many replicas as its users take, and what has no price.
void price(const CostAtLoad& cost, double users, ServiceVariant& out) {
  const auto bill = cost.bill_at(users);
  bool is_any_priced = false;
  for (const auto& line : bill.lines) {
    is_any_priced = is_any_priced || line.state == engines::cost::LineState::priced;
    if (line.state == engines::cost::LineState::unpriced) {
      out.unpriced.push_back(fmt::format("{} ({})", line.address, line.why));
    }
  }
  out.cost_at_users = is_any_priced ? std::optional(bill.monthly) : std::nullopt;
  out.open_at_users = bill.open;
}

class Modeller {
 public:
  Modeller(const Evaluation& as_it_is, const catalog::Catalog& catalog,
           const ServiceModelOptions& options)
      : as_it_is_(as_it_is), catalog_(catalog), options_(options) {}

  ServiceModels model() {
    Candidate& own = candidates_.emplace_back();
    own.told.is_as_it_is = true;
    describe(as_it_is_, catalog_, options_, "as_is", own.told);
    for (const ServiceModel model : {ServiceModel::iaas, ServiceModel::paas, ServiceModel::faas}) {
      add_twin(model);
    }
    add_costs();
    for (Candidate& candidate : candidates_) {
      out_.variants.push_back(std::move(candidate.told));
    }
    return std::move(out_);
  }

 private:
  void add_twin(ServiceModel model) {
    auto twin = equivalents::make_twin(as_it_is_.draft, model, options_.cloud, options_.region);
    const auto without_cloud =
        std::count_if(twin.steps.begin(), twin.steps.end(),
                      [](const Step& step) { return step.what == Step::What::no_cloud; });
    out_.without_cloud = std::max(out_.without_cloud, static_cast<std::size_t>(without_cloud));
    const bool is_any_replaced =
        std::any_of(twin.steps.begin(), twin.steps.end(),
                    [](const Step& step) { return step.what == Step::What::replaced; });
    if (!is_any_replaced) {
      return;
    }
    keep_what_is_billed(twin.draft);
    keep_what_shows(twin.draft);
    Candidate& candidate = candidates_.emplace_back();
    Options how = options_.how;
    how.tries_fixes = false;
    how.prices.clear();  // they are read already, and laid over its costs below
    how.history.clear();
    how.source_folder.clear();
    const std::map<std::string, std::string> files = {
        {"twin.yaml", blueprint::blueprint_text(twin.draft)}};
    candidate.evaluation = evaluate({"twin.yaml"}, base::MemoryFiles(files), how);
    if (!candidate.evaluation.blueprint) {
      candidates_.pop_back();
      return;
    }
    candidate.told.text = blueprint::blueprint_text(candidate.evaluation.draft);
    candidate.evaluation.own_prices = as_it_is_.own_prices;
    describe(candidate.evaluation, catalog_, options_, std::string(blueprint::name_of(model)),
             candidate.told);
    candidate.told.numbers.service_model = model;
    for (const Step& step : twin.steps) {
      candidate.told.steps.push_back(told(step));
    }
    candidate.told.changes = changes_of(candidate.evaluation);
  }

  /// A twin has no resources: what the bill of a component that stays hangs on becomes a trait.
  void keep_what_is_billed(blueprint::Draft& twin) const {
    const engines::cost::Usage usage;
    const engines::cost::LedgerInput ledger{as_it_is_.draft,
                                            *as_it_is_.blueprint,
                                            catalog_,
                                            engines::cost::built_in_tables(),
                                            as_it_is_.own_prices,
                                            usage};
    for (blueprint::DraftComponent& c : twin.components) {
      const auto id = as_it_is_.blueprint->find(c.id);
      if (id.exists() && (*as_it_is_.blueprint)[id].type == c.type.value_or("")) {
        c.traits.merge(engines::cost::traits_of_bill(ledger, (*as_it_is_.blueprint)[id]));
      }
    }
  }

  /// What shows of the security of a component that stays what it was: a form of another type has
  /// defaults of its own, and of the rest only resources can tell.
  void keep_what_shows(blueprint::Draft& twin) const {
    for (blueprint::DraftComponent& c : twin.components) {
      const auto id = as_it_is_.blueprint->find(c.id);
      const bool stays = id.exists() && (*as_it_is_.blueprint)[id].type == c.type.value_or("");
      std::erase_if(c.marks, [&](const blueprint::Mark& mark) {
        return !stays || findings::rule_named(mark.finding).goal != findings::Goal::security;
      });
    }
  }

  /// What of components differs; resources of the inputs are no part of a twin.
  [[nodiscard]] std::vector<findings::ComponentChange> changes_of(const Evaluation& twin) const {
    auto changes = component_changes(as_it_is_, twin);
    std::erase_if(changes, [&](findings::ComponentChange& change) {
      std::erase_if(change.differences,
                    [](const auto& difference) { return difference.before == "there"; });
      return change.differences.empty();
    });
    return changes;
  }

  void add_costs() {
    std::vector<CostAtLoad> costs;
    costs.reserve(candidates_.size());
    for (Candidate& candidate : candidates_) {
      const Evaluation& evaluation = candidate.told.is_as_it_is ? as_it_is_ : candidate.evaluation;
      costs.emplace_back(evaluation, catalog_, memory_of_functions(evaluation));
      price(costs.back(), options_.surge.from_users, candidate.told);
      add_curve(costs.back(), candidate.told);
      for (const auto& assumption : costs.back().assumptions()) {
        if (std::find(out_.assumptions.begin(), out_.assumptions.end(), assumption) ==
            out_.assumptions.end()) {
          out_.assumptions.push_back(assumption);
        }
      }
    }
    std::vector<PricedVariant> priced;
    for (std::size_t i = 0; i < costs.size(); ++i) {
      const ServiceVariant& told = candidates_[i].told;
      if (told.cost_at_users) {
        priced.push_back({told.numbers.name, &costs[i], told.unpriced.empty()});
      }
    }
    out_.break_even = break_even_of(priced);
  }

  /// Evenly on a scale that grows tenfold in three steps.
  static void add_curve(CostAtLoad& cost, ServiceVariant& out) {
    constexpr double kUsers[] = {100,    200,    500,     1'000,   2'000,   5'000,    10'000,
                                 20'000, 50'000, 100'000, 200'000, 500'000, 1'000'000};
    for (const double users : kUsers) {
      if (out.cost_at_users && users <= cost.most_users()) {
        out.cost_by_users.push_back({users, cost.at(users)});
      }
    }
    if (!out.cost_at_users) {
      out.cost_ends = "nothing of it has a price";
    } else if (cost.most_users() < std::end(kUsers)[-1]) {
      out.cost_ends = fmt::format("{} carries {} users at most", cost.bounded_by(),
                                  findings::count_text(std::floor(cost.most_users())));
    }
  }

  const Evaluation& as_it_is_;
  const catalog::Catalog& catalog_;
  const ServiceModelOptions& options_;
  std::deque<Candidate> candidates_;  ///< its costs point into it
  ServiceModels out_;
};

}  // namespace

ServiceModels service_models_of(const Evaluation& as_it_is, const catalog::Catalog& catalog,
                                const ServiceModelOptions& options) {
  return Modeller(as_it_is, catalog, options).model();
}

}  // namespace outlast::pipeline
