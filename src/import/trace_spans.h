#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"

namespace outlast::import {

inline constexpr double kMicrosecond = 1e-6;  ///< in seconds: what Jaeger and Zipkin count in

/// One span of a trace, whichever tool wrote it. Texts point into the documents.
struct TraceSpan {
  enum class Kind : std::uint8_t { unknown, internal, server, client, producer, consumer };
  std::string_view trace;
  std::string_view id;
  std::string_view parent;   ///< empty: the first of its trace
  std::string_view service;  ///< that wrote it
  std::string_view host;     ///< the machine or workload it ran on, if told
  std::string_view operation;
  Kind kind = Kind::unknown;
  double start_s = 0;
  double duration_s = 0;
  bool has_failed = false;
  bool shares_id = false;    ///< the server's half of a span that caller and called share
  std::string_view peer;     ///< service, database or queue that it calls, by its attributes
  std::string_view system;   ///< of a database or queue: "postgresql", "kafka"
  bool is_message = false;   ///< it hands a message over or takes one
  std::string_view sampler;  ///< that decided to keep it: "const", "probabilistic"
  double sampler_keeps = 0;  ///< share of the requests, of those two
  base::Span where;
};

/// A call as others counted it, without its spans.
struct CountedCall {
  std::string_view parent;
  std::string_view child;
  double calls = 0;
  double errors = 0;
  base::Span where;
};

/// What all inputs of traces hold together.
struct Traces {
  std::vector<TraceSpan> spans;
  std::vector<CountedCall> counted;
};

/// True for traces as the API of Jaeger gives them, and for its list of dependencies.
[[nodiscard]] bool is_jaeger(base::Node root);
void append_jaeger(base::Node root, Traces& traces, base::Diagnostics& diagnostics);

/// True for spans of Zipkin, version 2, in one list or a list for each trace.
[[nodiscard]] bool is_zipkin(base::Node root);
void append_zipkin(base::Node root, Traces& traces, base::Diagnostics& diagnostics);

/// True for traces of OpenTelemetry as JSON.
[[nodiscard]] bool is_otlp(base::Node root);
void append_otlp(base::Node root, Traces& traces, base::Diagnostics& diagnostics);

/// Takes what an attribute says, by the semantic conventions of OpenTelemetry and those of
/// OpenTracing before them.
void take_attribute(std::string_view key, base::Node value, TraceSpan& span);

/// Of a service, what an attribute says of where it runs.
void take_place(std::string_view key, base::Node value, std::string_view& host);

/// A time or a count: a number, or a text of digits, that is not negative. What else stands there is
/// told and taken for nothing; so is where nothing stands, untold.
[[nodiscard]] double amount_of(base::Node node, std::string_view what,
                               base::Diagnostics& diagnostics);

/// A map whose members are read; what else stands there is told, and has none.
[[nodiscard]] base::Node map_in(base::Node node, std::string_view what,
                                base::Diagnostics& diagnostics);

/// A list whose entries are read; what else stands there is told, and has no entries.
[[nodiscard]] base::Node list_at(base::Node node, std::string_view what,
                                 base::Diagnostics& diagnostics);

/// Tells a span without identity or service; it is left out.
[[nodiscard]] bool is_whole(const TraceSpan& span, base::Diagnostics& diagnostics);

}  // namespace outlast::import
