#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "import/import.h"

namespace outlast::support {

/// A blueprint from an input's text, by the way every input goes; fails the test if it is wrong.
///
/// in  parameters  "NAME=VALUE", of a template
inline blueprint::Blueprint blueprint_of(const std::string& path, const std::string& text,
                                         const std::vector<std::string>& parameters = {}) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files(std::map<std::string, std::string>{{path, text}});
  auto imported = import::import_inputs({path}, files, sources, diagnostics, {}, {parameters});
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  auto bp = blueprint::validate(imported.draft, diagnostics);
  EXPECT_TRUE(bp.has_value()) << base::render(diagnostics, sources) << text;
  return std::move(*bp);
}

inline blueprint::Blueprint make_blueprint(const std::string& yaml) {
  return blueprint_of("outlast.yaml", yaml);
}

}  // namespace outlast::support
