#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/file_source.h"
#include "blueprint/blueprint.h"
#include "catalog/meaning.h"
#include "engines/cost/ledger.h"
#include "import/import.h"

namespace outlast::support {

using Resources = std::vector<std::pair<std::string, std::string>>;  ///< address, attributes

/// A plan of these resources, all known, with a provider that is configured with a region.
inline std::string plan_in(const std::string& provider, const std::string& region,
                           const Resources& resources) {
  std::string changes;
  std::string configured;
  for (const auto& [address, attributes] : resources) {
    const std::string type = address.substr(0, address.find('.'));
    const std::string name = address.substr(type.size() + 1);
    changes += fmt::format(
        R"({}{{"address": "{}", "mode": "managed", "type": "{}", "change": {{"actions": ["create"], "after": {}, "after_unknown": {{}}}}}})",
        changes.empty() ? "" : ",\n", address, type, attributes);
    configured += fmt::format(
        R"({}{{"address": "{}", "mode": "managed", "type": "{}", "name": "{}", "provider_config_key": "{}", "expressions": {{}}}})",
        configured.empty() ? "" : ",\n", address, type, name.substr(0, name.find('[')), provider);
  }
  return fmt::format(
      R"({{"format_version": "1.2", "resource_changes": [{}], "configuration": {{"provider_config": {{"{}": {{"name": "{}", "expressions": {{"region": {{"constant_value": "{}"}}}}}}}}, "root_module": {{"resources": [{}]}}}}}})",
      changes, provider, provider, region, configured);
}

/// The bill of one input, a plan or a blueprint.
struct BillOf {
  using Bill = engines::cost::Bill;
  using Line = engines::cost::Line;
  using State = engines::cost::LineState;

  explicit BillOf(const std::string& input, const blueprint::OwnPrices& own = {},
                  const engines::cost::Usage& usage = {}) {
    const std::string name = input.starts_with('{') ? "plan.json" : "outlast.yaml";
    const base::MemoryFiles files(std::map<std::string, std::string>{{name, input}});
    base::Sources sources;
    base::Diagnostics diagnostics;
    auto imported = import::import_inputs({name}, files, sources, diagnostics);
    const auto& catalog = catalog::Catalog::built_in();
    catalog::read_meaning(imported.draft, catalog, diagnostics);
    const auto bp = blueprint::validate(imported.draft, diagnostics);
    EXPECT_TRUE(bp) << base::render(diagnostics, sources);
    if (bp) {
      bill = engines::cost::write_bill(
          {imported.draft, *bp, catalog, engines::cost::built_in_tables(), own, usage});
    }
  }

  /// The line of what is billed at an address; fails the test where there is none.
  [[nodiscard]] const Line& line(const std::string& address, const std::string& what) const {
    for (const Line& line : bill.lines) {
      if (line.address == address && line.what == what) {
        return line;
      }
    }
    ADD_FAILURE() << "no line " << what << " of " << address << "\n" << text();
    static const Line kNone;
    return kNone;
  }
  /// Cents of that line; −1 where it has no amount.
  [[nodiscard]] std::int64_t cents(const std::string& address, const std::string& what) const {
    const Line& found = line(address, what);
    return found.state == State::priced ? found.monthly.micro_usd / 10'000 : -1;
  }
  [[nodiscard]] std::int64_t cents() const { return bill.monthly.micro_usd / 10'000; }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const Line& line : bill.lines) {
      text += fmt::format("{} | {} | {} | {} | {}\n", line.address, line.what,
                          engines::cost::name_of(line.state), line.monthly.micro_usd / 10'000,
                          line.why);
    }
    return text;
  }

  Bill bill;
};

}  // namespace outlast::support
