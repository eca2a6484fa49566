#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/value.h"

/// From which surges an architecture does not come back by itself: the answer, as report prints it.
namespace outlast::findings {

/// The shortest surge of a size after which users stay down although it is over.
struct FrontierPoint {
  double times = 1;               ///< as many users as usual
  double users = 0;               ///< the same, counted
  std::optional<double> lasts_s;  ///< absent: it recovers from all that were tried
};

/// One setting, tried alone at the smallest surge that it does not recover from.
struct Mend {
  std::string setting;  ///< in the keys of a blueprint where it has some
  bool mends = false;
};

struct Frontier {
  double users = 0;            ///< before and after the surge
  double longest_s = 0;        ///< surges up to so long were tried
  double watched_s = 0;        ///< at least so long after each
  bool is_impossible = false;  ///< even if every call were made again as often as it may be, there
                               ///< would be room: no surge leaves it down
  std::string tightest;        ///< the part whose room that condition is about
  double room = 0;             ///< its capacity over what all retries together would ask
  bool is_down_at_rest = false;  ///< it does not even carry the users it has
  std::string
      by_chance;  ///< what tips over with no surge at all, and how soon; empty: nothing does
  std::vector<FrontierPoint> points;  ///< by rising size
  std::vector<Mend> mends;
  std::vector<blueprint::Assumption> assumptions;
};

}  // namespace outlast::findings
