// Roles, trusts, grants with conditions, refusals, balancers and calls, tried one by one by the words
// of the model and once for what is sure and once for what may be: shares no code with the engine.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "agree/slow_matches.h"
#include "engines/security/reach.h"
#include "unit/engines/security/networks.h"

namespace outlast::security {
namespace {

using base::Truth;
using blueprint::Blueprint;

/// Roles, trusts, grants with conditions, balancers and calls, drawn by lot.
struct Roles {
  Network network;
  std::vector<std::string> hosts, buckets, roles;
  std::map<std::string, std::vector<std::string>> calls, behind;

  Roles() {
    const auto some = [](int most) { return *rc::gen::inRange(1, most + 1); };
    for (int i = some(3); i > 0; --i) {
      hosts.push_back("h" + std::to_string(i));
      network.host(hosts.back());
    }
    for (int i = some(2); i > 0; --i) {
      buckets.push_back("b" + std::to_string(i));
      network.bucket(buckets.back());
      auto& data = network.draft.access.data.back();
      data.reading_scopes = {"read*"};
      data.is_closed = *rc::gen::inRange(0, 4) == 0;
      data.opens = {"s3:PutObject"};
    }
    auto& front = network.host("front", true);
    front.kind = blueprint::stated(blueprint::Kind::network);
    front.is_workload = blueprint::stated(false);
    front.forwards = true;
    for (const std::string& host : hosts) {
      network.address(host, "10.0.0.1", Truth::no);
      network.guard(host, "machine");
      if (*rc::gen::inRange(0, 2) == 0) {
        network.needs("front", host);
        let_in(host);
        behind["front"].push_back(host);
      }
      if (*rc::gen::inRange(0, 2) == 0) {
        calls[host].push_back(*rc::gen::elementOf(buckets));
        network.needs(host, calls[host].back());
      }
    }
    for (int i = some(3); i > 0; --i) {
      add_role("r" + std::to_string(i));
    }
    add_grants();
  }

 private:
  /// The balancer may come to it; nobody else may.
  void let_in(const std::string& host) {
    blueprint::DraftNetworkRule rule;
    rule.subjects = {host};
    rule.protocol = "all";
    rule.peer_components = {"front"};
    network.draft.network_rules.push_back(std::move(rule));
  }

  void add_role(const std::string& name) {
    std::vector<std::string> wearers;
    if (*rc::gen::inRange(0, 2) == 0) {
      wearers = {*rc::gen::elementOf(hosts)};
    }
    network.role(name, wearers);
    auto& role = network.draft.access.identities.back();
    if (*rc::gen::inRange(0, 3) == 0) {
      role.narrow = {{*rc::gen::elementOf(hosts),
                      *rc::gen::element(std::vector<std::string>{"read-only", "log"},
                                        std::vector<std::string>{"log"})}};
    }
    role.is_anyones = *rc::gen::element(Truth::no, Truth::no, Truth::unknown, Truth::yes);
    if (!roles.empty() && *rc::gen::inRange(0, 2) == 0) {
      role.assumed_by = {*rc::gen::elementOf(roles)};
    }
    roles.push_back(name);
  }

  void add_grants() {
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
      auto& grant = network.grant(
          *rc::gen::elementOf(roles),
          *rc::gen::element<std::string>("s3:GetObject", "s3:*", "s3:PutObject", "logs:*"),
          *rc::gen::elementOf(
              std::vector<std::string>{"arn:aws:s3:::b1", "arn:aws:s3:::b2/*", "*"}));
      grant.allows = *rc::gen::inRange(0, 4) > 0;
      grant.character.applies = *rc::gen::element(Truth::yes, Truth::unknown);
      grant.character.to_everyone = *rc::gen::inRange(0, 6) == 0;
    }
  }
};

/// What somebody has who begins with nothing: all that is surely so, or all that may be.
class SlowIntruder {
 public:
  SlowIntruder(const Roles& told, bool only_sure) : told_(told), only_sure_(only_sure) {
    for (std::size_t before = 1; before != got_.size();) {
      before = got_.size();
      step();
    }
  }
  [[nodiscard]] bool has(const std::string& what) const { return got_.contains(what); }

 private:
  using Grant = blueprint::DraftGrant;

  [[nodiscard]] bool holds(Truth truth) const {
    return truth == Truth::yes || (!only_sure_ && truth == Truth::unknown);
  }
  static bool means(const Grant& grant, const std::string& bucket) {
    const std::string& thing = grant.resources.front();
    return slow_matches(thing, "arn:aws:s3:::" + bucket) ||
           slow_matches(thing, "arn:aws:s3:::" + bucket + "/any");
  }
  [[nodiscard]] bool is_of(const Grant& grant, const std::string& who) const {
    return grant.character.to_everyone ? who.empty() : grant.identity == who;
  }

  [[nodiscard]] bool may_read(const std::string& who, const std::string& bucket) const {
    return may(who, bucket, "s3:GetObject");
  }

