#include "base/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace outlast::base {
namespace {

TEST(Sha256, GivesThePublishedDigests) {  // FIPS 180-4, appendix B
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, CountsZeroBytes) {
  EXPECT_NE(sha256(std::string("a\0b", 3)), sha256("a"));
}

TEST(StableHash, GivesThePublishedNumbers) {  // FNV-1a, 64 bits
  EXPECT_EQ(stable_hash(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(stable_hash("foobar"), 0x85944171f73967e8ULL);
}

RC_GTEST_PROP(StableHash, DependsOnEveryByte, (std::string text, std::uint8_t added)) {
  RC_ASSERT(stable_hash(text) == stable_hash(std::string(text)));
  RC_ASSERT(stable_hash(text) != stable_hash(text + static_cast<char>(added)));
}

}  // namespace
}  // namespace outlast::base
