#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "import/import.h"

namespace outlast::support {

/// A blueprint from its text, by the way every input goes; fails the test if it is wrong.
inline blueprint::Blueprint make_blueprint(const std::string& yaml) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"outlast.yaml", yaml}});
  auto imported = import::import_inputs({"outlast.yaml"}, files, sources, diagnostics);
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  auto bp = blueprint::validate(imported.draft, diagnostics);
  EXPECT_TRUE(bp.has_value()) << base::render(diagnostics, sources) << yaml;
  return std::move(*bp);
}

}  // namespace outlast::support
