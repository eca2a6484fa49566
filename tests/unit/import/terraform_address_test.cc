#include "import/terraform_address.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace outlast::import {
namespace {

std::vector<std::string> names_of(std::string_view address) {
  std::vector<std::string> names;
  for (const AddressStep& step : split_address(address)) {
    names.push_back(step.name);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(TerraformAddress, SplitsAtDotsOutsideOfBracketsAndQuotes) {
  EXPECT_EQ(names_of("aws_instance.web.id"), (Names{"aws_instance", "web", "id"}));
  EXPECT_EQ(names_of(R"(module.server["North Europe"].azurerm_lb.x)"),
            (Names{"module", "server", "azurerm_lb", "x"}));
  EXPECT_EQ(names_of(R"(aws_instance.named["test.1"])"), (Names{"aws_instance", "named"}));
  EXPECT_EQ(names_of(R"(a.b["0-cidr-0.0.0.0/0"].c)"), (Names{"a", "b", "c"}));
}

TEST(TerraformAddress, AKeyMayHoldDotsQuotesAndBrackets) {
  EXPECT_EQ(split_address(R"(a.b["x.y[0]"])").back().index, "x.y[0]");
  EXPECT_EQ(split_address(R"(a.b["say \"hi\""])").back().index, R"(say "hi")");
  EXPECT_EQ(split_address(R"(a.b["back\\slash"])").back().index, R"(back\slash)");
  EXPECT_EQ(split_address(R"(a.b["]"])").back().index, "]");
  EXPECT_EQ(split_address(R"(a.b[""])").back().index, "");
  EXPECT_TRUE(split_address(R"(a.b[""])").back().has_index);
}

TEST(TerraformAddress, ANumberIsAnIndexToo) {
  const auto steps = split_address("module.m[2].aws_instance.web[10]");
  EXPECT_EQ(steps[1].index, "2");
  EXPECT_EQ(steps[3].index, "10");
  EXPECT_FALSE(steps[0].has_index);
}

TEST(TerraformAddress, BracketsStandAsTheyWereWritten) {
  for (const char* brackets : {"[0]", R"(["0"])", R"(["a.b"])", R"(["a\"b"])", R"(["a\\b"])"}) {
    EXPECT_EQ(split_address(std::string("a.b") + brackets).back().brackets, brackets);
  }
  EXPECT_EQ(split_address("a.b").back().brackets, "");
}

TEST(TerraformAddress, WithoutIndexesItIsWhatTheConfigurationCallsIt) {
  EXPECT_EQ(without_indexes(R"(module.a["x.y"].aws_instance.web[0])"), "module.a.aws_instance.web");
  EXPECT_EQ(without_indexes("a.b"), "a.b");
}

TEST(TerraformAddress, WhatIsBrokenOffEndsAtTheEnd) {
  EXPECT_EQ(names_of("a.b["), (Names{"a", "b"}));
  EXPECT_EQ(names_of(R"(a.b["x)"), (Names{"a", "b"}));
  EXPECT_EQ(names_of(R"(a.b["x\)"), (Names{"a", "b"}));
  EXPECT_EQ(names_of(""), Names{""});
  EXPECT_EQ(names_of("."), (Names{"", ""}));
  EXPECT_EQ(without_indexes("a["), "a");
}

RC_GTEST_PROP(TerraformAddress, NamesAndBracketsAreTheWholeAddress, ()) {
  const auto key = *rc::gen::container<std::string>(rc::gen::elementOf(std::string(R"(ab.]["\)")));
  std::string quoted;
  for (const char c : key) {
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  const std::string address = R"(module.m[3].aws_x.y[")" + quoted + R"("].id)";
  std::string joined;
  for (const AddressStep& step : split_address(address)) {
    joined += (joined.empty() ? "" : ".") + step.name + step.brackets;
  }
  RC_ASSERT(joined == address);
  RC_ASSERT(split_address(address)[3].index == key);
  RC_ASSERT(without_indexes(address) == "module.m.aws_x.y.id");
}

RC_GTEST_PROP(TerraformAddress, AnyBytesAreSplit, (const std::string& bytes)) {
  RC_ASSERT(!split_address(bytes).empty());
  RC_ASSERT(without_indexes(bytes).size() <= bytes.size());
}

}  // namespace
}  // namespace outlast::import
