// A scenario file, from its YAML to a `Scenario`.
//
// Problem. People make up a bad day; what is misspelt, says nothing, contradicts itself or never
// ends must be told with its place, all of it at once.
//
// Method. Maps are read by the table of the format (`KeyReader`), which tells what is wrong with
// their shape. Then each fault is asked whether it says what its kind needs and nothing else, and
// all of them together whether they can hold at once.

#include "import/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/document.h"
#include "base/hash.h"
#include "base/text.h"
#include "blueprint/attributes.h"
#include "import/scenario_checks.h"
#include "import/sections.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using base::Seconds;
using base::Span;
using blueprint::Fault;
using blueprint::Match;
using blueprint::Remedy;
using blueprint::Scenario;
using blueprint::ScenarioFault;
using blueprint::ScenarioRecovery;
using blueprint::Section;

namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20U;
constexpr std::size_t kMostEntries = 1000;
constexpr std::string_view kExample =
    "such as {at: 5m, for: 10m, fault: down, match: {component: database}}; outlast init "
    "--scenario "
    "writes one";

/// Keys of a fault that say how bad it is, and the kinds that they say something of.
struct Amount {
  std::string_view key;
  std::initializer_list<Fault> kinds;
};
const Amount kAmounts[] = {
    {"slower", {Fault::degrade, Fault::push}},
    {"error",
     {Fault::down, Fault::degrade, Fault::push, Fault::cut, Fault::unresolve, Fault::invalidate}},
    {"users", {Fault::surge}},
    {"within", {Fault::surge}},
    {"from", {Fault::cut}},
    {"share", {Fault::down, Fault::degrade, Fault::push, Fault::destroy, Fault::missense}},
    {"replicas",
     {Fault::down, Fault::degrade, Fault::push, Fault::destroy, Fault::missense, Fault::limit}},
};

