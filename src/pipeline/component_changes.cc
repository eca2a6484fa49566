#include "pipeline/component_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "base/text.h"
#include "base/units.h"
#include "import/secret_shapes.h"

namespace outlast::pipeline {

using base::Node;
using base::NodeKind;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::DraftResource;
using findings::ComponentChange;
using findings::Difference;
using findings::Turn;

namespace {

constexpr std::size_t kMostAttributes = 12;

template <class T>
std::string text_of(const blueprint::Value<T>& value) {
  return value.is_unknown() ? "not known" : value.is_unset() ? "" : fmt::format("{}", *value);
}

std::string text_of(const blueprint::Value<base::Seconds>& value) {
  return value.is_unknown() ? "not known" : value.is_unset() ? "" : base::format_duration(*value);
}

std::string text_of(const blueprint::Value<base::Share>& value) {
  return value.is_unknown() ? "not known"
         : value.is_unset() ? ""
                            : fmt::format("{:.4g} %", 100 * value->value);
}

std::string text_of(const blueprint::Value<blueprint::Order>& value) {
  return value.is_known() ? std::string(blueprint::name_of(*value)) : "";
}

/// "canary 1 %, 10 %": the strategy and its steps.
std::string text_of(const blueprint::Rollout& rollout) {
  std::string text = text_of(rollout.strategy);
  std::string_view before = " ";
  for (const base::Share step : rollout.steps) {
    text += fmt::format("{}{:.4g} %", before, 100 * step.value);
    before = ", ";
  }
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  return base::join_words(words, words.size());
}

std::string zones_of(const Blueprint& bp, const Component& c) {
  std::set<std::string> zones;
  for (const auto& replica : c.replicas) {
    if (replica.zone.exists()) {
      zones.insert(bp[replica.zone].is_certain ? bp[replica.zone].name : "one that is not told");
    }
  }
  return joined({zones.begin(), zones.end()});
}

/// "hard database", "soft a or b": what a component needs, as people say it.
std::set<std::string> needs_of(const Blueprint& bp, const Component& c) {
  std::set<std::string> texts;
  const auto add = [&](const std::vector<blueprint::NeedId>& needs) {
    for (const auto id : needs) {
      std::string ends;
      for (const auto end : bp[id].any_of) {
        ends += (ends.empty() ? "" : " or ") + bp[end].id;
      }
      texts.insert(fmt::format("{} {}", blueprint::name_of(bp[id].strength), ends));
    }
  };
  add(c.needs);
  for (const auto& replica : c.replicas) {
    add(replica.local_needs);
  }
  return texts;
}

std::string without(const std::set<std::string>& all, const std::set<std::string>& others) {
  std::vector<std::string> rest;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                      std::back_inserter(rest));
  return joined(rest);
}

using Facts = std::vector<std::pair<std::string_view, std::string>>;

/// How a component of a blueprint behaves in time; of an imported one its attributes tell.
void add_behaviour(const Component& c, Facts& facts) {
  const Facts more = {{"scales at", text_of(c.scale.target)},
                      {"warm-up", text_of(c.scale.warm_up)},
                      {"grows by at most", text_of(c.scale.grows)},
                      {"shrinks by at most", text_of(c.scale.shrinks)},
                      {"timeout", text_of(c.calls.timeout)},
                      {"retries", text_of(c.calls.retries)},
                      {"backoff", text_of(c.calls.backoff_min)},
                      {"breaker at", text_of(c.calls.breaker_share)},
                      {"retry budget", text_of(c.calls.budget)},
                      {"breaker rests", text_of(c.calls.breaker_rests)},
                      {"work on a request", text_of(c.serving.work)},
                      {"requests at once", text_of(c.serving.at_once)},
                      {"threads", text_of(c.serving.threads)},
                      {"queue", text_of(c.serving.queue)},
                      {"order", text_of(c.serving.order)},
                      {"connections", text_of(c.calls.connections)},
                      {"waiting", text_of(c.calls.waiting)},
                      {"noticed after", text_of(c.switching.detect)},
                      {"switches in", text_of(c.switching.takes)},
                      {"releases", text_of(c.rollout)},
                      {"configuration", text_of(c.configuration)}};
  facts.insert(facts.end(), more.begin(), more.end());
}

/// What of a component people recognise it by, one after the other.
/// in  with_behaviour  of both that are compared, or of none: facts are told apart by their place
Facts facts_of(const Blueprint& bp, const Component& c, bool with_behaviour) {
  const auto truth_of = [](const blueprint::Value<bool>& value) -> std::string {
    return value.is_unknown() ? "not known" : value.is_unset() ? "" : *value ? "true" : "false";
  };
  Facts facts = {{"type", c.type},
                 {"size", text_of(c.size)},
                 {"region", text_of(c.region)},
                 {"zones", zones_of(bp, c)},
                 {"replicas", text_of(c.replica_count)},
                 {"at least", c.at_least_is_assumed ? "" : fmt::format("{}", c.at_least)},
                 {"redundancy", std::string(blueprint::name_of(c.redundancy))},
                 {"open to the internet", truth_of(c.internet)},
                 {"holds", text_of(c.holds)},
                 {"backups every", text_of(c.backups.every)},
                 {"backups kept", text_of(c.backups.retention)},
                 {"backups in", text_of(c.backups.in)},
                 {"grows to", text_of(c.scale.max)}};
  if (with_behaviour) {
    add_behaviour(c, facts);
  }
  return facts;
}

class AttributeDiff {
 public:
  explicit AttributeDiff(std::vector<Difference>& out) : out_(out) {}

