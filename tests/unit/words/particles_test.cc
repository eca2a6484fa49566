#include "words/particles.h"

#include <gtest/gtest.h>

namespace outlast::words {
namespace {

TEST(Particles, FollowTheFinalOfASyllable) {
  EXPECT_EQ(with_particles("서버이(가) 존이(가)"), "서버가 존이");
  EXPECT_EQ(with_particles("리전은(는) 캐시을(를) 큐과(와)"), "리전은 캐시를 큐와");
}

TEST(Particles, TakeRieulForAVowelBeforeRo) {
  EXPECT_EQ(with_particles("서울(으)로 부산(으)로 대구(으)로"), "서울로 부산으로 대구로");
}

TEST(Particles, ReadLatinLettersAndDigits) {
  EXPECT_EQ(with_particles("database이(가) web을(를) us-east-1이(가)"),
            "database가 web을 us-east-1이");
}

TEST(Particles, PassOverBracketsAndSigns) {
  EXPECT_EQ(with_particles("“서버 (database)”이(가)"), "“서버 (database)”가");
  EXPECT_EQ(with_particles("?이(가)"), "?이(가)") << "nobody can tell";
}

}  // namespace
}  // namespace outlast::words
