#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

constexpr const char* kPrimary = R"("failover_routing_policy": [{"type": "PRIMARY"}])";
constexpr const char* kSecondary = R"("failover_routing_policy": [{"type": "SECONDARY"}])";
constexpr const char* kWatched = R"("health_check_id": "check-0001")";

std::string record(const std::string& name, const std::string& more) {
  return created(
      "aws_route53_record." + name, "aws_route53_record",
      R"({"zone_id": "Z0001", "name": "shop.example", "type": "A", "set_identifier": ")" + name +
          R"(", "records": ["203.0.113.)" + name + R"("], )" + more + "}");
}
std::string instance_at(const std::string& name) {
  return created("aws_instance.s" + name, "aws_instance",
                 R"({"public_ip": "203.0.113.)" + name + "\"}");
}
std::string address(const std::string& name) {
  return created("aws_eip.e" + name, "aws_eip",
                 R"({"id": "203.0.113.)" + name + R"(", "instance": "i-0000)" + name + "\"}");
}

/// A name of two records over two servers.
Understanding name_of(const std::string& first, const std::string& second,
                      const std::string& check = R"({"id": "check-0001"})") {
  const auto target = [](const std::string& name) {
    return created("aws_instance.s" + name, "aws_instance",
                   R"({"id": "i-0000)" + name + R"(", "public_ip": "203.0.113.)" + name + "\"}");
  };
  return Understanding({target("1"), address("1"), target("2"), address("2"), record("1", first),
                        record("2", second),
                        created("aws_route53_health_check.c", "aws_route53_health_check", check)});
}
std::string both(const std::string& a, const std::string& b) {
  return a + ", " + b;
}

constexpr const char* kName = "aws_route53_record.1";

TEST(RoutedNames, APrimaryThatIsWatchedIsActiveAndTheOtherTakesOver) {
  const auto u = name_of(both(kPrimary, kWatched), kSecondary);
  EXPECT_EQ(u.needs(kName), Lines{"aws_instance.s1 | aws_instance.s2: hard service stated"});
  const auto& need = u.at(kName).needs.at(0);
  EXPECT_EQ(need.via, "aws_route53_record.1.failover");
  EXPECT_EQ(need.switching.detect.value_or({}).value, 90);
  EXPECT_EQ(need.switching.takes.value_or({}).value, 60);
  EXPECT_EQ(u.at(need.via).type.value_or(""), "aws.route53.failover");
}

TEST(RoutedNames, TheOrderOfWritingDoesNotMakeTheActiveOne) {
  const auto u = name_of(kSecondary, both(kPrimary, kWatched));
  EXPECT_EQ(u.needs(kName), Lines{"aws_instance.s2 | aws_instance.s1: hard service stated"});
}

TEST(RoutedNames, AnAliasThatAsksForTheHealthOfItsTargetIsWatched) {
  const auto u =
      name_of(both(kPrimary, R"("alias": [{"evaluate_target_health": true}])"), kSecondary);
  EXPECT_EQ(u.needs(kName), Lines{"aws_instance.s1 | aws_instance.s2: hard service stated"});
}

TEST(RoutedNames, ThePrimarysCheckAndTimeToLiveSayHowLongASwitchTakes) {
  const auto u =
      name_of(both(kPrimary, both(kWatched, R"("ttl": 20)")), both(kSecondary, R"("ttl": 300)"),
              R"({"id": "check-0001", "request_interval": 10, "failure_threshold": 2})");
  const auto& need = u.at(kName).needs.at(0);
  EXPECT_EQ(need.switching.detect.value_or({}).value, 20);
  EXPECT_EQ(need.switching.takes.value_or({}).value, 20);
}

TEST(RoutedNames, WithoutACheckThePrimaryAloneCounts) {
  const auto u = name_of(kPrimary, both(kSecondary, kWatched));
  EXPECT_EQ(u.needs(kName), (Lines{"aws_instance.s1: hard service stated",
                                   "aws_instance.s2: control service stated"}));
  for (const std::string& id : u.components()) {
    EXPECT_EQ(id.find(".failover"), std::string::npos);
  }
}

