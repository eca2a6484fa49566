#include "findings/evaluation.h"

namespace outlast::findings {

std::optional<bool> is_met(double low, double high, double objective) {
  if (low >= objective) {
    return true;
  }
  return high < objective ? std::optional(false) : std::nullopt;
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "critical";
    case Severity::high:
      return "high";
    case Severity::medium:
      return "medium";
    case Severity::low:
      return "low";
    case Severity::info:
      break;
  }
  return "info";
}

std::string_view name_of(Goal goal) {
  switch (goal) {
    case Goal::availability:
      return "availability";
    case Goal::scalability:
      return "scalability";
    case Goal::security:
      return "security";
    case Goal::cost:
      break;
  }
  return "cost";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::no:
      return "no";
    case Verdict::unknown:
      return "unknown";
    case Verdict::degraded:
      return "degraded";
    case Verdict::yes:
      return "yes";
    case Verdict::not_exposed:
      break;
  }
  return "n/a";
}

std::string_view name_of(Exactness exactness) {
  switch (exactness) {
    case Exactness::exact:
      return "exact";
    case Exactness::bounded:
      return "bounded";
    case Exactness::estimated:
      break;
  }
  return "estimated";
}

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::good:
      return "good";
    case Grade::partly:
      return "partly";
    case Grade::poor:
      return "poor";
    case Grade::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Condition condition) {
  switch (condition) {
    case Condition::down:
      return "down";
    case Condition::degraded:
      return "degraded";
    case Condition::carried:
      return "carried";
    case Condition::saturated:
      return "saturated";
    case Condition::exposed:
      return "exposed";
    case Condition::endangered:
      return "endangered";
    case Condition::serving:
      break;
  }
  return "serving";
}

}  // namespace outlast::findings
