#include "pipeline/cheaper_from.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "equivalents/twins.h"
#include "pipeline/break_even.h"

namespace outlast::pipeline {

namespace {

constexpr double kMostUsers = 1e7;

void add_crossings(const PricedVariant& first, const PricedVariant& second,
                   findings::BreakEvens& out) {
  const bool is_complete = first.is_complete && second.is_complete;
  const double most =
      std::floor(std::min({kMostUsers, first.cost->most_users(), second.cost->most_users()}));
  const auto found = crossings([&](double users) { return first.cost->at(users); },
                               [&](double users) { return second.cost->at(users); }, most);
  for (const Crossing& crossing : found) {
    const PricedVariant& above = crossing.first_below ? second : first;
    const PricedVariant& below = crossing.first_below ? first : second;
    out.at.push_back(
        {below.name, above.name, crossing.users, above.cost->at(crossing.users), is_complete});
  }
  for (const double users : {most, 1.0}) {  // alike at one end, they may not be at the other
    const base::Money a = first.cost->at(users);
    const base::Money b = second.cost->at(users);
    if (found.empty() && most >= 1 && a != b) {
      const bool is_first = a < b;
      out.never.push_back({is_first ? first.name : second.name, is_first ? second.name : first.name,
                           most, is_complete});
      return;
    }
  }
}

std::optional<double> stated_memory_gb(const Evaluation& evaluation, const std::string& address) {
  for (const auto& resource : evaluation.draft.resources) {
    if (resource.address == address) {
      const auto megabytes = resource.attributes["memory_size"].as_number();
      return megabytes ? std::optional(*megabytes / 1024) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

findings::BreakEvens break_even_of(const std::vector<PricedVariant>& variants) {
  findings::BreakEvens all;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    for (std::size_t j = i + 1; j < variants.size(); ++j) {
      add_crossings(variants[i], variants[j], all);
    }
  }
  std::stable_sort(all.at.begin(), all.at.end(),
                   [](const auto& a, const auto& b) { return a.users < b.users; });
  return all;
}

std::map<std::string, double> memory_of_functions(const Evaluation& evaluation) {
  std::map<std::string, double> memory_gb;
  for (const auto& role : equivalents::built_in_tables().roles) {
    for (const auto& form : role.forms) {
      for (const blueprint::Component& c : evaluation.blueprint->components()) {
        if (form.memory_gb > 0 && c.type.starts_with(form.type)) {
          memory_gb[c.id] = stated_memory_gb(evaluation, c.id).value_or(form.memory_gb);
        }
      }
    }
  }
  return memory_gb;
}

}  // namespace outlast::pipeline
