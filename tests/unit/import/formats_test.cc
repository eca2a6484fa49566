#include <gtest/gtest.h>

#include "unit/import/reading.h"

namespace outlast::import {
namespace {

constexpr const char* kStack = "services:\n  web: {image: nginx}\n";
constexpr const char* kPod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n";
constexpr const char* kOverlay = "outlast: 1\nobjectives: {users: {now: 5}}\n";

/// Reads files as the format that the user says they are of.
class ReadAs {
 public:
  ReadAs(const std::string& format, const Reading::Files& files,
         const std::vector<std::string>& paths)
      : imported_(import_inputs(paths, base::MemoryFiles(files), sources_, diagnostics_, {},
                                {.format = format})) {}

  [[nodiscard]] Lines formats() const {
    Lines all;
    for (const Input& input : imported_.inputs) {
      all.push_back(input.path + " " + input.format);
    }
    return all;
  }
  [[nodiscard]] Lines told() const {
    Lines all;
    for (const auto& one : diagnostics_.items()) {
      all.push_back(one.code + " " + one.message + " | " + one.help);
    }
    return all;
  }

 private:
  base::Sources sources_;
  base::Diagnostics diagnostics_;
  Imported imported_;
};

TEST(Formats, AFileThatIsNotWhatTheUserSaysIsRefusedByName) {
  const ReadAs read("kubernetes", {{"a.yaml", kStack}}, {"a.yaml"});
  EXPECT_TRUE(read.formats().empty());
  EXPECT_EQ(read.told(), (Lines{"OUT-E1008 a.yaml is not of the format kubernetes | it is compose: "
                                "leave --type out, or give it that one"}));
  const ReadAs nothing("compose", {{"b.yaml", "a: 1\n"}}, {"b.yaml"});
  EXPECT_EQ(nothing.told(), (Lines{"OUT-E1008 b.yaml is not of the format compose | "}));
  const ReadAs terraform("compose", {{"main.tf", "locals {}\n"}}, {"main.tf"});
  EXPECT_EQ(terraform.told(),
            (Lines{"OUT-E1008 main.tf is not of the format compose | it is terraform: leave --type "
                   "out, or give it that one"}));
}

TEST(Formats, OfAFolderOnlyWhatIsOfTheFormatIsRead) {
  const ReadAs read("kubernetes",
                    {{"d/a.yaml", kStack}, {"d/b.yaml", kPod}, {"d/main.tf", "locals {}\n"}},
                    {"d"});
  EXPECT_EQ(read.formats(), (Lines{"d/b.yaml kubernetes"}));
  EXPECT_TRUE(read.told().empty());
}

TEST(Formats, OverlaysAreReadBesideAnyFormat) {
  const ReadAs read("compose", {{"a.yaml", kStack}, {"o.yaml", kOverlay}}, {"a.yaml", "o.yaml"});
  EXPECT_EQ(read.formats(), (Lines{"a.yaml compose", "o.yaml blueprint"}));
  EXPECT_TRUE(read.told().empty());
}

TEST(Formats, AFileOfAnyNameIsTerraformWhereTheUserSaysSo) {
  const ReadAs read("terraform", {{"infra.txt", "# nothing but a comment\n"}}, {"infra.txt"});
  EXPECT_EQ(read.formats(), (Lines{"infra.txt terraform"}));
}

TEST(Formats, AFormatThatIsNoneIsToldWithTheNearest) {
  const ReadAs read("cloudformatin", {{"a.yaml", kStack}}, {"a.yaml"});
  ASSERT_EQ(read.told().size(), 1U);
  EXPECT_NE(read.told().front().find("\"cloudformation\""), std::string::npos)
      << read.told().front();
}

}  // namespace
}  // namespace outlast::import
