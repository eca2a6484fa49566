#include "import/compose_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/host_names.h"
#include "base/text.h"
#include "import/compose_proxies.h"

namespace outlast::import {

using base::HostName;
using base::NodeKind;
using blueprint::Confidence;
using blueprint::DraftCall;
using blueprint::Provenance;
using blueprint::ResourceId;
using blueprint::Strength;
using blueprint::Value;

namespace {

constexpr std::string_view kDefaultNetwork = "default";

class CallFinder {
 public:
  CallFinder(const ComposeProject& project, const std::map<std::string, ResourceId>& ids,
             Desk& desk)
      : project_(project), ids_(ids), desk_(desk) {
    for (const auto& [name, service] : project.services) {
      add_names(name, service);
    }
  }

  void find(const std::string& name, const ValueTree& service) {
    caller_ = ids_.at(name);
    networks_ = networks_of(service);
    aliases_.clear();
    read_depends_on(service);
    read_links(service);
    read_network_mode(service);
    read_routed(service);
    if (const ValueTree* settings = service.member("environment")) {
      for (const auto& [key, value] : settings->members) {
        if (!names_itself_to_a_proxy(key)) {
          read_text(key, value);
        }
      }
    }
    for (const std::string_view key : {"command", "entrypoint"}) {
      if (const ValueTree* command = service.member(key)) {
        read_command(*command);
      }
    }
  }

 private:
  /// A service answers to its name, its container's and host's names, and its aliases.
  void add_names(const std::string& name, const ValueTree& service) {
    by_host_[base::to_lower(name)].insert(name);
    for (const std::string_view key : {"container_name", "hostname"}) {
      if (const ValueTree* other = service.member(key); other != nullptr && other->is_closed()) {
        by_host_[base::to_lower(other->text)].insert(name);
      }
    }
    if (const ValueTree* networks = service.member("networks")) {
      for (const auto& [network, how] : networks->members) {
        const ValueTree* aliases = how.member("aliases");
        for (std::size_t i = 0; aliases != nullptr && i < aliases->items.size(); ++i) {
          by_host_[base::to_lower(aliases->items[i].text)].insert(name);
        }
      }
    }
  }

  [[nodiscard]] static std::set<std::string> networks_of(const ValueTree& service) {
    std::set<std::string> all;
    if (const ValueTree* networks = service.member("networks")) {
      for (const auto& [network, how] : networks->members) {
        all.insert(network);
      }
    }
    const ValueTree* mode = service.member("network_mode");
    if (all.empty()) {
      all.insert(mode == nullptr ? std::string(kDefaultNetwork) : "mode " + mode->text);
    }
    return all;
  }

  /// Services that a host name means to the caller: those on a network with it.
  [[nodiscard]] std::vector<ResourceId> reached_by(const std::string& host) const {
    std::vector<ResourceId> found;
    if (const auto linked = aliases_.find(host); linked != aliases_.end()) {
      return {linked->second};
    }
    const auto named = by_host_.find(host);
    if (named == by_host_.end()) {
      return found;
    }
    for (const std::string& name : named->second) {
      const auto theirs = networks_of(project_.services.at(name));
      const bool is_shared = std::any_of(theirs.begin(), theirs.end(), [&](const auto& network) {
        return networks_.contains(network);
      });
      if (is_shared || networks_.contains("mode host")) {
        found.push_back(ids_.at(name));
      }
    }
    return found;
  }

  void add(std::vector<ResourceId> targets, base::Span span, Confidence confidence,
           Value<Strength> strength = {}) {
    std::erase(targets, caller_);
    if (targets.empty()) {
      return;
    }
    DraftCall call;
    call.targets = std::move(targets);
    call.strength = strength;
    call.confidence = confidence;
    call.evidence = {desk_.draft.resources[caller_].address, span, ""};
    desk_.draft.resources[caller_].calls.push_back(std::move(call));
  }

  void read_depends_on(const ValueTree& service) {
    const ValueTree* needs = service.member("depends_on");
    for (std::size_t i = 0; needs != nullptr && i < needs->members.size(); ++i) {
      const auto& [name, how] = needs->members[i];
      const auto needed = ids_.find(name);
      const ValueTree* condition = how.member("condition");
      const ValueTree* required = how.member("required");
      const bool is_optional = required != nullptr && required->text == "false";
      if (needed == ids_.end()) {
        continue;
      }
      const bool is_job =
          condition != nullptr && condition->text == "service_completed_successfully";
      Value<Strength> strength;
      if (is_job || is_optional) {
        strength = Value<Strength>::of(is_job ? Strength::startup : Strength::soft,
                                       Provenance::stated, how.span);
      }
      add({needed->second}, how.span, Confidence::referenced, strength);
    }
  }

  /// "db" or "db:database", which the caller alone may call it by.
  void read_links(const ValueTree& service) {
    const ValueTree* links = service.member("links");
    for (std::size_t i = 0; links != nullptr && i < links->items.size(); ++i) {
      const ValueTree& link = links->items[i];
      const std::string name = link.text.substr(0, link.text.find(':'));
      if (const auto linked = ids_.find(name); linked != ids_.end()) {
        add({linked->second}, link.span, Confidence::stated);
        aliases_[base::to_lower(link.text.substr(link.text.rfind(':') + 1))] = linked->second;
      }
    }
  }

