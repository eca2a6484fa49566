#include "engines/security/reach.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/engines/security/networks.h"

namespace outlast::security {
namespace {

using base::is_for_anybody;
using base::parse_range;
using base::Truth;
using blueprint::stated;

TEST(Ports, NothingListensAtPortZero) {
  EXPECT_TRUE(PortSet(0, 0).is_empty());
  EXPECT_EQ(PortSet(0, 70'000), PortSet::all());
}

RC_GTEST_PROP(Ports, SetsAreWhatTheirMembersSay, ()) {
  const auto some = [] {
    PortSet set;
    for (const auto& [from, length] : *rc::gen::container<std::vector<std::pair<int, int>>>(
             rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange(0, 9)))) {
      set = set.with(PortSet(from, from + length));
    }
    return set;
  };
  const PortSet a = some();
  const PortSet b = some();
  for (int port = 1; port < 50; ++port) {
    RC_ASSERT(a.with(b).has(port) == (a.has(port) || b.has(port)));
    RC_ASSERT(a.without(b).has(port) == (a.has(port) && !b.has(port)));
    RC_ASSERT(a.within(b).has(port) == (a.has(port) && b.has(port)));
  }
}

TEST(Addresses, AnybodyComesFromWideOpenRangesOnly) {
  const auto is_open = [](const std::vector<std::string>& texts) {
    std::vector<AddressRange> ranges;
    for (const auto& text : texts) {
      ranges.push_back(*parse_range(text));
    }
    return is_for_anybody(ranges);
  };
  EXPECT_TRUE(is_open({"0.0.0.0/0"}));
  EXPECT_TRUE(is_open({"::/0"}));
  EXPECT_TRUE(is_open({"0.0.0.0/1", "128.0.0.0/1"}));
  EXPECT_FALSE(is_open({"10.0.0.0/8"})) << "private";
  EXPECT_FALSE(is_open({"35.235.240.0/20"})) << "a named party: the provider's own proxy";
  EXPECT_FALSE(is_open({"203.0.113.7/32"}));
  EXPECT_FALSE(parse_range("10.0.0.0/33"));
  EXPECT_FALSE(parse_range("AzureLoadBalancer"));
}

/// From where the internet reaches a host with these addresses, behind rules for these.
Truth reached_by(const std::vector<std::string>& own,
                 const std::vector<std::pair<std::string, bool>>& rules) {
  Network network;
  network.host("web", true);
  network.draft.access.addresses.push_back({"web", "net", own, Truth::yes, {}, {}});
  network.draft.access.guards.push_back({"web", std::string(blueprint::kListLayer), true, true});
  for (std::size_t i = 0; i < rules.size(); ++i) {
    blueprint::DraftNetworkRule rule;
    rule.subjects = {"web"};
    rule.protocol = "all";
    rule.peer_ranges = {rules[i].first};
    rule.character.layer = blueprint::kListLayer;
    rule.character.allows = rules[i].second;
    rule.character.order = stated(static_cast<std::int64_t>(i));
    network.draft.network_rules.push_back(std::move(rule));
  }
  const auto bp = network.blueprint();
  return Passages(bp).from_internet(bp.find("web")).truth();
}

TEST(Passages, ARuleIsForPacketsOfItsOwnFamilyOfAddresses) {
  const std::string v4 = "10.0.1.0/24";
  const std::string v6 = "2001:db8:1::/64";
  EXPECT_EQ(reached_by({v4}, {{"0.0.0.0/0", true}}), Truth::yes);
  EXPECT_EQ(reached_by({v4}, {{"::/0", true}}), Truth::no) << "it has no address of IPv6";
  EXPECT_EQ(reached_by({v6}, {{"::/0", true}}), Truth::yes);
  EXPECT_EQ(reached_by({v6}, {{"0.0.0.0/0", true}}), Truth::no);
  EXPECT_EQ(reached_by({v4, v6}, {{"0.0.0.0/0", false}, {"::/0", true}}), Truth::yes)
      << "what is refused by the one comes by the other";
  EXPECT_EQ(reached_by({v4, "::/0"}, {{"::/0", true}}), Truth::unknown) << "one there may be";
  EXPECT_EQ(reached_by({}, {{"::/0", true}}), Truth::unknown);
  EXPECT_EQ(reached_by({}, {{"0.0.0.0/0", true}}), Truth::yes);
}

TEST(Reach, OnlyWhatIsSureIsAWay) {
  Network network;
  network.host("web", true);
  network.store("db");
  network.needs("web", "db", blueprint::Confidence::inferred);
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const Reach from = reach(graph, {graph.internet()});
  EXPECT_EQ(from.truth[graph.held(bp.find("web")).index], Truth::yes);
  EXPECT_EQ(from.truth[graph.data(bp.find("db")).index], Truth::unknown);
}

TEST(Reach, ACallOpensTheWayThatItIsToldToTake) {
  Network network;
  network.host("web", true);
  network.store("db");
  network.needs("web", "db");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const Reach from = reach(graph, {graph.internet()});
  const NodeId data = graph.data(bp.find("db"));
  EXPECT_EQ(from.truth[data.index], Truth::yes);
  EXPECT_EQ(from.break_ins[data.index], 1U) << "into web; db answers whom it works for";
  EXPECT_EQ(way_to(graph, from, data).size(), 3U);
  EXPECT_EQ(reach(graph, {graph.held(bp.find("web"))}).break_ins[data.index], 0U);
}

TEST(Reach, AFirewallThatRefusesClosesTheWay) {
  Network network;
  network.host("web", true);
  network.store("db");
  network.needs("web", "db");
  network.guard("db", "machine");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  EXPECT_EQ(reach(graph, {graph.internet()}).truth[graph.data(bp.find("db")).index], Truth::no);
}

TEST(Reach, AFirewallThatNobodyCanDecideLeavesTheWayUnknown) {
  Network network;
  network.host("web", true);
  network.store("db");
  network.needs("web", "db");
  network.guard("db", "machine");
  blueprint::DraftNetworkRule rule;
  rule.subjects = {"db"};
  rule.protocol = "all";
  rule.character.layer = "machine";
  rule.character.peers_are_unknown = true;
  network.draft.network_rules.push_back(rule);
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  EXPECT_EQ(reach(graph, {graph.internet()}).truth[graph.data(bp.find("db")).index],
            Truth::unknown);
}

TEST(Reach, WhatOpensOnlyInFailoverIsToldApart) {
  Network network;
  network.host("front", true);
  network.host("main");
  network.store("spare");
  network.host("switch");
  network.draft.components[0].forwards = true;
  network.draft.components[0].kind = stated(blueprint::Kind::network);
  auto need = blueprint::need_of({"main", "spare"});
  need.via = "switch";
  network.draft.components[0].needs = {need};
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const NodeId spare = graph.data(bp.find("spare"));
  EXPECT_EQ(reach(graph, {graph.internet()}).truth[spare.index], Truth::yes);
  EXPECT_NE(reach(graph, {graph.internet()}, false).truth[spare.index], Truth::yes);
}

/// What comes of a call to a bucket by who wears a role with this grant.
Truth read_by_call(const std::string& action, const std::string& thing,
                   Truth applies = Truth::yes) {
  Network network;
  network.host("web", true);
  network.bucket("orders");
  network.needs("web", "orders");
  network.role("worker", {"web"});
  network.grant("worker", action, thing).character.applies = applies;
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  return reach(graph, {graph.internet()}).truth[graph.data(bp.find("orders")).index];
}

TEST(Reach, ACallGivesWhatTheCallersRoleIsGranted) {
  EXPECT_EQ(read_by_call("s3:GetObject", "arn:aws:s3:::orders/*"), Truth::yes);
  EXPECT_EQ(read_by_call("s3:PutObject", "arn:aws:s3:::orders/*"), Truth::no) << "it only writes";
  EXPECT_EQ(read_by_call("s3:GetObject", "arn:aws:s3:::orders/*", Truth::unknown), Truth::unknown);
  EXPECT_EQ(read_by_call("logs:*", "*"), Truth::unknown) << "by which right it calls nobody tells";
  EXPECT_EQ(read_by_call("s3:GetObject", "arn:aws:s3:::others/*"), Truth::unknown);
}

/// What a machine gets of a bucket by a role that reads it, where scopes narrow that.
Truth read_by_scopes(std::vector<std::string> scopes) {
  Network network;
  network.host("web", true);
  network.bucket("orders");
  network.draft.access.data.back().reading_scopes = {"storage-ro", "*/devstorage.read_only"};
  network.role("worker", {});
  network.draft.access.identities.back().narrow = {{"web", std::move(scopes)}};
  network.grant("worker", "s3:GetObject", "arn:aws:s3:::orders/*");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  EXPECT_EQ(reach(graph, {graph.identity(0)}).truth[graph.data(bp.find("orders")).index],
            Truth::yes)
      << "the role itself is not narrowed";
  const auto of_machine = reach(graph, {graph.internet()});
  const auto of_token = reach(graph, graph.credentials_of(0));
  EXPECT_EQ(of_token.truth[graph.data(bp.find("orders")).index],
            of_machine.truth[graph.data(bp.find("orders")).index])
      << "what leaks of it is as narrow";
  return reach(graph, {graph.internet()}).truth[graph.data(bp.find("orders")).index];
}

TEST(Reach, ScopesOfAMachineCutWhatItsRoleGives) {
  EXPECT_EQ(read_by_scopes({"storage-ro"}), Truth::yes);
  EXPECT_EQ(read_by_scopes({"https://www.googleapis.com/auth/devstorage.read_only"}), Truth::yes);
  EXPECT_EQ(read_by_scopes({"logging-write"}), Truth::no);
  EXPECT_EQ(read_by_scopes({}), Truth::no);
}

TEST(Reach, ACredentialOfARoleIsWholeWhereAnybodyWearsItWhole) {
  Network network;
  network.host("web", true);
  network.host("job");
  network.role("worker", {"job"});
  network.draft.access.identities.back().narrow = {{"web", {"storage-ro"}}};
  network.role("nobody", {});
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  EXPECT_EQ(graph.credentials_of(0), std::vector{graph.identity(0)});
  EXPECT_EQ(graph.credentials_of(1), std::vector{graph.identity(1)});
}

TEST(Reach, AStoreThatIsClosedIsReadFromItsNetworkOrByWhoMayOpenIt) {
  Network network;
  network.host("web", true);
  network.bucket("orders");
  network.draft.access.data.back().is_closed = true;
  network.draft.access.data.back().opens = {"s3:PutBucketPolicy"};
  network.role("reader", {"web"});
  network.grant("reader", "s3:GetObject", "arn:aws:s3:::orders/*");
  network.role("owner", {});
  network.grant("owner", "s3:*", "arn:aws:s3:::orders/*");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const auto read_by = [&](NodeId from) {
    return reach(graph, {from}).truth[graph.data(bp.find("orders")).index];
  };
  EXPECT_EQ(read_by(graph.identity(0)), Truth::no) << "its credential alone";
  EXPECT_EQ(read_by(graph.internet()), Truth::yes) << "by way of web";
  EXPECT_EQ(read_by(graph.identity(1)), Truth::yes) << "it opens the bucket first";
}

/// May a role with this grant read the table of orders?
Truth may_read_table(const std::string& thing) {
  Network network;
  network.store("orders");
  network.draft.access.data.push_back(
      {"orders", "dynamodb", false, {"orders"}, true, {"dynamodb:GetItem"}, {}});
  network.role("worker", {});
  network.grant("worker", "dynamodb:*", thing);
  const auto bp = network.blueprint();
  return Permissions(bp).may("worker", {"dynamodb:GetItem"}, bp.access().data.front()).truth;
}

TEST(Permissions, NamesOfThingsStandBehindTheirKind) {
  EXPECT_EQ(may_read_table("arn:aws:dynamodb:us-east-1:1:table/orders"), Truth::yes);
  EXPECT_EQ(may_read_table("arn:aws:dynamodb:us-east-1:1:table/orders/index/*"), Truth::yes);
  EXPECT_EQ(may_read_table("arn:aws:dynamodb:us-east-1:1:table/*"), Truth::yes);
  EXPECT_EQ(may_read_table("arn:aws:dynamodb:us-east-1:1:table/carts/index/*"), Truth::no);
}

TEST(Reach, ACallerWithoutAnIdentityIsAnsweredAsTheCallSays) {
  Network network;
  network.host("web", true);
  network.bucket("orders");
  network.needs("web", "orders");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  EXPECT_EQ(reach(graph, {graph.internet()}).truth[graph.data(bp.find("orders")).index],
            Truth::yes);
}

TEST(Passages, RulesThatNoInputHoldsCanOnlyLetInMore) {
  Network network;
  network.host("web", true);
  network.draft.access.guards.push_back({"web", "machine", false, false});
  blueprint::DraftNetworkRule ssh;
  ssh.subjects = {"web"};
  ssh.protocol = "tcp";
  ssh.from_port = stated<std::int64_t>(22);
  ssh.to_port = stated<std::int64_t>(22);
  ssh.peer_ranges = {"0.0.0.0/0"};
  network.draft.network_rules.push_back(ssh);
  const auto bp = network.blueprint();
  const Passing passing = Passages(bp).from_internet(bp.find("web"));
  EXPECT_TRUE(passing.surely.tcp.has(22));
  EXPECT_FALSE(passing.surely.tcp.has(80));
  EXPECT_TRUE(passing.at_most.tcp.has(80));
}

/// How sure it is that the one in a network comes to the database of another.
Truth across(std::vector<std::vector<std::string>> joined) {
  Network network;
  network.host("web");
  network.store("db");
  network.draft.access.addresses = {{"web", "north", {"10.0.1.0/24"}, Truth::no, {}, {}},
                                    {"db", "south", {"10.1.1.0/24"}, Truth::no, {}, {}}};
  network.draft.access.joined = std::move(joined);
  network.guard("db", "machine");
  blueprint::DraftNetworkRule rule;
  rule.subjects = {"db"};
  rule.protocol = "tcp";
  rule.from_port = stated<std::int64_t>(5432);
  rule.to_port = stated<std::int64_t>(5432);
  rule.peer_ranges = {"10.0.0.0/16"};
  network.draft.network_rules.push_back(rule);
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  return reach(graph, {graph.held(bp.find("web"))}).truth[graph.data(bp.find("db")).index];
}

TEST(Reach, PrivateAddressesLeadAcrossNetworksThatAreJoined) {
  EXPECT_EQ(across({}), Truth::unknown) << "another network may have the same addresses";
  EXPECT_EQ(across({{"north", "south"}}), Truth::yes);
  EXPECT_EQ(across({{"north", "hub"}, {"hub", "south"}}), Truth::unknown) << "no chains";
}

TEST(Cut, IsImpossibleWhereEveryStepIsTheWorkItself) {
  Network network;
  network.host("web");
  network.store("db");
  network.needs("web", "db");
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const auto cut = smallest_cut(graph, {graph.held(bp.find("web"))}, {graph.data(bp.find("db"))});
  EXPECT_FALSE(cut.is_possible);
}

/// The definition: no smaller set of edges that can be cut closes all ways.
RC_GTEST_PROP(Cut, IsTheSmallestOfAllThatClose, ()) {
  Network network = random_network(4);
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  std::vector<NodeId> targets;
  for (const auto& c : bp.components()) {
    if (has_data(c)) {
      targets.push_back(graph.data(bp.find(c.id)));
    }
  }
  std::vector<EdgeId> mendable;
  for (const EdgeId id : base::ids<EdgeId>(graph.edges().size())) {
    if (can_be_cut(graph.edges()[id]) && graph.edges()[id].truth == Truth::yes) {
      mendable.push_back(id);
    }
  }
  RC_PRE(mendable.size() <= 12U);
  std::size_t least = mendable.size() + 1;
  for (std::size_t choice = 0; choice < (std::size_t{1} << mendable.size()); ++choice) {
    std::vector<char> is_cut(graph.edges().size(), 0);
    std::size_t count = 0;
    for (std::size_t i = 0; i < mendable.size(); ++i) {
      is_cut[mendable[i].index] = (choice >> i) & 1U;
      count += (choice >> i) & 1U;
    }
    if (count < least && closes(graph, graph.internet(), targets, is_cut)) {
      least = count;
    }
  }
  const Cut cut = smallest_cut(graph, {graph.internet()}, targets);
  RC_ASSERT(cut.is_possible == (least <= mendable.size()));
  RC_ASSERT(!cut.is_possible || cut.edges.size() == least);
}

/// What the graph tells of packets from one to another that pass firewalls once.
Truth let_in(const AttackGraph& graph, blueprint::ComponentId from, blueprint::ComponentId to) {
  Truth truth = Truth::no;
  for (const EdgeId out : graph.out_of(graph.held(from))) {
    for (const EdgeId over : graph.out_of(graph.edges()[out].to)) {
      const Edge& edge = graph.edges()[over];
      const auto& ends = graph.out_of(edge.to);
      const bool comes_to = std::any_of(ends.begin(), ends.end(), [&](EdgeId end) {
        return graph.edges()[end].to == graph.reached(to);
      });
      if (edge.kind == Edge::Kind::lets_in && comes_to) {
        truth = std::max(truth, edge.truth);
      }
    }
  }
  return truth;
}

// Those of other networks share a node; still each pair is told as if it were looked at by itself.
RC_GTEST_PROP(Reach, AcrossNetworksIsAsForEachPair, ()) {
  Network network = random_network(6);
  const std::vector<std::string> names = {"", "a", "b", "c"};
  for (auto& address : network.draft.access.addresses) {
    address.network = *rc::gen::elementOf(names);
    if (*rc::gen::inRange(0, 4) == 0) {
      address.ranges = {*rc::gen::element<std::string>("fd00::1", "fd00::/16")};
    }
  }
  const auto bp = network.blueprint();
  const AttackGraph graph(bp);
  const auto all = base::ids<blueprint::ComponentId>(bp.components().size());
  for (const auto from : all) {
    for (const auto to : all) {
      if (bp[from].kind == blueprint::Kind::compute) {
        RC_ASSERT(let_in(graph, from, to) == graph.passages().between(from, to).truth());
      }
    }
  }
}

}  // namespace
}  // namespace outlast::security
