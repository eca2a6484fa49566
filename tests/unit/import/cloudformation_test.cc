#include "import/cloudformation.h"

#include <gtest/gtest.h>

#include "base/file_source.h"
#include "import/cloudformation_functions.h"
#include "import/import.h"

namespace outlast::import {
namespace {

using base::Node;
using base::NodeKind;
using Files = std::map<std::string, std::string>;

/// Reads templates and finds their resources by address.
struct Read {
  explicit Read(Files files, const std::vector<std::string>& parameters = {}) {
    std::vector<std::string> paths;
    for (const auto& [path, text] : files) {
      if (path.find("/") == std::string::npos) {
        paths.push_back(path);
      }
    }
    imported = import_inputs(paths, base::MemoryFiles(std::move(files)), sources, diagnostics, {},
                             {parameters});
  }

  [[nodiscard]] const blueprint::DraftResource* resource(std::string_view address) const {
    for (const auto& resource : imported.draft.resources) {
      if (resource.address == address) {
        return &resource;
      }
    }
    return nullptr;
  }
  [[nodiscard]] Node property(std::string_view address, std::string_view name) const {
    const auto* found = resource(address);
    return found == nullptr ? Node() : found->attributes[name];
  }
  /// Addresses that a property refers to.
  [[nodiscard]] std::vector<std::string> referred(std::string_view address,
                                                  std::string_view path) const {
    std::vector<std::string> all;
    for (const auto& reference : resource(address)->references) {
      for (const auto target : reference.targets) {
        if (reference.path == path) {
          all.push_back(imported.draft.resources[target].address);
        }
      }
    }
    return all;
  }

  base::Sources sources;
  base::Diagnostics diagnostics;
  Imported imported;
};

Read one(const std::string& text, const std::vector<std::string>& parameters = {}) {
  return Read(Files{{"t.yaml", text}}, parameters);
}

std::string text_at(const Read& read, std::string_view name) {
  return std::string(read.property("t/R", name).text());
}

TEST(CloudFormation, ShortAndLongFormsSayTheSame) {
  const Read read = one(R"(
Parameters: { P: { Type: String, Default: b } }
Resources:
  R:
    Type: AWS::X::Y
    Properties:
      A: !Join ["-", [a, !Ref P]]
      B: { Fn::Join: ["-", [a, { Ref: P }]] }
      C: !Sub "a-${P}"
      D: { Fn::Sub: ["a-${Q}", { Q: !Ref P }] }
      E: !Select [1, !Split [",", "x,a-b"]]
      F: !Sub "${!P}"
)");
  for (const char* name : {"A", "B", "C", "D", "E"}) {
    EXPECT_EQ(text_at(read, name), "a-b") << name;
  }
  EXPECT_EQ(text_at(read, "F"), "${P}");
}

/// What is told of a value that is given for a parameter.
Lines given(const std::string& parameter, const std::string& value) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files(std::map<std::string, std::string>{
      {"t.yaml",
       "Parameters: {P: {" + parameter + "}}\nResources: {Q: {Type: \"AWS::SQS::Queue\"}}\n"}});
  (void)import_inputs({"t.yaml"}, files, sources, diagnostics, {}, {.parameters = {"P=" + value}});
  Lines all;
  for (const base::Diagnostic& one : diagnostics.items()) {
    all.push_back(one.code + " " + one.message);
  }
  return all;
}

TEST(CloudFormation, AParameterTakesTheValuesThatItAllows) {
  EXPECT_EQ(given("Type: String, AllowedValues: [prod, dev]", "dev"), Lines{});
  EXPECT_EQ(given("Type: String, AllowedValues: [prod, dev]", "prd"),
            Lines{"OUT-E1511 the parameter P does not take prd"});
  EXPECT_EQ(given("Type: CommaDelimitedList, AllowedValues: [a, b]", "a, b"), Lines{});
  EXPECT_EQ(given("Type: CommaDelimitedList, AllowedValues: [a, b]", "a,c"),
            Lines{"OUT-E1511 the parameter P does not take c"});
}

TEST(CloudFormation, AParameterWithoutValueIsNotKnownUntilOneIsGiven) {
  const std::string text = R"(
Parameters: { P: { Type: String } }
Resources: { R: { Type: AWS::X::Y, Properties: { A: !Ref P, B: !Sub "x-${P}" } } }
)";
  EXPECT_TRUE(one(text).property("t/R", "A").is(NodeKind::unknown));
  EXPECT_TRUE(one(text).property("t/R", "B").is(NodeKind::unknown));
  EXPECT_EQ(text_at(one(text, {"P=1"}), "B"), "x-1");
}

