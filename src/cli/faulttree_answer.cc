#include "cli/faulttree_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/as_printed.h"
#include "base/json_writer.h"
#include "base/units.h"
#include "base/version.h"

namespace outlast::cli {
namespace {

using base::format_number;
using engines::faulttree::Bounds;
using engines::faulttree::Importance;
using engines::faulttree::RankedCutSet;
using engines::faulttree::RankedCutSets;

constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kShownImportances = 20;
constexpr int kFactorDigits = 6;
constexpr std::string_view kNothingUncertain = "the model gives no event a distribution";

std::string_view exactness_of(const TopAnswer& top) {
  return top.sampled ? "estimated" : top.is_exact ? "exact" : "bounded";
}

/// Where events are negated, what must not have happened belongs to a reason too.
std::string_view kind_of_sets(const TopAnswer& top) {
  return top.is_coherent ? "cut sets" : "prime implicants";
}

std::string names_of(const mef::Model& model, const RankedCutSet& set) {
  std::string names;
  for (const auto variable : set.variables) {
    names += (names.empty() ? "" : ", ") + model.events[variable.index].name;
  }
  for (const auto variable : set.absent) {
    names += (names.empty() ? "not " : ", not ") + model.events[variable.index].name;
  }
  return names.empty() ? "(nothing: it always is so)" : names;
}

std::string count_words(std::size_t count) {
  return count == kMost ? "more than 1.8e19" : std::to_string(count);
}

/// Events that matter, the most important first.
std::vector<std::size_t> by_importance(const std::vector<Importance>& importance) {
  std::vector<std::size_t> order(importance.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return importance[a].criticality != importance[b].criticality
               ? importance[a].criticality > importance[b].criticality
               : importance[a].birnbaum > importance[b].birnbaum;
  });
  return order;
}

/// What is proven, or as good as, stays so in print: ends are rounded outwards.
Bounds shown(const TopAnswer& top) {
  if (top.is_exact && !top.sampled) {
    return top.probability;
  }
  return {base::printed_at_most(top.probability.low), base::printed_at_least(top.probability.high)};
}

std::string shown(const RankedCutSet& set) {
  return (set.is_below ? "<" : "") +
         format_number(set.is_below ? base::printed_at_least(set.probability) : set.probability);
}

std::string probability_text(const TopAnswer& top) {
  if (!top.has_probability) {
    return "  probability  unknown: the model gives its events none\n";
  }
  if (top.sampled) {
    const std::string worth =
        top.sampled->is_conditioned
            ? fmt::format(", each begun with what it takes to fail; worth {:.3g} plain ones",
                          top.sampled->effective_scenarios)
            : "";
    return fmt::format(
        "  probability  {}  estimated, 95 % from {} to {}\n  sampled      {} scenarios{}\n",
        format_number(top.sampled->probability), format_number(shown(top).low),
        format_number(shown(top).high), top.sampled->scenarios, worth);
  }
  if (top.is_exact) {
    return fmt::format("  probability  {}  exact\n", format_number(top.probability.high));
  }
  const Bounds bounds = shown(top);
  const std::string apart =
      bounds.low > 0 ? fmt::format(", within a factor of {:.6g}",
                                   base::printed_at_least(bounds.high / bounds.low, kFactorDigits))
                     : "";
  return fmt::format("  probability  from {} to {}  bounded{}\n", format_number(bounds.low),
                     format_number(bounds.high), apart);
}

/// One number for what is only known to lie between bounds: as many times above the lower as below
/// the upper, so that no other is nearer to whatever it is.
double between(const Bounds& bounds) {
  return bounds.low > 0 ? std::sqrt(bounds.low) * std::sqrt(bounds.high) : bounds.high / 2;
}

/// What the one number is.
std::string_view meaning_of_probability(const TopAnswer& top) {
  return !top.has_probability      ? "unknown: the model gives its events none"
         : top.sampled             ? "the estimate of the scenarios"
         : top.is_exact            ? "exact"
         : top.probability.low > 0 ? "the geometric mean of low and high"
                                   : "half of high";
}

std::string cut_sets_text(const mef::Model& model, const TopAnswer& top) {
  if (!top.cut_sets) {
    return fmt::format("  cut sets     {}\n", top.no_cut_sets);
  }
  const RankedCutSets& sets = *top.cut_sets;
  std::string out =
      top.is_coherent ? "  cut sets     order  count\n" : "  implicants   order  count\n";
  for (std::size_t k = 0; k < sets.count_by_order.size(); ++k) {
    if (sets.count_by_order[k] > 0) {
      out += fmt::format("               {:>5}  {}\n", k, count_words(sets.count_by_order[k]));
    }
  }
  if (sets.max_order < model.events.size()) {
    out += fmt::format("               those of more than {} events were not looked for\n",
                       sets.max_order);
  }
  if (sets.counted_order < std::min(sets.max_order, model.events.size())) {
    out += fmt::format("               those of more than {} events were not counted\n",
                       sets.counted_order);
  }
  for (const RankedCutSet& set : sets.first) {
    out +=
        fmt::format("  {:>11}  {}\n", top.has_probability ? shown(set) : "–", names_of(model, set));
  }
  if (sets.is_cut_off && sets.max_order >= model.events.size()) {
    out += "               there may be more of them: --budget raises how many are found\n";
  }
  return out;
}

std::string importance_text(const mef::Model& model, const TopAnswer& top) {
  if (top.importance.empty()) {
    return top.no_importance.empty() || !top.has_probability
               ? ""
               : fmt::format("  importance   {}\n", top.no_importance);
  }
  std::string out =
      fmt::format("\n  {:<28} {:>11} {:>11} {:>11} {:>11} {:>11} {:>11}\n", "IMPORTANCE",
                  "BIRNBAUM", "CRITICALITY", "F.-VESELY", "DIAGNOSIS", "RAW", "RRW");
  const auto order = by_importance(top.importance);
  const auto shown = [](double value) {
    return std::isfinite(value) ? fmt::format("{:.5g}", value) : std::string("–");
  };
  for (std::size_t i = 0; i < std::min(order.size(), kShownImportances); ++i) {
    const Importance& one = top.importance[order[i]];
    out += fmt::format("  {:<28} {:>11} {:>11} {:>11} {:>11} {:>11} {:>11}\n",
                       model.events[order[i]].name, shown(one.birnbaum), shown(one.criticality),
                       shown(one.fussell_vesely), shown(one.diagnosis), shown(one.raw),
                       shown(one.rrw));
  }
  if (order.size() > kShownImportances) {
    out += fmt::format("  and {} more: -o json\n", order.size() - kShownImportances);
  }
  return out;
}

std::string uncertainty_text(const TopAnswer& top) {
  if (!top.uncertainty) {
    return "";
  }
  const Uncertainty& u = *top.uncertainty;
  if (u.trials == 0) {
    return fmt::format("\n  uncertainty  none: {}\n", kNothingUncertain);
  }
  std::string out = fmt::format(
      "\n  uncertainty  mean {}, deviation {}, 5 % {}, median {}, 95 % {}  ({} trials{})\n",
      format_number(u.mean), format_number(u.deviation), format_number(u.p5),
      format_number(u.median), format_number(u.p95), u.trials,
      top.is_exact ? "" : ", of each the upper bound");
  if (u.outside > 0) {
    out += fmt::format("               {} drawn numbers were no probabilities, and were cut off\n",
                       u.outside);
  }
  return out;
}

void write_events(base::JsonWriter& json, const mef::Model& model, const char* key,
                  const std::vector<base::VariableId>& events) {
  json.key(key);
  json.begin_array();
  for (const auto variable : events) {
    json.value(model.events[variable.index].name);
  }
  json.end_array();
}

void write_cut_set(base::JsonWriter& json, const mef::Model& model, const TopAnswer& top,
                   const RankedCutSet& set) {
  json.begin_object();
  write_events(json, model, "events", set.variables);
  if (!top.is_coherent) {
    write_events(json, model, "absent", set.absent);
  }
  json.key("probability");
  top.has_probability && !set.is_below ? json.value(set.probability) : json.null();
  if (set.is_below) {
    json.member("below", base::printed_at_least(set.probability));
  }
  json.end_object();
}

/// A reason, or null where none is needed.
void write_reason(base::JsonWriter& json, const char* key, const std::string& reason) {
  json.key(key);
  reason.empty() ? json.null() : json.value(reason);
}

void write_cut_sets(base::JsonWriter& json, const mef::Model& model, const TopAnswer& top) {
  const RankedCutSets sets = top.cut_sets ? *top.cut_sets : RankedCutSets();
  json.key("cut_sets");
  json.begin_object();
  json.member("kind", kind_of_sets(top));
  json.member("max_order", sets.max_order);
  json.member("counted_order", sets.counted_order);
  json.member("complete",
              top.cut_sets && std::min(sets.max_order, sets.counted_order) >= model.events.size());
  json.key("count_by_order");
  json.begin_object();
  for (std::size_t k = 0; k < sets.count_by_order.size(); ++k) {
    const std::size_t count = sets.count_by_order[k];
    if (count > static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max())) {
      json.member(std::to_string(k), static_cast<double>(count));
    } else if (count > 0) {
      json.member(std::to_string(k), count);
    }
  }
  json.end_object();
  json.key("top");
  json.begin_array();
  for (const RankedCutSet& set : sets.first) {
    write_cut_set(json, model, top, set);
  }
  json.end_array();
  write_reason(json, "reason", top.no_cut_sets);
  json.end_object();
}

