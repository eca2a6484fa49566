#include "blueprint/attributes.h"

namespace outlast::blueprint {

RecoveryObjective objective_of(const Objectives& objectives, FaultClass fault_class) {
  const auto& declared = objectives.recovery[static_cast<std::size_t>(fault_class)];
  if (declared.is_known()) {
    return *declared;
  }
  constexpr double kMinute = 60;
  switch (fault_class) {
    case FaultClass::hardware:
    case FaultClass::zone:
      return {{5 * kMinute}, {0}};
    case FaultClass::software:
      return {{15 * kMinute}, {5 * kMinute}};
    case FaultClass::region:
    case FaultClass::provider:
    case FaultClass::data:
    case FaultClass::security:
      break;
  }
  return {{60 * kMinute}, {5 * kMinute}};
}

}  // namespace outlast::blueprint
