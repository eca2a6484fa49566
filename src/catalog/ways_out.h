#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "catalog/passes.h"

namespace outlast::catalog {

/// Whether routes lead from a subnet to the internet, and answers back.
///
/// A subnet's table is whole where it is made in the inputs: what it names is then all that it leads
/// to; of one that is only read that is not known. Of a subnet that no table is said to be of, its
/// network's own table tells: it leads nowhere where no gateway is of that network. Where the network
/// is not made in the inputs, or needs no gateway, a way is taken to lead there.
class WaysOut {
 public:
  explicit WaysOut(const Sight& sight);

  /// in  is_proof  what lies there can only be where a gateway is: then one is taken to be of a
  ///               network of which no input holds any
  [[nodiscard]] base::Truth from(ResourceId subnet, bool is_proof) const;

 private:
  void read_gateway(ResourceId id);
  void read_routes(ResourceId id);
  [[nodiscard]] bool ends_at_gateway(ResourceId target) const;
  [[nodiscard]] base::Truth of_table(ResourceId table) const;
  [[nodiscard]] base::Truth of_network(ResourceId subnet) const;

  const Sight& sight_;
  std::set<std::string_view> with_gateways_;  ///< providers whose networks lead out by these alone
  std::set<std::string> gated_;               ///< names of networks that a gateway is of
  bool has_gateway_somewhere_ = false;        ///< one of which that is not known
  std::set<std::uint32_t> tables_;            ///< what holds routes, or is named by one
  std::map<std::uint32_t, base::Truth> leads_;  ///< table → may a route of it lead there?
};

}  // namespace outlast::catalog
