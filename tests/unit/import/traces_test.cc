#include "import/traces.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using blueprint::DraftCall;
using blueprint::Strength;

/// A span of Zipkin.
std::string span(const std::string& id, const std::string& parent, const std::string& service,
                 const std::string& more = "") {
  return fmt::format(
      R"({{"traceId": "t", "id": "{}", {}"localEndpoint": {{"serviceName": "{}"}}, "timestamp": 1{}}})",
      id, parent.empty() ? "" : "\"parentId\": \"" + parent + "\", ", service,
      more.empty() ? "" : ", " + more);
}

std::string zipkin(const std::vector<std::string>& spans) {
  std::string all;
  for (const std::string& one : spans) {
    all += (all.empty() ? "" : ",\n") + one;
  }
  return "[" + all + "]";
}

Reading traced(const std::vector<std::string>& spans) {
  return Reading(Reading::Files{{"t.json", zipkin(spans)}});
}

Lines called(const Reading& reading, const std::string& address) {
  Lines all;
  for (const DraftCall& call : reading.resource(address).calls) {
    for (const auto id : call.targets) {
      all.push_back(reading.draft().resources[id].address);
    }
  }
  return all;
}

TEST(Traces, ASpanBelowOneOfAnotherServiceIsACall) {
  const Reading reading = traced({span("1", "", "web"), span("2", "1", "web"),
                                  span("3", "2", "orders", R"("duration": 2000)")});
  EXPECT_EQ(called(reading, "trace/web"), Lines{"trace/orders"});
  const auto& record = *reading.resource("trace/web").calls.front().record;
  EXPECT_EQ(record.calls, 1);
  EXPECT_DOUBLE_EQ(record.per_request, 1);
  EXPECT_DOUBLE_EQ(record.median.value, 0.002);
  EXPECT_TRUE(record.is_awaited);
}

TEST(Traces, WhatIsOfAnotherTypeIsToldAndLeftOut) {
  const auto told = [](const std::string& more) {
    const Reading reading = traced({span("1", "", "web", more)});
    return reading.diagnostics.items().size();
  };
  EXPECT_EQ(told(R"("kind": "CLIENT", "remoteEndpoint": {"serviceName": "api"}, "tags": {})"), 0U);
  EXPECT_EQ(told(R"("kind": "client")"), 1U) << "Zipkin writes capitals";
  EXPECT_EQ(told(R"("remoteEndpoint": "api")"), 1U);
  EXPECT_EQ(told(R"("tags": ["error"])"), 1U);
}

TEST(Traces, OfOpenTelemetryHaveATraceAndEndAfterTheyBegan) {
  const auto told = [](const std::string& with) {
    const Reading reading(Reading::Files{
        {"t.json",
         R"({"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", )"
         R"("value": {"stringValue": "web"}}]}, "scopeSpans": [{"spans": [{"spanId": "1", )" +
             with + "}]}]}]}"}});
    return reading.diagnostics.items().size();
  };
  EXPECT_EQ(told(R"("traceId": "t", "startTimeUnixNano": "1", "endTimeUnixNano": "2")"), 0U);
  EXPECT_EQ(told(R"("traceId": "t", "startTimeUnixNano": "2", "endTimeUnixNano": "1")"), 1U);
  EXPECT_EQ(told(R"("startTimeUnixNano": "1", "endTimeUnixNano": "2")"), 1U);
}

TEST(Traces, CallerAndCalledMayShareOneSpan) {
  const Reading reading =
      traced({span("1", "", "web"), span("2", "1", "web", R"("kind": "CLIENT")"),
              span("2", "1", "orders", R"("kind": "SERVER", "shared": true)")});
  EXPECT_EQ(called(reading, "trace/web"), Lines{"trace/orders"});
}

TEST(Traces, TwoCallsForOneRequestAreAFanOutOfTwo) {
  const Reading reading =
      traced({span("1", "", "web"), span("2", "1", "orders"), span("3", "1", "orders")});
  const auto& record = *reading.resource("trace/web").calls.front().record;
  EXPECT_EQ(record.calls, 2);
  EXPECT_DOUBLE_EQ(record.per_request, 2);
}

TEST(Traces, ASpanThatTwoExportsHoldIsOne) {
  const std::string first = zipkin({span("1", "", "web"), span("2", "1", "orders")});
  const std::string second = zipkin({span("2", "1", "orders"), span("3", "1", "orders")});
  const Reading reading(Reading::Files{{"a.json", first}, {"b.json", second}});
  const auto& record = *reading.resource("trace/web").calls.front().record;
  EXPECT_EQ(record.calls, 2);
  EXPECT_DOUBLE_EQ(record.per_request, 2);
}

