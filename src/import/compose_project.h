#pragma once

#include <map>
#include <string>
#include <vector>

#include "import/compose_tree.h"
#include "import/desk.h"

namespace outlast::import {

/// The files of one Compose project, merged.
struct ComposeProject {
  std::string name;
  std::string folder;  ///< with its slash; empty: the working folder
  Variables variables;
  std::map<std::string, ValueTree>
      services;  ///< short forms written out; those not active left out
  std::map<std::string, ValueTree> volumes;
  std::map<std::string, ValueTree> networks;
  std::map<std::string, ValueTree> secrets;
  std::map<std::string, ValueTree> configs;
  std::vector<base::Node> files;  ///< all that were read
};

/// Merges files into a project: includes, several files one over another, what a service extends,
/// the files its environment comes from, and which profiles are active.
///
/// in      files  of one folder, in the order they are laid over each other
/// errors  files that include or extend themselves, services that are not there, wrong shapes
[[nodiscard]] ComposeProject read_compose_project(const std::vector<InputDocument>& files,
                                                  Desk& desk);

}  // namespace outlast::import
