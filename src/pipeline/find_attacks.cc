// What an intruder gets: ways to data, doors for administrators, roles of anybody. Only what some
// way uses is a finding; a rule that lets nothing through anywhere is none.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "base/text.h"
#include "pipeline/attack_findings.h"
#include "pipeline/attacks.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using base::Truth;
using blueprint::ComponentId;
using findings::AttackPath;
using findings::Finding;
using findings::Severity;
using findings::Words;
using security::Edge;
using security::EdgeId;
using security::NodeId;

namespace {

class AttackFinder {
 public:
  AttackFinder(const Intruder& intruder, FindingMaker& maker)
      : intruder_(intruder),
        graph_(intruder.graph()),
        bp_(intruder.bp()),
        maker_(maker),
        teller_(intruder, maker),
        machines_(intruder, maker),
        used_(maker.on_a_path()) {}

  void find() {
    for (const ComponentId store : intruder_.stores()) {
      find_way_to(store);
    }
    for (const ComponentId c : base::ids<ComponentId>(bp_.components().size())) {
      machines_.find(c);
      find_marks(c);
    }
    tell_wide_grants(by_grant_, "wide_path", Severity::high, Severity::medium);
    tell_wide_grants(by_possible_grant_, "perhaps_wide_path", Severity::low, Severity::low);
    find_open_messages();
    find_identities();
  }

 private:
  [[nodiscard]] bool is_reached(NodeId node) const {
    return intruder_.from_internet().truth[node.index] == Truth::yes;
  }

  [[nodiscard]] Words words_of_data(const DataClass& data) const {
    Words words;
    if (!data.name.empty()) {
      words.data = data.is_guessed ? fmt::format(", {} by the name {}", data.name, data.from)
                                   : fmt::format(", which holds {}", data.name);
    }
    return words;
  }

  /// A class that was declared weighs more than one that a name suggests.
  [[nodiscard]] static Severity of_class(const DataClass& data, Severity without) {
    if (data.name.empty() || data.name == "public") {
      return data.name.empty() ? without : Severity::info;
    }
    return data.is_guessed ? Severity::high : Severity::critical;
  }

  void find_way_to(ComponentId store) {
    const NodeId node = graph_.data(store);
    if (!is_reached(node)) {
      find_possible_way_to(store);
      return;
    }
    const AttackPath path = intruder_.path(intruder_.from_internet(), node);
    const auto way = security::way_to(graph_, intruder_.from_internet(), node);
    const DataClass data = intruder_.class_of(store);
    if (intruder_.every_day().truth[node.index] != Truth::yes) {
      teller_.add("opens_in_failover", store, path, Severity::medium, failover_words(way));
    } else if (path.break_ins == 0) {
      find_open_data(store, path, way, data);
    } else if (graph_.edges()[way.front()].to == graph_.reached(store) &&
               (bp_[store].kind == blueprint::Kind::database ||
                bp_[store].kind == blueprint::Kind::storage)) {
      teller_.add("open_database", store, path,
                  data.name.empty() || data.is_guessed ? Severity::high : Severity::critical,
                  words_of_data(data));
    } else if (!path.is_by_design) {
      by_grant_[wide_grant(way)].push_back(store);
    }
  }

  /// A door of a store of which nobody knows whether it is open, or a way that a wide grant may end.
  /// Where the store says itself that it has a public address, that is told already.
  void find_possible_way_to(ComponentId store) {
    const auto& marks = bp_[store].marks;
    const bool is_told = std::any_of(marks.begin(), marks.end(), [](const blueprint::Mark& mark) {
      return mark.finding == "public_store";
    });
    const NodeId node = graph_.data(store);
    if (intruder_.from_internet().truth[node.index] != Truth::unknown) {
      return;
    }
    const bool has_door = graph_.passages().from_internet(store).truth() == Truth::unknown;
    if (!has_door && !intruder_.path(intruder_.from_internet(), node).is_by_design) {
      const auto way = security::way_to(graph_, intruder_.from_internet(), node);
      by_possible_grant_[wide_grant(way)].push_back(store);
    }
    if (has_door && !is_told &&
        (bp_[store].kind == blueprint::Kind::database ||
         bp_[store].kind == blueprint::Kind::storage)) {
      teller_.add("perhaps_open_store", store, intruder_.path(intruder_.from_internet(), node),
                  Severity::low, words_of_data(intruder_.class_of(store)));
    }
  }

  /// The edge to the last grant on a way that takes in more than was named; absent: a trust does.
  [[nodiscard]] EdgeId wide_grant(const std::vector<EdgeId>& way) const {
    EdgeId wide;
    for (std::size_t i = 1; i < way.size(); ++i) {
      if (graph_.edges()[way[i]].is_wide) {
        wide = way[i - 1];
      }
    }
    return wide;
  }

  /// One finding for all that one grant opens; the way to the gravest of it is told.
  void tell_wide_grants(std::map<EdgeId, std::vector<ComponentId>>& by_grant, std::string_view rule,
                        Severity of_declared, Severity of_others) {
    for (auto& [grant, stores] : by_grant) {
      const auto weight = [&](ComponentId store) {
        const DataClass data = intruder_.class_of(store);
        return data.name.empty() ? 2 : data.is_guessed ? 1 : 0;
      };
      std::stable_sort(stores.begin(), stores.end(),
                       [&](ComponentId a, ComponentId b) { return weight(a) < weight(b); });
      const DataClass data = intruder_.class_of(stores.front());
      std::vector<std::string> names;
      for (const ComponentId store : stores) {
        names.push_back(bp_[store].name);
      }
      Words words = words_of_data(data);
      words.name = base::join_words(names);
      teller_.add(rule, stores.front(),
                  intruder_.path(intruder_.from_internet(), graph_.data(stores.front())),
                  weight(stores.front()) == 0 ? of_declared : of_others, words,
                  {stores.begin() + 1, stores.end()});
    }
  }