  [[nodiscard]] bool may(const std::string& who, const std::string& bucket,
                         const std::string& action) const {
    bool is_allowed = false;
    for (const Grant& grant : told_.network.draft.grants) {
      if (!is_of(grant, who) || !means(grant, bucket) ||
          !slow_matches(grant.actions.front(), action)) {
        continue;
      }
      if (grant.allows) {
        is_allowed = is_allowed || holds(grant.character.applies);
      } else if (only_sure_ || grant.character.applies == Truth::yes) {
        return false;
      }
    }
    return is_allowed;
  }

  /// Is anything said of what this role may do there?
  [[nodiscard]] bool is_told(const std::string& who, const std::string& bucket) const {
    const auto& grants = told_.network.draft.grants;
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
      const bool is_about_it =
          grant.resources.front() != "*" || grant.actions.front().substr(0, 3) == "s3:";
      return grant.allows && is_of(grant, who) && means(grant, bucket) && is_about_it;
    });
  }

  /// Roles that a host acts as towards buckets, and whether it acts as any at all.
  [[nodiscard]] std::pair<std::vector<std::string>, bool> roles_of(const std::string& host) const {
    std::vector<std::string> roles;
    bool has_any = false;
    for (const auto& role : told_.network.draft.access.identities) {
      for (const std::string& wearer : role.worn_by) {
        has_any = has_any || wearer == host;
        if (wearer == host) {
          roles.push_back(role.address);
        }
      }
      for (const auto& narrow : role.narrow) {
        has_any = has_any || narrow.by == host;
        if (narrow.by == host && narrow.scopes.front() == "read-only") {
          roles.push_back(role.address);
        }
      }
    }
    return {roles, has_any};
  }

  [[nodiscard]] bool answers(const std::string& host, const std::string& bucket) const {
    const auto [roles, has_any] = roles_of(host);
    if (!has_any) {
      return true;
    }
    bool is_any_told = false;
    bool may = may_read("", bucket);
    for (const std::string& role : roles) {
      may = may || may_read(role, bucket);
      is_any_told = is_any_told || is_told(role, bucket);
    }
    return may || (!only_sure_ && !is_any_told);
  }

  /// By a role alone, from anywhere; where the bucket is closed to that, from a host that acts as it.
  [[nodiscard]] bool reads(const std::string& bucket, bool is_closed) const {
    const bool from_anywhere =
        (!is_closed && may_read("", bucket)) ||
        std::any_of(told_.roles.begin(), told_.roles.end(), [&](const auto& role) {
          return has(role) && may(role, bucket, is_closed ? "s3:PutObject" : "s3:GetObject");
        });
    return from_anywhere ||
           std::any_of(told_.hosts.begin(), told_.hosts.end(), [&](const std::string& host) {
             const auto roles = roles_of(host).first;
             return has(host) && std::any_of(roles.begin(), roles.end(), [&](const auto& role) {
                      return may_read(role, bucket);
                    });
           });
  }

  void step() {
    for (const std::string& host : told_.hosts) {
      const auto behind = told_.behind.find("front");
      if (behind != told_.behind.end() &&
          std::find(behind->second.begin(), behind->second.end(), host) != behind->second.end()) {
        got_.insert(host);
      }
      const auto calls = told_.calls.find(host);
      for (std::size_t i = 0;
           got_.contains(host) && calls != told_.calls.end() && i < calls->second.size(); ++i) {
        if (answers(host, calls->second[i])) {
          got_.insert(calls->second[i]);
        }
      }
    }
    for (const auto& role : told_.network.draft.access.identities) {
      const auto has_any = [&](const std::vector<std::string>& of) {
        return std::any_of(of.begin(), of.end(), [&](const auto& one) { return has(one); });
      };
      if (holds(role.is_anyones) || has_any(role.worn_by) || has_any(role.assumed_by)) {
        got_.insert(role.address);
      }
    }
    for (const auto& data : told_.network.draft.access.data) {
      if (reads(data.of, data.is_closed)) {
        got_.insert(data.of);
      }
    }
  }

  const Roles& told_;
  bool only_sure_;
  std::set<std::string> got_;
};

RC_GTEST_PROP(Intruder, ComesAsFarByRolesAsTryingThemOneByOneTells, ()) {
  const Roles told;
  const Blueprint bp = told.network.blueprint();
  const AttackGraph graph(bp);
  const Reach from = reach(graph, {graph.internet()});
  const SlowIntruder surely(told, true);
  const SlowIntruder perhaps(told, false);
  const auto agrees = [&](NodeId node, const std::string& what) {
    const Truth expected = surely.has(what)    ? Truth::yes
                           : perhaps.has(what) ? Truth::unknown
                                               : Truth::no;
    RC_ASSERT(from.truth[node.index] == expected);
  };
  for (const std::string& host : told.hosts) {
    agrees(graph.held(bp.find(host)), host);
  }
  for (const std::string& bucket : told.buckets) {
    agrees(graph.data(bp.find(bucket)), bucket);
  }
  for (std::size_t i = 0; i < bp.access().identities.size(); ++i) {
    agrees(graph.identity(i), bp.access().identities[i].address);
  }
}

}  // namespace
}  // namespace outlast::security
