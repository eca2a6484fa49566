// The program tried on public inputs that nobody here wrote.

#include <map>
#include <numeric>

#include "corpus/asking.h"

namespace outlast {
namespace {

TEST_F(Corpus, EveryCaseEndsInAStatusThatIsAllowed) {
  for (const Case& one : cases_) {
    const Answer text = ask(one, "");
    EXPECT_TRUE(one.statuses.contains(text.status)) << one.name << ": " << text.status;
  }
}

TEST_F(Corpus, EveryResourceOfAwsIsUnderstood) {
  for (const char* name : {"terragoat", "vpc-3nat", "alb-asg", "asg"}) {
    const Parsed json = report(name);
    const Node coverage = json.root()["coverage"];
    ASSERT_TRUE(coverage["resources"].as_integer().has_value()) << name;
    EXPECT_GT(*coverage["resources"].as_integer(), 0) << name;
    EXPECT_EQ(coverage["understood"].as_integer(), coverage["resources"].as_integer()) << name;
  }
}

TEST_F(Corpus, TheBytesDoNotDependOnThreads) {
  for (const Case& one : cases_) {
    EXPECT_EQ(ask(one, "-o json --threads 1").out, ask(one, "-o json --threads 3").out) << one.name;
  }
}

TEST_F(Corpus, SingleAndUnsavedServersOfAPlanAreFound) {
  const Parsed json = report("terragoat");
  for (const char* id :
       {"aws_db_instance.default", "aws_neptune_cluster.default",
        "aws_elasticsearch_domain.monitoring-framework", "aws_instance.web_host"}) {
    EXPECT_EQ(findings(json, "OUT-A001", id).size(), 1U) << id;
  }
  EXPECT_EQ(findings(json, "OUT-A004", "aws_db_instance.default").size(), 1U) << "no backups";
}

TEST_F(Corpus, ASecretIsNamedByItsPlaceAndPrintedNowhere) {
  const auto terragoat = std::find_if(cases_.begin(), cases_.end(),
                                      [](const Case& one) { return one.name == "terragoat"; });
  ASSERT_NE(terragoat, cases_.end());
  const std::string as_json = ask(*terragoat, "-o json").out;
  const Parsed json(as_json);
  const auto told = findings(json, "OUT-S001", "aws_db_instance.default");
  ASSERT_EQ(told.size(), 1U);
  const std::string_view pointer = told[0]["evidence"].at(0)["pointer"].text();
  EXPECT_TRUE(pointer.ends_with("/change/after/password")) << pointer;

  const Parsed plan(bytes_of(corpus() + "/" + terragoat->files.front()));
  const Node changes = plan.root()["resource_changes"];
  std::set<std::string> secrets;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Node after = changes.at(i)["change"]["after"];
    const Node variables = after["environment"].at(0)["variables"];
    for (const Node secret : {after["password"], after["master_password"], variables["access_key"],
                              variables["secret_key"]}) {
      if (!secret.text().empty()) {
        secrets.insert(std::string(secret.text()));
      }
    }
  }
  ASSERT_FALSE(secrets.empty());
  const std::string as_text = ask(*terragoat, "").out;
  for (const std::string& secret : secrets) {
    EXPECT_EQ(as_json.find(secret), std::string::npos);
    EXPECT_EQ(as_text.find(secret), std::string::npos);
  }
}

TEST_F(Corpus, ThreeGatewaysInThreeZonesAreNothingToReport) {
  const Parsed json = report("vpc-3nat");
  ASSERT_TRUE(json.root()["findings"].exists());
  EXPECT_EQ(json.root()["findings"].size(), 0U);
}

TEST_F(Corpus, AGroupOfOneWhoseCheckLooksAtTheMachineOnlyIsFound) {
  const Parsed json = report("alb-asg");
  const char* group = "module.myapp-asg.aws_autoscaling_group.asg";
  EXPECT_EQ(findings(json, "OUT-A001", group).size(), 1U);
  EXPECT_EQ(findings(json, "OUT-A008", group).size(), 1U);
  EXPECT_EQ(findings(json, "OUT-A002", group).size(), 0U) << "two subnets, so no single zone";
}

TEST_F(Corpus, TwoSwitchesWithATargetEachMoveNobodyBetweenTheirRegions) {
  const Parsed json = report("azure-two-region");
  for (const char* region : {"North Europe", "UK South"}) {
    const std::string id = std::string("module.server[\"") + region +
                           "\"].module.public_load_balancer."
                           "azurerm_traffic_manager_profile.example_traffic_manager";
    const auto told = findings(json, "OUT-A020", id);
    ASSERT_EQ(told.size(), 1U) << id;
    EXPECT_EQ(told[0]["severity"].text(), "high") << id;
  }
}

/// Every number of a part of a report under its path; items of lists share one, rows of the
/// survival table are told apart by their case.
void gather(const std::string& path, const Node& node, std::map<std::string, std::string>& into) {
  if (node.is(base::NodeKind::map)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      gather(path + "/" + std::string(node.key(i)), node.at(i), into);
    }
  } else if (node.is(base::NodeKind::list)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      const Node one = node.at(i);
      const std::string row =
          std::string(one["case"].text()) + ":" + std::string(one["mode"].text());
      gather(path + "/" + (one["case"].exists() ? row : "*"), one, into);
    }
  } else if (node.is(base::NodeKind::number)) {
    into[path] += std::string(node.text()) + " ";
  }
}