TEST(RoutedNames, ACheckThatCannotBeToldWidensTheAnswerAndDecidesNothing) {
  const Understanding u(
      {created("aws_lb.a", "aws_lb", R"({"dns_name": "a.example"})"),
       created("aws_lb.b", "aws_lb", R"({"dns_name": "b.example"})"),
       created(
           "aws_route53_record.1", "aws_route53_record",
           R"({"zone_id": "Z", "name": "shop", "type": "A", "alias": [{"name": "a.example"}], )" +
               std::string(kPrimary) + "}",
           R"({"alias": [{"evaluate_target_health": true}]})"),
       created(
           "aws_route53_record.2", "aws_route53_record",
           R"({"zone_id": "Z", "name": "shop", "type": "A", "alias": [{"name": "b.example"}], )" +
               std::string(kSecondary) + "}")});
  EXPECT_EQ(u.needs(kName),
            (Lines{"aws_lb.a | aws_lb.b: hard service stated", "aws_lb.a: hard service inferred"}));
}

TEST(RoutedNames, RecordsThatShareTheUsersStandInForEachOtherIfTheyAreWatched) {
  const std::string weighted = R"("weighted_routing_policy": [{"weight": 50}])";
  const auto u = name_of(both(weighted, kWatched), both(weighted, kWatched));
  EXPECT_EQ(u.needs(kName), Lines{"aws_instance.s1 | aws_instance.s2: hard service stated"});
  EXPECT_EQ(u.at(kName).needs.at(0).via, "");
  EXPECT_EQ(u.at(kName).needs.at(0).switching.detect.value_or({}).value, 90);
}

TEST(RoutedNames, RecordsThatNobodyWatchesAreAllNeeded) {
  for (const char* policy : {R"("weighted_routing_policy": [{"weight": 50}])",
                             R"("latency_routing_policy": [{"region": "eu-west-1"}])",
                             R"("geolocation_routing_policy": [{"country": "DE"}])",
                             R"("multivalue_answer_routing_policy": true)"}) {
    const auto u = name_of(policy, policy);
    EXPECT_EQ(u.needs(kName), (Lines{"aws_instance.s1: hard service stated",
                                     "aws_instance.s2: hard service stated"}));
  }
}

TEST(RoutedNames, OfTwoRecordsTheOneThatNobodyWatchesIsNeeded) {
  const std::string weighted = R"("weighted_routing_policy": [{"weight": 50}])";
  const auto u = name_of(both(weighted, kWatched), weighted);
  EXPECT_EQ(u.needs(kName), (Lines{"aws_instance.s1 | aws_instance.s2: hard service stated",
                                   "aws_instance.s2: hard service stated"}));
}

TEST(RoutedNames, AWeightOfZeroIsAStandby) {
  const auto weight = [](const std::string& w) {
    return R"("weighted_routing_policy": [{"weight": )" + w + "}]";
  };
  const auto u = name_of(both(weight("0"), kWatched), both(weight("100"), kWatched));
  EXPECT_EQ(u.needs(kName), Lines{"aws_instance.s2 | aws_instance.s1: hard service stated"});
  EXPECT_NE(u.at(kName).needs.at(0).via, "");
}

TEST(RoutedNames, AStandbyThatIsNotInTheInputsMayServeAsWell) {
  const Understanding u({instance_at("1"), record("1", both(kPrimary, kWatched)),
                         record("2", kSecondary),
                         created("aws_eip.e1", "aws_eip", R"({"id": "203.0.113.1"})")});
  for (const std::string& need : u.needs(kName)) {
    EXPECT_NE(need.find("inferred"), std::string::npos);
  }
}

TEST(RoutedNames, ANameThatProvesADomainIsNoComponent) {
  const Understanding u(
      {created("aws_acm_certificate.c", "aws_acm_certificate", R"({"arn": "arn:aws:acm:c"})"),
       created(
           "aws_route53_record.proof", "aws_route53_record",
           R"({"zone_id": "Z", "name": "_1.shop", "type": "CNAME", "fqdn": "_1.shop.example"})"),
       created("aws_route53_record.www", "aws_route53_record",
               R"({"zone_id": "Z", "name": "www", "type": "CNAME", "fqdn": "www.shop.example"})"),
       created("aws_acm_certificate_validation.c", "aws_acm_certificate_validation",
               R"({"certificate_arn": "arn:aws:acm:c",
                   "validation_record_fqdns": ["_1.shop.example"]})")});
  EXPECT_EQ(u.components(), Lines{"aws_route53_record.www"});
}

}  // namespace
}  // namespace outlast::catalog
