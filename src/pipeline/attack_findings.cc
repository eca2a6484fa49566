// Findings of an intruder that begin with a way: how they are told, and those of open machines.

#include "pipeline/attack_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "catalog/known_ports.h"

namespace outlast::pipeline {

using blueprint::ComponentId;
using findings::AttackPath;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

security::PortSet set_of(std::span<const std::int64_t> ports) {
  security::PortSet all;
  for (const std::int64_t port : ports) {
    all = all.with({port, port});
  }
  return all;
}

/// "port 22 (SSH)": those of administrators that are open.
std::string administration_ports(const security::Passing& passing) {
  std::vector<std::string> texts;
  for (const std::int64_t port : catalog::kAdministrationPorts) {
    if (passing.surely.tcp.has(port)) {
      texts.push_back(
          fmt::format("{} ({})", port, port == catalog::kRemoteDesktop ? "RDP" : "SSH"));
    }
  }
  return (texts.size() == 1 ? "port " : "ports ") + base::join_words(texts);
}

}  // namespace

void AttackTeller::add(std::string_view rule, ComponentId c, const AttackPath& path,
                       Severity severity, Words words, const std::vector<ComponentId>& others) {
  if (words.name.empty()) {
    words.name = bp_[c].name;
  }
  words.kind = maker_.title_of_type(c);
  words.path = path.text;
  Finding finding = maker_.start(rule, {c}, words);
  finding.severity = severity;
  finding.cut = {bp_[c].id};
  for (const ComponentId other : others) {
    finding.components.push_back(bp_[other].id);
  }
  if (!path.steps.empty()) {
    finding.evidence.clear();
  }
  std::size_t depth = 0;
  for (const auto& step : path.steps) {
    finding.evidence.push_back(step.evidence);
    finding.cascade.push_back({depth++, step.component, step.text, step.how, step.evidence});
  }
  maker_.add(std::move(finding));
}

/// A machine with a port open that is nobody's on the internet: of administrators or of data. Where
/// all that its firewalls let in is not known, that is told.
void OpenMachines::find(ComponentId c) {
  const auto passing = graph_.passages().from_internet(c);
  const bool is_machine = bp_[c].kind == blueprint::Kind::compute &&
                          bp_[c].service_model == blueprint::ServiceModel::iaas;
  if (is_machine && passing.truth() == base::Truth::unknown &&
      graph_.passages().is_surely_public(c)) {
    teller_.add("perhaps_open_server", c,
                intruder_.path(intruder_.from_internet(), graph_.reached(c)), Severity::low, {});
  }
  if (passing.rules.empty() || !is_machine) {
    return;
  }
  const auto is_open = [&](std::span<const std::int64_t> ports) {
    return std::any_of(ports.begin(), ports.end(),
                       [&](std::int64_t port) { return passing.surely.tcp.has(port); });
  };
  if (is_open(catalog::kAdministrationPorts)) {
    const auto behind = stores_behind(c);
    Words words;
    words.then = behind.empty() ? "Passwords and keys are tried there all day."
                                : "Behind it lies " + base::join_words(behind) + ".";
    words.cut = administration_ports(passing);
    teller_.add("open_administration", c,
                path_through(c, passing, set_of(catalog::kAdministrationPorts)),
                behind.empty() ? Severity::medium : Severity::high, words);
  } else if (is_open(catalog::kDataPorts)) {
    teller_.add("open_database", c, path_through(c, passing, set_of(catalog::kDataPorts)),
                Severity::high, {});
  }
  find_open_server(c, passing);
}

/// Users, and all others, come to the machine itself. That no balancer stands before it is told
/// with less weight where all that is open is what browsers encrypt.
void OpenMachines::find_open_server(ComponentId c, const security::Passing& passing) {
  constexpr std::int64_t kEncryptedWeb = 443;
  security::Opening of_users;
  std::vector<std::int64_t> ports;
  for (const auto& [from, to] : passing.surely.tcp.intervals()) {
    if (from != to ||
        !catalog::is_among(from, catalog::kAdministrationPorts, catalog::kDataPorts)) {
      of_users.tcp = of_users.tcp.with({from, to});
      ports.push_back(from);
    }
  }
  if (ports.empty()) {
    return;
  }
  const bool is_one = of_users.tcp == security::PortSet(ports.front(), ports.front());
  Words words;
  words.cut = of_users.tcp == security::PortSet::all() ? ports_text(of_users)
              : is_one                                 ? "port " + ports_text(of_users)
                                                       : "ports " + ports_text(of_users);
  teller_.add("open_server", c, path_through(c, passing, of_users.tcp),
              is_one && ports.front() == kEncryptedWeb ? Severity::low : Severity::medium, words);
}

/// Stores that are reached from a machine without another break-in.
std::vector<std::string> OpenMachines::stores_behind(ComponentId c) const {
  const security::Reach onward = security::reach(graph_, {graph_.held(c)});
  std::vector<std::string> behind;
  for (const ComponentId store : intruder_.stores()) {
    const std::size_t data = graph_.data(store).index;
    if (onward.truth[data] == base::Truth::yes && onward.break_ins[data] == 0 && store != c) {
      behind.push_back(bp_[store].name);
    }
  }
  return behind;
}

/// The way from the internet to these ports; the rule that opens one of them shows it better than
/// another.
AttackPath OpenMachines::path_through(ComponentId c, const security::Passing& passing,
                                      const security::PortSet& ports) const {
  AttackPath path = intruder_.path(intruder_.from_internet(), graph_.reached(c));
  const security::Opening meant{passing.surely.tcp.within(ports), {}};
  const std::string direct = fmt::format("internet → {}:", bp_[c].name);
  if (path.text.starts_with(direct) && !meant.is_empty()) {
    path.text = direct + ports_text(meant);
  }
  for (const std::size_t index : passing.rules) {
    const auto& rule = bp_.network_rules()[index];
    const bool is_meant =
        rule.protocol == "all" || (rule.from_port.is_known() && rule.to_port.is_known() &&
                                   !meant.tcp.within({*rule.from_port, *rule.to_port}).is_empty());
    if (is_meant && !path.steps.empty()) {
      path.steps.front().evidence = rule.evidence;
      break;  // rules of its own stand first
    }
  }
  return path;
}

}  // namespace outlast::pipeline