  /// "service:vpn": all that it says goes through that one.
  void read_network_mode(const ValueTree& service) {
    constexpr std::string_view kOfService = "service:";
    const ValueTree* mode = service.member("network_mode");
    if (mode == nullptr || !mode->text.starts_with(kOfService)) {
      return;
    }
    const auto used = ids_.find(mode->text.substr(kOfService.size()));
    if (used != ids_.end()) {
      add({used->second}, mode->span, Confidence::stated,
          Value<Strength>::of(Strength::hard, Provenance::stated, mode->span));
    }
  }

  /// Each service that a proxy leads to answers for requests of its own.
  void read_routed(const ValueTree& service) {
    for (const auto& [name, told] : services_behind(service, project_)) {
      if (ids_.at(name) != caller_) {
        DraftCall call;
        call.targets = {ids_.at(name)};
        call.confidence = Confidence::referenced;
        call.route = name;
        call.evidence = {desk_.draft.resources[caller_].address, told, ""};
        desk_.draft.resources[caller_].calls.push_back(std::move(call));
      }
    }
  }

  void read_text(const std::string& setting, const ValueTree& value) {
    if (!value.is_text()) {
      return;
    }
    std::string known = value.text;
    std::replace(known.begin(), known.end(), kUnknownPart, ' ');
    const auto hosts = base::host_names_in(known);
    if (hosts.empty() && is_told_by_nobody(setting, value)) {
      desk_.draft.coverage.unknown_attributes.push_back(
          fmt::format("{}: what answers at {}", desk_.draft.resources[caller_].address, setting));
    }
    for (const HostName& host : hosts) {
      const bool is_plain = host.form == HostName::Form::plain;
      if (is_plain &&
          (!base::names_a_host(setting) || host.host.size() != base::trim(known).size())) {
        continue;
      }
      if (auto targets = reached_by(host.host); !targets.empty()) {
        add(std::move(targets), value.span, Confidence::referenced);
      } else if (base::names_a_host(setting) || host.form == HostName::Form::url ||
                 (!is_plain && by_host_.contains(host.host))) {
        add_outside(host, value.span);
      }
    }
    read_set_options(known, value.span);
  }

  /// What options tell that a setting or a command hands on, where a service answers to it.
  void read_set_options(std::string_view text, base::Span span) {
    for (const HostName& host : base::host_names_in_options(text)) {
      add(reached_by(host.host), span, Confidence::referenced);
    }
  }

  /// A host that is a variable which nothing sets: `${DB_HOST}`, `pg://${DB_HOST}:5432`.
  static bool is_told_by_nobody(const std::string& setting, const ValueTree& value) {
    const auto at = value.text.find(kUnknownPart);
    const std::string_view before = std::string_view(value.text).substr(0, at);
    return at != std::string::npos &&
           (base::names_a_host(setting) || before.ends_with("://") ||
            (before.ends_with('@') && before.find("://") != before.npos));
  }

  /// A command says more than hosts; only what a service answers to is meant.
  void read_command(const ValueTree& command) {
    std::vector<ValueTree> words =
        command.is(NodeKind::list) ? command.items : std::vector{command};
    for (const ValueTree& word : words) {
      for (const HostName& host : base::host_names_in(word.text)) {
        if (host.form != HostName::Form::plain) {
          add(reached_by(host.host), word.span, Confidence::referenced);
        }
      }
      read_set_options(word.text, word.span);
    }
    read_options(words);
  }

  /// `-h front`: the bare name of a service behind an option may be meant as one.
  void read_options(const std::vector<ValueTree>& command) {
    bool is_behind_option = false;
    for (const ValueTree& part : command) {
      for (const std::string_view word : base::split(part.text, ' ')) {
        if (is_behind_option && by_host_.contains(base::to_lower(word))) {
          add(reached_by(base::to_lower(word)), part.span, Confidence::inferred);
        }
        is_behind_option = word.starts_with('-');
      }
    }
  }

  void add_outside(const HostName& host, base::Span span) {
    DraftCall call;
    call.host = host.host;
    call.is_local = host.host.find('.') == std::string::npos;
    call.is_apart = by_host_.contains(host.host);
    call.evidence = {desk_.draft.resources[caller_].address, span, ""};
    desk_.draft.resources[caller_].calls.push_back(std::move(call));
  }

  const ComposeProject& project_;
  const std::map<std::string, ResourceId>& ids_;
  Desk& desk_;
  std::map<std::string, std::set<std::string>> by_host_;
  ResourceId caller_;
  std::set<std::string> networks_;
  std::map<std::string, ResourceId> aliases_;  ///< names that its links give to others
};

}  // namespace

void add_compose_calls(const ComposeProject& project, const std::map<std::string, ResourceId>& ids,
                       Desk& desk) {
  CallFinder finder(project, ids, desk);
  for (const auto& [name, service] : project.services) {
    finder.find(name, service);
  }
}

}  // namespace outlast::import
