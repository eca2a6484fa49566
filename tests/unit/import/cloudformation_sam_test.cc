#include "import/cloudformation_sam.h"

#include <gtest/gtest.h>

#include "base/file_source.h"
#include "import/import.h"

namespace outlast::import {
namespace {

/// Is a template said to have a mistake, of this transform and reference.
bool is_mistaken(const std::string& transform, const std::string& reference) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const std::string text = transform + R"(
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Environment: {Variables: {V: )" +
                           reference + R"(}}
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
)";
  const base::MemoryFiles files(std::map<std::string, std::string>{{"t.yaml", text}});
  (void)import_inputs({"t.yaml"}, files, sources, diagnostics);
  return diagnostics.has_errors();
}

constexpr const char* kSam = "Transform: AWS::Serverless-2016-10-31";

TEST(Sam, WhatItMakesMayBeNamed) {
  for (const char* made :
       {"!Ref Hello.Version", "!Ref Hello.Alias", "!GetAtt HelloRole.Arn", "!Ref HelloRole",
        "!Sub \"https://${ServerlessRestApi}/Prod\"", "!Ref ServerlessRestApiProdStage",
        "!Ref ServerlessDeploymentApplication", "!Ref HelloGetPermissionProd"}) {
    EXPECT_FALSE(is_mistaken(kSam, made)) << made;
    EXPECT_FALSE(
        is_mistaken("Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]", made))
        << made;
  }
}

TEST(Sam, AnyOtherNameIsAMistake) {
  EXPECT_TRUE(is_mistaken(kSam, "!Ref Helloo"));
  EXPECT_TRUE(is_mistaken(kSam, "!Ref Nobody"));
  EXPECT_TRUE(is_mistaken("AWSTemplateFormatVersion: \"2010-09-09\"", "!Ref HelloRole"));
}

TEST(Sam, AMacroMayMakeAnything) {
  EXPECT_FALSE(is_mistaken("Transform: [OurMacro]", "!Ref Nobody"));
}

}  // namespace
}  // namespace outlast::import
