#include <fmt/format.h>

#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

/// A span of Zipkin; `more` begins with a comma.
std::string span(const std::string& id, const std::string& parent, const std::string& service,
                 const std::string& more = "") {
  return fmt::format(
      R"({{"traceId": "t", "id": "{}", "parentId": "{}", "localEndpoint": {{"serviceName": "{}"}}{}}})",
      id, parent, service, more);
}

Understanding beside(const std::string& blueprint, const std::vector<std::string>& spans) {
  std::string all;
  for (const std::string& one : spans) {
    all += (all.empty() ? "" : ",\n") + one;
  }
  return Understanding::of(
      {{"a.yaml", "outlast: 1\ncomponents:\n" + blueprint}, {"t.json", fmt::format("[{}]", all)}});
}

TEST(JoinTraces, WhatIsDeclaredKeepsItsTypeAndAllItsAttributes) {
  const auto is = beside(
      "  web: {type: aws.ec2, size: m6i.large, needs: [orders]}\n"
      "  orders: {type: aws.ec2, region: us-east-1}\n",
      {span("1", "", "web"), span("2", "1", "orders"), span("3", "1", "orders")});
  EXPECT_EQ(is.at("web").type.value_or(""), "aws.ec2");
  EXPECT_EQ(is.at("web").size.value_or(""), "m6i.large");
  EXPECT_FALSE(is.at("orders").replicas.is_unknown()) << "as where nobody saw it: one";
  EXPECT_EQ(is.at("orders").region.value_or(""), "us-east-1");
  ASSERT_EQ(is.at("web").needs.size(), 1u);
  EXPECT_DOUBLE_EQ(is.at("web").needs.front().record->per_request, 2);
}

TEST(JoinTraces, WhatWasSeenAddsToWhatIsDeclared) {
  const auto is =
      beside("  web: {type: aws.ec2}\n", {span("1", "", "web"), span("2", "1", "mail")});
  EXPECT_EQ(is.needs("web"), Lines{"trace/mail: hard service stated"});
}

TEST(JoinTraces, WhatIsStatedOfANeedCountsMoreThanWhatWasSeen) {
  const auto is = beside(
      "  web: {type: aws.ec2, needs: [{any_of: [a, b]}, {c: soft}]}\n"
      "  a: {type: aws.ec2}\n  b: {type: aws.ec2}\n  c: {type: aws.ec2}\n",
      {span("1", "", "web"), span("2", "1", "a"), span("3", "1", "c")});
  EXPECT_EQ(is.needs("web"), (Lines{"a | b: hard service stated", "c: soft service stated"}))
      << "one of two was called: it is no need of its own";
}

/// Three calls of web to orders that fail without harm to web's answer.
std::vector<std::string> borne_failures() {
  std::vector<std::string> spans;
  for (const char* n : {"1", "2", "3"}) {
    spans.push_back(span(n, "", "web"));
    spans.push_back(span(fmt::format("1{}", n), n, "orders", R"(, "tags": {"error": "true"})"));
  }
  return spans;
}

TEST(JoinTraces, ANeedDeclaredWithoutAStrengthIsHardAndTheDifferenceIsToldOfBoth) {
  const auto is = beside("  web: {type: aws.ec2, needs: [orders]}\n  orders: {type: aws.ec2}\n",
                         borne_failures());
  EXPECT_EQ(is.needs("web"), Lines{"orders: hard service stated"});
  const auto& told = is.reading.diagnostics.items();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].message,
            "web → orders is declared without a strength, so it is hard; traces show it soft");
  EXPECT_EQ(told[0].span.source.index, 0u);
  EXPECT_EQ(told[1].message,
            "web → orders was seen to fail 3 times of 3, mostly without harm to the request");
  EXPECT_EQ(told[1].span.source.index, 1u);
}