/// Whether a number at this path is the input's own and not an objective by default, the share
/// that a lost provider takes from whoever has one, how long people take to undo a configuration
/// that reaches everyone at once, the rate of a kind of failure, how much was sampled, the step of a
/// picture, or an end of what is left open: nothing happens, or people mend it.
bool should_vary(const std::string& path) {
  const auto ends = [&path](std::string_view end) { return path.ends_with(end); };
  return !ends("/step_s") && !ends("/downtime_low_s") && !ends("/downtime_high_s") &&
         !ends("/rto_s") && !ends("/rpo_s") && !ends("/every_years") && !ends("/years_sampled") &&
         path.find("/provider:") == std::string::npos && path.find("/config:") == std::string::npos;
}

TEST_F(Corpus, NoNumberIsTheSameWhateverIsAsked) {
  std::map<std::string, std::map<std::string, int>> seen;  // path, then its values with how often
  for (const Case& one : cases_) {
    const Parsed json(ask(one, "-o json").out);
    std::map<std::string, std::string> numbers;
    for (const char* part : {"availability", "habits", "survival"}) {
      gather(part, json.root()[part], numbers);
    }
    for (const auto& [path, value] : numbers) {
      ++seen[path][value];
    }
  }
  int compared = 0;
  for (const auto& [path, values] : seen) {
    const int inputs = std::accumulate(values.begin(), values.end(), 0,
                                       [](int sum, const auto& v) { return sum + v.second; });
    if (inputs >= 4 && should_vary(path)) {
      ++compared;
      EXPECT_GT(values.size(), 1U) << path << " is " << values.begin()->first << "for all";
    }
  }
  EXPECT_GT(compared, 20);
}

/// "frontend -> cart" for each need of a component, by last parts of addresses.
std::set<std::string> calls_of(const Parsed& report, std::string_view kind) {
  const auto last = [](std::string_view id) { return id.substr(id.rfind('/') + 1); };
  std::set<std::string> calls;
  const Node all = report.root()["components"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Node needs = all.at(i)["needs"];
    const std::string_view id = all.at(i)["id"].text();
    for (std::size_t k = 0; id.find(kind) != std::string_view::npos && k < needs.size(); ++k) {
      calls.insert(std::string(last(id)) + " -> " + std::string(last(needs.at(k)["to"].text())));
    }
  }
  return calls;
}

TEST_F(Corpus, CallsOfManifestsAreThoseOfTheirSettings) {
  const Parsed json = report("online-boutique");
  std::set<std::string> expected = {"recommendationservice -> productcatalogservice",
                                    "cartservice -> redis-cart", "loadgenerator -> frontend"};
  for (const char* to :
       {"productcatalogservice", "currencyservice", "cartservice", "recommendationservice",
        "shippingservice", "checkoutservice", "adservice"}) {
    expected.insert(std::string("frontend -> ") + to);
  }
  for (const char* to : {"productcatalogservice", "shippingservice", "paymentservice",
                         "emailservice", "currencyservice", "cartservice"}) {
    expected.insert(std::string("checkoutservice -> ") + to);
  }
  EXPECT_EQ(calls_of(json, "/Deployment/"), expected);
}