TEST(CloudFormation, WhatIsNotToBeShownIsKeptAsAPlace) {
  const Read read = one(R"(
Parameters: { P: { Type: String, NoEcho: true, Default: hunter2 } }
Resources: { R: { Type: AWS::X::Y, Properties: { A: !Sub "user:${P}" } } }
)");
  EXPECT_TRUE(read.property("t/R", "A").is(NodeKind::unknown));
  ASSERT_EQ(read.imported.draft.secrets.size(), 1U);
  EXPECT_EQ(read.imported.draft.secrets[0].evidence.address, "t/P");
}

TEST(CloudFormation, AConditionThatIsNotKnownLeavesBothEnds) {
  const std::string text = R"(
Parameters: { P: { Type: String }, Q: { Type: String, Default: no } }
Conditions:
  Unknown: !Equals [!Ref P, "yes"]
  Never: !And [!Equals [!Ref Q, "yes"], !Condition Unknown]
  Always: !Or [!Not [!Condition Never], !Condition Unknown]
Resources:
  R:
    Type: AWS::X::Y
    Properties:
      A: !If [Unknown, 1, 2]
      B: !If [Unknown, 1, 1]
      C: !If [Never, 1, !Ref AWS::NoValue]
      D: !If [Always, 1, 2]
  Maybe: { Type: AWS::X::Y, Condition: Unknown }
  No: { Type: AWS::X::Y, Condition: Never }
)";
  const Read read = one(text);
  EXPECT_TRUE(read.property("t/R", "A").is(NodeKind::unknown));
  EXPECT_EQ(text_at(read, "B"), "1");
  EXPECT_FALSE(read.property("t/R", "C").exists());
  EXPECT_EQ(text_at(read, "D"), "1");
  EXPECT_NE(read.resource("t/Maybe"), nullptr);
  EXPECT_EQ(read.resource("t/No"), nullptr);
  EXPECT_EQ(one(text, {"P=no"}).resource("t/Maybe"), nullptr);
}

TEST(CloudFormation, NamesOfResourcesStayKnownThroughTexts) {
  const Read read = one(R"(
Resources:
  Bucket: { Type: AWS::S3::Bucket }
  R:
    Type: AWS::X::Y
    DependsOn: Bucket
    Properties:
      A: !GetAtt Bucket.Arn
      B: [!Sub "${Bucket.Arn}/*"]
      C: !Select [1, !Split [",", !Join [",", [x, !Ref Bucket]]]]
)");
  using Addresses = std::vector<std::string>;
  const std::string id(read.property("t/Bucket", "id").text());
  EXPECT_EQ(text_at(read, "A"), id);
  EXPECT_EQ(text_at(read, "C"), id);
  EXPECT_EQ(read.property("t/R", "B").at(0).text(), id + "/*");
  EXPECT_EQ(read.referred("t/R", "B[0]"), Addresses{"t/Bucket"});
  EXPECT_EQ(read.referred("t/R", "C"), Addresses{"t/Bucket"});
  EXPECT_EQ(read.referred("t/R", "depends_on"), Addresses{"t/Bucket"});
}

