#include <fmt/format.h>

#include <cstdio>

#include "base/file_source.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "settings/settings.h"

namespace outlast::cli {
namespace {

constexpr const char* kStarter =
    R"(# A blueprint: what your architecture is made of, what needs what, and what you expect of it.
# Check it with: outlast check outlast.yaml
# To add to a plan what it does not say: outlast init --overlay
# All keys: outlast schema
outlast: 1
name: shop

objectives:
  availability: 99.9%
  recovery:
    hardware: {rto: 3m, rpo: 0s}
    zone: {rto: 5m, rpo: 0s}

journeys:
  checkout: {enters: lb, operations: [read, write], weight: 30%}
  browse: {enters: lb, operations: [read], weight: 70%}

components:
  lb:
    type: aws.alb
    region: us-east-1
    zones: [a, b]
    needs: [web]
  web:
    type: aws.ec2
    replicas: 2
    at_least: 1
    zones: [a, b]
    needs:
      - db               # hard: without it, web stops
      - {cache: soft}    # without it, web goes on with less
  db:
    type: aws.rds.postgres
    zones: [a]
    backups: {every: 24h, retention: 7d}
    holds: customers
  cache:
    type: aws.elasticache.redis
    zones: [a]
)";

constexpr const char* kOverlay =
    R"(# An overlay: adds to an import what no infrastructure file says.
# Check it with the plan it belongs to: outlast check plan.json overlay.yaml
# Components are named by their address or by the short name that outlast check prints.
# All keys: outlast schema
outlast: 1

objectives:
  availability: 99.9%
  recovery:
    hardware: {rto: 3m, rpo: 0s}
    zone: {rto: 5m, rpo: 0s}

# operators: {react: 15m, may: [promote, restore]}

# What users come for. Without journeys, everything that faces the internet is one.
# journeys:
#   checkout: {enters: aws_lb.shop, operations: [read, write], weight: 30%}
#   browse: {enters: aws_lb.shop, operations: [read], weight: 70%}

# components:
#   aws_instance.web:                  # of the plan: what is written here is added to it
#     at_least: 2                      # replicas that carry the load
#     needs:
#       - {payments: async}            # a call that leaves no trace in the plan
#   aws_db_instance.orders:
#     holds: customers                 # class of data
#   payments: {type: external.payment}  # not in the plan: a third party
)";

constexpr const char* kScenario =
    R"(# A scenario: a day that you make up. Play it on an architecture:
#   outlast simulate scenario.yaml outlast.yaml
# Times count from the start. All keys: outlast schema --scenario
scenario: the database dies while a zone is slow
# users: 5000        # at the start; not given: objectives: users: {now} of the blueprint
# until: 1h          # how long it is watched; not given: until all is over, and a while

faults:
  - {at: 1m, fault: surge, users: 400, within: 3m}
  - id: slow_web
    at: 5m
    fault: degrade
    what: one web server has a failing disk
    match: {component: web}     # or zone, region, type, service, provider: all that is given counts
    replicas: 1                 # or share: 50%
    slower: 20                  # or error: 20%
  - {at: 10m, for: 20m, fault: down, match: {component: db}, replicas: 1}

recoveries:
  - {at: 25m, recovery: restart, ends: [slow_web]}
)";

/// What to write, where it usually goes, and which command comes next, before the path.
struct Starter {
  std::string text;
  std::string usual_path;
  std::string next;
  bool is_checked_itself = true;
};

Starter starter_of(const InitOptions& options) {
  if (options.config) {
    return {settings::starter(), std::string(settings::kFileName), "check --show-config", false};
  }
  if (options.scenario) {
    return {kScenario, "scenario.yaml", "simulate "};
  }
  return options.overlay ? Starter{kOverlay, "overlay.yaml", "check plan.json "}
                         : Starter{kStarter, kUsualBlueprint, "check "};
}

}  // namespace

std::string starter_blueprint() {
  return kStarter;
}

int run_init(const InitOptions& options) {
  const Starter starter = starter_of(options);
  const std::string path = options.path.empty() ? starter.usual_path : options.path;
  if (path == "-") {
    return print(starter.text) ? kOk : kWrongInput;
  }
  const bool is_there = base::DiskFiles().kind_of(path) != base::FileSource::PathKind::missing;
  if (is_there && !options.force) {
    fmt::print(stderr, "outlast: {} is already there; --force overwrites it\n", path);
    return kWrongInput;
  }
  const auto written = base::write_file(path, starter.text);
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", path, written.error().message);
    return kWrongInput;
  }
  const std::string next = starter.next + (starter.is_checked_itself ? path : "") +
                           (options.scenario ? " outlast.yaml" : "");
  return print(fmt::format("wrote {}; next: outlast {}\n", path, next)) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
