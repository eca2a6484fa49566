#include "serve/request.h"

#include <gtest/gtest.h>

#include <string>

namespace outlast::serve {
namespace {

Head of(const std::string& lines) {
  return read_head(lines + "\r\n");
}

int status_of(const std::string& lines) {
  const Head head = of(lines);
  return head.kind == Head::Kind::wrong ? head.status : 0;
}

TEST(Request, IsCompleteOnlyWithItsEmptyLine) {
  const std::string whole = "POST /api?a=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(read_head(whole.substr(0, length)).kind, Head::Kind::incomplete) << length;
  }
  const Head head = read_head(whole + "body");
  ASSERT_EQ(head.kind, Head::Kind::complete);
  EXPECT_EQ(head.bytes, whole.size());
  EXPECT_EQ(head.request.method, "POST");
  EXPECT_EQ(head.request.path, "/api");
  EXPECT_EQ(head.request.query, "a=1");
  EXPECT_EQ(head.request.body_bytes, 12U);
}

TEST(Request, NamesOfHeadersHaveNoCase) {
  const Head head = of("GET / HTTP/1.1\r\nhOsT:  a b \r\n");
  ASSERT_EQ(head.kind, Head::Kind::complete);
  EXPECT_EQ(head.request.header("host"), "a b");
  EXPECT_EQ(head.request.header("origin"), "");
}

TEST(Request, WhatCanBeReadInTwoWaysIsRefused) {
  const std::string good = "GET / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(status_of(good), 0);
  for (const char* more :
       {"Host: y\r\n", " folded\r\n", "no colon\r\n", "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 1, 1\r\n", "Content-Length: +1\r\n", "Content-Length:\r\n", "a : b\r\n",
        "a: b\nc: d\r\n", ": b\r\n"}) {
    EXPECT_EQ(status_of(good + more), 400) << more;
  }
  EXPECT_EQ(status_of(good + "Transfer-Encoding: chunked\r\n"), 501);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n"), 400);
}

TEST(Request, TargetsArePaths) {
  for (const char* target : {"*", "http://x/", "x", ""}) {
    EXPECT_EQ(status_of("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n"), 400) << target;
  }
  EXPECT_EQ(status_of("GET /\xC3\xA9 HTTP/1.1\r\nHost: x\r\n"), 400);
}

TEST(Request, QueriesAndCookiesAreLookedUpByWholeName) {
  EXPECT_EQ(query_value("ab=1&b=%2F+%41", "b"), "/ A");
  EXPECT_EQ(query_value("ab=1", "b"), std::nullopt);
  EXPECT_EQ(query_value("b=%4", "b"), std::nullopt);
  EXPECT_EQ(query_value("b=%zz", "b"), std::nullopt);
  const Head head = of("GET / HTTP/1.1\r\nHost: x\r\nCookie: ab=1; b=2;c\r\n");
  EXPECT_EQ(cookie_of(head.request, "b"), "2");
  EXPECT_EQ(cookie_of(head.request, "c"), "");
}

}  // namespace
}  // namespace outlast::serve
