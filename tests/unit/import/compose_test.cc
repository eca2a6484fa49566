#include "import/compose.h"

#include <gtest/gtest.h>

#include "import/compose_variables.h"
#include "import/value_tree.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using Addresses = std::vector<std::string>;

/// Addresses of the services that a service calls, and hosts that are none.
Addresses calls(const Reading& read, const std::string& service) {
  Addresses all;
  for (const auto& call : read.resource(service).calls) {
    for (const auto target : call.targets) {
      all.push_back(read.imported.draft.resources[target].address);
    }
    if (!call.host.empty()) {
      all.push_back((call.is_local ? "local " : "outside ") + call.host);
    }
  }
  return all;
}

Reading compose(const std::string& text) {
  return Reading(Reading::Files{{"compose.yaml", text}});
}

TEST(ComposeVariables, AreFilledInAsComposeDoes) {
  const Variables known = {{"A", "a"}, {"EMPTY", ""}};
  const auto text = [&](const char* written) { return interpolate(written, known).text; };
  EXPECT_EQ(text("x${A}y$A-$$A"),
            "xay"
            "a-$A");
  EXPECT_EQ(text("${NO:-d}${NO-e}${A:-z}"), "dea");
  EXPECT_EQ(text("${EMPTY:-d}|${EMPTY-e}|"), "d||");
  EXPECT_EQ(text("${A:+yes}${NO:+no}"), "yes");
  EXPECT_EQ(text("${NO:-${A}-${NO2:-x}}"), "a-x");
  EXPECT_EQ(text("${NO}"), std::string(1, kUnknownPart));
  EXPECT_EQ(interpolate("${NO:?why}", known).missing, Addresses{"NO"});
  EXPECT_TRUE(interpolate("${", known).is_wrong);
  EXPECT_TRUE(interpolate("${-x}", known).is_wrong);
}

TEST(ComposeVariables, EnvFilesHaveQuotesCommentsAndEarlierLines) {
  const Variables read = read_env_file("# c\nA=1 # one\nexport B='$A'\nC=\"$A$A\"\n=x\nD\n", {});
  EXPECT_EQ(read, (Variables{{"A", "1"}, {"B", "$A"}, {"C", "11"}}));
}

TEST(Compose, ALinkGivesAnotherNameToItsOwnerAlone) {
  const Reading read = compose(R"(
services:
  web: { image: x, links: ["db:base"], environment: { DB_URL: "pg://base:5432" } }
  job: { image: x, environment: { DB_URL: "pg://base:5432" } }
  db: { image: x }
)");
  EXPECT_EQ(calls(read, "web"), (Addresses{"db", "db"}));
  EXPECT_EQ(calls(read, "job"), Addresses{"local base"});
}

TEST(Compose, AServiceThatTellsAProxyItsOwnNameCallsNobody) {
  for (const std::string name : {"${DOMAIN}", "shop.acme.com"}) {
    const Reading read = compose("services:\n  web: {image: x, environment: {VIRTUAL_HOST: '" +
                                 name + "', LETSENCRYPT_HOST: '" + name + "'}}\n");
    EXPECT_EQ(calls(read, "web"), Addresses{});
    EXPECT_EQ(read.draft().coverage.unknown_attributes, Addresses{});
  }
}

TEST(Compose, AHostThatNothingSetsIsNotKnown) {
  const Reading read = compose(R"(
services:
  web:
    image: x
    environment: { DB_URL: "pg://me:x@${BASE}:5432", Q_HOST: "$Q", LEVEL: "$L", C: "http://c:${P}" }
  c: { image: x }
)");
  EXPECT_EQ(read.draft().coverage.unknown_attributes,
            (Addresses{"web: what answers at DB_URL", "web: what answers at Q_HOST"}));
}

TEST(Compose, CallsComeFromNeedsSettingsLinksAndCommands) {
  const Reading read = compose(R"(
services:
  web:
    image: x
    depends_on: [a]
    links: ["b:base"]
    environment: { C_URL: "http://c:80/x", D_HOST: d, E_NAME: e, OUT: "https://api.example.com" }
    command: [run, "--wait=f:5432"]
  a: { image: x }
  b: { image: x }
  c: { image: x }
  d: { image: x }
  e: { image: x }
  f: { image: x, container_name: store }
)");
  EXPECT_EQ(calls(read, "web"), (Addresses{"a", "b", "c", "d", "outside api.example.com", "f"}));
}

TEST(Compose, OptionsThatAreHandedOnNameHostsTooWhereAServiceAnswers) {
  const Reading read = compose(R"(
services:
  web: { image: x, environment: { JAVA_OPTS: "-Xmx512m -Dredis.host=cache -Dmail.host=elsewhere" } }
  job: { image: x, command: "run --db-host=db" }
  cache: { image: x }
  db: { image: x }
)");
  EXPECT_EQ(calls(read, "web"), Addresses{"cache"});
  EXPECT_EQ(calls(read, "job"), Addresses{"db"});
}

