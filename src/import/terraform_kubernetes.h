#pragma once

#include "import/desk.h"

namespace outlast::import {

/// Makes objects of Kubernetes of the resources that Terraform's providers `kubernetes` and
/// `kubectl` make, each in its resource's place, so that they are read as manifests are. What these
/// refer to in Terraform (a database's address in a setting, by a config map or a secret too) stays
/// a reference of whoever runs with it.
///
/// in      desk  whose draft holds the resources of plans, states and files
/// out     were there any? They are to be read by `read_kubernetes`. Where none of them runs
///         anything, nothing is changed: the rest belongs to what is installed otherwise.
///         What a chart of Helm installs is told as not known.
/// errors  texts of `kubectl_manifest` that are no YAML
[[nodiscard]] bool make_kubernetes_of_terraform(Desk& desk);

}  // namespace outlast::import
