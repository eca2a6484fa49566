// Who calls whom, and is let in by no policy: firewalls that admit too few.

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "catalog/known_ports.h"
#include "pipeline/attacks.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

/// In a cluster a call is a packet from one pod to another, and its policies are all in the inputs;
/// elsewhere what names another may come to it by ways that firewalls do not show.
bool is_in_a_cluster(const FindingMaker& maker, ComponentId id) {
  const std::string& type = maker.bp()[id].type;
  const auto* provider = maker.known().provider(type.substr(0, type.find('.')));
  return provider != nullptr && provider->stands_in;
}

bool runs_pods(const blueprint::Component& c) {
  return c.kind != blueprint::Kind::network && c.kind != blueprint::Kind::external;
}

/// Does surely nothing of the call get there? Of a call to a port that is told it is that port, by
/// TCP but where what listens there is known to take packets of UDP.
bool is_refused(const security::Passing& passing, const Need& need) {
  const auto& at_most = passing.at_most;
  if (!need.port.is_known()) {
    return at_most.is_empty();
  }
  const bool is_udp = catalog::is_among(*need.port, catalog::kDatagramPorts);
  return !at_most.tcp.has(*need.port) && !(is_udp && at_most.udp.has(*need.port));
}

/// "web", "web (port 8080)" where others of its ports are let in.
std::string caller_name(const std::string& name, const security::Passing& passing,
                        const Need& need) {
  const bool is_of_port = need.port.is_known() && !passing.at_most.is_empty();
  return is_of_port ? fmt::format("{} (port {})", name, *need.port) : name;
}

}  // namespace

void find_refused_calls(const Intruder& intruder, FindingMaker& maker) {
  const Blueprint& bp = maker.bp();
  std::map<ComponentId, std::map<ComponentId, const Need*>> refused;  // of whom → caller
  for (const Need& need : bp.needs()) {
    const bool is_call = need.kind == blueprint::EdgeKind::service && need.any_of.size() == 1 &&
                         need.confidence != blueprint::Confidence::inferred &&
                         bp[need.from].kind != blueprint::Kind::external;
    const ComponentId to = need.any_of.front();
    if (is_call && runs_pods(bp[to]) && is_in_a_cluster(maker, need.from) &&
        is_in_a_cluster(maker, to) &&
        is_refused(intruder.graph().passages().between(need.from, to), need)) {
      refused[to].emplace(need.from, &need);
    }
  }
  const auto& on_a_path = maker.on_a_path();
  for (const auto& [to, callers] : refused) {
    std::vector<std::string> names;
    Words words;
    words.name = bp[to].name;
    Finding finding;
    bool is_of_users = false;
    for (const auto& [from, need] : callers) {
      names.push_back(
          caller_name(bp[from].name, intruder.graph().passages().between(from, to), *need));
      is_of_users = is_of_users || on_a_path.contains(from);
    }
    words.cut = base::join_words(names);
    finding = maker.start("refused_call", {to}, words);
    finding.severity = is_of_users ? Severity::medium : Severity::low;
    for (const auto& [from, need] : callers) {
      finding.evidence.push_back(need->evidence);
      finding.cut.push_back(bp[from].id);
    }
    finding.cut.push_back(bp[to].id);
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
