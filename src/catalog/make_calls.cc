// Who calls whom, where an input names hosts or shows calls rather than attributes of a type.
//
// A call names resources, or a host that its own format knows nothing of: that may be a thing of
// another input (an endpoint in a Terraform state), and else lies outside: a third party, which the
// need for it is only inferred to be one, for nothing tells whether users need what answers there.
// A name that means
// something within the input's own network only and that nothing there answers to is a dangling
// reference: told as such, and no component is made of it. So is one that is there, and that no
// network leads to.

#include <algorithm>
#include <array>
#include <set>

#include "base/host_names.h"
#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::DraftNeed;
using blueprint::EdgeKind;
using blueprint::Provenance;
using blueprint::Strength;
using blueprint::Value;

namespace {

constexpr std::string_view kDangling = "dangling_reference";
constexpr std::string_view kApart = "no_common_network";

/// A name that anybody can look up: its last part is none that is kept for networks of one's own or
/// for examples.
bool is_public_name(std::string_view host) {
  constexpr auto kOwn = std::to_array<std::string_view>(
      {"local", "localhost", "internal", "intranet", "private", "corp", "home", "lan", "svc",
       "consul", "test", "example", "invalid", "arpa", "localdomain"});
  const auto dot = host.rfind('.');
  const bool is_bare = dot == std::string_view::npos || dot + 1 == host.size();
  return !is_bare && std::find(kOwn.begin(), kOwn.end(), host.substr(dot + 1)) == kOwn.end();
}

DraftNeed need_of(const Sight& sight, const DraftCall& call, const Reach& reach) {
  DraftNeed need;
  for (const ResourceId id : reach.any_of) {
    need.any_of.push_back(sight.id_of(id));
  }
  need.strength = call.strength;
  if (!reach.any_of.empty()) {
    need.strength.fill(
        Value<Strength>::of(sight.strength_of_need(reach.any_of.front()), Provenance::catalog));
  }
  need.kind = Value<EdgeKind>::of(EdgeKind::service, Provenance::catalog);
  need.switching.detect = reach.detect;
  need.confidence = reach.is_certain ? call.confidence : Confidence::inferred;
  need.record = call.record;
  need.port = call.port;
  need.calls = call.policy;
  if (!call.route.empty()) {
    need.routes = {call.route};
  }
  need.evidence = call.evidence;
  return need;
}

class CallMaker {
 public:
  CallMaker(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft) {
    for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
      if (!sight.graph.entry(id).answers_to.empty()) {
        answering_.push_back(id);
      }
    }
  }

  void make(ResourceId caller) {
    dangling_.clear();
    apart_.clear();
    for (const DraftCall& call : sight_.graph.resource(caller).calls) {
      std::vector<ResourceId> targets = call.targets;
      if (targets.empty() && !call.is_apart) {
        targets = sight_.graph.mentioned_in(call.host);
      }
      if (targets.empty() && call.is_local) {
        targets = made_elsewhere(call.host, caller);
      }
      if (call.is_apart) {
        apart_.push_back(&call);
      } else if (targets.empty() && call.is_local) {
        dangling_.push_back(&call);
      } else if (targets.empty()) {
        add_outside(caller, call);
      }
      for (const ResourceId owner : sight_.folding.owners(caller)) {
        add(owner, call, targets);
      }
    }
    tell(caller, kDangling, dangling_);
    tell(caller, kApart, apart_);
    for (const LinkRule& rule : sight_.graph.entry(caller).links) {
      if (rule.role == LinkRole::mentions) {
        for (const Selected& at :
             select(sight_.graph.resource(caller).attributes, rule.attribute)) {
          find_known_parties(caller, at.node);
        }
      }
    }
  }

 private:
  /// Third parties that a setting names by a host of theirs. Other hosts of a text of no format tell
  /// too little: things of the inputs are found by their references.
  void find_known_parties(ResourceId caller, base::Node setting) {
    const bool has_members = setting.is(base::NodeKind::map) || setting.is(base::NodeKind::list);
    for (std::size_t i = 0; has_members && i < setting.size(); ++i) {
      find_known_parties(caller, setting.at(i));
    }
    if (!setting.is(base::NodeKind::string)) {
      return;
    }
    for (const base::HostName& found : base::host_names_in(setting.text())) {
      const TypeEntry* type = third_party_at(sight_.catalog, found.host);
      if (type != nullptr && type->becomes == Becomes::component) {
        DraftCall call;
        call.host = found.host;
        call.evidence = sight_.graph.resource(caller).evidence;
        call.evidence.span = setting.span();
        add_outside(caller, call);
      }
    }
  }

