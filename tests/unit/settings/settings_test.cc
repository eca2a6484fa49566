#include "settings/settings.h"

#include <gtest/gtest.h>

#include <map>

#include "settings/ignoring_files.h"

namespace outlast::settings {
namespace {

using findings::Severity;

/// A run of `resolve` over layers in memory.
struct Resolved {
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> environment;
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  std::string folder = "/repo/sub";

  Settings run() {
    const Layers layers{flags,
                        [this](const char* name) {
                          const auto found = environment.find(name);
                          return found == environment.end() ? nullptr : found->second.c_str();
                        },
                        folder};
    return resolve(layers, base::MemoryFiles(files), sources, diagnostics);
  }
  [[nodiscard]] std::string told() const { return base::render(diagnostics, sources); }

  base::Sources sources;
  base::Diagnostics diagnostics;
};

TEST(Settings, DefaultsHoldWhereNobodySays) {
  Resolved layers;
  const Settings settings = layers.run();
  EXPECT_EQ(layers.told(), "");
  ASSERT_EQ(settings.outputs.size(), 1U);
  EXPECT_EQ(settings.outputs.front().format, "text");
  EXPECT_EQ(settings.policy.fail_on, Severity::high);
  EXPECT_FALSE(settings.policy.min_availability.has_value());
  EXPECT_EQ(settings.failed_status, 1);
  EXPECT_FALSE(settings.soft_fail);
}

TEST(Settings, PathsThatAreIgnoredAreNotFoundBelowAFolderThatIsGiven) {
  Resolved layers;
  layers.files[".outlast.yaml"] =
      "type: terraform\nignore_paths: [vendor/, \"*/testdata/*\", x.tf]\n";
  const Settings settings = layers.run();
  EXPECT_EQ(layers.told(), "");
  EXPECT_EQ(settings.type, "terraform");
  const base::MemoryFiles files({{"d/main.tf", ""},
                                 {"d/vendor/a/main.tf", ""},
                                 {"d/vendored.tf", ""},
                                 {"d/a/testdata/b.tf", ""},
                                 {"d/a/x.tf", ""},
                                 {"d/x.tf", ""}});
  const IgnoringFiles kept(files, settings.ignore_paths, {"d/"});
  EXPECT_EQ(kept.list("d/").value_or(std::vector<std::string>()),
            (std::vector<std::string>{"d/a/x.tf", "d/main.tf", "d/vendored.tf"}));
  EXPECT_EQ(kept.list("d/vendor")->size(), 1U) << "who names it gets it";
  EXPECT_TRUE(kept.read("d/x.tf", 1).has_value());
}

TEST(Settings, FlagGoesBeforeEnvironmentBeforeFileBeforeDefault) {
  Resolved layers;
  EXPECT_EQ(layers.run().seed, 1U);
  layers.files[".outlast.yaml"] = "seed: 2\n";
  EXPECT_EQ(layers.run().seed, 2U);
  layers.environment["OUTLAST_SEED"] = "3";
  EXPECT_EQ(layers.run().seed, 3U);
  layers.flags["seed"] = {"4"};
  const Settings settings = layers.run();
  EXPECT_EQ(settings.seed, 4U);
  EXPECT_EQ(settings.values.at("seed").origin, Origin::flag);
  EXPECT_EQ(layers.told(), "");
}

TEST(Settings, FileOfTheFolderGoesBeforeThatOfTheRepository) {
  Resolved layers;
  layers.files["/repo/.git/HEAD"] = "ref";
  layers.files["/repo/.outlast.yaml"] = "seed: 7\n";
  layers.files["/.outlast.yaml"] = "seed: 9\n";
  EXPECT_EQ(layers.run().seed, 7U);
  layers.files[".outlast.yaml"] = "seed: 8\n";
  EXPECT_EQ(layers.run().seed, 8U);
}

TEST(Settings, FilesAboveARepositoryAreNotRead) {
  Resolved layers;
  layers.files["/repo/.git/HEAD"] = "ref";
  layers.files["/.outlast.yaml"] = "seed: 9\n";
  EXPECT_EQ(layers.run().seed, 1U);
  layers.files.erase("/repo/.git/HEAD");
  EXPECT_EQ(layers.run().seed, 1U);
}

TEST(Settings, NamedFileIsReadInsteadOfTheFoundOne) {
  Resolved layers;
  layers.files[".outlast.yaml"] = "seed: 8\n";
  layers.files["ci.yaml"] = "threads: 2\n";
  layers.flags["config"] = {"ci.yaml"};
  const Settings settings = layers.run();
  EXPECT_EQ(settings.seed, 1U);
  EXPECT_EQ(settings.threads, 2U);
  EXPECT_EQ(settings.config, "ci.yaml");
}

TEST(Settings, UnknownKeysAreErrorsWithASuggestionAndACaret) {
  Resolved layers;
  layers.files[".outlast.yaml"] = "seed: 1\nfial_on: high\n";
  (void)layers.run();
  EXPECT_TRUE(layers.diagnostics.has_errors());
  EXPECT_NE(layers.told().find("did you mean \"fail_on\"?"), std::string::npos) << layers.told();
  EXPECT_NE(layers.told().find(".outlast.yaml:2:1"), std::string::npos);
  EXPECT_NE(layers.told().find("^^^^^^^"), std::string::npos);
}

TEST(Settings, WrongValuesAreToldWhereverTheyStand) {
  for (const std::string text :
       {"seed: -1", "seed: [1]", "threads: 1025", "min_availability: 120%", "output: xml",
        "fail_on: {a: b}", "fail_on: hihg", "soft_fail: maybe", "exit_code: 126", "- seed",
        "fail_on: [high, OUT-X1]"}) {
    Resolved layers;
    layers.files[".outlast.yaml"] = text + "\n";
    (void)layers.run();
    EXPECT_TRUE(layers.diagnostics.has_errors()) << text;
    EXPECT_NE(layers.told().find(".outlast.yaml:1:"), std::string::npos) << layers.told();
  }
  Resolved layers;
  layers.environment["OUTLAST_MIN_AVAILABILITY"] = "x";
  (void)layers.run();
  EXPECT_NE(layers.told().find("OUTLAST_MIN_AVAILABILITY"), std::string::npos);
}

TEST(Settings, SeveritiesAndRulesMayBothFail) {
  Resolved layers;
  layers.files[".outlast.yaml"] = "fail_on: [critical, OUT-S001, medium]\n";
  Settings settings = layers.run();
  EXPECT_EQ(settings.policy.fail_on, Severity::medium);
  EXPECT_EQ(settings.policy.fail_on_rules, std::vector<std::string>{"OUT-S001"});
  layers.flags["fail_on"] = {"OUT-A001,OUT-A004"};
  settings = layers.run();
  EXPECT_EQ(settings.policy.fail_on, std::nullopt);
  EXPECT_EQ(settings.policy.fail_on_rules, (std::vector<std::string>{"OUT-A001", "OUT-A004"}));
  layers.flags["fail_on"] = {"never"};
  settings = layers.run();
  EXPECT_EQ(settings.policy.fail_on, std::nullopt);
  EXPECT_TRUE(settings.policy.fail_on_rules.empty());
}

TEST(Settings, OutputsKeepCommasOfPathsButNotOfVariables) {
  Resolved layers;
  layers.environment["OUTLAST_OUTPUT"] = "text, json=a.json";
  ASSERT_EQ(layers.run().outputs.size(), 2U);
  layers.flags["output"] = {"json=a,b.json"};
  ASSERT_EQ(layers.run().outputs.size(), 1U);
  EXPECT_EQ(layers.run().outputs.front().path, "a,b.json");
}

TEST(Settings, WhatIsShownReadsAsTheSameSettings) {
  Resolved layers;
  layers.files[".outlast.yaml"] = "output: [text, \"json=a b#.json\"]\nmin_availability: 99.9%\n";
  layers.flags["fail_on"] = {"never"};
  layers.flags["soft_fail"] = {"true"};
  const std::string shown = show(layers.run(), layers.sources);
  EXPECT_NE(shown.find("# flag --fail-on"), std::string::npos);
  EXPECT_NE(shown.find("# .outlast.yaml:2"), std::string::npos);
  Resolved again;
  again.files[".outlast.yaml"] = shown;
  const Settings settings = again.run();
  EXPECT_EQ(again.told(), "");
  EXPECT_EQ(settings.outputs.back().path, "a b#.json");
  EXPECT_EQ(settings.policy.fail_on, std::nullopt);
  EXPECT_TRUE(settings.soft_fail);
  EXPECT_NEAR(settings.policy.min_availability.value_or(0), 0.999, 1e-12);
}

TEST(Settings, StarterSaysTheDefaultsOnceItsKeysAreUncommented) {
  std::string text = starter();
  std::string keys;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    for (const Spec& spec : specs()) {
      if (line.starts_with("# " + std::string(spec.key) + ":")) {
        keys += line.substr(2) + "\n";
      }
    }
    at = end + 1;
  }
  Resolved layers;
  layers.files[".outlast.yaml"] = keys;
  const Settings settings = layers.run();
  EXPECT_EQ(layers.told(), "");
  EXPECT_EQ(settings.values.at("seed").origin, Origin::file);
  EXPECT_EQ(settings.policy.fail_on, Severity::high);
}

TEST(Settings, IgnoresOfTheFileNeedIdAndReason) {
  Resolved layers;
  layers.files[".outlast.yaml"] =
      "ignores:\n  - {id: OUT-A001, address: 'a.*', reason: why, until: 2027-01-31}\n";
  layers.flags["today"] = {"2026-05-04"};
  const Settings settings = layers.run();
  EXPECT_EQ(layers.told(), "");
  ASSERT_EQ(settings.ignores.size(), 1U);
  EXPECT_EQ(settings.ignores[0].addresses, std::vector<std::string>{"a.*"});
  EXPECT_EQ(settings.ignores[0].until, (base::Date{2027, 1, 31}));
  EXPECT_EQ(settings.today, (base::Date{2026, 5, 4}));
  for (const std::string item : {"{id: OUT-A001}", "{reason: why}", "{id: OUT-A999, reason: why}",
                                 "{id: OUT-A001, reason: why, until: soon}", "OUT-A001",
                                 "{id: OUT-A001, reason: why, adress: x}"}) {
    Resolved wrong;
    wrong.files[".outlast.yaml"] = "ignores:\n  - " + item + "\n";
    (void)wrong.run();
    EXPECT_TRUE(wrong.diagnostics.has_errors()) << item;
    EXPECT_NE(wrong.told().find(".outlast.yaml:2:"), std::string::npos) << wrong.told();
  }
}

TEST(Settings, SchemaKnowsEveryKeyOfTheFile) {
  const std::string text = schema();
  for (const Spec& spec : specs()) {
    EXPECT_EQ(text.find("\"" + std::string(spec.key) + "\": {") != std::string::npos,
              is_in_file(spec))
        << spec.key;
  }
}

}  // namespace
}  // namespace outlast::settings
