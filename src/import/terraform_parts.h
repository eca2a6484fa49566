#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "import/desk.h"
#include "import/hcl_syntax.h"
#include "import/terraform_folder.h"

namespace outlast::import {

/// A folder's files, put together.
struct TerraformParts {
  std::deque<HclBody> bodies;
  std::map<std::string, HclBody> overrides;  ///< by name, the order in which they are merged
  std::vector<const HclBody*> values;  ///< of *.tfvars, in the order in which later ones count
};

/// The files of each folder, its overrides merged: by the folder's name as `path_below` writes it.
///
/// errors  what cannot be read, to the desk: the draft is then incomplete
[[nodiscard]] std::map<std::string, TerraformParts> read_folders(
    const std::vector<TerraformFile>& files, Desk& desk);

}  // namespace outlast::import
