#include "pipeline/attacks.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace outlast::pipeline {

using base::Truth;
using blueprint::Blueprint;
using blueprint::ComponentId;
using findings::AttackPath;
using findings::AttackStep;
using findings::BlastRadius;
using security::Edge;
using security::EdgeId;
using security::Node;
using security::NodeId;
using security::Reach;

Intruder::Intruder(const Blueprint& bp)
    : bp_(bp),
      graph_(bp),
      from_internet_(security::reach(graph_, {graph_.internet()})),
      every_day_(security::reach(graph_, {graph_.internet()}, false)) {
  for (std::size_t i = 0; i < bp.access().guessed.size(); ++i) {
    guessed_.emplace(bp.access().guessed[i].of, i);
  }
}

DataClass Intruder::class_of(ComponentId store) const {
  if (bp_[store].holds.is_known()) {
    return {*bp_[store].holds, false, "", nullptr};
  }
  const auto found = guessed_.find(store);
  if (found == guessed_.end()) {
    return {};
  }
  const auto& guess = bp_.access().guessed[found->second];
  return {guess.name, true, guess.from, &guess.evidence};
}

std::vector<ComponentId> Intruder::stores() const {
  std::vector<ComponentId> all;
  for (const ComponentId c : base::ids<ComponentId>(bp_.components().size())) {
    if (security::has_data(bp_[c])) {
      all.push_back(c);
    }
  }
  return all;
}

std::string ports_text(const security::Opening& ports) {
  const auto& tcp = ports.tcp.intervals();
  const auto& all = tcp.empty() ? ports.udp.intervals() : tcp;
  std::vector<std::string> texts;
  for (const auto& interval : all) {
    if (interval.from == security::PortSet::kFirst && interval.to == security::PortSet::kLast) {
      return "any port";
    }
    texts.push_back(interval.from == interval.to
                        ? std::to_string(interval.from)
                        : fmt::format("{}-{}", interval.from, interval.to));
  }
  return base::join_words(texts) + (tcp.empty() ? " udp" : "");
}

namespace {

/// Which component a node is about; absent where it is about none.
ComponentId component_of(const Node& node) {
  const bool is_of_one = node.kind == Node::Kind::reached || node.kind == Node::Kind::held ||
                         node.kind == Node::Kind::data;
  return is_of_one ? node.component : ComponentId();
}

std::string how_of(const Edge& edge) {
  const bool is_sure = edge.truth == Truth::yes;
  switch (edge.kind) {
    case Edge::Kind::lets_in:
      return (is_sure ? "firewalls let it in at " : "firewalls may let it in at ") +
             ports_text(edge.ports);
    case Edge::Kind::forwards:
      return "requests are handed on to it";
    case Edge::Kind::calls:
      return "it is called";
    case Edge::Kind::break_in:
      return "a flaw or a guessed password opens it";
    case Edge::Kind::uses:
      return "it answers who works with it";
    case Edge::Kind::wears:
      return "what runs there acts as it";
    case Edge::Kind::granted:
    case Edge::Kind::may:
      return (is_sure ? "a grant allows " : "a grant may allow ") + edge.action;
    case Edge::Kind::assumes:
      return "its trust lets others act as it";
    case Edge::Kind::is_part:
      break;
  }
  return "it is a part of that";
}

/// "lb:443 → web → role web → customers (s3:*)": each component once.
void tell(const Edge& edge, const Node& to, const std::string& ports, AttackStep& step,
          ComponentId before, AttackPath& path) {
  const ComponentId component = component_of(to);
  const bool is_new = component != before || to.kind == Node::Kind::identity;
  if (edge.kind == Edge::Kind::may) {
    step.text += fmt::format(" ({})", edge.action);
  } else if (!ports.empty() && ports != "any port") {
    step.text += ":" + ports;
  }
  if (is_new) {
    path.text += " → " + step.text;
  }
}

}  // namespace

AttackStep Intruder::step(const Edge& edge) const {
  const Node& to = graph_.nodes()[edge.to];
  AttackStep step;
  step.how = how_of(edge);
  step.evidence = edge.evidence;
  if (to.kind == Node::Kind::identity) {
    step.component = bp_.access().identities[to.identity].address;
    step.text = bp_.access().identities[to.identity].name;
  } else if (to.kind == Node::Kind::grant) {
    step.component = edge.evidence.address;
    step.text = "grant of " + edge.action;
  } else if (to.component.exists()) {
    step.component = bp_[to.component].id;
    step.text = bp_[to.component].name;
  }
  return step;
}