/// "from -> to" for each of `to`, words with spaces between.
void expect_calls(std::string_view from, std::string_view to, std::set<std::string>& expected) {
  for (const std::string_view one : base::split(to, ' ')) {
    expected.insert(std::string(from) + " -> " + std::string(one));
  }
}

/// Calls without those of all of a project's services: the machine, and where traces are sent.
std::set<std::string> calls_among(const Parsed& report, std::string_view project) {
  std::set<std::string> calls = calls_of(report, project);
  std::erase_if(calls, [](const std::string& call) {
    return call.ends_with("-> host") || call.ends_with("-> jaeger-agent");
  });
  return calls;
}

TEST_F(Corpus, CallsOfAProjectAreThoseOfItsTracesAndItsStoresAreTheOnesItHas) {
  std::set<std::string> expected;
  expect_calls("nginx-thrift", "compose-post-service", expected);
  expect_calls("compose-post-service",
               "text-service user-service unique-id-service media-service post-storage-service "
               "user-timeline-service home-timeline-service",
               expected);
  expect_calls("text-service", "url-shorten-service user-mention-service", expected);
  expect_calls("home-timeline-service", "social-graph-service home-timeline-redis", expected);
  expect_calls("user-service", "user-mongodb", expected);
  expect_calls("media-service", "media-mongodb", expected);
  expect_calls("post-storage-service", "post-storage-mongodb", expected);
  expect_calls("url-shorten-service", "url-shorten-mongodb", expected);
  expect_calls("user-timeline-service", "user-timeline-mongodb user-timeline-redis", expected);
  expect_calls("social-graph-service", "social-graph-mongodb social-graph-redis", expected);
  expect_calls("user-mention-service", "user-memcached user-mongodb", expected);
  EXPECT_EQ(calls_among(report("dsb-social-traces"), ""), expected);
}

TEST_F(Corpus, CallsOfAProjectAreThoseOfItsSettings) {
  std::set<std::string> expected;
  expect_calls("nc", "db redis", expected);
  EXPECT_EQ(calls_among(report("nextcloud"), ""), expected);
}

TEST_F(Corpus, ANameThatNothingAnswersToIsReportedAndAClientIsNot) {
  const Parsed json = report("online-boutique");
  EXPECT_EQ(findings(json, "OUT-A040", "default/Deployment/frontend").size(), 1U);
  EXPECT_EQ(findings(json, "OUT-A001", "default/Deployment/loadgenerator").size(), 0U);
  EXPECT_EQ(findings(json, "OUT-A041", "default/Deployment/redis-cart").size(), 1U)
      << "its volume is an emptyDir";
  for (const char* name : {"frontend", "cartservice", "redis-cart", "adservice"}) {
    EXPECT_EQ(findings(json, "OUT-A001", std::string("default/Deployment/") + name).size(), 1U);
  }
}

TEST_F(Corpus, ThreeDeploymentsBehindOneServiceAreNoSinglePoint) {
  const Parsed json = report("bookinfo");
  for (const char* name : {"reviews-v1", "reviews-v2", "reviews-v3"}) {
    EXPECT_EQ(findings(json, "OUT-A001", std::string("default/Deployment/") + name).size(), 0U);
  }
  for (const char* name : {"productpage-v1", "details-v1", "ratings-v1"}) {
    EXPECT_EQ(findings(json, "OUT-A001", std::string("default/Deployment/") + name).size(), 1U);
  }
}

TEST_F(Corpus, DatabasesWithoutAVolumeAndDeploymentsWithoutAProbeAreFound) {
  const Parsed json = report("sock-shop-k8s");
  for (const char* name : {"carts-db", "orders-db", "user-db", "session-db", "rabbitmq"}) {
    const std::string id = std::string("sock-shop/Deployment/") + name;
    EXPECT_EQ(findings(json, "OUT-A041", id).size(), 1U) << name;
    EXPECT_EQ(findings(json, "OUT-A001", id).size(), 1U) << name;
  }
  std::size_t without_probe = 0;
  const Node all = json.root()["findings"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    without_probe += all.at(i)["rule"].text() == "OUT-A042" ? 1 : 0;
  }
  EXPECT_EQ(without_probe, 10U);
}

}  // namespace
}  // namespace outlast
