#pragma once

#include <string_view>

namespace outlast::cli {

inline constexpr std::string_view kAbout =
    "outlast tells what a cloud architecture survives, before the outage does.\n"
    "It reads your files, needs no account and no network, and changes nothing.";

inline constexpr std::string_view kFooter =
    "Try:\n"
    "  terraform show -json plan.out > plan.json && outlast check plan.json\n"
    "  outlast init && outlast check outlast.yaml\n"
    "  outlast init --overlay && outlast check plan.json overlay.yaml\n"
    "  source <(outlast completion bash)\n"
    "Exit statuses: outlast help exit-codes";

inline constexpr std::string_view kCheckExamples =
    "Examples:\n"
    "  outlast check plan.json                   what would this plan survive?\n"
    "  outlast check terraform.tfstate           what would survive of what is there now?\n"
    "  outlast check plan.json overlay.yaml      with objectives, load and calls added\n"
    "  outlast check plan.json -o text -o sarif=outlast.sarif -o junit=outlast.xml\n"
    "  terraform show -json plan.out | outlast check -";

inline constexpr std::string_view kExplainExamples =
    "Examples:\n"
    "  outlast explain zone plan.json overlay.yaml              the case, all its instances\n"
    "  outlast explain OUT-A001 plan.json                       findings of a rule\n"
    "  outlast explain aws_db_instance.main plan.json           a component\n"
    "  outlast explain database --scenario day.yaml plan.json   what happens to it on a day\n"
    "  outlast explain availability plan.json -o json           a number, with its cut sets";

inline constexpr std::string_view kInspectExamples =
    "Examples:\n"
    "  outlast inspect plan.json                 what was understood, and what would be worth "
    "knowing\n"
    "  outlast inspect plan.json overlay.yaml -o json";

inline constexpr std::string_view kSurgeExamples =
    "Examples:\n"
    "  outlast surge plan.json                             from 100 to 1,000,000 users in 10 min\n"
    "  outlast surge plan.json overlay.yaml --to 60000 --in 15m\n"
    "  outlast surge plan.json overlay.yaml --frontier     which surges it does not come back "
    "from\n"
    "  outlast surge plan.json -o json";

inline constexpr std::string_view kCompareExamples =
    "Examples:\n"
    "  outlast compare base.json head.json               what would this change bring about?\n"
    "  outlast compare base.json head.json --with overlay.yaml -o text -o md=comment.md\n"
    "  outlast compare plan.json network/ --to plan2.json network2/   several inputs on a side\n"
    "  outlast compare plan.json overlay.yaml --service-models         rent servers, or a "
    "platform?\n"
    "  outlast compare base.json head.json --fail-on medium --max-cost-delta '100 USD/month'";

inline constexpr std::string_view kSimulateExamples =
    "Examples:\n"
    "  outlast simulate scenario.yaml plan.json overlay.yaml\n"
    "  outlast simulate scenario.yaml plan.json --trace timeline.csv\n"
    "  outlast simulate scenario.yaml plan.json --engine requests --until 20m -o json";

inline constexpr std::string_view kServeExamples =
    "Examples:\n"
    "  outlast serve plan.json overlay.yaml              prints the address and its token\n"
    "  outlast serve infra/ --listen 127.0.0.1:8080\n"
    "  outlast serve plan.json --no-history";

inline constexpr std::string_view kCatalogShowExamples =
    "Examples:\n"
    "  outlast catalog show aws.rds                      by the name that blueprints use\n"
    "  outlast catalog show azurerm_mssql_database       by the name that Terraform uses\n"
    "  outlast catalog show google_sql_database_instance -o json";

inline constexpr std::string_view kCatalogListExamples =
    "Examples:\n"
    "  outlast catalog list                              name, number of spellings, title\n"
    "  outlast catalog list aws.rds                      those whose name begins so\n"
    "  outlast catalog list gcp. -o json";

inline constexpr std::string_view kIncidentsExamples =
    "Examples:\n"
    "  outlast incidents                                 the outages that are known\n"
    "  outlast incidents show aws-2025-10-20             what happened, phase by phase\n"
    "  outlast incidents check outage.yaml               is this file of yours one?\n"
    "  outlast incidents reproduce azure-2025-10-29      do rates and limits tell how long it "
    "took?\n"
    "  outlast incidents backtest data/backtest          how often is what became of others told?\n"
    "  outlast incidents interleave data/protocols/dns-planner.yaml   how could it come to this?";

inline constexpr std::string_view kReplayExamples =
    "Examples:\n"
    "  outlast replay aws-2025-10-20 plan.json overlay.yaml\n"
    "  outlast replay --all plan.json                    every outage that is known, as a table\n"
    "  outlast replay aws-2025-10-20 plan.json --as-if region=ap-northeast-2 --at 09:00\n"
    "  outlast replay outage.yaml plan.json -o json      one that you wrote down yourself";

inline constexpr std::string_view kFaultTreeExamples =
    "Examples:\n"
    "  outlast faulttree model.xml                       probability, cut sets, importance\n"
    "  outlast faulttree tree.xml events.xml -o json     several files make one model\n"
    "  outlast faulttree model.xml --by-size --cut-sets 100 --max-order 4\n"
    "  outlast faulttree model.xml --uncertainty 10000   draws what is given as a distribution\n"
    "  outlast faulttree model.xml --sample 1000000      an estimate of what is too hard to solve\n"
    "  mpirun -n 8 outlast faulttree model.xml --sample 1000000000    shared by processes";

inline constexpr std::string_view kExitCodes =
    "0    ok\n"
    "1    a gate failed: findings at or above --fail-on (default high) or of a rule named there,\n"
    "     a declared objective of availability or recovery is missed, users are served less\n"
    "     than --min-availability, or a year that meets all objectives is less probable than\n"
    "     --min-p-slo\n"
    "2    wrong usage, an input that cannot be read or is wrong, or too little memory for it\n"
    "3    no input of a supported format, or not one resource understood\n"
    "4    inconclusive: an objective was declared, or a --min-availability or --min-p-slo given,\n"
    "     and what is not known decides about it\n"
    "70   a bug of outlast\n"
    "130  interrupted\n"
    "\n"
    "--exit-code N exits with N where it would with 1, --soft-fail with 0 where it would with 1\n"
    "or 4; the report still tells the gate's outcome. A failed gate goes before an inconclusive\n"
    "one.\n";

}  // namespace outlast::cli