  /// What makes a host of this name by itself, in the caller's namespace or the one it names.
  [[nodiscard]] std::vector<ResourceId> made_elsewhere(const std::string& host,
                                                       ResourceId caller) const {
    const auto labels = base::split(host, '.');
    const std::string& from = sight_.id_of(caller);
    const std::string_view space =
        labels.size() > 1 ? labels[1] : std::string_view(from).substr(0, from.find('/'));
    std::vector<ResourceId> found;
    for (const ResourceId id : answering_) {
      const blueprint::DraftResource& resource = sight_.graph.resource(id);
      if (resource.address.substr(0, resource.address.find('/')) == space &&
          answers(resource, sight_.graph.entry(id), labels.front())) {
        found.push_back(id);
      }
    }
    return found.size() > 1 ? std::vector<ResourceId>() : found;  // of several it may be any
  }

  static bool answers(const blueprint::DraftResource& resource, const TypeEntry& entry,
                      std::string_view host) {
    return std::any_of(entry.answers_to.begin(), entry.answers_to.end(),
                       [&](std::string_view form) {
                         std::string name(form);
                         constexpr std::string_view kName = "{name}";
                         if (const auto at = name.find(kName); at != std::string::npos) {
                           name.replace(at, kName.size(), resource.name);
                         }
                         return matches(name, host);
                       });
  }

  void add(ResourceId owner, const DraftCall& call, const std::vector<ResourceId>& targets) {
    const auto at = sight_.component_of.find(owner.index);
    if (at == sight_.component_of.end()) {
      return;
    }
    for (const Reach& reach : sight_.relays.reached(targets, targets.size() > 1, owner)) {
      add_need(draft_.components[at->second], need_of(sight_, call, reach));
    }
  }

  /// What answers there, and how well, no input says. A public name is taken for somebody else's;
  /// one that a provider gives to what it runs for its customers may be anything of the owners'.
  void add_outside(ResourceId caller, const DraftCall& call) {
    const TypeEntry* type = third_party_at(sight_.catalog, call.host);
    const bool is_somebody =
        type != nullptr ? type->becomes == Becomes::component : is_public_name(call.host);
    for (const ResourceId owner : sight_.folding.owners(caller)) {
      const auto at = sight_.component_of.find(owner.index);
      if (!is_somebody || at == sight_.component_of.end()) {
        draft_.coverage.unknown_attributes.push_back(sight_.id_of(owner) + ": what answers at " +
                                                     call.host);
        continue;
      }
      DraftNeed need;
      need.any_of = {third_party(call, type)};
      need.strength = call.strength;
      need.kind = Value<EdgeKind>::of(EdgeKind::service, Provenance::catalog);
      need.confidence = Confidence::inferred;
      need.evidence = call.evidence;
      add_need(draft_.components[at->second], std::move(need));
    }
  }

  /// Id of the component that stands for a host, made at its first call.
  std::string third_party(const DraftCall& call, const TypeEntry* type) {
    std::string id = "external/" + call.host;
    if (outside_.insert(id).second) {
      blueprint::DraftComponent party;
      party.id = id;
      party.name = Value<std::string>::of(call.host, Provenance::inferred);
      party.type = Value<std::string>::of(
          std::string(type != nullptr ? type->name : "external.service"), Provenance::inferred);
      party.is_imported = true;
      party.evidence = {id, call.evidence.span, ""};
      draft_.components.push_back(std::move(party));
    }
    return id;
  }

  /// All of one component in one mark: they are mended together.
  void tell(ResourceId caller, std::string_view finding,
            const std::vector<const DraftCall*>& calls) {
    std::vector<std::string> hosts;
    for (const DraftCall* call : calls) {
      if (std::find(hosts.begin(), hosts.end(), call->host) == hosts.end()) {
        hosts.push_back(call->host);
      }
    }
    for (const ResourceId owner : sight_.folding.owners(caller)) {
      const auto at = sight_.component_of.find(owner.index);
      if (!calls.empty() && at != sight_.component_of.end()) {
        draft_.components[at->second].marks.push_back(
            {std::string(finding), calls.front()->evidence, base::join_words(hosts)});
      }
    }
  }

  const Sight& sight_;
  Draft& draft_;
  std::vector<ResourceId> answering_;  ///< make hosts of their own
  std::set<std::string> outside_;      ///< ids of third parties made
  std::vector<const DraftCall*> dangling_;
  std::vector<const DraftCall*> apart_;
};

}  // namespace

void make_calls(const Sight& sight, Draft& draft) {
  CallMaker maker(sight, draft);
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    maker.make(id);
  }
}

}  // namespace outlast::catalog
