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

TEST(Particles, SpellWhatIsSpelled) {
  EXPECT_EQ(with_particles("us-east-1b이(가) us-east-1c이(가) db은(는) DNS을(를) ALB이(가)"),
            "us-east-1b가 us-east-1c가 db는 DNS를 ALB가");
  EXPECT_EQ(with_particles("CDN이(가) http(으)로 EC2이(가) API은(는) url(으)로 vm을(를)"),
            "CDN이 http로 EC2가 API는 url로 vm을");
  EXPECT_EQ(with_particles("DynamoDB은(는) aws.dynamodb은(는) HealthCheckType이(가)"),
            "DynamoDB는 aws.dynamodb는 HealthCheckType이");
}

TEST(Particles, ReadWordsAsTheyAreRead) {
  EXPECT_EQ(
      with_particles("table이(가) zone이(가) volume을(를) node을(를) role(으)로 billing은(는)"),
      "table이 zone이 volume을 node를 role로 billing은");
  EXPECT_EQ(with_particles("checkout은(는) client은(는) stack이(가) network이(가) backup을(를) "
                           "app이(가) balancer(으)로"),
            "checkout은 client는 stack이 network가 backup을 app이 balancer로");
}

TEST(Particles, PassOverBracketsAndSigns) {
  EXPECT_EQ(with_particles("“서버 (database)”이(가)"), "“서버 (database)”가");
  EXPECT_EQ(with_particles("?이(가)"), "?이(가)") << "nobody can tell";
}

}  // namespace
}  // namespace outlast::words
