#include "replay/weight.h"

namespace outlast::replay {

std::vector<std::string> reasons_of(const Weight& weight) {
  std::vector<std::string> causes = {
      weight.survives == findings::Verdict::unknown
          ? "whether what is left carries the load depends on what nobody stated"
          : "what is left does not carry the load"};
  for (const std::string& name : weight.full) {
    causes.push_back(name + " is full");
  }
  return causes;
}

}  // namespace outlast::replay