TEST(Compose, ServicesOnDisjointNetworksDoNotReachEachOther) {
  const Reading read = compose(R"(
services:
  web: { image: x, networks: [n], environment: { DB_HOST: db, API_URL: "http://api" } }
  db: { image: x, networks: [m] }
  api: { image: x, networks: { n: { aliases: [backend] } } }
  job: { image: x, networks: [n], environment: { STORE: "db:5432", LEVEL: "info:1" } }
networks: { n: {}, m: {} }
)");
  EXPECT_EQ(calls(read, "job"), Addresses{"local db"}) << "a name of the inputs and a port";
  EXPECT_EQ(calls(read, "web"), (Addresses{"local db", "api"}));
  EXPECT_TRUE(read.resource("web").calls[0].is_apart) << "it is there, and not for this one";
}

TEST(Compose, AProxyLeadsToTheServicesWhoseLabelsSaySo) {
  const Reading read = compose(R"(
services:
  edge: { image: "traefik:v3", ports: ["80:80"], labels: [traefik.enable=false] }
  shop: { image: x, labels: { traefik.http.routers.shop.rule: Host(`a.b`) } }
  blog: { image: x, labels: [traefik.enable=true] }
  jobs: { image: x, environment: { VIRTUAL_HOST: jobs.example.com } }
  old: { image: nginxproxy/nginx-proxy }
)");
  EXPECT_EQ(calls(read, "edge"), (Addresses{"blog", "shop"}));
  EXPECT_EQ(calls(read, "old"), Addresses{"jobs"});
}

TEST(Compose, AProxyThatExposesNobodyByDefaultLeadsOnlyToThoseThatSwitchItOn) {
  const auto led_to = [](const std::string& proxy) {
    const Reading read = compose(R"(
services:
  edge: { image: "traefik:v3", ports: ["80:80"], )" +
                                 proxy + R"( }
  shop: { image: x, labels: { traefik.http.routers.shop.rule: Host(`a.b`) } }
  blog: { image: x, labels: [traefik.enable=true] }
)");
    return calls(read, "edge");
  };
  EXPECT_EQ(led_to("command: [--providers.docker=true]"), (Addresses{"blog", "shop"}));
  EXPECT_EQ(led_to("command: [--providers.docker.exposedByDefault=false]"), Addresses{"blog"});
  EXPECT_EQ(led_to("command: --api --providers.docker.exposedbydefault=false"), Addresses{"blog"});
  EXPECT_EQ(led_to("environment: [TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT=false]"),
            Addresses{"blog"});
}

TEST(Compose, WhatOthersWaitForTheEndOfIsAJob) {
  const Reading read = compose(R"(
services:
  web:
    image: x
    depends_on: { seed: { condition: service_completed_successfully }, db: { condition: service_started } }
  seed: { image: x }
  db: { image: x }
  sweep: { image: x, deploy: { mode: replicated-job } }
)");
  EXPECT_EQ(read.resource("seed").type, "compose job");
  EXPECT_EQ(read.resource("sweep").type, "compose job");
  EXPECT_EQ(read.resource("db").type, "compose service");
}

