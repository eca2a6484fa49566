#pragma once

#include "settings/settings.h"

namespace outlast::settings {

/// The configuration that applies: `.outlast.yaml` of the folder, else of the root of the
/// repository that the folder lies in; empty where there is none.
[[nodiscard]] std::string find_file(const std::string& folder, const base::FileSource& files);

/// What a configuration says.
struct Contents {
  Values values;
  std::vector<gate::Ignore> ignores;
};

/// Reads a configuration into `contents`, over what stands there.
/// errors  all to `diagnostics`, each with its place
void read_file(const std::string& path, const base::FileSource& files, base::Sources& sources,
               base::Diagnostics& diagnostics, Contents& contents);

}  // namespace outlast::settings
