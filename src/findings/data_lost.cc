#include "findings/data_lost.h"

#include <algorithm>

namespace outlast::findings {

using failure::DataLoss;

int gravity_of(DataLoss::Kind kind) {
  return kind == DataLoss::Kind::all       ? 3
         : kind == DataLoss::Kind::unknown ? 2
         : kind == DataLoss::Kind::seconds ? 1
                                           : 0;
}

void add(DataLost& worst, const DataLoss& loss, const std::string& store) {
  if (gravity_of(loss.kind) > gravity_of(worst.kind)) {
    worst.kind = loss.kind;
    worst.stores.clear();
  }
  if (loss.kind == worst.kind && worst.kind != DataLoss::Kind::none) {
    worst.stores.push_back(store);
  }
  worst.seconds = std::max(worst.seconds, loss.seconds);
}

}  // namespace outlast::findings