void write_importance(base::JsonWriter& json, const mef::Model& model, const TopAnswer& top) {
  json.key("importance");
  json.begin_array();
  for (const std::size_t i : by_importance(top.importance)) {
    const Importance& one = top.importance[i];
    json.begin_object();
    json.member("event", model.events[i].name);
    json.member("probability", model.probability[i]);
    json.member("birnbaum", one.birnbaum);
    json.member("criticality", one.criticality);
    json.member("fussell_vesely", one.fussell_vesely);
    json.member("diagnosis", one.diagnosis);
    json.member("raw", one.raw);
    json.member("rrw", one.rrw);
    json.end_object();
  }
  json.end_array();
  write_reason(json, "importance_reason", top.no_importance);
}

void write_uncertainty(base::JsonWriter& json, const Uncertainty& uncertainty, bool is_exact) {
  json.key("uncertainty");
  json.begin_object();
  if (uncertainty.trials == 0) {
    json.member("trials", uncertainty.trials);
    json.member("reason", kNothingUncertain);
    json.end_object();
    return;
  }
  json.member("of", is_exact ? "probability" : "upper bound");
  json.member("trials", uncertainty.trials);
  json.member("mean", uncertainty.mean);
  json.member("deviation", uncertainty.deviation);
  json.member("p5", uncertainty.p5);
  json.member("median", uncertainty.median);
  json.member("p95", uncertainty.p95);
  json.member("outside", uncertainty.outside);
  json.end_object();
}

