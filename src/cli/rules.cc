#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "findings/rules.h"
#include "report/report.h"

namespace outlast::cli {

int run_rules(const RulesOptions& options) {
  const auto all = findings::all_rules();
  std::vector<const findings::Rule*> told;
  for (const std::string& asked : options.ids) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const findings::Rule& rule) {
      return base::to_lower(rule.id) == base::to_lower(asked) || rule.name == asked;
    });
    if (found == all.end()) {
      std::vector<std::string_view> known;
      for (const findings::Rule& rule : all) {
        known.insert(known.end(), {rule.id, rule.name});
      }
      fmt::print(stderr, "outlast: there is no rule \"{}\"; {}\n", asked,
                 base::suggest(asked, known));
      return kWrongInput;
    }
    told.push_back(&*found);
  }
  if (options.ids.empty()) {
    std::transform(all.begin(), all.end(), std::back_inserter(told),
                   [](const findings::Rule& rule) { return &rule; });
  }
  const bool is_printed = options.as_json() ? print(report::rules_json(told))
                                            : print_in(options.language, report::rules_text(told));
  return is_printed ? kOk : kWrongInput;
}

}  // namespace outlast::cli
