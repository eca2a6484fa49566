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
#include "pipeline/break_even.h"
#include "pipeline/compare.h"
#include "pipeline/component_changes.h"
#include "pipeline/cost_at_load.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::Kind;
using blueprint::ServiceModel;
using equivalents::Step;
using findings::Operating;
using findings::ServiceModels;
using findings::ServiceVariant;

namespace {

/// One of the architectures, with what its costs are asked of.
struct Candidate {
  Evaluation evaluation;  ///< of a twin; empty of the one as it is
  std::map<std::string, double> memory_gb;
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

bool is_operated(const Component& c) {
  return c.kind == Kind::compute || c.kind == Kind::database || c.kind == Kind::storage ||
         c.kind == Kind::messaging;
}

/// What says of no provider who runs it is run by its owners.
ServiceModel operated_as(const Component& c) {
  const ServiceModel model = c.service_model.value_or(ServiceModel::iaas);
  return model == ServiceModel::saas ? ServiceModel::faas : model;
}

void add_source(const equivalents::Task& task, ServiceVariant& out) {
  const std::string source = catalog::cite(task.citation);
  if (std::find(out.sources.begin(), out.sources.end(), source) == out.sources.end()) {
    out.sources.push_back(source);
  }
}

void add_task(const equivalents::Task& task, bool is_alone, ServiceVariant& out) {
  add_source(task, out);
  if (task.is_once) {
    out.first_release_low += task.hours_low;
    out.first_release_high += task.hours_high;
    return;
  }
  auto known = std::find_if(out.operates.begin(), out.operates.end(),
                            [&](const Operating& o) { return o.task == task.name; });
  if (known == out.operates.end()) {
    out.operates.push_back({std::string(task.name), 0, 0, 0, 0, 0});
    known = out.operates.end() - 1;
  }
  (task.who == "you" ? known->by_you : task.who == "shared" ? known->shared : known->by_provider)++;
  known->hours_low += task.hours_low;
  known->hours_high += task.hours_high;
  out.planned_low += is_alone ? task.planned_low : 0;
  out.planned_high += is_alone ? task.planned_high : 0;
}

void add_operating(const Blueprint& bp, ServiceVariant& out) {
  for (const Component& c : bp.components()) {
    if (!is_operated(c)) {
      continue;
    }
    const bool is_of_data = c.is_store || c.kind != Kind::compute;
    const bool is_alone = c.replicas.size() == 1 && c.scope == blueprint::Scope::zone;
    for (const auto& task : equivalents::built_in_tables().tasks) {
      if (task.model == operated_as(c) && task.is_of_data == is_of_data) {
        add_task(task, is_alone, out);
      }
    }
  }
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
  add_operating(*evaluation.blueprint, out);
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
    note_memory(as_it_is_, own);
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
    auto twin = equivalents::make_twin(as_it_is_.draft, model, options_.cloud);
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
    how.guarded_as = &as_it_is_.draft;
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
    note_memory(candidate.evaluation, candidate);
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

  /// What is billed for the time that requests take has so much memory: as the input says, else
  /// that of the form.
  static void note_memory(const Evaluation& evaluation, Candidate& candidate) {
    for (const auto& role : equivalents::built_in_tables().roles) {
      for (const auto& form : role.forms) {
        for (const Component& c : evaluation.blueprint->components()) {
          if (form.memory_gb > 0 && c.type.starts_with(form.type)) {
            candidate.memory_gb[c.id] = stated_memory_gb(evaluation, c.id).value_or(form.memory_gb);
          }
        }
      }
    }
  }

  static std::optional<double> stated_memory_gb(const Evaluation& evaluation,
                                                const std::string& address) {
    for (const auto& resource : evaluation.draft.resources) {
      if (resource.address == address) {
        const auto megabytes = resource.attributes["memory_size"].as_number();
        return megabytes ? std::optional(*megabytes / 1024) : std::nullopt;
      }
    }
    return std::nullopt;
  }

  void add_costs() {
    std::vector<CostAtLoad> costs;
    costs.reserve(candidates_.size());
    for (Candidate& candidate : candidates_) {
      costs.emplace_back(candidate.told.is_as_it_is ? as_it_is_ : candidate.evaluation, catalog_,
                         candidate.memory_gb);
      price(costs.back(), options_.surge.from_users, candidate.told);
      add_curve(costs.back(), candidate.told);
      for (const auto& assumption : costs.back().assumptions()) {
        if (std::find(out_.assumptions.begin(), out_.assumptions.end(), assumption) ==
            out_.assumptions.end()) {
          out_.assumptions.push_back(assumption);
        }
      }
    }
    for (std::size_t i = 0; i < costs.size(); ++i) {
      for (std::size_t j = i + 1; j < costs.size(); ++j) {
        add_break_even(i, j, costs);
      }
    }
    std::stable_sort(out_.break_even.begin(), out_.break_even.end(),
                     [](const auto& a, const auto& b) { return a.users < b.users; });
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

  void add_break_even(std::size_t i, std::size_t j, std::vector<CostAtLoad>& costs) {
    constexpr double kMostUsers = 1e7;
    const auto& first = candidates_[i].told;
    const auto& second = candidates_[j].told;
    if (!first.cost_at_users || !second.cost_at_users) {
      return;
    }
    const double most = std::min({kMostUsers, costs[i].most_users(), costs[j].most_users()});
    const auto found = crossings([&](double users) { return costs[i].at(users); },
                                 [&](double users) { return costs[j].at(users); }, most);
    for (const Crossing& crossing : found) {
      const std::size_t above = crossing.first_below ? j : i;
      const std::size_t below = crossing.first_below ? i : j;
      out_.break_even.push_back({candidates_[below].told.numbers.name,
                                 candidates_[above].told.numbers.name, crossing.users,
                                 costs[above].at(crossing.users),
                                 first.unpriced.empty() && second.unpriced.empty()});
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