TEST(JoinTraces, AStrengthThatComposeStatesIsKeptWhereTheCallWasSeen) {
  const auto is = Understanding::of(
      {{"compose.yaml",
        "services:\n"
        "  web:\n    image: web\n"
        "    depends_on: {orders: {condition: service_started, required: false}}\n"
        "  orders: {image: orders}\n"},
       {"t.json", fmt::format("[{}, {}]", span("1", "", "web"), span("2", "1", "orders"))}});
  EXPECT_EQ(is.needs("web").back(), "orders: soft service stated");
}

TEST(JoinTraces, ACallOverWhatWritesNoSpansIsOne) {
  const char* blueprint =
      "  web: {type: aws.ec2, needs: [lb]}\n"
      "  lb: {type: aws.alb, needs: [orders]}\n"
      "  orders: {type: aws.ec2}\n";
  const auto is =
      beside(blueprint, {span("1", "", "web"), span("2", "1", "orders"), span("3", "1", "orders")});
  EXPECT_EQ(is.needs("web"), Lines{"lb: hard service stated"});
  EXPECT_DOUBLE_EQ(is.at("web").needs.front().record->per_request, 2);
  const auto seen = beside(blueprint, {span("1", "", "web"), span("2", "1", "orders"),
                                       span("3", "1", "lb"), span("4", "3", "orders")});
  EXPECT_EQ(seen.needs("web").size(), 2u) << "it was called over the balancer and past it";
}

TEST(JoinTraces, AnUnnamedStoreIsTheOneThatItsCallerNeeds) {
  const std::string call =
      span("2", "1", "web", R"(, "kind": "CLIENT", "tags": {"db.system": "postgresql"})");
  const auto one = beside("  web: {type: aws.ec2, needs: [db]}\n  db: {type: aws.rds}\n",
                          {span("1", "", "web"), call});
  EXPECT_EQ(one.components(), (Lines{"web", "db"}));
  EXPECT_TRUE(one.at("web").needs.front().record.is_known());
  const auto by_word = beside(
      "  web: {type: aws.ec2, needs: [cache, db]}\n"
      "  cache: {type: aws.elasticache.redis}\n"
      "  db: {type: aws.rds.postgres}\n",
      {span("1", "", "web"), call});
  EXPECT_EQ(by_word.components(), (Lines{"web", "cache", "db"}));
  const auto any = beside(
      "  web: {type: aws.ec2, needs: [a, b]}\n"
      "  a: {type: aws.rds}\n  b: {type: aws.rds}\n",
      {span("1", "", "web"), call});
  EXPECT_EQ(any.components(), (Lines{"web", "trace/postgresql of web", "a", "b"}))
      << "of two it may be either";
}

TEST(JoinTraces, AServiceIsTheWorkloadOfAPlanThatHasItsName) {
  const auto spans = fmt::format("[{},\n{},\n{}]", span("1", "", "web"), span("2", "1", "Orders"),
                                 span("3", "1", "Orders"));
  const auto plan = [](const std::string& more) {
    return import::plan_text(
        {created("aws_ecs_service.front", "aws_ecs_service", R"({"name": "web"})"),
         created("aws_lambda_function.orders", "aws_lambda_function", R"({"function_name": "o"})"),
         created("aws_security_group.web", "aws_security_group", R"({"name": "web"})") + more});
  };
  const auto is = Understanding::of({{"plan.json", plan("")}, {"t.json", spans}});
  EXPECT_EQ(is.components(), (Lines{"aws_ecs_service.front", "aws_lambda_function.orders"}));
  ASSERT_EQ(is.needs("aws_ecs_service.front"),
            Lines{"aws_lambda_function.orders: hard service stated"});
  EXPECT_DOUBLE_EQ(is.at("aws_ecs_service.front").needs.front().record->per_request, 2);
  const auto any = Understanding::of(
      {{"plan.json", plan("," + created("aws_instance.web", "aws_instance"))}, {"t.json", spans}});
  EXPECT_EQ(any.needs("trace/web"), Lines{"aws_lambda_function.orders: hard service stated"})
      << "of two it may be either";
}

}  // namespace
}  // namespace outlast::catalog
