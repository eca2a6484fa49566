// Stores whose data and all copies one identity can delete: who steals it can ask for a ransom.
//
// A copy keeps data from somebody only where he cannot delete it: it lies in another account or in
// other hands, it is locked for its retention, or he is not allowed to. Another region does not keep
// it from him, nor does a protection against deletion that he may lift.

#include <algorithm>
#include <map>
#include <string_view>

#include "failure/replicas.h"
#include "pipeline/attacks.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using base::Truth;
using blueprint::ComponentId;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

using Data = blueprint::DataAccess<ComponentId>;
using Safeguard = blueprint::Safeguard<ComponentId>;

constexpr std::string_view kFinding = "one_credential_takes_all";

/// Whose copies, and whatever else keeps its data, one identity can be rid of.
class RansomFinder {
 public:
  RansomFinder(const Intruder& intruder, FindingMaker& maker)
      : intruder_(intruder), maker_(maker), bp_(intruder.bp()), permissions_(bp_) {
    for (const Data& data : bp_.access().data) {
      data_of_.emplace(data.of, &data);
    }
    for (const Safeguard& safeguard : bp_.access().safeguards) {
      safeguards_of_[safeguard.of].push_back(&safeguard);
    }
  }

  void find() {
    for (const Data& store : bp_.access().data) {
      if (!is_kept(bp_[store.of]) || !is_worth_a_ransom(store.of)) {
        continue;
      }
      for (std::size_t i = 0; i < bp_.access().identities.size(); ++i) {
        const std::string& identity = bp_.access().identities[i].address;
        const auto may = permissions_.may(identity, store.deletes, store);
        if (may.truth == Truth::yes && is_held(i, store) && may_end_all(identity, store.of)) {
          tell(store, i, may);
        }
      }
    }
  }

 private:
  /// Is it there to be stolen, by whoever may use it on that store?
  [[nodiscard]] bool is_held(std::size_t of_identity, const Data& store) const {
    const auto& identity = bp_.access().identities[of_identity];
    return !identity.worn_by.empty() || identity.has_key ||
           std::any_of(identity.narrow.begin(), identity.narrow.end(), [&](const auto& narrow) {
             return security::covers(narrow.scopes, store.deleting_scopes);
           });
  }

  [[nodiscard]] bool is_in_reach(std::size_t of_identity, const Data& store) const {
    const auto& graph = intruder_.graph();
    const auto is_reached = [&](security::NodeId node) {
      return intruder_.from_internet().truth[node.index] == Truth::yes;
    };
    const auto& narrow = bp_.access().identities[of_identity].narrow;
    return is_reached(graph.identity(of_identity)) ||
           std::any_of(narrow.begin(), narrow.end(), [&](const auto& one) {
             return security::covers(one.scopes, store.deleting_scopes) &&
                    is_reached(graph.held(one.by));
           });
  }

  /// Are there copies to be rid of: named ones, or its provider's own, which go with it?
  [[nodiscard]] bool is_kept(const blueprint::Component& c) const {
    const bool is_marked =
        std::any_of(c.marks.begin(), c.marks.end(),
                    [](const blueprint::Mark& mark) { return mark.finding == kFinding; });
    const auto& retention = c.backups.retention;
    return (is_marked && retention.is_known() && retention->value > 0) ||
           failure::has_named_copies(bp_, c);
  }

  /// A database holds data of its own; of files and objects their class tells.
  [[nodiscard]] bool is_worth_a_ransom(ComponentId store) const {
    return bp_[store].kind != blueprint::Kind::storage || !intruder_.class_of(store).name.empty();
  }

  [[nodiscard]] bool may(const std::string& identity, const Data& data) const {
    return permissions_.may(identity, data.deletes, data).truth == Truth::yes;
  }

  /// A copy that is a component of its own is deleted as such; of others it is said in whose hands
  /// they are.
  [[nodiscard]] bool may_end(const std::string& identity, const blueprint::Copy& copy) const {
    const bool is_in_other_hands = copy.immutable.value_or(false) || !copy.account.is_unset() ||
                                   !copy.provider.is_unset() || !copy.credential.is_unset();
    if (const ComponentId holder = bp_.find(copy.name); holder.exists() && !is_in_other_hands) {
      const auto data = data_of_.find(holder);
      return data != data_of_.end() && may(identity, *data->second) && may_lift(identity, holder);
    }
    return !is_in_other_hands;
  }

  [[nodiscard]] bool may_lift(const std::string& identity, ComponentId store) const {
    const auto found = safeguards_of_.find(store);
    return found == safeguards_of_.end() ||
           std::all_of(found->second.begin(), found->second.end(),
                       [&](const Safeguard* one) { return may(identity, one->at); });
  }

  [[nodiscard]] bool may_end_all(const std::string& identity, ComponentId store) const {
    const auto& copies = bp_[store].copies;
    return may_lift(identity, store) &&
           std::all_of(copies.begin(), copies.end(),
                       [&](const auto& copy) { return may_end(identity, copy); });
  }

  void tell(const Data& store, std::size_t of_identity, const security::Permission& may) {
    const auto& identity = bp_.access().identities[of_identity];
    const auto safeguards = safeguards_of_.find(store.of);
    const bool lifts = safeguards != safeguards_of_.end() &&
                       std::any_of(safeguards->second.begin(), safeguards->second.end(),
                                   [](const Safeguard* one) { return one->is_lock; });
    Words words;
    words.name = bp_[store.of].name;
    words.cut = identity.name;
    words.then = lifts ? ", and may lift what protects them from that" : "";
    Finding finding = maker_.start(kFinding, {store.of}, words);
    finding.severity = is_in_reach(of_identity, store) ? Severity::high : Severity::medium;
    finding.cut = {bp_[store.of].id, identity.address};
    finding.evidence.push_back(bp_.grants()[may.grant].evidence);
    finding.evidence.push_back(identity.evidence);
    if (safeguards != safeguards_of_.end()) {
      for (const Safeguard* one : safeguards->second) {
        finding.evidence.push_back(one->evidence);
      }
    }
    maker_.add(std::move(finding));
  }

  const Intruder& intruder_;
  FindingMaker& maker_;
  const blueprint::Blueprint& bp_;
  security::Permissions permissions_;
  std::map<ComponentId, const Data*> data_of_;
  std::map<ComponentId, std::vector<const Safeguard*>> safeguards_of_;
};

}  // namespace

void find_ransom(const Intruder& intruder, FindingMaker& maker) {
  RansomFinder(intruder, maker).find();
}

}  // namespace outlast::pipeline
