#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "picture/drawing.h"
#include "picture/marks.h"

namespace outlast::picture {

/// Provider, account, region, zone, and the host, rack or facility; what does not apply is empty.
using Address = std::array<std::string, 5>;

/// Where the components of a blueprint lie.
class Addresses {
 public:
  explicit Addresses(const blueprint::Blueprint& bp);

  [[nodiscard]] const Address& of(blueprint::ComponentId id) const { return of_[id.index]; }

  /// Is its zone not known, and nothing else known to lie in it?
  [[nodiscard]] bool is_alone_in_a_guess(blueprint::ComponentId id) const;

  /// Each component in a zone that is not known has one of its own: together they have none.
  [[nodiscard]] Address known(Address address) const;

  /// The places of an address, the outermost first, each with its own address; parents are not set.
  [[nodiscard]] std::vector<std::pair<Address, Box>> boxes_of(const Address& address,
                                                              const SinglePoints& points) const;

 private:
  Address address_of(const blueprint::Component& c);
  void place_at_provider(const blueprint::Component& c, Address& address);
  [[nodiscard]] blueprint::FateGroupId shared_by(const blueprint::Component& c) const;
  [[nodiscard]] Box zone_box(const Address& address, const SinglePoints& points) const;
  [[nodiscard]] Box shared_box(const Address& address, const SinglePoints& points) const;

  const blueprint::Blueprint& bp_;
  std::vector<Address> of_;                          ///< by component
  std::map<Address, std::size_t> count_;             ///< of components, by address
  std::map<Address, blueprint::FateGroupId> zones_;  ///< of addresses that end there
  std::map<Address, blueprint::FateGroupId> shared_;
};

}  // namespace outlast::picture