AttackPath Intruder::path(const Reach& reach, NodeId to) const {
  AttackPath path;
  path.truth = reach.truth[to.index];
  path.break_ins = path.truth == Truth::no ? 0 : reach.break_ins[to.index];
  if (const Node& end = graph_.nodes()[to]; end.component.exists()) {
    path.to = bp_[end.component].id;
    path.to_name = bp_[end.component].name;
    const DataClass data = class_of(end.component);
    path.holds = data.name;
    path.holds_is_guessed = data.is_guessed;
  }
  const auto way = security::way_to(graph_, reach, to);
  const Node& begin = graph_.nodes()[way.empty() ? to : graph_.edges()[way.front()].from];
  path.text = begin.kind == Node::Kind::internet   ? "internet"
              : begin.kind == Node::Kind::identity ? bp_.access().identities[begin.identity].name
                                                   : bp_[begin.component].name;
  ComponentId before = component_of(begin);
  std::string ports;
  for (const EdgeId id : way) {
    const Edge& edge = graph_.edges()[id];
    const Node& node = graph_.nodes()[edge.to];
    path.is_by_design = path.is_by_design && !edge.is_wide && edge.kind != Edge::Kind::assumes;
    path.only_in_failover = path.only_in_failover || edge.only_in_failover;
    if (edge.kind == Edge::Kind::lets_in) {
      ports = ports_text(edge.ports);
    }
    const bool is_a_thing = node.kind == Node::Kind::identity || component_of(node).exists();
    if (!is_a_thing || edge.kind == Edge::Kind::is_part) {
      if (edge.kind == Edge::Kind::lets_in) {
        path.steps.push_back(step(edge));
      }
      if (!is_a_thing || node.kind != Node::Kind::reached) {
        continue;
      }
    }
    AttackStep next = step(edge);
    tell(edge, node, ports, next, before, path);
    ports.clear();
    before = component_of(node);
    if (edge.kind != Edge::Kind::is_part) {
      path.steps.push_back(std::move(next));
    }
  }
  return path;
}

namespace {

/// Of so many components the radius is told; each takes a search of its own.
constexpr std::size_t kMostRadii = 200;

/// From components and credentials: what is had without another break-in.
BlastRadius radius_of(const Intruder& intruder, const std::vector<NodeId>& from) {
  const auto& graph = intruder.graph();
  const Reach reach = security::reach(graph, from);
  BlastRadius out;
  for (const ComponentId c : base::ids<ComponentId>(intruder.bp().components().size())) {
    const std::size_t data = graph.data(c).index;
    const bool has_it = reach.truth[data] != Truth::no && reach.break_ins[data] == 0;
    if (has_it && security::has_data(intruder.bp()[c])) {
      (reach.truth[data] == Truth::yes ? out.data : out.may_data).push_back(intruder.bp()[c].id);
    }
    const std::size_t reached = graph.reached(c).index;
    if (reach.truth[reached] == Truth::yes && reach.break_ins[reached] == 0) {
      ++out.reaches;
    }
  }
  return out;
}

/// What the fewest changes are asked for: classified data, or any where no class is known. What may
/// not be there asks for none.
findings::AttackCut cut_of(const Intruder& intruder) {
  std::vector<NodeId> classified;
  std::vector<NodeId> any;
  for (const ComponentId store : intruder.stores()) {
    const NodeId data = intruder.graph().data(store);
    if (intruder.from_internet().truth[data.index] == Truth::yes &&
        intruder.bp()[store].made_if.empty()) {
      any.push_back(data);
      if (!intruder.class_of(store).name.empty()) {
        classified.push_back(data);
      }
    }
  }
  findings::AttackCut out;
  out.is_asked = !any.empty();
  if (!out.is_asked) {
    return out;
  }
  const auto cut = security::smallest_cut(intruder.graph(), {intruder.graph().internet()},
                                          classified.empty() ? any : classified);
  out.is_possible = cut.is_possible;
  for (const EdgeId id : cut.edges) {
    out.edges.push_back(intruder.step(intruder.graph().edges()[id]));
  }
  return out;
}

}  // namespace

