#include "blueprint/blueprint.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

TEST(MergeOverlays, AnIdOrTheNameOfOneComponentMeansIt) {
  const Understanding u({instance("web"), instance("api")},
                        "outlast: 1\ncomponents:\n"
                        "  aws_instance.web: {holds: sessions}\n  api: {holds: orders}\n");
  EXPECT_EQ(u.components(), (Lines{"aws_instance.web", "aws_instance.api"}));
  EXPECT_EQ(u.at("aws_instance.web").holds.value_or(""), "sessions");
  EXPECT_EQ(u.at("aws_instance.api").holds.value_or(""), "orders");
}

TEST(MergeOverlays, ALaterInputOverridesWhatItStatesAndNothingElse) {
  const auto u = Understanding::of(
      {{"a.yaml",
        "outlast: 1\ncomponents:\n  web: {type: aws.ec2, zones: [a], replicas: 2, "
        "needs: [db]}\n  db: {type: aws.rds.postgres}\n"},
       {"b.yaml", "outlast: 1\ncomponents:\n  web: {replicas: 3, needs: [{db: soft}]}\n"}});
  EXPECT_EQ(u.at("web").replicas.value_or(0), 3);
  EXPECT_EQ(u.at("web").placements.size(), 1U);
  EXPECT_EQ(u.needs("web"), Lines{"db: soft service stated"}) << "the same need, said again";
}

TEST(MergeOverlays, SomethingNewSaysWhatItIs) {
  const Understanding u({instance("web")},
                        "outlast: 1\ncomponents:\n  web: {needs: [mail]}\n"
                        "  mail: {type: external.mail}\n");
  EXPECT_EQ(u.components(), (Lines{"aws_instance.web", "mail"}));
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"mail: hard service stated"});
}

TEST(MergeOverlays, ANameThatLeadsNowhereIsToldOnce) {
  Understanding u({instance("web")},
                  "outlast: 1\njourneys: {visit: {enters: wbe}}\n"
                  "components:\n  wbe: {needs: [web]}\n");
  EXPECT_EQ(u.reading.told(),
            Lines{"OUT-E1207 4:8 component wbe is in no input and says no type | did you mean "
                  "\"web\"? If it is new, add `type: provider.service`, such as `type: aws.ec2`"});
  EXPECT_FALSE(blueprint::validate(u.draft(), u.reading.diagnostics).has_value());
  EXPECT_EQ(u.reading.diagnostics.items().size(), 1U) << u.reading.text();
}

TEST(MergeOverlays, AGrantIsForAnIdentityThatIsThere) {
  const auto told = [](const std::string& identity) {
    return Understanding::of(
               {{"a.yaml",
                 "outlast: 1\ncomponents:\n  web: {type: aws.ec2}\n"
                 "  data: {type: aws.s3}\n"
                 "identities: [{id: web-role, worn_by: [web]}]\n"
                 "grants: [{identity: " +
                     identity + ", actions: ['s3:GetObject'], components: [data]}]\n"}})
        .reading.told();
  };
  EXPECT_EQ(told("web-role"), Lines{});
  EXPECT_EQ(told("\"*\""), Lines{}) << "every identity";
  EXPECT_EQ(told("web-rol"),
            Lines{"OUT-E1236 6:10 a grant is for web-rol, which is no identity | did you mean "
                  "\"web-role\"?"});
}

TEST(MergeOverlays, ANameOfSeveralIsRefusedWithAllOfThem) {
  const Understanding u({created("module.a.aws_instance.web", "aws_instance"),
                         created("module.b.aws_instance.web", "aws_instance")},
                        "outlast: 1\ncomponents:\n  web: {replicas: 2}\n");
  EXPECT_EQ(u.reading.told(), Lines{"OUT-E1208 3:8 \"web\" may mean module.a.aws_instance.web and "
                                    "module.b.aws_instance.web | use the whole address"});
}

TEST(MergeOverlays, OfANameToldApartAnyPartOfTheAddressThatIsCertainIsHeard) {
  const Understanding u(
      {created("aws_lb.web", "aws_lb"), created("module.a.aws_instance.web", "aws_instance")},
      "outlast: 1\ncomponents:\n  aws_instance.web: {holds: sessions}\n");
  EXPECT_TRUE(u.reading.told().empty());
  EXPECT_EQ(u.at("module.a.aws_instance.web").holds.value_or(""), "sessions");
}

TEST(MergeOverlays, FactsFillGapsAndOverrideNothing) {
  const Understanding u({},
                        "outlast: 1\ncomponents:\n"
                        "  own: {type: aws.rds.postgres, failure: {every: 9y}}\n"
                        "  default: {type: aws.rds.postgres}\n");
  EXPECT_TRUE(u.at("own").failure.every.is_stated());
  EXPECT_EQ(u.at("own").redundancy.provenance(), blueprint::Provenance::catalog);
  EXPECT_FALSE(u.at("default").failure.every.is_stated());
}

}  // namespace
}  // namespace outlast::catalog
