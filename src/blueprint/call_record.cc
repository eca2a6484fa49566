#include "blueprint/call_record.h"

#include <algorithm>

namespace outlast::blueprint {

CallRecord sum_of(const CallRecord& a, const CallRecord& b) {
  CallRecord sum;
  sum.calls = a.calls + b.calls;
  sum.per_request = a.per_request + b.per_request;
  sum.median = {std::max(a.median.value, b.median.value)};
  sum.p95 = {std::max(a.p95.value, b.p95.value)};
  if (sum.calls > 0) {
    sum.errors =
        (a.errors * static_cast<double>(a.calls) + b.errors * static_cast<double>(b.calls)) /
        static_cast<double>(sum.calls);
  }
  sum.is_awaited = a.is_awaited || b.is_awaited;
  return sum;
}

}  // namespace outlast::blueprint