void write_sampled(base::JsonWriter& json, const engines::montecarlo::SampledProbability& sampled) {
  json.key("sampled");
  json.begin_object();
  json.member("scenarios", sampled.scenarios);
  json.member("effective_scenarios", sampled.effective_scenarios);
  json.member("conditioned", sampled.is_conditioned);
  json.end_object();
}

void write_top(base::JsonWriter& json, const mef::Model& model, const TopAnswer& top) {
  const auto number = [&](const char* name, double value) {
    json.key(name);
    top.has_probability ? json.value(value) : json.null();
  };
  json.member("top", top.name);
  number("probability", top.sampled    ? top.sampled->probability
                        : top.is_exact ? top.probability.high
                                       : between(top.probability));
  json.member("probability_is", meaning_of_probability(top));
  number("low", shown(top).low);
  number("high", shown(top).high);
  json.member("exactness", exactness_of(top));
  json.member("coherent", top.is_coherent);
  if (top.sampled) {
    write_sampled(json, *top.sampled);
    return;
  }
  json.member("modules", top.modules);
  json.member("nodes", top.nodes);
  write_cut_sets(json, model, top);
  write_importance(json, model, top);
  if (top.uncertainty) {
    write_uncertainty(json, *top.uncertainty, top.is_exact);
  }
}

}  // namespace

std::string faulttree_text(const mef::Model& model, const TreeAnswers& answers) {
  std::string out;
  for (const TopAnswer& top : answers.tops) {
    out += fmt::format("{}{}\n", out.empty() ? "" : "\n", top.name);
    out += probability_text(top);
    if (top.sampled) {
      continue;
    }
    out += cut_sets_text(model, top) + importance_text(model, top) + uncertainty_text(top);
  }
  return out;
}

std::string faulttree_json(const mef::Model& model, const TreeAnswers& answers) {
  base::JsonWriter json;
  json.begin_object();
  json.member("schema_version", 1);
  json.member("tool", "outlast");
  json.member("version", base::kVersion);
  json.member("events", model.events.size());
  write_top(json, model, answers.tops.front());
  json.key("more_tops");
  json.begin_array();
  for (std::size_t i = 1; i < answers.tops.size(); ++i) {
    json.begin_object();
    write_top(json, model, answers.tops[i]);
    json.end_object();
  }
  json.end_array();
  if (!answers.timings_ms.empty()) {
    json.key("timings_ms");
    json.begin_object();
    for (const auto& [pass, took] : answers.timings_ms) {
      json.member(pass, took);
    }
    json.end_object();
  }
  json.end_object();
  return json.take();
}

}  // namespace outlast::cli
