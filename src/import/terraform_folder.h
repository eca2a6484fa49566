#pragma once

#include <string>
#include <vector>

#include "import/desk.h"

namespace outlast::import {

/// A file of Terraform's own language, or of values for its variables.
struct TerraformFile {
  std::string path;
  base::SourceId source;
};

/// Adds the resources of folders of Terraform files to the draft, by their addresses.
///
/// Roots are the folders that no other one calls. Variables have the values given for the run,
/// those of terraform.tfvars and *.auto.tfvars, or their defaults; count, for_each, dynamic blocks
/// and local modules are written out. What only a plan can tell is not known.
/// What a plan or a state given beside them holds already is left as it is, but for references
/// that these do not show.
/// errors  mistakes in the language, calls in a circle
void read_terraform_files(const std::vector<TerraformFile>& files, Desk& desk);

}  // namespace outlast::import
