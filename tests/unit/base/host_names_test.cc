#include "base/host_names.h"

#include <gtest/gtest.h>

namespace outlast::base {
namespace {

using Texts = std::vector<std::string>;

/// "url host", "port host" or "plain host" of each.
Texts hosts(std::string_view text) {
  Texts all;
  for (const HostName& found : host_names_in(text)) {
    const char* form = found.form == HostName::Form::url         ? "url "
                       : found.form == HostName::Form::with_port ? "port "
                                                                 : "plain ";
    all.push_back(form + found.host);
  }
  return all;
}

TEST(HostNames, StandInUrlsBehindUsersAndBesidePorts) {
  EXPECT_EQ(hosts("http://orders"), (Texts{"url orders"}));
  EXPECT_EQ(hosts("amqp://guest:secret@rabbit:5672/shop"), (Texts{"url rabbit"}));
  EXPECT_EQ(hosts("cartservice:7070"), (Texts{"port cartservice"}));
  EXPECT_EQ(hosts("shop:pass@tcp(mysql.shop.svc:3306)/db"),
            (Texts{"plain tcp", "port mysql.shop.svc"}));
  EXPECT_EQ(hosts("kafka-0.kafka:9092,kafka-1.kafka:9092"),
            (Texts{"port kafka-0.kafka", "port kafka-1.kafka"}));
  EXPECT_EQ(hosts("jdbc:postgresql://db.shop:5432/orders"), (Texts{"url db.shop"}));
}

TEST(HostNames, AreTakenInSmallLettersAndWithoutAFinalDot) {
  EXPECT_EQ(hosts("DB.Shop.svc.cluster.local.:5432"), (Texts{"port db.shop.svc.cluster.local"}));
}

TEST(HostNames, OfTheMachineItselfNumbersAndVersionsAreNone) {
  EXPECT_EQ(hosts("localhost:8080 127.0.0.1:80 10.0.0.7:6379 http://0.0.0.0"), Texts{});
  EXPECT_EQ(hosts("redis:7"), Texts{});
  EXPECT_EQ(hosts("file:/dev/urandom"), Texts{});
}

TEST(HostNames, PlainWordsAreSuchByTheirFormOnly) {
  EXPECT_EQ(hosts("mysql"), (Texts{"plain mysql"}));
  EXPECT_EQ(hosts("until nc -z db 3306"), (Texts{"plain until", "plain nc", "plain db"}));
}

TEST(HostNames, SettingsTellByTheirWordsWhetherTheyNameOne) {
  for (const char* name :
       {"DB_HOST", "dbHost", "--redis-addr", "CART_SERVICE_ADDR", "UPSTREAM_URL", "ZOO_SERVERS",
        "spring.datasource.url", "DATABASE_HOST", "USER_SERVICE_HOST"}) {
    EXPECT_TRUE(names_a_host(name)) << name;
  }
  for (const char* name : {"LEVEL", "SERVICE_NAME", "MYSQL_DATABASE", "DB_PASSWORD", "BIND_ADDRESS",
                           "POSTGRES_HOST_AUTH_METHOD", "REGION"}) {
    EXPECT_FALSE(names_a_host(name)) << name;
  }
}

TEST(HostNames, StandBehindOptionsWhoseNamesSaySo) {
  const auto named = [](std::string_view text) {
    Texts all;
    for (const HostName& host : host_names_in_options(text)) {
      all.push_back(host.host);
    }
    return all;
  };
  EXPECT_EQ(named("-Xmx512m -Dredis.host=cache -Dlog.level=info --db-host=db -Dbind.address=web"),
            (Texts{"cache", "db"}));
  EXPECT_EQ(named("redis.host=cache -Dapi.host=cache,api -Dport.of.host=80"), Texts{})
      << "no option, two words, a number";
}

}  // namespace
}  // namespace outlast::base
