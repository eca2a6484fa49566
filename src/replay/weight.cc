#include "replay/weight.h"

namespace outlast::replay {

std::vector<std::string> reasons_of(const Weight& weight) {
  if (weight.is_beyond) {
    return {"whether what is left carries the load was not followed: it is too much for the clock"};
  }
  std::vector<std::string> causes = {
      weight.survives == findings::Verdict::unknown
          ? "whether what is left carries the load depends on what nobody stated"
          : "what is left does not carry the load"};
  for (const FullPart& part : weight.full) {
    causes.push_back(part.name + " is full");
  }
  return causes;
}

}  // namespace outlast::replay