  void compare(const std::string& path, Node before, Node after) {
    const bool was = before.exists() && !before.is(NodeKind::null);
    const bool is = after.exists() && !after.is(NodeKind::null);
    if (out_.size() >= kMostAttributes || (!was && !is)) {
      return;
    }
    if (was && is && before.kind() == after.kind() && is_collection(after)) {
      compare_children(path, before, after);
    } else if (was != is || before.kind() != after.kind() || before.text() != after.text()) {
      const bool is_told = !may_hold_secrets(path);
      out_.push_back({path, is_told ? shown(before) : "", is_told ? shown(after) : ""});
    }
  }

 private:
  static bool is_collection(Node node) { return node.is(NodeKind::map) || node.is(NodeKind::list); }

  /// A number is a secret where it is called one, or is a value that its owner gave a name.
  static bool may_hold_secrets(const std::string& path) {
    constexpr auto kOwnNames = std::to_array<std::string_view>(
        {"env", "environment", "variables", "app_settings", "parameters", "secrets", "data"});
    std::string step;
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (i < path.size() && path[i] != '.' && path[i] != '[') {
        step += path[i];
        continue;
      }
      if (import::is_secret_name(step) ||
          std::find(kOwnNames.begin(), kOwnNames.end(), step) != kOwnNames.end()) {
        return true;
      }
      step.clear();
    }
    return false;
  }

  /// Truths and numbers are mostly no secrets; texts may be.
  static std::string shown(Node node) {
    const bool is_harmless = node.as_bool().has_value() || node.as_number().has_value();
    return is_harmless ? std::string(node.text()) : "";
  }

  void compare_children(const std::string& path, Node before, Node after) {
    const std::string head = path.empty() ? "" : path + ".";
    if (after.is(NodeKind::list)) {
      for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        compare(fmt::format("{}[{}]", path, i), i < before.size() ? before.at(i) : Node(),
                i < after.size() ? after.at(i) : Node());
      }
      return;
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      compare(head + std::string(after.key(i)), before[after.key(i)], after.at(i));
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!after[before.key(i)].exists()) {
        compare(head + std::string(before.key(i)), before.at(i), Node());
      }
    }
  }

  std::vector<Difference>& out_;
};

class ChangeFinder {
 public:
  ChangeFinder(const Evaluation& base, const Evaluation& head)
      : base_(base),
        head_(head),
        base_resources_(by_address(base)),
        head_resources_(by_address(head)) {}

  std::vector<ComponentChange> find() {
    for (const Component& c : head_.blueprint->components()) {
      const auto old = base_.blueprint->find(c.id);
      old.exists() ? add_if_changed((*base_.blueprint)[old], c) : add(Turn::added, c);
    }
    for (const Component& c : base_.blueprint->components()) {
      if (!head_.blueprint->find(c.id).exists()) {
        add(Turn::removed, c);
      }
    }
    add_other_resources();
    return std::move(out_);
  }

 private:
  using Resources = std::map<std::string_view, const DraftResource*>;

  static Resources by_address(const Evaluation& evaluation) {
    Resources all;
    for (const DraftResource& resource : evaluation.draft.resources) {
      if (!resource.is_context) {
        all.emplace(resource.address, &resource);
      }
    }
    return all;
  }