TEST(Traces, StoresAndQueuesAreToldByAttributes) {
  const Reading reading = traced(
      {span("1", "", "web"),
       span(
           "2", "1", "web",
           R"("kind": "CLIENT", "tags": {"db.system": "postgresql", "peer.service": "orders-db"})"),
       span(
           "3", "1", "web",
           R"("kind": "PRODUCER", "tags": {"messaging.system": "kafka", "messaging.destination": "mails"})")});
  EXPECT_EQ(called(reading, "trace/web"), (Lines{"trace/mails", "trace/orders-db"}));
  EXPECT_EQ(reading.resource("trace/orders-db").type, "database");
  EXPECT_EQ(reading.resource("trace/mails").type, "queue");
  EXPECT_EQ(*reading.resource("trace/web").calls.front().strength, Strength::async);
}

TEST(Traces, WhoWritesNoSpansIsToldByTheAddressThatIsAskedFor) {
  const Reading reading = traced(
      {span("1", "", "web"),
       span(
           "2", "1", "web",
           R"("kind": "CLIENT", "tags": {"url.full": "https://k@pay.example.com:8443/v1?x=http://y"})"),
       span("3", "1", "web", R"("kind": "CLIENT", "tags": {"http.url": "http://orders/list"})"),
       span("4", "3", "orders",
            R"("kind": "SERVER", "tags": {"http.url": "http://orders/list"})")});
  EXPECT_EQ(called(reading, "trace/web"), (Lines{"trace/orders", "trace/pay.example.com"}));
}

TEST(Traces, BetweenWhoSendsAMessageAndWhoTakesItLiesTheQueue) {
  const std::string to =
      R"("tags": {"messaging.system": "kafka", "messaging.destination": "mails"})";
  const Reading reading = traced({span("1", "", "web", "\"kind\": \"PRODUCER\", " + to),
                                  span("2", "1", "mailer", "\"kind\": \"CONSUMER\", " + to)});
  EXPECT_EQ(called(reading, "trace/web"), Lines{"trace/mails"});
  EXPECT_EQ(called(reading, "trace/mailer"), Lines{"trace/mails"});
}

TEST(Traces, AStoreIsToldByTheNameThatItIsAskedBy) {
  const Reading reading = traced(
      {span("1", "", "web", R"("kind": "CLIENT", "remoteEndpoint": {"serviceName": "mysql"})")});
  EXPECT_EQ(reading.resource("trace/mysql").type, "database");
}

TEST(Traces, WhatIsNoNumberOrNoListIsToldAndTakenAsNotTold) {
  const Reading reading(
      Reading::Files{{"t.json", R"({"data": [{"traceID": "t", "spans": [
        {"spanID": "1", "operationName": "x", "references": {"a": 1}, "startTime": "now",
         "duration": -5, "processID": "p1", "tags": "none"}],
        "processes": {"p1": {"serviceName": "post"}}}]})"},
                     {"a.json", R"([{"parent": "a", "child": "b", "callCount": []}])"}});
  Lines told;
  for (const auto& diagnostic : reading.diagnostics.items()) {
    told.push_back(diagnostic.message);
  }
  EXPECT_EQ(told,
            (Lines{"callCount must be a number that is not negative", "references must be a list",
                   "startTime must be a number that is not negative",
                   "duration must be a number that is not negative", "tags must be a list"}));
  EXPECT_EQ(called(reading, "trace/a"), Lines{"trace/b"});
}

TEST(Traces, StoresAreToldByOperationsWhereNoAttributeTells) {
  const Reading reading(Reading::Files{{"t.json", R"({"data": [{"traceID": "t", "spans": [
        {"traceID": "t", "spanID": "1", "operationName": "post_mongo_insert_client", "references": [],
         "startTime": 1, "duration": 5, "processID": "p1", "tags": []}],
        "processes": {"p1": {"serviceName": "post"}}}]})"}});
  EXPECT_EQ(called(reading, "trace/post"), Lines{"trace/mongo of post"});
}

TEST(Traces, ErrorsTellWhatACallIsNeededFor) {
  std::vector<std::string> borne = {span("1", "", "web")};
  std::vector<std::string> fatal = {span("1", "", "web", R"("tags": {"error": "x"})")};
  for (const char* id : {"2", "3", "4"}) {
    borne.push_back(span(id, "1", "ads", R"("tags": {"error": "x"})"));
    fatal.push_back(span(id, "1", "ads", R"("tags": {"error": "x"})"));
  }
  EXPECT_EQ(*traced(borne).resource("trace/web").calls.front().strength, Strength::soft);
  EXPECT_EQ(*traced(fatal).resource("trace/web").calls.front().strength, Strength::hard);
  const Reading two =
      traced({span("1", "", "web"), span("2", "1", "ads", R"("tags": {"error": "x"})")});
  EXPECT_TRUE(two.resource("trace/web").calls.front().strength.is_unset()) << "one may be chance";
}