  void find_open_data(ComponentId store, const AttackPath& path, const std::vector<EdgeId>& way,
                      const DataClass& data) {
    const bool is_granted = std::any_of(way.begin(), way.end(), [&](EdgeId id) {
      return graph_.edges()[id].kind == Edge::Kind::may;
    });
    if (!is_granted) {
      return;  // what stands in front of it is there to hand it out
    }
    // A website is there to be read; a database with a public address is not.
    const bool is_website =
        bp_[store].kind != blueprint::Kind::database && bp_[store].internet.value_or(false);
    const Severity of_unknown = is_website                                     ? Severity::low
                                : bp_[store].kind == blueprint::Kind::database ? Severity::high
                                                                               : Severity::medium;
    teller_.add("public_data", store, path, of_class(data, of_unknown), words_of_data(data));
  }

  /// What keeps nothing for its owners, such as a queue or a secret, and is handed out to anybody.
  void find_open_messages() {
    const security::Permissions permissions(bp_);
    for (const auto& data : bp_.access().data) {
      const NodeId node = graph_.data(data.of);
      const bool is_for_all = !data.reads.empty() && !security::has_data(bp_[data.of]) &&
                              permissions.may("", data.reads, data).truth == Truth::yes;
      if (is_for_all && is_reached(node)) {
        const bool is_secret = bp_[data.of].kind == blueprint::Kind::security;
        teller_.add("public_data", data.of, intruder_.path(intruder_.from_internet(), node),
                    is_secret ? Severity::critical : Severity::medium, {});
      }
    }
  }

  [[nodiscard]] Words failover_words(const std::vector<EdgeId>& way) const {
    Words words;
    for (const EdgeId id : way) {
      const Edge& edge = graph_.edges()[id];
      if (edge.only_in_failover) {
        words.then = bp_[graph_.nodes()[edge.to].component].name;
      }
    }
    return words;
  }

  void find_marks(ComponentId c) {
    for (const blueprint::Mark& mark : bp_[c].marks) {
      const auto& rule = findings::rule_named(mark.finding);
      if (rule.goal != findings::Goal::security || rule.name == "one_credential_takes_all") {
        continue;  // `find_ransom` asks whose credential that is
      }
      AttackPath path;
      if (mark.finding == "unencrypted_traffic") {
        if (!is_reached(graph_.reached(c))) {
          continue;  // nobody on the internet is on that way
        }
        path = intruder_.path(intruder_.from_internet(), graph_.reached(c));
        path.steps.clear();
      }
      if (mark.finding == "public_store" &&
          graph_.passages().from_internet(c).truth() == Truth::yes) {
        continue;  // the way itself is told
      }
      path.steps.push_back({bp_[c].id, bp_[c].name, "it says so", mark.evidence});
      const bool is_open = mark.finding == "open_function" || mark.finding == "open_control_plane";
      const bool matters = is_open || used_.contains(c) || security::has_data(bp_[c]) ||
                           bp_[c].kind == blueprint::Kind::security;
      teller_.add(mark.finding, c, path,
                  std::max(rule.at_most, matters ? Severity::medium : Severity::low), {});
    }
  }

  void find_identities() {
    const security::Permissions permissions(bp_);
    const auto& identities = bp_.access().identities;
    for (std::size_t i = 0; i < identities.size(); ++i) {
      const bool is_anyones = identities[i].is_anyones == Truth::yes;
      const auto everything = permissions.is_administrator(identities[i].address);
      const bool is_administrator = everything.truth == Truth::yes;
      if (is_anyones || (is_administrator && is_reached(graph_.identity(i)))) {
        add_identity(i, is_anyones, is_administrator ? &bp_.grants()[everything.grant] : nullptr);
      }
    }
  }

  void add_identity(std::size_t i, bool is_anyones, const blueprint::Grant* everything) {
    const auto& identity = bp_.access().identities[i];
    const AttackPath path = intruder_.path(intruder_.from_internet(), graph_.identity(i));
    Words words;
    words.name = identity.name;
    words.path = path.text;
    words.then = everything != nullptr ? "It may do everything." : "It has what that role may do.";
    Finding finding =
        maker_.start(is_anyones ? "anyones_identity" : "administrator_in_reach", {}, words);
    finding.severity = everything != nullptr ? Severity::critical : Severity::high;
    finding.components = {identity.address};
    finding.cut = {identity.address};
    std::size_t depth = 0;
    for (const auto& step : path.steps) {
      finding.evidence.push_back(step.evidence);
      finding.cascade.push_back({depth++, step.component, step.text, step.how, step.evidence});
    }
    if (everything != nullptr) {
      finding.evidence.push_back(everything->evidence);
    }
    maker_.add(std::move(finding));
  }

  const Intruder& intruder_;
  const security::AttackGraph& graph_;
  const blueprint::Blueprint& bp_;
  FindingMaker& maker_;
  AttackTeller teller_;
  OpenMachines machines_;
  const std::set<ComponentId>& used_;                             ///< on the way of users
  std::map<EdgeId, std::vector<ComponentId>> by_grant_;           ///< that it opens, and should not
  std::map<EdgeId, std::vector<ComponentId>> by_possible_grant_;  ///< that it may open
};

}  // namespace

void find_attacks(const Intruder& intruder, FindingMaker& maker) {
  AttackFinder(intruder, maker).find();
}

}  // namespace outlast::pipeline
