// Formulas of every kind, as a file, against what they say of all assignments.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/solution.h"
#include "models.h"

namespace outlast::mef {
namespace {

std::size_t draw_below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}

/// A formula and its truth in every assignment.
struct Said {
  std::string text;
  std::vector<bool> truth;
};

/// One of the format's connectives over some formulas.
Said connective(const std::vector<Said>& inputs) {
  const char* const names[] = {"and",         "or",  "nand", "nor", "atleast",
                               "cardinality", "not", "xor",  "iff", "imply"};
  constexpr std::size_t kOfMany = 6, kOfOne = 6;
  const std::size_t kind = draw_below(std::size(names));
  const std::size_t count = kind < kOfMany ? inputs.size() : kind == kOfOne ? 1 : 2;
  const std::size_t least = 1 + draw_below(count);
  const std::size_t most = least + draw_below(count - least + 1);
  Said out;
  out.text = std::string("<") + names[kind];
  out.text += kind == 4 || kind == 5 ? " min=\"" + std::to_string(least) + "\"" : "";
  out.text += kind == 5 ? " max=\"" + std::to_string(most) + "\"" : "";
  out.text += ">";
  for (std::size_t i = 0; i < count; ++i) {
    out.text += inputs[i].text;
  }
  out.text += std::string("</") + names[kind] + ">";
  for (std::size_t at = 0; at < inputs[0].truth.size(); ++at) {
    std::size_t yes = 0;
    for (std::size_t i = 0; i < count; ++i) {
      yes += inputs[i].truth[at] ? 1 : 0;
    }
    const bool first = inputs[0].truth[at];
    const bool truths[] = {yes == count,      yes > 0,      yes < count,
                           yes == 0,          yes >= least, yes >= least && yes <= most,
                           yes == 0,          yes == 1,     yes != 1,
                           !first || yes == 2};
    out.truth.push_back(truths[kind]);
  }
  return out;
}

RC_GTEST_PROP(Formulas, OfAnyKindAreAsLikelyAsTheyAreTrue, ()) {
  const std::size_t events = 2 + draw_below(15);
  std::vector<Said> made;
  std::vector<double> p;
  std::string definitions;
  for (std::size_t i = 0; i < events; ++i) {
    const std::string name = "e" + std::to_string(i);
    p.push_back(static_cast<double>(draw_below(101)) / 100);
    definitions += event(name, number(p.back()));
    Said said{"<event name=\"" + name + "\"/>", {}};
    for (std::size_t at = 0; at < std::size_t{1} << events; ++at) {
      said.truth.push_back((at >> i & 1U) != 0);
    }
    made.push_back(said);
  }
  for (std::size_t gate = 0; gate < events + 4; ++gate) {
    std::vector<Said> inputs;
    for (std::size_t i = 0; i < 2 + draw_below(3); ++i) {
      inputs.push_back(made[draw_below(made.size())]);
    }
    inputs.push_back(made[made.size() - 1 - draw_below(3) % made.size()]);
    Said said = connective(inputs);
    const std::string name = "g" + std::to_string(gate);
    definitions += "<define-gate name=\"" + name + "\">" + said.text + "</define-gate>";
    said.text = "<gate name=\"" + name + "\"/>";
    made.push_back(said);
  }
  ReadOptions options;
  options.tops = {"g" + std::to_string(events + 3)};
  const Tried tried = read_texts({tree(definitions)}, options);
  RC_ASSERT(tried.model.has_value());
  double truth = 0;
  for (std::size_t at = 0; at < made.back().truth.size(); ++at) {
    double product = made.back().truth[at] ? 1 : 0;
    for (std::size_t i = 0; i < events; ++i) {
      product *= (at >> i & 1U) != 0 ? p[i] : 1 - p[i];
    }
    truth += product;
  }
  namespace faulttree = engines::faulttree;
  const auto solution = faulttree::Solution::of(tried.model->gates, tried.model->tops[0].gate);
  const auto found = solution.probability(tried.model->probability);
  RC_ASSERT(found.low == found.high);
  RC_ASSERT(std::fabs(found.high - truth) < 1e-12);
}

}  // namespace
}  // namespace outlast::mef
