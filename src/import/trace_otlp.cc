#include "import/trace_spans.h"

// OpenTelemetry: {"resourceSpans": [{"resource", "scopeSpans": [{"spans": […]}]}]}. Kinds and
// statuses are numbers, or names with a prefix; times are nanoseconds, mostly written as texts.

namespace outlast::import {

using base::Node;

namespace {

constexpr double kNanosecond = 1e-9;

/// {"stringValue": "x"} or {"intValue": "500"}: the value itself.
Node value_of(Node attribute) {
  const Node value = attribute["value"];
  return value.size() > 0 ? value.at(0) : value;
}

TraceSpan::Kind kind_of(std::string_view kind) {
  using enum TraceSpan::Kind;
  return kind == "1" || kind == "SPAN_KIND_INTERNAL"   ? internal
         : kind == "2" || kind == "SPAN_KIND_SERVER"   ? server
         : kind == "3" || kind == "SPAN_KIND_CLIENT"   ? client
         : kind == "4" || kind == "SPAN_KIND_PRODUCER" ? producer
         : kind == "5" || kind == "SPAN_KIND_CONSUMER" ? consumer
                                                       : unknown;
}

struct Resource {
  std::string_view service;
  std::string_view host;
};

Resource resource_of(Node resource, base::Diagnostics& diagnostics) {
  Resource out;
  const Node attributes =
      list_at(map_in(resource, "resource", diagnostics)["attributes"], "attributes", diagnostics);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const std::string_view key = attributes.at(i)["key"].text();
    if (key == "service.name") {
      out.service = value_of(attributes.at(i)).text();
    }
    take_place(key, value_of(attributes.at(i)), out.host);
  }
  return out;
}

void append_span(Node node, const Resource& resource, Traces& traces,
                 base::Diagnostics& diagnostics) {
  TraceSpan span;
  span.trace = node["traceId"].text();
  span.id = node["spanId"].text();
  span.parent = node["parentSpanId"].text();
  span.service = resource.service;
  span.host = resource.host;
  span.operation = node["name"].text();
  const double begin = amount_of(node["startTimeUnixNano"], "startTimeUnixNano", diagnostics);
  const double end = amount_of(node["endTimeUnixNano"], "endTimeUnixNano", diagnostics);
  span.start_s = begin * kNanosecond;
  span.duration_s = end > begin ? (end - begin) * kNanosecond : 0;
  if (end > 0 && end < begin) {
    diagnostics.warning("OUT-E1714", node["endTimeUnixNano"].span(),
                        "endTimeUnixNano lies before startTimeUnixNano",
                        "how long it took is taken as not told");
  }
  span.where = node.span();
  const Node attributes = list_at(node["attributes"], "attributes", diagnostics);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    take_attribute(attributes.at(i)["key"].text(), value_of(attributes.at(i)), span);
  }
  span.kind = kind_of(node["kind"].text());
  const std::string_view status = node["status"]["code"].text();
  span.has_failed = span.has_failed || status == "2" || status == "STATUS_CODE_ERROR";
  span.is_message = span.is_message || span.kind == TraceSpan::Kind::producer ||
                    span.kind == TraceSpan::Kind::consumer;
  if (is_whole(span, diagnostics)) {
    traces.spans.push_back(span);
  }
}

}  // namespace

bool is_otlp(Node root) {
  return root["resourceSpans"].is(base::NodeKind::list) ||
         root.at(0)["resourceSpans"].is(base::NodeKind::list);
}

void append_otlp(Node root, Traces& traces, base::Diagnostics& diagnostics) {
  if (root.is(base::NodeKind::list)) {  // a collector's file: one export a line
    for (std::size_t i = 0; i < root.size(); ++i) {
      append_otlp(root.at(i), traces, diagnostics);
    }
    return;
  }
  const Node all = root["resourceSpans"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Resource resource = resource_of(all.at(i)["resource"], diagnostics);
    for (const std::string_view name : {"scopeSpans", "instrumentationLibrarySpans"}) {
      const Node scopes = all.at(i)[name];
      for (std::size_t k = 0; k < scopes.size(); ++k) {
        const Node spans = list_at(scopes.at(k)["spans"], "spans", diagnostics);
        for (std::size_t n = 0; n < spans.size(); ++n) {
          append_span(spans.at(n), resource, traces, diagnostics);
        }
      }
    }
  }
}

}  // namespace outlast::import
