#pragma once

#include <algorithm>
#include <string>

#include "catalog/catalog.h"
#include "pipeline/analyse.h"
#include "support/make_blueprint.h"

namespace outlast::support {

/// What analysis says of a blueprint's text.
inline findings::Analysis analysed(const std::string& yaml) {
  const auto bp = make_blueprint(yaml);
  return pipeline::analyse(bp, catalog::Catalog::built_in(), {}).analysis;
}

/// The row of a case; fails the test where there is none.
inline const findings::SurvivalRow& row(const findings::Analysis& analysis,
                                        std::string_view worst_case, std::string_view mode = "") {
  const auto& rows = analysis.survival;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& r) {
    return r.worst_case == worst_case && r.mode == mode;
  });
  EXPECT_NE(found, rows.end()) << worst_case;
  return *found;
}

/// The findings of a rule about a component.
inline std::size_t count_findings(const findings::Analysis& analysis, std::string_view name,
                                  std::string_view component = "") {
  return static_cast<std::size_t>(
      std::count_if(analysis.findings.begin(), analysis.findings.end(), [&](const auto& f) {
        return f.name == name &&
               (component.empty() || std::find(f.components.begin(), f.components.end(),
                                               component) != f.components.end());
      }));
}

}  // namespace outlast::support
