#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catalog/meaning.h"
#include "clock/load_model.h"
#include "clock/surge.h"
#include "import/import.h"

namespace outlast::clock {
namespace {

constexpr const char* kManifests = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: shop/web}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: prices}
spec:
  replicas: 4
  template: {metadata: {labels: {app: prices}}, spec: {containers: [{name: a, image: shop/prices}]}}
---
apiVersion: v1
kind: Service
metadata: {name: prices}
spec: {selector: {app: prices}, ports: [{port: 80}]}
)";

/// Twenty requests of the web, each with so many to the prices, which take so long each.
std::string traces(int calls, int milliseconds) {
  std::string spans;
  for (int i = 0; i < 20; ++i) {
    spans += fmt::format(
        R"({}{{"traceId": "t{}", "id": "1", "timestamp": 1, "duration": {}, "localEndpoint": {{"serviceName": "web"}}}})",
        i == 0 ? "" : ", ", i, 2000 + calls * milliseconds * 1000);
    for (int k = 0; k < calls; ++k) {
      spans += fmt::format(
          R"(, {{"traceId": "t{}", "id": "c{}", "parentId": "1", "timestamp": {}, "duration": {}, "localEndpoint": {{"serviceName": "prices"}}}})",
          i, k, 1 + k * milliseconds * 1000, milliseconds * 1000);
    }
  }
  return "[" + spans + "]";
}

blueprint::Blueprint shop(const std::string& trace) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  std::map<std::string, std::string> files = {{"a.yaml", kManifests}};
  std::vector<std::string> paths = {"a.yaml"};
  if (!trace.empty()) {
    files.emplace("t.json", trace);
    paths.emplace_back("t.json");
  }
  auto read = import::import_inputs(paths, base::MemoryFiles(files), sources, diagnostics);
  catalog::read_meaning(read.draft, catalog::Catalog::built_in(), diagnostics);
  auto bp = blueprint::validate(read.draft, diagnostics);
  EXPECT_TRUE(bp.has_value()) << base::render(diagnostics, sources);
  return *std::move(bp);
}

double sustained(const std::string& trace) {
  const auto surge = surge_of(shop(trace), catalog::Catalog::built_in(), {100, 100'000, 60});
  EXPECT_TRUE(surge.has_value());
  return surge ? surge->max_sustainable_users.value : 0;
}

double visits_of_prices(const std::string& trace) {
  const auto bp = shop(trace);
  const auto load = load_model_of(bp, catalog::Catalog::built_in(), Strain::likely);
  for (const auto& part : load.parts) {
    if (bp[part.component].name == "prices") {
      return part.visits;
    }
  }
  return 0;
}

TEST(TracedWork, ASurgeIsCarriedAsFarAsTheTracesLatencyLets) {
  const double fast = sustained(traces(1, 10));
  const double slow = sustained(traces(1, 40));
  EXPECT_GT(slow, 0);
  EXPECT_NEAR(fast / slow, 4, 0.01) << "four times the work, a quarter of the users";
}

TEST(TracedWork, ThePartThatIsFullFirstIsTheOneThatTracesShowToBeSlow) {
  const auto surge =
      surge_of(shop(traces(1, 40)), catalog::Catalog::built_in(), {100, 1'000'000, 60});
  ASSERT_TRUE(surge && surge->saturates_first);
  EXPECT_EQ(surge->saturates_first->name, "prices");
  const auto told =
      std::find_if(surge->assumptions.begin(), surge->assumptions.end(),
                   [](const auto& a) { return a.name == "prices: work on a request"; });
  ASSERT_NE(told, surge->assumptions.end());
  EXPECT_NE(told->source.find("traces: 20 requests"), std::string::npos);
}

TEST(TracedWork, SeveralCallsForARequestAreSoManyVisits) {
  EXPECT_DOUBLE_EQ(visits_of_prices(traces(1, 10)), 1);
  EXPECT_DOUBLE_EQ(visits_of_prices(traces(3, 10)), 3);
  EXPECT_NEAR(sustained(traces(1, 10)) / sustained(traces(3, 10)), 3, 0.01);
}

}  // namespace
}  // namespace outlast::clock