TEST(Traces, OpenTelemetryIsReadWithItsNumbersAndItsNames) {
  const auto otlp = [](const char* client, const char* server) {
    return fmt::format(
        R"({{"resourceSpans": [
        {{"resource": {{"attributes": [{{"key": "service.name", "value": {{"stringValue": "web"}}}}]}},
         "scopeSpans": [{{"spans": [{{"traceId": "t", "spanId": "1", "name": "get", "kind": {},
           "startTimeUnixNano": "1000000000", "endTimeUnixNano": "1500000000"}}]}}]}},
        {{"resource": {{"attributes": [{{"key": "service.name", "value": {{"stringValue": "orders"}}}}]}},
         "scopeSpans": [{{"spans": [{{"traceId": "t", "spanId": "2", "parentSpanId": "1", "name": "get",
           "kind": {}, "startTimeUnixNano": "1000000000", "endTimeUnixNano": "1250000000"}}]}}]}}]}})",
        client, server);
  };
  for (const std::string& text :
       {otlp("3", "2"), otlp("\"SPAN_KIND_CLIENT\"", "\"SPAN_KIND_SERVER\"")}) {
    const Reading reading(Reading::Files{{"t.json", text}});
    ASSERT_EQ(called(reading, "trace/web"), Lines{"trace/orders"});
    EXPECT_NEAR(reading.resource("trace/web").calls.front().record->median.value, 0.25, 1e-9);
  }
}

TEST(Traces, ListsOfDependenciesAreCallsThatWereCounted) {
  const Reading reading(Reading::Files{
      {"d.json", R"({"data": [{"parent": "web", "child": "orders", "callCount": 7}]})"}});
  ASSERT_EQ(called(reading, "trace/web"), Lines{"trace/orders"});
  EXPECT_EQ(reading.resource("trace/web").calls.front().record->calls, 7);
}

constexpr const char* kManifest =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: frontend}\n"
    "spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "
    "a}]}}}\n"
    "---\napiVersion: v1\nkind: Service\nmetadata: {name: edge}\nspec: {selector: {app: web}}\n";

TEST(Traces, AWorkloadOfAnotherInputIsTheOneThatAnswersToTheName) {
  for (const char* name : {"frontend", "web", "edge"}) {
    const Reading reading(
        Reading::Files{{"a.yaml", kManifest},
                       {"t.json", zipkin({span("1", "", name), span("2", "1", "orders")})}});
    EXPECT_EQ(called(reading, "default/Deployment/frontend"), Lines{"trace/orders"}) << name;
  }
}

TEST(Traces, AMeshNamesWorkloadsWithTheirNamespaces) {
  const auto web_of = [](const std::string& space) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: " + space +
           "}\nspec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, "
           "image: b}]}}}\n---\n";
  };
  const Reading reading(
      Reading::Files{{"a.yaml", web_of("shop") + web_of("spare")},
                     {"t.json", zipkin({span("1", "", "web.shop"), span("2", "1", "mail.post")})}});
  EXPECT_EQ(called(reading, "shop/Deployment/web"), Lines{"trace/mail.post"});
  EXPECT_EQ(called(reading, "spare/Deployment/web"), Lines{});
  EXPECT_FALSE(reading.has("trace/web.shop"));
}

TEST(Traces, SpansSayWhereTheyRanWhereTheirServiceHasAnotherName) {
  const Reading reading(
      Reading::Files{{"a.yaml", kManifest}, {"t.json", R"({"data": [{"traceID": "t", "spans": [
        {"traceID": "t", "spanID": "1", "operationName": "a", "processID": "p1"},
        {"traceID": "t", "spanID": "2", "operationName": "b", "processID": "p2",
         "references": [{"refType": "CHILD_OF", "spanID": "1"}]}],
        "processes": {
          "p1": {"serviceName": "nginx", "tags": [{"key": "hostname", "value": "frontend-5d4f7-x2x1z"}]},
          "p2": {"serviceName": "orders", "tags": []}}}]})"}});
  EXPECT_EQ(called(reading, "default/Deployment/frontend"), Lines{"trace/orders"});
  ASSERT_EQ(reading.draft().assumptions.size(), 1U);
  EXPECT_EQ(reading.draft().assumptions.front().value, "frontend");
}