TEST(Compose, FilesOfOneFolderAreLaidOverEachOther) {
  const Reading read(Reading::Files{{"compose.override.yaml", R"(
services: { web: { image: y, environment: [B=2], ports: ["90:80"] } }
)"},
                                    {"compose.yaml", R"(
services: { web: { image: x, environment: { A: "1", B: "1" }, ports: ["80:80"], command: [a] } }
)"}});
  const auto attributes = read.resource("web").attributes;
  EXPECT_EQ(attributes["image"].text(), "y");
  EXPECT_EQ(attributes["environment"]["A"].text(), "1");
  EXPECT_EQ(attributes["environment"]["B"].text(), "2");
  EXPECT_EQ(attributes["ports"].size(), 2U);
}

TEST(Compose, WhatOthersIncludeOrExtendIsNoProjectOfItsOwn) {
  const Reading read(Reading::Files{{"shop/common.yaml", "services: { base: { image: x } }"},
                                    {"shop/compose.yaml", R"(
include: [{ path: ./infra/compose.yaml }]
services: { web: { extends: { file: common.yaml, service: base } } }
)"},
                                    {"shop/infra/compose.yaml", "services: { db: { image: y } }"}});
  Addresses all;
  for (const auto& resource : read.draft().resources) {
    all.push_back(resource.address);
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(all, (Addresses{"db", "host", "site", "web"}));
}

TEST(Compose, ServicesOfProfilesRunOnlyWhereNeeded) {
  const Reading read = compose(R"(
services:
  web: { image: x, depends_on: [db] }
  db: { image: x, profiles: [data] }
  tool: { image: x, profiles: [tools] }
)");
  EXPECT_TRUE(read.has("db"));
  EXPECT_FALSE(read.has("tool"));
}

TEST(Compose, WhoWaitsForWhatNoActiveProfileHasIsTold) {
  const std::string services = R"(
services:
  web: { image: x, depends_on: { db: { condition: service_started REQUIRED } } }
  db: { image: x, profiles: [data, all] }
)";
  const auto with = [&](const std::string& required, const std::string& active) {
    std::string text = services;
    text.replace(text.find(" REQUIRED"), 9, required);
    return Reading(Reading::Files{{"compose.yaml", text}, {".env", "COMPOSE_PROFILES=" + active}},
                   Addresses{"compose.yaml"});
  };
  const Reading refused = with("", "");
  EXPECT_EQ(
      refused.told(),
      Lines{"OUT-E1610 3:38 web waits for db, which is in no profile that is active | Compose "
            "refuses that: --param COMPOSE_PROFILES=data runs it"});
  EXPECT_TRUE(refused.has("db"));
  EXPECT_TRUE(with("", "all").told().empty());
  EXPECT_TRUE(with("", "*").told().empty());
  const Reading optional = with(", required: false", "");
  EXPECT_TRUE(optional.told().empty());
  EXPECT_FALSE(optional.has("db")) << "web does without it";
}

TEST(Compose, AKeyThatNoServiceHasIsTold) {
  const Reading reading = compose(R"(
services:
  web: { image: x, enviroment: { A: b }, x-note: 1, depends_on: { db: { condition: service_started } } }
  db: { image: y, restart: always, healthcheck: { test: [CMD, a] }, deploy: { replicas: 1 } }
)");
  EXPECT_EQ(reading.told(),
            Lines{"OUT-E1611 3:32 a service has no enviroment: it is left out | did "
                  "you mean \"environment\"?"});
}

TEST(Compose, SecretsAreThoseThatStandInTheFile) {
  const Reading read = compose(R"(
services:
  db:
    image: mysql
    environment: [MYSQL_ROOT_PASSWORD=hunter2x, "MYSQL_PASSWORD=${P:-hunter3x}"]
)");
  ASSERT_EQ(read.draft().secrets.size(), 1U);
  EXPECT_EQ(read.draft().secrets[0].what, "MYSQL_ROOT_PASSWORD");
}

TEST(Compose, IncludesAndExtensionsInACircleAreTold) {
  const Reading read(Reading::Files{{"compose.yaml", R"(
include: [other.yaml]
services: { web: { image: x, extends: { service: web } } }
)"},
                                    {"other.yaml", "include: [compose.yaml]\n"}},
                     Addresses{"compose.yaml"});
  EXPECT_TRUE(read.diagnostics.has_errors());
}

TEST(Compose, NetworksAndVolumesThatNobodyDeclaresAreTold) {
  const Reading reading = compose(R"(
services:
  a: { image: a, networks: [inner, default], volumes: ["data:/d", "/d", "./x:/x", "C:/y:/y"] }
  b: { image: b, networks: { outer: {} }, volumes: [{ type: volume, source: logs, target: /l }] }
networks: { inner: }
volumes: { logs: }
)");
  ASSERT_EQ(reading.told().size(), 2U) << reading.text();
  EXPECT_NE(reading.text().find("there is no volume data"), std::string::npos) << reading.text();
  EXPECT_NE(reading.text().find("there is no network outer"), std::string::npos);
}

TEST(Compose, SecretsAndConfigsThatNobodyDeclaresAreTold) {
  const Reading reading = compose(R"(
services:
  a: { image: a, secrets: [key, { source: tokn }], configs: [{ source: conf, target: /c }, other] }
secrets: { key: { file: key.txt }, token: { external: true } }
configs: { conf: { file: c } }
)");
  ASSERT_EQ(reading.told().size(), 2U) << reading.text();
  EXPECT_NE(reading.text().find("there is no secret tokn"), std::string::npos) << reading.text();
  EXPECT_NE(reading.text().find("there is no config other"), std::string::npos);
}

TEST(Compose, AFileWhoseFirstServiceIsNoneIsAComposeFileStill) {
  const Reading reading = compose("services:\n  a: 7\n  b: { image: b }\n");
  ASSERT_EQ(reading.told().size(), 1U);
  EXPECT_EQ(reading.told().front(), "OUT-E1601 2:6 the service a must be a map");
}

}  // namespace
}  // namespace outlast::import
