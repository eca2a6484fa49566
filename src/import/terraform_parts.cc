// The files of Terraform's folders, in either spelling of its language.

#include "import/terraform_parts.h"

#include "import/terraform_override.h"

namespace outlast::import {
namespace {

std::string folder_name(const std::string& path) {
  return path_below(folder_of(path), "");
}

bool is_of_values(const std::string& name) {
  return name.ends_with(".tfvars") || name.ends_with(".tfvars.json");
}

/// Are its values taken by themselves? Others only where they are named on the command line.
bool is_taken_unasked(const std::string& name) {
  return name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
}

bool is_override(const std::string& name) {
  return name == "override.tf" || name == "override.tf.json" || name.ends_with("_override.tf") ||
         name.ends_with("_override.tf.json");
}

void add_file(const TerraformFile& file, std::map<std::string, TerraformParts>& folders,
              Desk& desk) {
  auto body =
      file.path.ends_with(".json")
          ? parse_hcl_json(desk.sources, file.source, is_of_values(file.path), desk.diagnostics)
          : parse_hcl(desk.sources, file.source, desk.diagnostics);
  if (!body) {
    desk.draft.is_incomplete = true;
    return;
  }
  TerraformParts& folder = folders[folder_name(file.path)];
  const std::string name = file.path.substr(folder_of(file.path).size());
  if (is_override(name)) {
    folder.overrides.emplace(name, std::move(*body));
    return;
  }
  folder.bodies.push_back(std::move(*body));
  if (name == "terraform.tfvars" || name == "terraform.tfvars.json") {
    folder.values.insert(folder.values.begin(), &folder.bodies.back());
  } else if (is_taken_unasked(name)) {
    folder.values.push_back(&folder.bodies.back());
  }
}

}  // namespace

std::map<std::string, TerraformParts> read_folders(const std::vector<TerraformFile>& files,
                                                   Desk& desk) {
  std::map<std::string, TerraformParts> folders;
  for (const TerraformFile& file : files) {
    add_file(file, folders, desk);
  }
  for (auto& [name, folder] : folders) {
    for (auto& [file, overriding] : folder.overrides) {
      override_bodies(folder.bodies, std::move(overriding));
    }
  }
  return folders;
}

}  // namespace outlast::import
