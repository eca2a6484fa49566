// How long the ways of an intruder take through an architecture of a thousand components: tiers of
// servers behind groups of their own, each tier let in by the one before it, stores at the end.

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "engines/security/reach.h"

namespace {

using namespace outlast;  // a program of its own, not a header
using blueprint::Value;

constexpr int kTiers = 40;

blueprint::Draft tiers(int components) {
  blueprint::Draft draft;
  for (int i = 0; i < components; ++i) {
    const int tier = i * kTiers / components;
    const bool is_store = tier == kTiers - 1;
    blueprint::DraftComponent c;
    c.id = fmt::format("c{}", i);
    c.provider = Value<std::string>::of("acme");
    c.region = Value<std::string>::of("north");
    c.kind =
        Value<blueprint::Kind>::of(is_store ? blueprint::Kind::database : blueprint::Kind::compute);
    c.is_workload = Value<bool>::of(!is_store);
    c.is_store = Value<bool>::of(is_store);
    draft.components.push_back(c);
    draft.access.addresses.push_back({c.id,
                                      "net",
                                      {fmt::format("10.0.{}.0/24", tier)},
                                      tier == 0 ? base::Truth::yes : base::Truth::no,
                                      {},
                                      {}});
    draft.access.guards.push_back({c.id, "machine", false, true});
  }
  for (int tier = 0; tier < kTiers; ++tier) {
    blueprint::DraftNetworkRule rule;
    for (int i = 0; i < components; ++i) {
      if (i * kTiers / components == tier) {
        rule.subjects.push_back(fmt::format("c{}", i));
      }
    }
    rule.protocol = "tcp";
    rule.from_port = rule.to_port = Value<std::int64_t>::of(443);
    rule.peer_ranges = {tier == 0 ? "0.0.0.0/0" : fmt::format("10.0.{}.0/24", tier - 1)};
    draft.network_rules.push_back(std::move(rule));
  }
  return draft;
}

}  // namespace

int main(int argc, char** argv) {
  const int components = argc > 1 ? std::atoi(argv[1]) : 1000;
  base::Diagnostics diagnostics;
  const auto bp = blueprint::validate(tiers(components), diagnostics);
  if (!bp) {
    return 2;
  }
  std::vector<security::NodeId> targets;
  const auto begin = std::chrono::steady_clock::now();
  const security::AttackGraph graph(*bp);
  for (const auto c : base::ids<blueprint::ComponentId>(bp->components().size())) {
    if (security::has_data((*bp)[c])) {
      targets.push_back(graph.data(c));
    }
  }
  const auto reach = security::reach(graph, {graph.internet()});
  const auto cut = security::smallest_cut(graph, {graph.internet()}, targets);
  const double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  fmt::print("ways of an intruder, {} components {:8.2f} ms, {} edges, cut of {}, {} break-ins\n",
             components, ms, graph.edges().size(), cut.edges.size(),
             reach.break_ins[targets.front().index]);
  return 0;
}
