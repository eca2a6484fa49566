#pragma once

#include "import/desk.h"

namespace outlast::import {

/// Reads what Terraform's provider `docker` makes as Compose would say it, each in its resource's
/// place: containers run on the one machine that a configuration of the provider leads to, services
/// on those of its swarm. What else they refer to in settings stays a reference of theirs.
///
/// in      desk  whose draft holds the resources of plans, states and files
/// assumes one machine for each configuration of the provider; which one that is, its `host` tells
///         outside of what is read here
void make_compose_of_terraform(Desk& desk);

}  // namespace outlast::import
