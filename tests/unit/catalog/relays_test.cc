#include "catalog/relays.h"

#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

std::string nat(const std::string& name) {
  return created("aws_nat_gateway." + name, "aws_nat_gateway",
                 R"({"id": "nat-0000)" + name + R"(", "subnet_id": "subnet-000p"})");
}

std::string table(const std::string& name, const std::string& route) {
  return created("aws_route_table." + name, "aws_route_table",
                 R"({"id": "rtb-0000)" + name + R"(", "route": [)" + route + "]}");
}

std::string association(const std::string& name) {
  return created(
      "aws_route_table_association." + name, "aws_route_table_association",
      R"({"subnet_id": "subnet-000)" + name + R"(", "route_table_id": "rtb-0000)" + name + "\"}");
}

TEST(Relays, AReplicaNeedsTheGatewayThatTheRouteOfItsSubnetLeadsTo) {
  const Understanding u(
      {subnet("p", "eu-west-1a"), subnet("a", "eu-west-1a"), nat("one"),
       table("a", R"({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-0000one"})"),
       association("a"), instance("web", R"("subnet_id": "subnet-000a")")});
  EXPECT_EQ(u.places("aws_instance.web"),
            Lines{"eu-west-1a → aws_nat_gateway.one: hard supply referenced"});
}

TEST(Relays, ARouteToElsewhereThanTheInternetIsNoWayOut) {
  const Understanding u(
      {subnet("p", "eu-west-1a"), subnet("a", "eu-west-1a"), nat("one"),
       table("a", R"({"cidr_block": "10.0.0.0/8", "nat_gateway_id": "nat-0000one"})"),
       association("a"), instance("web", R"("subnet_id": "subnet-000a")")});
  EXPECT_EQ(u.places("aws_instance.web"), Lines{"eu-west-1a"});
}

TEST(Relays, ARouteOfItsOwnLeadsAsOneInTheTableDoes) {
  const Understanding u(
      {subnet("p", "eu-west-1a"), subnet("a", "eu-west-1a"), nat("one"), table("a", ""),
       created("aws_route.out", "aws_route",
               R"({"route_table_id": "rtb-0000a", "destination_cidr_block": "0.0.0.0/0",
                   "nat_gateway_id": "nat-0000one"})"),
       association("a"), instance("web", R"("subnet_id": "subnet-000a")")});
  EXPECT_EQ(u.places("aws_instance.web"),
            Lines{"eu-west-1a → aws_nat_gateway.one: hard supply referenced"});
}

TEST(Relays, EachZoneHasTheGatewayOfItsOwn) {
  const Understanding u(
      {subnet("p", "eu-west-1a"), subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"), nat("one"),
       nat("two"), table("a", R"({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-0000one"})"),
       table("b", R"({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-0000two"})"),
       association("a"), association("b"),
       created("aws_autoscaling_group.web", "aws_autoscaling_group",
               R"({"vpc_zone_identifier": ["subnet-000a", "subnet-000b"], "min_size": 2})")});
  EXPECT_EQ(u.places("aws_autoscaling_group.web"),
            (Lines{"eu-west-1a → aws_nat_gateway.one: hard supply referenced",
                   "eu-west-1b → aws_nat_gateway.two: hard supply referenced"}));
  EXPECT_EQ(u.at("aws_autoscaling_group.web").needs.size(), 0U) << "neither is needed by all";
}

TEST(Relays, SubnetsWithNothingInThemStillTellTheirWayOut) {
  const Understanding u(
      {subnet("p", "eu-west-1a"), subnet("a", "eu-west-1b"), nat("one"),
       table("a", R"({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-0000one"})"),
       association("a")});
  ASSERT_EQ(u.draft().supplies.size(), 1U);
  EXPECT_EQ(u.draft().supplies[0].place, "aws_subnet.a");
  EXPECT_EQ(u.draft().supplies[0].zone.value_or(""), "eu-west-1b");
  EXPECT_EQ(u.draft().supplies[0].any_of, Lines{"aws_nat_gateway.one"});
}

std::string target_group(const std::string& name) {
  return created("aws_lb_target_group." + name, "aws_lb_target_group",
                 R"({"arn": "arn:aws:tg/)" + name + R"(", "health_check": [{"interval": 10,
                 "unhealthy_threshold": 3}]})");
}

std::string attachment(const std::string& group, const std::string& target) {
  return created("aws_lb_target_group_attachment." + target, "aws_lb_target_group_attachment",
                 R"({"target_group_arn": "arn:aws:tg/)" + group + R"(", "target_id": "i-00000000)" +
                     target + "\"}");
}

std::string balancer() {
  return created("aws_lb.front", "aws_lb", R"({"arn": "arn:aws:lb/front", "internal": false})");
}

std::string listener(const std::string& name, const std::string& group) {
  return created("aws_lb_listener." + name, "aws_lb_listener",
                 R"({"arn": "arn:aws:listener/)" + name +
                     R"(", "load_balancer_arn": "arn:aws:lb/front",
                     "default_action": [{"target_group_arn": "arn:aws:tg/)" +
                     group + "\"}]}");
}

std::string rule(const std::string& name, const std::string& group) {
  return created("aws_lb_listener_rule." + name, "aws_lb_listener_rule",
                 R"({"listener_arn": "arn:aws:listener/web",
                     "action": [{"target_group_arn": "arn:aws:tg/)" +
                     group + "\"}]}");
}

TEST(Relays, TargetsOfAGroupStandInForEachOther) {
  const Understanding u({balancer(), target_group("web"), listener("web", "web"), instance("one"),
                         instance("two"), attachment("web", "one"), attachment("web", "two")});
  EXPECT_EQ(u.needs("aws_lb.front"),
            Lines{"aws_instance.one | aws_instance.two: hard service stated"});
  EXPECT_EQ(u.at("aws_lb.front").needs[0].switching.detect.value_or({}).value, 30)
      << "three health checks, ten seconds apart";
}

TEST(Relays, WhatARuleLeadsToServesOnlyAPartOfTheRequests) {
  const Understanding u({balancer(), target_group("web"), target_group("api"),
                         listener("web", "web"), rule("api", "api"), instance("web"),
                         instance("api"), attachment("web", "web"), attachment("api", "api")});
  ASSERT_EQ(u.at("aws_lb.front").needs.size(), 2U);
  EXPECT_EQ(u.at("aws_lb.front").needs[0].routes, Lines{"aws_lb_listener.web"});
  EXPECT_EQ(u.at("aws_lb.front").needs[1].routes, Lines{"aws_lb_listener_rule.api"});
  EXPECT_EQ(u.journeys(),
            (Lines{"aws_lb.front → web: aws_lb.front", "aws_lb.front → api: aws_lb.front"}));
  EXPECT_EQ(u.draft().journeys[0].excludes, u.at("aws_lb.front").needs[1].operations)
      << "who asks for one does not need the other";
}

TEST(Relays, TwoRulesToOneGroupAreOneNeed) {
  const Understanding u({balancer(), target_group("web"), listener("web", "web"),
                         rule("again", "web"), instance("web"), attachment("web", "web")});
  ASSERT_EQ(u.at("aws_lb.front").needs.size(), 1U);
  EXPECT_EQ(u.at("aws_lb.front").needs[0].routes,
            (Lines{"aws_lb_listener.web", "aws_lb_listener_rule.again"}));
  EXPECT_EQ(u.journeys(), Lines{"aws_lb.front: aws_lb.front"});
}

}  // namespace
}  // namespace outlast::catalog
