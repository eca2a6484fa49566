#include "catalog/folding.h"

#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

TEST(Folding, APartStandsWithItsOwner) {
  const Understanding u({created("aws_s3_bucket.data", "aws_s3_bucket", R"({"id": "data-bucket"})"),
                         created("aws_s3_bucket_versioning.data", "aws_s3_bucket_versioning",
                                 R"({"bucket": "data-bucket"})")});
  EXPECT_EQ(u.components(), Lines{"aws_s3_bucket.data"});
  EXPECT_EQ(u.at("aws_s3_bucket.data").parts, Lines{"aws_s3_bucket_versioning.data"});
}

TEST(Folding, WhatOnlyPassesOnOrHelpsIsNoComponent) {
  const Understanding u({subnet("a", "eu-west-1a"), created("aws_vpc.main", "aws_vpc"),
                         created("aws_route_table.a", "aws_route_table"), instance("web")});
  EXPECT_EQ(u.components(), Lines{"aws_instance.web"});
  EXPECT_EQ(u.draft().coverage.understood, 4U);
}

TEST(Folding, MembersAreReplicasOfTheirCluster) {
  const auto member = [](const std::string& name, const std::string& zone) {
    return created("aws_rds_cluster_instance." + name, "aws_rds_cluster_instance",
                   R"({"cluster_identifier": "orders", "availability_zone": ")" + zone + "\"}");
  };
  const Understanding u({created("aws_rds_cluster.orders", "aws_rds_cluster",
                                 R"({"id": "orders-cluster", "cluster_identifier": "orders"})"),
                         member("one", "eu-west-1a"), member("two", "eu-west-1b")});
  EXPECT_EQ(u.components(), Lines{"aws_rds_cluster.orders"});
  EXPECT_EQ(u.at("aws_rds_cluster.orders").replicas.value_or(0), 2);
  EXPECT_EQ(u.places("aws_rds_cluster.orders"), (Lines{"eu-west-1a", "eu-west-1b"}));
}

TEST(Folding, WhatIsNotUnderstoodIsAComponentThatSaysNothing) {
  const Understanding u({created("acme_rocket.moon", "acme_rocket", R"({"zone": "eu-west-1a"})")});
  EXPECT_EQ(u.components(), Lines{"acme_rocket.moon"});
  EXPECT_TRUE(u.at("acme_rocket.moon").type.is_unset());
  EXPECT_EQ(u.draft().coverage.understood, 0U);
  EXPECT_EQ(u.draft().coverage.unknown_types, Lines{"acme_rocket"});
}

TEST(Folding, InstancesOfOneDeclarationAreOneGroup) {
  const Understanding u({created("aws_instance.web[0]", "aws_instance"),
                         created("aws_instance.web[1]", "aws_instance"), instance("other")});
  EXPECT_EQ(u.at("aws_instance.web[0]").group.value_or(""), "aws_instance.web");
  EXPECT_EQ(u.at("aws_instance.web[1]").group.value_or(""), "aws_instance.web");
  EXPECT_TRUE(u.at("aws_instance.other").group.is_unset());
}

}  // namespace
}  // namespace outlast::catalog