  static const DraftResource* at(const Resources& all, std::string_view address) {
    const auto found = all.find(address);
    return found == all.end() ? nullptr : found->second;
  }

  void add(Turn turn, const Component& c) {
    told_.insert(c.id);
    told_.insert(c.parts.begin(), c.parts.end());
    ComponentChange change{turn, c.id, c.name, {}, 0, c.evidence};
    if (turn == Turn::removed && goes_with_its_data(c)) {
      change.loses_data = true;
      change.differences.push_back({"its data", "kept", "deleted"});
    }
    out_.push_back(std::move(change));
  }

  void add_if_changed(const Component& before, const Component& after) {
    ComponentChange change{Turn::changed, after.id, after.name, {}, 0, after.evidence};
    const bool is_told = !before.is_imported && !after.is_imported;
    const auto old_facts = facts_of(*base_.blueprint, before, is_told);
    const auto new_facts = facts_of(*head_.blueprint, after, is_told);
    for (std::size_t i = 0; i < new_facts.size(); ++i) {
      if (old_facts[i].second != new_facts[i].second) {
        change.differences.push_back(
            {std::string(new_facts[i].first), old_facts[i].second, new_facts[i].second});
      }
    }
    const auto old_needs = needs_of(*base_.blueprint, before);
    const auto new_needs = needs_of(*head_.blueprint, after);
    if (old_needs != new_needs) {
      change.differences.push_back(
          {"needs", without(old_needs, new_needs), without(new_needs, old_needs)});
    }
    std::set<std::string> addresses(after.parts.begin(), after.parts.end());
    addresses.insert(before.parts.begin(), before.parts.end());
    compare_resource(after.id, "", change);
    for (const std::string& part : addresses) {
      if (part != after.id) {
        compare_resource(part, part, change);
      }
    }
    if (!change.differences.empty()) {
      out_.push_back(std::move(change));
    }
    told_.insert(after.id);
    told_.insert(addresses.begin(), addresses.end());
  }

  /// What of a resource differs, told with the component that it is part of.
  void compare_resource(const std::string& address, const std::string& head,
                        ComponentChange& change) const {
    const DraftResource* before = at(base_resources_, address);
    const DraftResource* after = at(head_resources_, address);
    if (before != nullptr && after != nullptr) {
      std::vector<Difference> differences;
      AttributeDiff(differences).compare("", before->attributes, after->attributes);
      for (Difference& difference : differences) {
        difference.what = head.empty() ? difference.what : head + ": " + difference.what;
        change.differences.push_back(std::move(difference));
      }
      if (!differences.empty() && change.differences.size() == differences.size()) {
        change.evidence = after->evidence;  // nothing of the component itself differs
      }
    } else if (before != nullptr || after != nullptr) {
      change.differences.push_back(
          {head, before != nullptr ? "there" : "", after != nullptr ? "there" : ""});
    }
  }

  /// Resources that are part of no component in either: firewalls' rules, policies, routes.
  void add_other_resources() {
    for (const auto& [address, resource] : head_resources_) {
      if (told_.contains(std::string(address))) {
        continue;
      }
      ComponentChange change{Turn::changed,     resource->address, resource->name, {}, 0,
                             resource->evidence};
      if (at(base_resources_, address) == nullptr) {
        change.turn = Turn::added;
        out_.push_back(std::move(change));
        continue;
      }
      AttributeDiff(change.differences)
          .compare("", at(base_resources_, address)->attributes, resource->attributes);
      if (!change.differences.empty()) {
        out_.push_back(std::move(change));
      }
    }
    for (const auto& [address, resource] : base_resources_) {
      if (!told_.contains(std::string(address)) && at(head_resources_, address) == nullptr) {
        out_.push_back(
            {Turn::removed, resource->address, resource->name, {}, 0, resource->evidence});
      }
    }
  }

  const Evaluation& base_;
  const Evaluation& head_;
  Resources base_resources_;
  Resources head_resources_;
  std::set<std::string> told_;
  std::vector<ComponentChange> out_;
};

}  // namespace

std::vector<ComponentChange> component_changes(const Evaluation& base, const Evaluation& head) {
  return ChangeFinder(base, head).find();
}

bool goes_with_its_data(const Component& c) {
  return c.is_store && c.is_imported;
}

}  // namespace outlast::pipeline