TEST(CloudFormation, AnImportFindsTheOneExportThatMayBeMeant) {
  const std::string network = R"(
Resources: { Subnet: { Type: AWS::EC2::Subnet } }
Outputs: { S: { Value: !Ref Subnet, Export: { Name: !Sub "${AWS::StackName}-Subnet" } } }
)";
  const std::string app = R"(
Parameters: { Parent: { Type: String } }
Resources:
  R: { Type: AWS::X::Y, Properties: { A: { Fn::ImportValue: !Sub "${Parent}-Subnet" } } }
)";
  using Addresses = std::vector<std::string>;
  const Read read(Files{{"t.yaml", app}, {"net.yaml", network}});
  EXPECT_EQ(read.referred("t/R", "A"), Addresses{"net/Subnet"});
  const Read two(Files{{"t.yaml", app}, {"a.yaml", network}, {"b.yaml", network}});
  EXPECT_TRUE(two.property("t/R", "A").is(NodeKind::unknown));
  const Read told(Files{{"t.yaml", app}, {"a.yaml", network}, {"b.yaml", network}}, {"Parent=b"});
  EXPECT_EQ(told.referred("t/R", "A"), Addresses{"b/Subnet"});
}

TEST(CloudFormation, NestedStacksTakeParametersAndGiveOutputs) {
  const Read read(Files{{"t.yaml", R"(
Resources:
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: sub/i.yaml, Parameters: { P: "7" } } }
  R: { Type: AWS::X::Y, Properties: { A: !GetAtt Inner.Outputs.O } }
)"},
                        {"sub/i.yaml", R"(
Parameters: { P: { Type: String } }
Resources: { Q: { Type: AWS::X::Y, Properties: { B: !Ref P } } }
Outputs: { O: { Value: !Sub "o-${P}" } }
)"}});
  EXPECT_EQ(read.property("t/Inner/Q", "B").text(), "7");
  EXPECT_EQ(text_at(read, "A"), "o-7");
}

TEST(CloudFormation, WhatGrowsByReferringIsCutShort) {
  std::string text = "Resources:\n";
  for (int i = 0; i < 40; ++i) {
    text += "  R" + std::to_string(i) + ": { Type: AWS::X::Y, Properties: { Long: !Sub \"${R" +
            std::to_string(i + 1) + ".Long}${R" + std::to_string(i + 1) + ".Long}\" } }\n";
  }
  text += "  R40: { Type: AWS::X::Y, Properties: { Long: xxxxxxxxxxxxxxxx } }\n";
  const Read read = one(text);
  EXPECT_TRUE(read.diagnostics.has_errors());
}

TEST(CloudFormation, PropertiesThatReferToEachOtherAreTold) {
  const Read read =
      one("Resources:\n"
          "  A: { Type: AWS::X::Y, Properties: { P: !GetAtt B.P } }\n"
          "  B: { Type: AWS::X::Y, Properties: { P: !GetAtt A.P } }\n");
  EXPECT_TRUE(read.diagnostics.has_errors());
}

TEST(CloudFormation, NamesThatNothingElseLooksAtAreToldToo) {
  const Read read =
      one("Conditions:\n"
          "  Unused: !Not [!Condition Missing]\n"
          "  Round: !Condition Round\n"
          "Resources:\n"
          "  A: { Type: AWS::X::Y, DependsOn: [B, C] }\n"
          "  B: { Type: AWS::X::Y }\n");
  std::vector<std::string> told;
  for (const auto& diagnostic : read.diagnostics.items()) {
    told.push_back(diagnostic.message);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"there is no condition Missing",
                                            "the condition Round depends on itself",
                                            "there is no parameter or resource C"}));
}

