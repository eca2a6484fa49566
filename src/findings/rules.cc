#include "findings/rules.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"

namespace outlast::findings {

const Rule& rule_named(std::string_view name) {
  const auto rules = all_rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
  OUTLAST_ASSERT(found != rules.end(), "every rule that code names stands in data/rules");
  return *found;
}

std::string_view pillar_of(Goal goal) {
  switch (goal) {
    case Goal::availability:
      return "reliability";
    case Goal::scalability:
      return "performance efficiency";
    case Goal::security:
      return "security";
    case Goal::cost:
      break;
  }
  return "cost optimization";
}

std::string fill(std::string_view pattern, const Words& words) {
  fmt::dynamic_format_arg_store<fmt::format_context> args;
  args.push_back(fmt::arg("name", words.name));
  args.push_back(fmt::arg("zone", words.zone));
  args.push_back(fmt::arg("zones", words.zones));
  args.push_back(fmt::arg("users", words.users));
  args.push_back(fmt::arg("down", words.down));
  args.push_back(fmt::arg("every", words.every));
  args.push_back(fmt::arg("region", words.region));
  args.push_back(fmt::arg("cut", words.cut));
  args.push_back(fmt::arg("kind", words.kind));
  args.push_back(fmt::arg("date", words.date));
  args.push_back(fmt::arg("day", words.day));
  args.push_back(fmt::arg("path", words.path));
  args.push_back(fmt::arg("data", words.data));
  args.push_back(fmt::arg("then", words.then));
  std::string text = fmt::vformat(pattern, args);
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace outlast::findings
