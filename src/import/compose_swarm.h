#pragma once

#include <string>

#include "import/compose_project.h"

namespace outlast::import {

/// Does the project say what only a swarm does: more machines than one?
[[nodiscard]] bool is_for_a_swarm(const ComposeProject& project);

/// Where the data of a service lies.
enum class DataPlace {
  none,         ///< it mounts no volume
  its_machine,  ///< the disk of whichever machine it runs on
  unknown,      ///< a volume that is made elsewhere, or by a driver of which nobody tells
};
[[nodiscard]] DataPlace data_place_of(const ComposeProject& project, const ValueTree& service);

/// The one node of a swarm that constraints leave to a service, by name or id; empty where they
/// leave a choice.
[[nodiscard]] std::string only_node_of(const ValueTree& service);

}  // namespace outlast::import
