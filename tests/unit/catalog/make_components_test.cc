#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

Lines names_of(const std::vector<std::string>& addresses) {
  std::vector<std::string> created_ones;
  for (const std::string& address : addresses) {
    const bool is_balancer = address.find("aws_lb.") != std::string::npos;
    created_ones.push_back(created(address, is_balancer ? "aws_lb" : "aws_instance"));
  }
  const Understanding u(created_ones, "outlast: 1\n");
  Lines names;
  for (const auto& component : u.reading.draft().components) {
    names.push_back(component.name.value_or(""));
  }
  return names;
}

TEST(ComponentNames, AreShortWhereOneAloneBearsThem) {
  EXPECT_EQ(names_of({"module.m[\"a.b\"].aws_lb.front", "aws_instance.web[\"x.y\"]"}),
            (Lines{"front", "web[\"x.y\"]"}));
}

TEST(ComponentNames, SayTheirTypeWhereTwoAreCalledAlike) {
  EXPECT_EQ(names_of({"aws_lb.web", "aws_instance.web", "aws_instance.api"}),
            (Lines{"aws_lb.web", "aws_instance.web", "api"}));
}

TEST(ComponentNames, AreWholeAddressesWhereModulesHoldTheSameTwice) {
  EXPECT_EQ(names_of({"module.a.aws_lb.web", "module.b.aws_lb.web", "aws_instance.web"}),
            (Lines{"module.a.aws_lb.web", "module.b.aws_lb.web", "aws_instance.web"}));
}

}  // namespace
}  // namespace outlast::catalog
