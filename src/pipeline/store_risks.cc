// When is data gone for good?
//
// The live data and every copy of it are lost by causes of their own and by shared ones. The live
// data goes with all its zones, its region, its account, who may delete it, its key, or by a
// mistake; replicas follow a mistake, other copies outlive it while it is noticed before they
// expire. A copy goes with its region, account and key, with the credential that may delete it
// unless it is immutable, or turns out not to be restorable. A key that is a component goes with its
// region and account. The top is all of them together.
// Example: nightly snapshots kept 7 d in the same account as the database:
//   {account} · {region} · {deleted, noticed only after 7 d} · {deleted, the snapshots are no good}
//
// "Noticed only after 35 d" is later than "after 7 d": of two retentions the longer decides, so a
// tier of lateness is any of its own and all longer variables.
// Limits: who administers an account is one with the account; nobody is taken to guess a key.

#include "pipeline/store_risks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/gates.h"
#include "base/units.h"
#include "engines/faulttree/solution.h"
#include "failure/copies.h"
#include "pipeline/fact_draws.h"

namespace outlast::pipeline {

using base::GateId;
using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::CopyKind;
using failure::StoreCopy;
using findings::StoreRisk;

namespace {

constexpr std::size_t kMostCuts = 20;

class LossOfStore {
 public:
  LossOfStore(const Blueprint& bp, const Component& store, const std::vector<StoreCopy>& copies)
      : bp_(bp), store_(store), copies_(copies) {
    for (const StoreCopy& copy : copies) {
      if (copy.kind != CopyKind::replica && copy.retention_s) {
        retentions_.insert(*copy.retention_s);
      }
    }
  }

  void find_cuts(StoreRisk& out) {
    std::vector<GateId> lost = {live()};
    for (const StoreCopy& copy : copies_) {
      lost.push_back(lost_copy(copy));
    }
    const GateId top = gates_.all(std::move(lost));
    const auto found =
        engines::faulttree::Solution::of(gates_, top)
            .cut_sets(engines::faulttree::Rank::by_order, {}, words_.size(), kMostCuts);
    out.has_all_cuts = found && found->lists_all(words_.size());
    if (!found) {
      return;
    }
    for (const auto& set : found->first) {
      std::vector<std::string>& words = out.cuts.emplace_back();
      for (const base::VariableId variable : set.variables) {
        words.push_back(words_[variable.index]);
      }
    }
  }

 private:
  /// The cause of these words: one variable wherever it is named.
  GateId cause(const std::string& words) {
    const auto [at, is_new] = causes_.try_emplace(words);
    if (is_new) {
      at->second = gates_.variable(gates_.add_variable());
      words_.push_back(words);
    }
    return at->second;
  }

  GateId place_destroyed(std::string_view provider, const std::string& region) {
    return region.empty() ? gates_.never()
                          : cause(fmt::format("{} {} is destroyed", provider, region));
  }

  GateId account_lost(const std::string& provider, const std::string& account) {
    return provider.empty() ? gates_.never()
                            : cause(fmt::format("account {}{}{} is lost or misused", provider,
                                                account.empty() ? "" : " ", account));
  }

  GateId credential_misused(const std::string& name) {
    return name.empty() ? gates_.never() : cause(fmt::format("credential {} is misused", name));
  }

  /// By itself, or with the place or the account that it is kept in.
  GateId key_lost(const std::string& name) {
    if (name.empty()) {
      return gates_.never();
    }
    std::vector<GateId> causes = {cause(fmt::format("key {} is lost", name))};
    if (const auto key = failure::place_of_key(bp_, name)) {
      if (!key->is_global) {
        causes.push_back(place_destroyed(key->provider, key->region.value_or("")));
      }
      causes.push_back(account_lost(key->provider, key->account));
    }
    return gates_.any(std::move(causes));
  }

  GateId deleted() { return cause("its data is deleted"); }

  /// A mistake is noticed only once a copy of this retention has expired.
  GateId noticed_after(double retention_s) {
    std::vector<GateId> tiers;
    for (auto tier = retentions_.find(retention_s); tier != retentions_.end(); ++tier) {
      tiers.push_back(cause(fmt::format("noticed only after {}", base::format_duration({*tier}))));
    }
    return gates_.any(std::move(tiers));
  }

  GateId live() {
    std::vector<GateId> zones;
    for (const blueprint::Replica& replica : store_.replicas) {
      if (!replica.zone.exists()) {
        zones = {gates_.never()};  // spread by the provider: no zone takes all of it
        break;
      }
      const auto& zone = bp_[replica.zone];
      zones.push_back(
          cause(fmt::format("{} is destroyed", zone.title.empty() ? zone.name : zone.title)));
    }
    const bool is_global = store_.scope == blueprint::Scope::global;
    return gates_.any(
        {gates_.all(std::move(zones)),
         is_global ? gates_.never() : place_destroyed(store_.provider, store_.region.value_or("")),
         account_lost(store_.provider, store_.account),
         credential_misused(store_.care.credential.value_or("")),
         key_lost(store_.care.encrypted_by.value_or("")), deleted()});
  }

  GateId lost_copy(const StoreCopy& copy) {
    std::vector<GateId> causes = {place_destroyed(copy.provider, copy.region.value_or("")),
                                  account_lost(copy.provider, copy.account),
                                  key_lost(copy.encrypted_by)};
    if (!copy.is_immutable) {
      causes.push_back(credential_misused(copy.credential));
    }
    if (copy.kind == CopyKind::replica) {
      causes.push_back(deleted());
    } else if (copy.retention_s) {
      causes.push_back(gates_.all({deleted(), noticed_after(*copy.retention_s)}));
    }
    if (copy.restorable < 1) {
      causes.push_back(cause(fmt::format("{} cannot be restored", copy.name)));
    }
    return gates_.any(std::move(causes));
  }

  const Blueprint& bp_;
  const Component& store_;
  const std::vector<StoreCopy>& copies_;
  base::Gates gates_;
  std::map<std::string, GateId> causes_;
  std::vector<std::string> words_;  ///< by variable
  std::set<double> retentions_;
};

/// Probability that not all copies fail to be restored, each prior's share of failures scaled.
double restorable(const std::vector<StoreCopy>& copies, bool is_high, bool is_scaled) {
  double none = 1;
  for (const StoreCopy& copy : copies) {
    const double factor =
        copy.fact == nullptr || !is_scaled ? 1 : factor_end(copy.fact->citation.trust, !is_high);
    none *= std::min(1.0, (1 - copy.restorable) * factor);
  }
  return 1 - none;
}

}  // namespace

std::vector<StoreRisk> store_risks(const Blueprint& bp, const catalog::Catalog& catalog) {
  std::vector<StoreRisk> out;
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    const Component& c = bp[id];
    if (!c.is_store || c.kind == blueprint::Kind::external) {
      continue;
    }
    const auto copies = failure::copies_of(bp, catalog, id);
    StoreRisk risk;
    risk.component = c.id;
    risk.name = c.name;
    for (const StoreCopy& copy : copies) {
      risk.copies.push_back({copy.name, copy.kind, copy.restorable});
    }
    risk.restorable = restorable(copies, false, false);
    risk.restorable_low = restorable(copies, false, true);
    risk.restorable_high = restorable(copies, true, true);
    LossOfStore(bp, c, copies).find_cuts(risk);
    out.push_back(std::move(risk));
  }
  return out;
}

}  // namespace outlast::pipeline
