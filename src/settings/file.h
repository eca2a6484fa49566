#pragma once

#include "settings/settings.h"

namespace outlast::settings {

/// The configuration that applies: `.outlast.yaml` of the folder, else of the root of the
/// repository that the folder lies in; empty where there is none.
[[nodiscard]] std::string find_file(const std::string& folder, const base::FileSource& files);

/// Reads a configuration into `values`, over what stands there.
/// errors  all to `diagnostics`, each with its place
void read_file(const std::string& path, const base::FileSource& files, base::Sources& sources,
               base::Diagnostics& diagnostics, Values& values);

}  // namespace outlast::settings
