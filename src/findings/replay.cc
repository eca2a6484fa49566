#include "findings/replay.h"

namespace outlast::findings {

Verdict verdict_of(const Replay& replay) {
  return replay.spared ? Verdict::unknown : replay.outcome.survives;
}

}  // namespace outlast::findings