TEST(CloudFormation, CallsThatCannotBeMeantAreTold) {
  const Read read =
      one("Parameters: { Open: { Type: CommaDelimitedList } }\n"
          "Mappings: { M: { x: { y: z } } }\n"
          "Resources:\n"
          "  A:\n"
          "    Type: AWS::X::Y\n"
          "    Properties:\n"
          "      P: !Bar 1\n"
          "      Q: !FindInMap [M]\n"
          "      R: !Select [9, [a, b]]\n"
          "      S: !Select [9, !Ref Open]\n"
          "      T: !Select [9, !GetAZs '']\n"
          "      U: { Fn::Cidr: [10.0.0.0/16, 2] }\n");
  std::vector<std::string> told;
  for (const auto& diagnostic : read.diagnostics.items()) {
    told.push_back(diagnostic.message);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"there is no function !Bar",
                                            "FindInMap takes 3 or 4 arguments, not 1",
                                            "there is no item 9 in a list of 2"}));
}

TEST(CloudFormation, CidrCutsBlocks) {
  const auto text = [](const char* value) { return text_value(value, {}); };
  const ValueTree blocks = cidr_blocks(text("10.0.0.0/16"), text("3"), text("8"), {});
  ASSERT_EQ(blocks.items.size(), 3U);
  EXPECT_EQ(blocks.items[2].text, "10.0.2.0/24");
  EXPECT_TRUE(cidr_blocks(text("x"), text("1"), text("8"), {}).items[0].is(NodeKind::unknown));
  EXPECT_TRUE(cidr_blocks(text("10.0.0.0/8"), text("999"), text("8"), {}).is(NodeKind::unknown));
}

TEST(CloudFormation, UnknownPartsMayStandForAnyText) {
  const std::string any(1, kUnknownPart);
  EXPECT_TRUE(may_be_same(any + "-Vpc", "net-Vpc"));
  EXPECT_TRUE(may_be_same("net-Vpc", any + "-Vpc"));
  EXPECT_TRUE(may_be_same(any + "-Vpc", "a" + any + "Vpc"));
  EXPECT_FALSE(may_be_same(any + "-Vpc", "net-Subnet"));
  EXPECT_FALSE(may_be_same("a" + any + "c", "ab"));
  EXPECT_FALSE(may_be_same("a", "b"));
  EXPECT_TRUE(may_be_same(any, ""));
}

/// Addresses of what a template declares, read beside the base.
std::vector<std::string> addresses_beside(const blueprint::Draft& base, const Files& files) {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files) {
    paths.push_back(path);
  }
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto imported =
      import_inputs(paths, base::MemoryFiles(files), sources, diagnostics, {}, {{}, &base});
  std::vector<std::string> all;
  for (const auto& resource : imported.draft.resources) {
    all.push_back(resource.address);
  }
  return all;
}

TEST(CloudFormation, ARenamedTemplateIsTheStackThatTheBaseKnows) {
  const std::string shop = R"(
Resources:
  Web: { Type: AWS::EC2::Instance }
  Queue: { Type: AWS::SQS::Queue }
)";
  const std::string mail = R"(
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
)";
  const Read base({{"shop.yaml", shop}, {"mail.yaml", mail}});
  using Addresses = std::vector<std::string>;
  EXPECT_EQ(addresses_beside(base.imported.draft, {{"new.yaml", shop}}),
            (Addresses{"shop/Web", "shop/Queue"}));
  // Each is the one that it shares the most with, whatever the order of the files.
  EXPECT_EQ(addresses_beside(base.imported.draft, {{"a.yaml", mail}, {"b.yaml", shop}}),
            (Addresses{"mail/Queue", "mail/Topic", "shop/Web", "shop/Queue"}));
  // A name that the base knows is kept, and what shares nothing is new.
  EXPECT_EQ(addresses_beside(base.imported.draft, {{"mail.yaml", shop}}),
            (Addresses{"mail/Web", "mail/Queue"}));
  EXPECT_EQ(addresses_beside(base.imported.draft,
                             {{"new.yaml", "Resources:\n  Disk: { Type: AWS::EC2::Volume }\n"}}),
            (Addresses{"new/Disk"}));
}

}  // namespace
}  // namespace outlast::import