class ScenarioReader {
 public:
  explicit ScenarioReader(base::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Scenario read(Node root) {
    KeyReader top(root, Section::scenario, diagnostics_);
    if (!top.is_map()) {
      return {};
    }
    read_head(top, root);
    const Node faults = top.node("faults");
    if (!faults.is(NodeKind::list) || faults.size() == 0) {
      tell("OUT-E1802", faults.exists() ? faults.span() : root.span(),
           "a scenario needs faults: a list of what goes wrong when", kExample);
    }
    each(faults, [&](Node node) { read_fault(node); });
    const Node recoveries = top.node("recoveries");
    if (recoveries.exists() && !recoveries.is(NodeKind::list)) {
      top.wrong(recoveries.span(), "recoveries: expected a list",
                "write `recoveries: [{at: 20m, recovery: revert, ends: [ID]}]`");
    }
    each(recoveries, [&](Node node) { read_recovery(node); });
    const auto by_time = [](const auto& a, const auto& b) { return a.at < b.at; };
    std::stable_sort(out_.faults.begin(), out_.faults.end(), by_time);
    std::stable_sort(out_.recoveries.begin(), out_.recoveries.end(), by_time);
    check_scenario(out_, diagnostics_);
    return std::move(out_);
  }

 private:
  void tell(std::string code, Span span, std::string message, std::string_view help) {
    diagnostics_.error(std::move(code), span, std::move(message), std::string(help));
  }

  void read_head(KeyReader& top, Node root) {
    const auto name = top.text("scenario");
    if (name.is_unset()) {
      tell("OUT-E1801", root.span(), "a scenario says what happens: scenario: …",
           "begin the file with `scenario: the database dies during the sale`");
    }
    out_.name = name.value_or("");
    out_.users = top.number("users");
    if (out_.users.is_known() && *out_.users > 1e12) {
      tell("OUT-E1803", out_.users.span(), "a scenario begins with a number of users",
           "from 0 to 1e12");
    }
    out_.until = top.duration("until");
    if (out_.until.is_known() && (out_.until->value <= 0 || *out_.until > kLongestScenario)) {
      tell("OUT-E1803", out_.until.span(), "a scenario is watched from a moment to seven days",
           "write such as `until: 2h`");
    }
  }

  template <class Read>
  void each(Node list, Read read) {
    if (!list.is(NodeKind::list)) {
      return;
    }
    if (list.size() > kMostEntries) {
      tell("OUT-E1802", list.span(), fmt::format("a scenario has at most {} of them", kMostEntries),
           "leave some out");
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      read(list.at(i));
    }
  }

  Seconds read_at(KeyReader& reader, Node node) {
    const auto at = reader.duration("at");
    if (at.is_unset()) {
      tell("OUT-E1804", node.span(), "it does not say when", "add `at: 5m`, after the start");
    }
    const bool is_late = at.is_known() && out_.until.is_known() && *at >= *out_.until;
    if (is_late || (at.is_known() && *at >= kLongestScenario)) {
      tell("OUT-E1804", at.span(), "it never happens: the scenario is over by then",
           "let it begin before `until`, which is seven days at most");
    }
    return at.value_or({0});
  }

  Match read_match(KeyReader& outer, std::string_view key) {
    Match match;
    read_section(outer, key, Section::scenario_match, diagnostics_, [&](KeyReader& reader) {
      match.span = outer.node(key).span();
      match.component = reader.text("component");
      match.zone = reader.text("zone");
      match.region = reader.text("region");
      match.type = reader.text("type");
      match.service = reader.text("service");
      match.provider = reader.text("provider");
      if (match.is_empty()) {
        tell("OUT-E1805", match.span, fmt::format("{} names nothing", key),
             "write such as `{component: database}`, `{zone: us-east-1a}` or `{type: aws.rds}`");
      }
    });
    return match;
  }

  void read_operations(KeyReader& reader, ScenarioFault& fault) {
    const auto names = reader.texts("operations");
    fault.operations_span = names.empty() ? base::Span() : reader.node("operations").span();
    for (const std::string& name : names) {
      if (const auto operation = blueprint::parse_name<blueprint::Operation>(name)) {
        fault.operations.push_back(*operation);
      } else {
        fault.own_operations.push_back(name);
      }
    }
  }

  void read_fault(Node node) {
    KeyReader reader(node, Section::scenario_fault, diagnostics_);
    if (!reader.is_map()) {
      return;
    }
    ScenarioFault fault;
    fault.span = node.span();
    const auto id = reader.text("id");
    fault.id = id.value_or(fmt::format("fault {}", out_.faults.size() + 1));
    if (!ids_.insert(fault.id).second) {
      tell("OUT-E1806", id.span(), fmt::format("there are two faults \"{}\"", fault.id),
           "give each its own id");
    }
    const auto kind = reader.choice<Fault>("fault");
    if (kind.is_unset()) {
      tell("OUT-E1805", node.span(), "a fault that does nothing: `fault` is missing", kExample);
    }
    fault.fault = kind.value_or(Fault::down);
    fault.what = reader.text("what").value_or("");
    fault.at = read_at(reader, node);
    fault.lasts = reader.duration("for");
    fault.reaches = reader.duration("reaches");
    fault.match = read_match(reader, "match");
    fault.from = read_match(reader, "from");
    fault.plane = reader.choice<blueprint::Plane>("plane").value_or(blueprint::Plane::data);
    read_operations(reader, fault);
    fault.replicas = reader.integer("replicas", blueprint::kMostReplicas);
    fault.share = reader.share("share");
    fault.slower = reader.number("slower");
    fault.error = reader.share("error");
    fault.users = reader.number("users");
    fault.within = reader.duration("within");
    if (kind.is_known()) {
      check_fault(reader, fault);
    }
    out_.faults.push_back(std::move(fault));
  }

  void check_fault(KeyReader& reader, const ScenarioFault& fault) {
    for (const Amount& amount : kAmounts) {
      const Node value = reader.node(amount.key);
      const bool is_known =
          std::find(amount.kinds.begin(), amount.kinds.end(), fault.fault) != amount.kinds.end();
      if (value.exists() && !is_known) {
        tell("OUT-E1807", value.span(),
             fmt::format("{} says nothing of a fault of the kind {}", amount.key,
                         blueprint::name_of(fault.fault)),
             fmt::format("leave it out, or choose another kind: {}", kinds_of(amount)));
      }
    }
    const auto needs = [&](bool is_there, std::string_view what, std::string_view help) {
      if (!is_there) {
        tell("OUT-E1805", fault.span,
             fmt::format("a fault of the kind {} needs {}", blueprint::name_of(fault.fault), what),
             help);
      }
    };
    const auto is_written = [&](std::string_view key) { return reader.node(key).exists(); };
    if (fault.fault == Fault::surge) {
      needs(is_written("users"), "a number of users", "add `users: 20000`, and `within: 5m`");
    } else {
      needs(is_written("match"), "whom it hits", "add `match: {component: NAME}`");
    }
    if (fault.fault == Fault::degrade) {
      needs(is_written("slower") || is_written("error"), "how bad it is",
            "add `slower: 4` or `error: 20%`");
    }
    check_amounts(fault, diagnostics_);
    if (fault.lasts.is_known() && (fault.lasts->value <= 0 || fault.fault == Fault::surge)) {
      tell("OUT-E1807", fault.lasts.span(),
           fault.fault == Fault::surge ? "users stay: a surge has no end of its own"
                                       : "a fault lasts for more than no time",
           fault.fault == Fault::surge ? "leave `for` out; a further surge tells when they go"
                                       : "write such as `for: 10m`, or leave it out");
    }
  }

  static std::string kinds_of(const Amount& amount) {
    std::string kinds;
    for (const Fault kind : amount.kinds) {
      kinds += (kinds.empty() ? "" : ", ");
      kinds += blueprint::name_of(kind);
    }
    return kinds;
  }

  void read_recovery(Node node) {
    KeyReader reader(node, Section::scenario_recovery, diagnostics_);
    if (!reader.is_map()) {
      return;
    }
    ScenarioRecovery recovery;
    recovery.span = node.span();
    const auto remedy = reader.choice<Remedy>("recovery");
    if (remedy.is_unset()) {
      tell("OUT-E1808", node.span(), "a recovery that does nothing: `recovery` is missing",
           "such as {at: 20m, recovery: revert, ends: [ID]}");
    }
    recovery.remedy = remedy.value_or(Remedy::repair);
    recovery.what = reader.text("what").value_or("");
    recovery.at = read_at(reader, node);
    recovery.reaches = reader.duration("reaches");
    recovery.ends = reader.texts("ends");
    recovery.needs = reader.texts("needs");
    recovery.match = read_match(reader, "match");
    recovery.replicas = reader.integer("replicas", blueprint::kMostReplicas);
    recovery.users = reader.number("users");
    out_.recoveries.push_back(std::move(recovery));
  }

  base::Diagnostics& diagnostics_;
  Scenario out_;
  std::set<std::string> ids_;
};

}  // namespace

std::optional<Scenario> read_scenario(const std::string& path, const base::FileSource& files,
                                      base::Sources& sources, base::Diagnostics& diagnostics) {
  auto bytes = files.read(path, kMostBytes);
  const std::string hash = bytes ? base::sha256(*bytes) : "";
  auto text = bytes ? base::to_utf8(std::move(*bytes)) : std::move(bytes);
  if (!text) {
    diagnostics.error("OUT-E1800", Span(),
                      fmt::format("cannot read the scenario {}: {}", path, text.error().message),
                      text.error().remedy);
    return std::nullopt;
  }
  const auto source = sources.add(path, std::move(*text), hash);
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  if (!documents) {
    return std::nullopt;
  }
  if (documents->size() != 1) {
    diagnostics.error("OUT-E1800", {source, 0, 0}, "a file holds one scenario",
                      std::string(kExample));
    return std::nullopt;
  }
  Scenario scenario = ScenarioReader(diagnostics).read(documents->front().root());
  return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(scenario));
}

}  // namespace outlast::import
