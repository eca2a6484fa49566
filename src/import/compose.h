#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/document.h"
#include "import/compose_project.h"
#include "import/desk.h"

namespace outlast::import {

/// True for a document that is a Compose file.
[[nodiscard]] bool is_compose(base::Node root);

/// Adds the services of all Compose files to the draft; files of one folder are one project, with
/// one host that its services run on, unless they are made for a swarm.
///
/// Who calls whom is told by `depends_on`, by links, and by hosts in settings and commands; names
/// mean services that share a network.
/// errors  those of `read_compose_project`; needs that are no services
void read_compose(const std::vector<InputDocument>& files, Desk& desk);

/// The same for a project that was put together elsewhere.
///
/// in   prefix  of the addresses of what is added
///      places  resources that become services, by these' names; others are added
void add_compose_services(const ComposeProject& project, const std::string& prefix,
                          const std::map<std::string, blueprint::ResourceId>& places, Desk& desk);

}  // namespace outlast::import