TEST(Traces, ASpanWithoutAnIdIsToldAndLeftOut) {
  const Reading reading(Reading::Files{
      {"t.json",
       R"([{"traceId": "t", "id": "", "timestamp": 1, "localEndpoint": {"serviceName": "a"}}])"}});
  EXPECT_EQ(reading.told(), Lines{"OUT-E1702 1:2 a span without an id | it is left out"});
}

/// So many requests of a service that takes 20 ms, of which it waits 12 for a store and 3 for another
/// service at the same time as the last 2 of these; begun half a second apart.
std::string jaeger(int requests, const std::string& sampler) {
  std::string all;
  for (int i = 0; i < requests; ++i) {
    const long at = 1'000'000'000L + 500'000L * i;
    all += fmt::format(
        R"({}{{"traceID": "t{}", "processes": {{"w": {{"serviceName": "web"}}, "o": {{"serviceName": "orders"}}}}, "spans": [
  {{"spanID": "1", "traceID": "t{}", "operationName": "get", "processID": "w", "startTime": {}, "duration": 20000, "tags": [{}]}},
  {{"spanID": "2", "traceID": "t{}", "operationName": "find", "processID": "w", "startTime": {}, "duration": 12000,
    "references": [{{"refType": "CHILD_OF", "spanID": "1"}}],
    "tags": [{{"key": "span.kind", "value": "client"}}, {{"key": "db.system", "value": "mysql"}}, {{"key": "peer.service", "value": "store"}}]}},
  {{"spanID": "3", "traceID": "t{}", "operationName": "ask", "processID": "o", "startTime": {}, "duration": 3000,
    "references": [{{"refType": "CHILD_OF", "spanID": "1"}}], "tags": []}}]}})",
        i == 0 ? "" : ", ", i, i, at, sampler, i, at + 1000, i, at + 11000);
  }
  return "{\"data\": [" + all + "]}";
}

Reading traced_by_jaeger(int requests, const std::string& sampler = "") {
  return Reading(Reading::Files{{"t.json", jaeger(requests, sampler)}});
}

TEST(Traces, WorkIsTheTimeOfARequestWithoutThatOfOthers) {
  const Reading reading = traced_by_jaeger(30);
  const auto& web = reading.resource("trace/web").work;
  ASSERT_TRUE(web.is_known());
  EXPECT_EQ(web->requests, 30);
  EXPECT_NEAR(web->median.value, 0.007, 1e-6) << "20 ms without the 13 that something was awaited";
  EXPECT_FALSE(web->is_from_callers);
  EXPECT_NEAR(reading.resource("trace/orders").work->median.value, 0.003, 1e-6);
  const auto& store = reading.resource("trace/store").work;
  ASSERT_TRUE(store.is_known());
  EXPECT_TRUE(store->is_from_callers);
  EXPECT_NEAR(store->p90.value, 0.012, 1e-6);
}

TEST(Traces, TooFewRequestsCalibrateNothing) {
  EXPECT_FALSE(traced_by_jaeger(9).resource("trace/web").work.is_known());
}

TEST(Traces, UsersAreKnownWhereASamplerSaysWhatItLeftOut) {
  constexpr const char* kTenth =
      R"({"key": "sampler.type", "value": "probabilistic"}, {"key": "sampler.param", "value": 0.1})";
  const Reading tenth = traced_by_jaeger(41, kTenth);
  const auto& now = tenth.draft().objectives.users.now;
  ASSERT_TRUE(now.is_known());
  // 41 traces of 410 requests in 20 s are 20.5 a second, and a user asks four times a minute.
  EXPECT_DOUBLE_EQ(*now, 308);
  EXPECT_FALSE(now.is_stated());
  EXPECT_FALSE(traced_by_jaeger(41).draft().objectives.users.now.is_known())
      << "nobody knows how many there were";
  const Reading stated(
      Reading::Files{{"t.json", jaeger(41, kTenth)},
                     {"o.yaml", "outlast: 1\nobjectives: {users: {now: 7}}\ncomponents: {}\n"}});
  EXPECT_DOUBLE_EQ(*stated.draft().objectives.users.now, 7);
}

Lines told_by(const Reading& reading) {
  Lines codes;
  for (const auto& item : reading.diagnostics.items()) {
    codes.push_back(item.code + ": " + item.message);
  }
  return codes;
}

