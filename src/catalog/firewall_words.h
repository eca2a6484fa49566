#pragma once

#include <string>

#include "base/document.h"
#include "blueprint/draft.h"
#include "catalog/tables.h"

namespace outlast::catalog {

/// What one row of a firewall says of packets, in the words of several providers: direction,
/// protocol, ports, order, whether it lets them pass.
/// in  block  the row: a block, or all attributes of a rule that is a resource of its own
[[nodiscard]] blueprint::DraftNetworkRule packets_of(const FirewallRule& rule, base::Node block);

/// "80" → 80 to 80, "8000-8080" → 8000 to 8080.
void read_ports(base::Node node, blueprint::DraftNetworkRule& row);

/// Everybody, in the words of several providers, is the whole range of addresses.
[[nodiscard]] std::string range_of(std::string_view peer);

/// The first of what stands at a path; none where the path is empty.
[[nodiscard]] base::Node first_node(base::Node block, std::string_view path);

}  // namespace outlast::catalog
