#include "findings/replay.h"

namespace outlast::findings {

Verdict verdict_of(const Replay& replay) {
  const bool is_open = replay.spared.has_value() || !replay.blind_spot.empty();
  return is_open ? Verdict::unknown : replay.outcome.survives;
}

}  // namespace outlast::findings
