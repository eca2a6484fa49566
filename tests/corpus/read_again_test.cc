// The text of a blueprint is the whole of it: public architectures written out and read again are
// the same, with the same firewalls, identities and grants, and the same doors to the internet.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "asking.h"
#include "base/file_source.h"
#include "blueprint/blueprint_text.h"
#include "catalog/meaning.h"
#include "engines/security/passage.h"
#include "import/import.h"

namespace outlast {
namespace {

using blueprint::Blueprint;

struct Told {
  std::string text;
  std::optional<Blueprint> blueprint;
  std::string mistakes;
};

Told told(const std::vector<std::string>& paths, const base::FileSource& files) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  auto imported = import::import_inputs(paths, files, sources, diagnostics);
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  Told out;
  out.text = blueprint::blueprint_text(imported.draft);
  out.blueprint = blueprint::validate(imported.draft, diagnostics);
  out.mistakes = diagnostics.has_errors() ? base::render(diagnostics, sources) : "";
  return out;
}

/// "web: true", for what the internet can send packets to.
std::map<std::string, base::Truth> doors_of(const Blueprint& bp) {
  const security::Passages passages(bp);
  std::map<std::string, base::Truth> doors;
  for (const auto id : base::ids<blueprint::ComponentId>(bp.components().size())) {
    doors.emplace(bp[id].id, passages.from_internet(id).truth());
  }
  return doors;
}

TEST(CorpusReadAgain, WhatIsWrittenOutIsTheSameBlueprint) {
  const auto cases = cases_of_table();
  if (cases.empty()) {
    GTEST_SKIP() << "the corpus of public files is not there";
  }
  for (const Case& one : cases) {
    std::vector<std::string> paths;
    for (const std::string& file : one.files) {
      paths.push_back(corpus() + "/" + file);
    }
    const Told first = told(paths, base::DiskFiles());
    if (!first.blueprint) {
      continue;
    }
    const base::MemoryFiles written(std::map<std::string, std::string>{{"b.yaml", first.text}});
    const Told again = told({"b.yaml"}, written);
    ASSERT_TRUE(again.blueprint) << one.name << "\n" << again.mistakes;
    EXPECT_EQ(again.text, first.text) << one.name;
    EXPECT_EQ(doors_of(*again.blueprint), doors_of(*first.blueprint)) << one.name;
  }
}

}  // namespace
}  // namespace outlast
