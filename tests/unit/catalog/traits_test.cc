#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/file_source.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "import/import.h"

namespace outlast::catalog {
namespace {

std::string resource(const std::string& type, const std::string& name, const std::string& after) {
  return fmt::format(
      R"({{"address": "{0}.{1}", "mode": "managed", "type": "{0}", "name": "{1}", "change":
         {{"actions": ["create"], "before": null, "after": {{{2}}}, "after_unknown": {{}}}}}})",
      type, name, after);
}

/// Traits of the names in two zones, of which the settings of one stand beside them.
std::map<std::string, std::map<std::string, std::string>> traits_beside(
    const std::string& settings) {
  const auto name = [](const std::string& zone) {
    return resource("cloudflare_record", zone,
                    fmt::format(R"("zone_id": "{}", "name": "www", "type": "CNAME", "proxied": true,
                                   "content": "origin.example.net")",
                                zone));
  };
  const std::string plan =
      fmt::format(R"({{"format_version": "1.2", "resource_changes": [{}, {}, {}]}})",
                  name("zone-a"), name("zone-b"), settings);
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files(std::map<std::string, std::string>{{"plan.json", plan}});
  auto imported = import::import_inputs({"plan.json"}, files, sources, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << base::render(diagnostics, sources);
  read_meaning(imported.draft, Catalog::built_in(), diagnostics);
  std::map<std::string, std::map<std::string, std::string>> traits;
  for (const auto& c : imported.draft.components) {
    traits[c.id] = c.traits;
  }
  return traits;
}

using Traits = std::map<std::string, std::string>;

TEST(Traits, SettingsOfAZoneTellOfTheNamesInItAndOfNoOther) {
  const auto traits =
      traits_beside(resource("cloudflare_ruleset", "managed",
                             R"("zone_id": "zone-a", "phase": "http_request_firewall_managed")"));
  EXPECT_EQ(traits.at("cloudflare_record.zone-a"), (Traits{{"managed_rules", "true"}}));
  EXPECT_EQ(traits.at("cloudflare_record.zone-b"), Traits{});
}

/// Rules that ask for a score of bots: who has none is not touched by wrong scores.
TEST(Traits, RulesTellWhetherTheyAskForScores) {
  const auto rules = [](const std::string& expression) {
    return traits_beside(
        resource("cloudflare_ruleset", "own",
                 R"("zone_id": "zone-a", "phase": "http_request_firewall_custom", )"
                 R"("rules": [{"action": "block", "expression": ")" +
                     expression + R"("}])"));
  };
  EXPECT_EQ(rules("(cf.bot_management.score lt 30)").at("cloudflare_record.zone-a"),
            (Traits{{"bot_rules", "true"}}));
  EXPECT_EQ(rules("(ip.src eq 1.2.3.4)").at("cloudflare_record.zone-a"), Traits{});
}

TEST(Traits, WhatASettingDoesNotSayStaysUnknown) {
  const auto bots = [](const std::string& option) {
    return traits_beside(
        resource("cloudflare_bot_management", "bots", R"("zone_id": "zone-a", )" + option));
  };
  EXPECT_EQ(bots(R"("auto_update_model": true)").at("cloudflare_record.zone-a"),
            (Traits{{"bot_management", "true"}}));
  EXPECT_EQ(bots(R"("fight_mode": true)").at("cloudflare_record.zone-a"), Traits{});
}

}  // namespace
}  // namespace outlast::catalog
