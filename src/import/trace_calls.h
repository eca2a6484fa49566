#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/trace_spans.h"
#include "import/trace_work.h"

namespace outlast::import {

/// What answers a call: a service that wrote spans itself, or a store or queue seen from its
/// callers only.
enum class TracedKind : std::uint8_t { service, database, queue };

/// Calls of one service to another, all that were seen.
struct TracedCall {
  std::vector<double> durations_s;
  double calls = 0;
  double errors = 0;
  double errors_borne = 0;  ///< of these, those that the caller answered without failing
  bool is_message = false;
  base::Span where;
};

/// A callee that wrote no spans, as its caller describes it.
struct Described {
  std::string name;    ///< by the span's attributes; empty: only its kind is told
  std::string system;  ///< "postgresql", "mongo"
  std::string operation;
  TracedKind kind = TracedKind::service;
  friend auto operator<=>(const Described&, const Described&) = default;
};

/// What one file shows of a service.
struct TracedShare {
  double requests = 0;
  std::vector<double> own_s;
  std::map<std::string, double> calls;  ///< of services, by name
  base::Span where;
};

struct TracedService {
  std::string host;           ///< where it ran, if told
  double requests = 0;        ///< that it served
  std::vector<double> own_s;  ///< how long it worked on each itself
  base::Span where;
  std::map<std::string, TracedCall> calls;    ///< of services, by name
  std::map<Described, TracedCall> described;  ///< of what wrote no spans
  std::map<base::SourceId, TracedShare> by_file;
};

/// All that traces show.
struct TracedWorld {
  std::map<std::string, TracedService> services;  ///< by name, with their calls
  std::optional<TracedLoad> load;
};

[[nodiscard]] TracedWorld find_traced_calls(const Traces& traces);

}  // namespace outlast::import
