#include "import/remarks.h"

#include <gtest/gtest.h>

#include "base/file_source.h"
#include "import/hcl_blocks.h"
#include "import/terraform_source.h"

namespace outlast::import {
namespace {

using Addresses = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

struct Read {
  explicit Read(Files files)
      : source(read_terraform_source("tf", base::MemoryFiles(std::move(files)), sources,
                                     diagnostics)) {}
  base::Sources sources;
  base::Diagnostics diagnostics;
  TerraformSource source;
};

TEST(HclBlocks, AreNotMisledByStringsCommentsAndHeredocs) {
  const HclFile file = read_hcl(R"(# a { b
locals { x = "}" } // }
resource "a" "b" {
  y = "${f("}", { z = 1 })} \" {"
  /* } */
  t = <<-EOT
    } # no comment
  EOT
  dynamic "x" { content {} }
}
resource "a" "c" {}
)");
  ASSERT_EQ(file.blocks.size(), 3U);
  EXPECT_EQ(file.blocks[1].labels, (Addresses{"a", "b"}));
  EXPECT_EQ(file.blocks[2].labels, (Addresses{"a", "c"}));
  EXPECT_LT(file.blocks[1].end, file.blocks[2].begin);
  EXPECT_EQ(file.comments.size(), 3U);
  EXPECT_TRUE(file.comments[0].is_alone);
  EXPECT_FALSE(file.comments[1].is_alone);
}

TEST(HclBlocks, EndWithTheTextWhereTheyAreNotClosed) {
  for (const char* text : {"resource \"a\" \"b\" {", "resource \"a", "x = <<EOT\nfoo", "/* a", "}",
                           "\"\\", "<<", "a = <<-"}) {
    EXPECT_LE(read_hcl(text).blocks.size(), 1U) << text;
  }
}

TEST(TerraformSource, CommentsBelongToTheBlockTheyStandInOrAbove) {
  const Read read(Files{{"tf/main.tf", R"(
# outlast:ignore=A
# and a word on it
resource "t" "above" {
  x = 1 # outlast:ignore=B
}
resource "t" "within" {
  # outlast:ignore=C
}
# outlast:ignore=D
locals {}
)"}});
  ASSERT_EQ(read.source.remarks.size(), 4U);
  EXPECT_EQ(read.source.remarks[0].addresses, Addresses{"t.above"});
  EXPECT_EQ(read.source.remarks[0].text, "ignore=A");
  EXPECT_EQ(read.source.remarks[1].addresses, Addresses{"t.above"});
  EXPECT_EQ(read.source.remarks[2].addresses, Addresses{"t.within"});
  EXPECT_TRUE(read.source.remarks[3].addresses.empty());
}

TEST(TerraformSource, AModuleUsedTwiceGivesItsResourcesTwoAddresses) {
  const Read read(
      Files{{"tf/main.tf",
             "module \"a\" {\n  source = \"./m\"\n}\nmodule \"b\" {\n  source = \"./m\"\n}\n"
             "module \"r\" {\n  source = \"hashicorp/x/aws\"\n}\n"},
            {"tf/m/main.tf", "module \"in\" {\n  source = \"../n\"\n}\n"},
            {"tf/n/x.tf", "resource \"t\" \"x\" { # outlast:ignore=A\n}\n"}});
  ASSERT_EQ(read.source.remarks.size(), 1U);
  EXPECT_EQ(read.source.remarks[0].addresses,
            (Addresses{"module.a.module.in.t.x", "module.b.module.in.t.x"}));
  EXPECT_TRUE(read.source.declarations.contains("module.a.module.in.t.x"));
}

TEST(TerraformSource, ModulesThatCallEachOtherEnd) {
  const Read read(Files{{"tf/main.tf", "module \"a\" {\n  source = \"./m\"\n}\n"},
                        {"tf/m/main.tf", "module \"b\" {\n  source = \"./\"\n}\n"}});
  EXPECT_FALSE(read.diagnostics.has_errors());
}

TEST(TerraformSource, AFolderThatIsNotThereIsAnError) {
  const Read read(Files{{"else/main.tf", ""}});
  EXPECT_TRUE(read.diagnostics.has_errors());
}

TEST(Remarks, OfBlueprintsBelongToTheComponentTheyStandInOrAbove) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto imported = import_inputs({"a.yaml"}, base::MemoryFiles(Files{{"a.yaml", R"(outlast: 1
# outlast:ignore=Z
components:
  web:  # outlast:ignore=A
    type: aws.ec2
    name: "no # outlast:ignore=X"
  # outlast:ignore=B
  db:
    # outlast:ignore=C
    type: aws.rds.postgres
)"}}),
                                      sources, diagnostics);
  const auto remarks = remarks_of_comments(imported.draft, imported.inputs, sources);
  std::map<std::string, Addresses> told;
  for (const auto& remark : remarks) {
    told[remark.text] = remark.addresses;
  }
  EXPECT_EQ(told["ignore=A"], Addresses{"web"});
  EXPECT_EQ(told["ignore=B"], Addresses{"db"});
  EXPECT_EQ(told["ignore=C"], Addresses{"db"});
  EXPECT_EQ(told["ignore=Z"], Addresses{});
}

TEST(Remarks, OfTagsAreThoseCalledOutlastIgnoreOncePerDeclaration) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const std::string resource =
      R"("mode":"managed","type":"aws_instance","name":"web","provider_name":"p","values":)"
      R"({"tags":{"outlast-ignore":"OUT-A001 why","outlast-ignore-2":"OUT-A004 so","Name":"x"},)"
      R"("tags_all":{"outlast-ignore":"OUT-A001 why"}})";
  const auto imported = import_inputs(
      {"p.json"},
      base::MemoryFiles(Files{
          {"p.json", R"({"format_version":"1.2","terraform_version":"1.5.0","planned_values":)"
                     R"({"root_module":{"resources":[{"address":"aws_instance.web[0]","index":0,)" +
                         resource + R"(},{"address":"aws_instance.web[1]","index":1,)" + resource +
                         "}]}}}"}}),
      sources, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << base::render(diagnostics, sources);
  const auto remarks = remarks_of_tags(imported.draft);
  ASSERT_EQ(remarks.size(), 2U);
  EXPECT_EQ(remarks[0].addresses, Addresses{"aws_instance.web"});
  EXPECT_EQ(remarks[0].text, "OUT-A001 why");
  EXPECT_EQ(remarks[1].text, "OUT-A004 so");
}

TEST(Remarks, OfManifestsAreAnnotationsAndCommentsAboveObjects) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto imported = import_inputs({"a.yaml"}, base::MemoryFiles(Files{{"a.yaml", R"(
apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations: {ignore.outlast.dev/OUT-A001: one is enough, other.dev/x: "y"}
---
# outlast:ignore=B
apiVersion: v1
kind: Pod
metadata: {name: b}
)"}}),
                                      sources, diagnostics);
  const auto tags = remarks_of_tags(imported.draft);
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_EQ(tags[0].text, "OUT-A001 one is enough");
  EXPECT_EQ(tags[0].addresses, Addresses{"default/Pod/a"});
  const auto comments = remarks_of_comments(imported.draft, imported.inputs, sources);
  ASSERT_EQ(comments.size(), 1U);
  EXPECT_EQ(comments[0].addresses, Addresses{"default/Pod/b"});
}

}  // namespace
}  // namespace outlast::import
