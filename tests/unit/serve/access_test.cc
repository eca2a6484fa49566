#include "serve/access.h"

#include <gtest/gtest.h>

namespace outlast::serve {
namespace {

TEST(Access, AnAddressWithThePortIsOurs) {
  for (const char* host : {"127.0.0.1:8080", "[::1]:8080", "localhost:8080", "192.0.2.7:8080"}) {
    EXPECT_TRUE(is_own_host(host, 8080)) << host;
  }
}

TEST(Access, WithoutAPortOnlyLoopbackIsTakenUnlessThePortIsTheUsualOne) {
  for (const char* host : {"127.0.0.1", "127.8.9.1", "[::1]", "localhost"}) {
    EXPECT_TRUE(is_own_host(host, 8080)) << host;
  }
  EXPECT_FALSE(is_own_host("192.0.2.7", 8080));
  EXPECT_TRUE(is_own_host("192.0.2.7", 80));
}

TEST(Access, ANameThatAnybodyMayPointHereIsNotOurs) {
  for (const char* host : {"evil.example", "evil.example:8080", "127.evil.example", "127.0.0.1:1",
                           "localhost.evil.example:8080", "localhost:80", "", ":8080"}) {
    EXPECT_FALSE(is_own_host(host, 8080)) << host;
  }
}

}  // namespace
}  // namespace outlast::serve
