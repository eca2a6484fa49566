#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/declare.h"
#include "cli/help.h"
#include "findings/rules.h"

namespace outlast::cli {
namespace {

void declare_rules(Declarations& all) {
  const auto options = std::make_shared<RulesOptions>();
  CLI::App& command =
      all.add("rules", "list the rules of findings", "", [options] { return run_rules(*options); });
  command.add_option("ID", options->ids, "rules to tell, by id or name [all]");
  all.add_text_or_json(command, options->format);
  add_language(command, options->language);
  all.add_words_later([](Words& words) {
    for (const findings::Rule& rule : findings::all_rules()) {
      words["rules"].emplace_back(rule.id);
    }
  });
}

void declare_catalog(Declarations& all) {
  const auto options = std::make_shared<CatalogOptions>();
  CLI::App& catalog = all.add("catalog", "tell what is known of resource types", "",
                              [] { return static_cast<int>(kWrongInput); });
  catalog.require_subcommand(1);
  CLI::App& show = all.add_below(
      catalog, "show", "tell what is known of a type, and every figure with its source",
      kCatalogShowExamples, [options] { return run_catalog_show(*options); });
  show.add_option("TYPE", options->word, "a name of the catalog, or a format's own: aws_instance")
      ->required();
  CLI::App& list = all.add_below(catalog, "list", "list the names of types", kCatalogListExamples,
                                 [options] { return run_catalog_list(*options); });
  list.add_option("PREFIX", options->word, "how the names begin [all]");
  all.add_text_or_json(show, options->format);
  all.add_text_or_json(list, options->format);
  all.add_words_later(
      [](Words& words) { words["catalog show"] = words["catalog list"] = catalog_types(); });
}

void declare_incidents(Declarations& all) {
  const auto options = std::make_shared<IncidentsOptions>();
  CLI::App& incidents =
      all.add("incidents", "list real outages, show one, check a file that tells one",
              kIncidentsExamples, [options] { return run_incidents(*options); });
  incidents.require_subcommand(0, 1);
  CLI::App& show = all.add_below(incidents, "show",
                                 "tell what happened, phase by phase, each figure with its source",
                                 "", [options] { return run_incidents_show(*options); });
  show.add_option("ID", options->word, "as outlast incidents lists it")->required();
  CLI::App& check =
      all.add_below(incidents, "check", "check a file that tells an outage, and show it", "",
                    [options] { return run_incidents_check(*options); });
  check.add_option("FILE", options->word, "YAML: docs/how-to-add-an-incident.md")->required();
  CLI::App& reproduce = all.add_below(
      incidents, "reproduce",
      "play a provider's own machinery, and hold its times against those that were published", "",
      [options] { return run_incidents_reproduce(*options); });
  reproduce.add_option("ID", options->word,
                       "an incident that is reproduced, or a file such as "
                       "data/reproductions/azure-2025-10-29.yaml [all]");
  CLI::App& interleave =
      all.add_below(incidents, "interleave",
                    "look at every order in which a provider's own processes can act: exits with 1 "
                    "where what must not "
                    "happen can, with 4 where that is not known",
                    "", [options] { return run_incidents_interleave(*options); });
  interleave
      .add_option("FILE", options->word, "a protocol, such as data/protocols/dns-planner.yaml")
      ->required();
  const auto cases = std::make_shared<BacktestOptions>();
  CLI::App& backtest = all.add_below(
      incidents, "backtest", "replay known outcomes of others, and tell how many are told right",
      "", [cases] { return run_incidents_backtest(*cases); });
  backtest.add_option("CASES", cases->inputs, "files or folders of cases: data/backtest")
      ->required();
  all.add_text_or_json(backtest, cases->format);
  for (CLI::App* command : {&incidents, &show, &check, &reproduce, &interleave}) {
    all.add_text_or_json(*command, options->format);
  }
  for (CLI::App* command : {&incidents, &show, &check}) {
    add_language(*command, options->language);
  }
  all.add_words_later([](Words& words) {
    words["incidents show"] = incident_ids();
    words["incidents reproduce"] = reproduced_incidents();
  });
}

}  // namespace

void declare_knowledge(Declarations& all) {
  declare_rules(all);
  declare_catalog(all);
  declare_incidents(all);
}

}  // namespace outlast::cli
