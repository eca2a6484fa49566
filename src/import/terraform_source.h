#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/remark.h"

namespace outlast::import {

/// What the Terraform files behind a plan say that the plan does not.
struct TerraformSource {
  /// Where each resource is declared, by address without indexes.
  std::map<std::string, base::Span, std::less<>> declarations;
  std::vector<blueprint::Remark> remarks;
};

/// Reads every .tf file below a folder. Folders that no other refers to as a module are roots;
/// the others get the addresses of the modules that refer to them by a local path.
///
/// errors  a folder or file that cannot be read: to `diagnostics`
/// limits  modules of registries are not there to be read; ten levels of modules
[[nodiscard]] TerraformSource read_terraform_source(const std::string& folder,
                                                    const base::FileSource& files,
                                                    base::Sources& sources,
                                                    base::Diagnostics& diagnostics);

}  // namespace outlast::import
