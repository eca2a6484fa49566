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
# As an overlay it adds to an import: outlast check plan.json outlast.yaml
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

}  // namespace

int run_init(const InitOptions& options) {
  const std::string text = options.config ? settings::starter() : kStarter;
  const std::string usual(options.config ? settings::kFileName : "outlast.yaml");
  const std::string path = options.path.empty() ? usual : options.path;
  if (path == "-") {
    return print(text) ? kOk : kWrongInput;
  }
  const bool is_there = base::DiskFiles().kind_of(path) != base::FileSource::PathKind::missing;
  if (is_there && !options.force) {
    fmt::print(stderr, "outlast: {} is already there; --force overwrites it\n", path);
    return kWrongInput;
  }
  const auto written = base::write_file(path, text);
  if (!written) {
    fmt::print(stderr, "outlast: cannot write {}: {}\n", path, written.error().message);
    return kWrongInput;
  }
  const std::string next = options.config ? "check --show-config" : "check " + path;
  return print(fmt::format("wrote {}; next: outlast {}\n", path, next)) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
