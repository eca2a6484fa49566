#include "import/trace_spans.h"

// Zipkin, version 2: spans in one list, or in a list for each trace. Caller and called may write
// halves of one span, under one id.

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

TraceSpan::Kind kind_of(Node node, base::Diagnostics& diagnostics) {
  const std::string_view name = node.text();
  const auto kind = name == "SERVER"     ? TraceSpan::Kind::server
                    : name == "CLIENT"   ? TraceSpan::Kind::client
                    : name == "PRODUCER" ? TraceSpan::Kind::producer
                    : name == "CONSUMER" ? TraceSpan::Kind::consumer
                                         : TraceSpan::Kind::unknown;
  if (kind == TraceSpan::Kind::unknown && node.exists() && !node.is(NodeKind::null)) {
    diagnostics.warning("OUT-E1714", node.span(),
                        "kind must be CLIENT, SERVER, PRODUCER or CONSUMER",
                        "it is taken as not told");
  }
  return kind;
}

void append_span(Node node, Traces& traces, base::Diagnostics& diagnostics) {
  if (!node.is(NodeKind::map)) {
    diagnostics.warning("OUT-E1714", node.span(), "a span must be a map", "it is left out");
    return;
  }
  TraceSpan span;
  span.trace = node["traceId"].text();
  span.id = node["id"].text();
  span.parent = node["parentId"].text();
  span.service = map_in(node["localEndpoint"], "localEndpoint", diagnostics)["serviceName"].text();
  span.operation = node["name"].text();
  span.start_s = amount_of(node["timestamp"], "timestamp", diagnostics) * kMicrosecond;
  span.duration_s = amount_of(node["duration"], "duration", diagnostics) * kMicrosecond;
  span.shares_id = node["shared"].as_bool().value_or(false);
  span.where = node.span();
  const Node tags = map_in(node["tags"], "tags", diagnostics);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    take_attribute(tags.key(i), tags.at(i), span);
    span.has_failed = span.has_failed || tags.key(i) == "error";
  }
  span.kind = kind_of(node["kind"], diagnostics);
  const Node remote = map_in(node["remoteEndpoint"], "remoteEndpoint", diagnostics)["serviceName"];
  if (!remote.text().empty()) {
    span.peer = remote.text();
  }
  span.is_message = span.is_message || span.kind == TraceSpan::Kind::producer ||
                    span.kind == TraceSpan::Kind::consumer;
  // A span that only stands in the tree, without a service, joins no two of them.
  if (!span.service.empty() && is_whole(span, diagnostics)) {
    traces.spans.push_back(span);
  }
}

bool is_span(Node node) {
  return node["traceId"].exists() && node["id"].exists() &&
         (node["localEndpoint"].exists() || node["kind"].exists() || node["timestamp"].exists());
}

}  // namespace

bool is_zipkin(Node root) {
  return root.is(NodeKind::list) && (is_span(root.at(0)) || is_span(root.at(0).at(0)));
}

void append_zipkin(Node root, Traces& traces, base::Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node one = root.at(i);
    if (!one.is(NodeKind::list)) {
      append_span(one, traces, diagnostics);
    }
    for (std::size_t k = 0; one.is(NodeKind::list) && k < one.size(); ++k) {
      append_span(one.at(k), traces, diagnostics);
    }
  }
}

}  // namespace outlast::import