findings::Security attacks_of(const Intruder& intruder) {
  findings::Security out;
  const Blueprint& bp = intruder.bp();
  const auto& graph = intruder.graph();
  for (const ComponentId store : intruder.stores()) {
    AttackPath path = intruder.path(intruder.from_internet(), graph.data(store));
    if (!bp[store].made_if.empty()) {
      path.truth = base::both(path.truth, Truth::unknown);  // it may not be there
    }
    if (path.truth != Truth::no) {
      out.paths.push_back(std::move(path));
    }
  }
  std::stable_sort(out.paths.begin(), out.paths.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.truth != Truth::yes, a.break_ins) <
           std::tuple(b.truth != Truth::yes, b.break_ins);
  });
  for (std::size_t i = 0; i < bp.access().identities.size(); ++i) {
    BlastRadius radius = radius_of(intruder, graph.credentials_of(i));
    radius.of = bp.access().identities[i].address;
    radius.name = bp.access().identities[i].name;
    radius.is_credential = true;
    out.radii.push_back(std::move(radius));
  }
  std::size_t told = 0;
  for (const ComponentId c : base::ids<ComponentId>(bp.components().size())) {
    const bool is_in_reach = intruder.from_internet().truth[graph.reached(c).index] == Truth::yes;
    if (!is_in_reach || graph.out_of(graph.held(c)).empty() || ++told > kMostRadii) {
      continue;
    }
    BlastRadius radius = radius_of(intruder, {graph.held(c)});
    radius.of = bp[c].id;
    radius.name = bp[c].name;
    out.radii.push_back(std::move(radius));
  }
  out.cut = cut_of(intruder);
  return out;
}

namespace {

/// How the credential comes to data, and how strangers come to it where they do.
std::string because_of(const Intruder& intruder, std::size_t identity, ComponentId store) {
  const auto& graph = intruder.graph();
  const Reach from_it = security::reach(graph, graph.credentials_of(identity));
  std::string onward = intruder.path(from_it, graph.data(store)).text;
  const auto way = security::way_to(graph, from_it, graph.data(store));
  const NodeId node = graph.edges()[way.front()].from;
  const Reach& reach = intruder.from_internet();
  if (reach.truth[node.index] != Truth::yes) {
    return onward;
  }
  const std::string name = intruder.bp().access().identities[identity].name;
  return intruder.path(reach, node).text + onward.substr(std::min(name.size(), onward.size()));
}

}  // namespace

std::optional<findings::SurvivalRow> credential_row(const Intruder& intruder,
                                                    const findings::Security& security) {
  const Blueprint& bp = intruder.bp();
  const auto& identities = bp.access().identities;
  const BlastRadius* worst = nullptr;
  std::size_t worst_identity = 0;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    if (identities[i].worn_by.empty() && identities[i].narrow.empty() && !identities[i].has_key) {
      continue;
    }
    const auto found = std::find_if(
        security.radii.begin(), security.radii.end(),
        [&](const BlastRadius& r) { return r.is_credential && r.of == identities[i].address; });
    const bool is_worse =
        worst == nullptr || std::pair(found->data.size(), found->may_data.size()) >
                                std::pair(worst->data.size(), worst->may_data.size());
    if (is_worse) {
      worst = &*found;
      worst_identity = i;
    }
  }
  if (worst == nullptr) {
    return std::nullopt;
  }
  findings::SurvivalRow row;
  row.worst_case = "credential";
  row.scope = worst->name;
  row.fault_class = blueprint::FaultClass::security;
  row.objective = blueprint::objective_of(bp.objectives(), row.fault_class);
  row.cut = {worst->of};
  row.survives = !worst->data.empty()       ? findings::Verdict::no
                 : !worst->may_data.empty() ? findings::Verdict::unknown
                                            : findings::Verdict::yes;
  const bool is_sure = !worst->data.empty();
  const auto& open = is_sure ? worst->data : worst->may_data;
  if (!open.empty()) {
    row.because = {because_of(intruder, worst_identity, bp.find(open.front()))};
    row.data.kind = is_sure ? failure::DataLoss::Kind::exposed : failure::DataLoss::Kind::unknown;
    row.data.stores = open;
    for (const std::string& store : open) {
      const auto& component = bp[bp.find(store)];
      row.effects.push_back(
          {0, store, component.name, row.because.front(), component.evidence,
           is_sure ? findings::Condition::exposed : findings::Condition::endangered});
    }
  }
  return row;
}

}  // namespace outlast::pipeline