TEST(Traces, WhatABlueprintDeclaresByANameKeepsItsId) {
  const std::string traces = zipkin({span("1", "", "Web"), span("2", "1", "orders")});
  const Reading reading(Reading::Files{
      {"t.json", traces},
      {"o.yaml",
       "outlast: 1\ncomponents: {web: {type: aws.ec2}, shop: {name: Orders, kind: compute}}"}});
  EXPECT_TRUE(reading.has("web"));
  EXPECT_EQ(called(reading, "web"), Lines{"shop"});
  const Reading spoken_of(Reading::Files{
      {"t.json", traces}, {"o.yaml", "outlast: 1\ncomponents: {orders: {replicas: 2}}"}});
  EXPECT_TRUE(spoken_of.has("trace/orders")) << "its type is nowhere declared";
}

TEST(Traces, FilesThatDisagreeByMoreThanDoubleAreTold) {
  const auto file = [](const std::string& trace, std::size_t requests, int calls, int ms) {
    std::vector<std::string> spans;
    for (std::size_t i = 0; i < requests; ++i) {
      const std::string id = fmt::format("{}{}", trace, i);
      spans.push_back(span(id, "", "web", R"("duration": 90000)"));
      for (int j = 0; j < calls; ++j) {
        spans.push_back(span(fmt::format("{}-{}", id, j), id, "orders",
                             fmt::format(R"("duration": {})", ms * 1000)));
      }
    }
    return zipkin(spans);
  };
  const auto told = [&](const std::string& other) {
    return told_by(Reading(Reading::Files{{"a.json", file("a", 12, 1, 4)}, {"b.json", other}}));
  };
  EXPECT_EQ(told(file("b", 12, 3, 20)),
            (Lines{"OUT-E1711: a.json and b.json disagree on how long a request takes: orders 4 ms "
                   "against 20 ms",
                   "OUT-E1711: a.json and b.json disagree on how many calls a request makes: web → "
                   "orders 1 against 3"}));
  EXPECT_EQ(told(file("b", 12, 2, 8)), Lines()) << "double is not more than double";
  EXPECT_EQ(told(file("b", 3, 3, 20)), Lines()) << "of so few requests it may be chance";
}

/// Of a sampler that keeps everything.
constexpr const char* kKeepsAll =
    R"({"key": "sampler.type", "value": "const"}, {"key": "sampler.param", "value": true})";

TEST(Traces, AStatedLoadThatTheyContradictIsToldAndCounts) {
  const auto told = [&](const std::string& users) {
    const Reading reading(Reading::Files{
        {"t.json",
         jaeger(41, kKeepsAll)},  // 41 in 20 s, of 30.75 users who ask four times a minute
        {"o.yaml", "outlast: 1\nobjectives: {users: " + users + "}\ncomponents: {}\n"}});
    return told_by(reading);
  };
  EXPECT_EQ(told("{now: 7}"),
            Lines{"OUT-E1712: 7 users are stated, 0.467 requests a second at 4 a minute of each; "
                  "traces show 2.05 a second"});
  EXPECT_EQ(told("{now: 100}").size(), 1u);
  EXPECT_EQ(told("{now: 20}"), Lines());
  EXPECT_EQ(told("{now: 7, peak: 40}"), Lines()) << "it may be the peak that was traced";
  EXPECT_EQ(told("{now: 100, day: {\"00:00\": 30, \"09:00\": 120}}"), Lines());
}

TEST(Otlp, FilesOfACollectorHoldOneExportALine) {
  const auto line = [](const char* service, const char* id, const char* parent) {
    return fmt::format(
        R"({{"resourceSpans": [{{"resource": {{"attributes": [{{"key": "service.name", "value": {{"stringValue": "{}"}}}}]}}, "scopeSpans": [{{"spans": [{{"traceId": "t", "spanId": "{}", "parentSpanId": "{}", "name": "x", "startTimeUnixNano": "1", "endTimeUnixNano": "2"}}]}}]}}]}})"
        "\n",
        service, id, parent);
  };
  const Reading reading(
      Reading::Files{{"t.jsonl", line("web", "1", "") + "\n" + line("db", "2", "1")}});
  EXPECT_EQ(called(reading, "trace/web"), Lines{"trace/db"});
}

TEST(Traces, WhatIsNoSpanAmongSpansIsToldAndLeftOut) {
  const Reading reading = traced({span("1", "", "web"), "7", span("2", "1", "orders")});
  EXPECT_EQ(reading.told(), Lines{"OUT-E1714 2:1 a span must be a map | it is left out"});
  EXPECT_EQ(reading.draft().resources.size(), 2U);
}

}  // namespace
}  // namespace outlast::import
