#pragma once

#include <map>
#include <set>

#include "catalog/passes.h"

namespace outlast::catalog {

/// Whether routes lead from a subnet to the internet, and answers back.
///
/// A subnet's table is whole where it is made in the inputs: what it names is then all that it leads
/// to; of one that is only read that is not known. Of a subnet whose table is not in the inputs a way
/// is taken to lead there: it has one where what lies in it is given public addresses.
class WaysOut {
 public:
  explicit WaysOut(const Sight& sight);

  [[nodiscard]] base::Truth from(ResourceId subnet) const;

 private:
  [[nodiscard]] base::Truth of_table(ResourceId table) const;

  const Sight& sight_;
  std::set<std::uint32_t> tables_;              ///< what holds routes, or is named by one
  std::map<std::uint32_t, base::Truth> leads_;  ///< table → may a route of it lead there?
};

}  // namespace outlast::catalog
