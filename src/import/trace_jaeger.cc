#include <unordered_map>

#include "import/trace_spans.h"

// Jaeger: {"data": [{"traceID", "spans": […], "processes": {…}}]} as its API answers, and the list
// of dependencies [{"parent", "child", "callCount"}], which Zipkin writes too.

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

struct Process {
  std::string_view service;
  std::string_view host;
};

Process process_of(Node process) {
  Process out{process["serviceName"].text(), {}};
  const Node tags = process["tags"];
  for (std::size_t i = 0; i < tags.size(); ++i) {
    take_place(tags.at(i)["key"].text(), tags.at(i)["value"], out.host);
  }
  return out;
}

/// The span that this one was made for; a reference embeds the whole of it, which is not read.
std::string_view parent_of(Node span, base::Diagnostics& diagnostics) {
  const Node references = list_at(span["references"], "references", diagnostics);
  for (std::size_t i = 0; i < references.size(); ++i) {
    const std::string_view type = references.at(i)["refType"].text();
    if (type == "CHILD_OF" || type == "FOLLOWS_FROM") {
      return references.at(i)["spanID"].text();
    }
  }
  return span["parentSpanID"].text();
}

void append_trace(Node trace, Traces& traces, base::Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, Process> processes;
  const Node listed = trace["processes"];
  for (std::size_t i = 0; listed.is(NodeKind::map) && i < listed.size(); ++i) {
    processes.emplace(listed.key(i), process_of(listed.at(i)));
  }
  const Node spans = trace["spans"];
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Node node = spans.at(i);
    const auto known = processes.find(node["processID"].text());
    const Process process = known != processes.end() ? known->second : process_of(node["process"]);
    TraceSpan span;
    const Node own = node["traceID"];
    span.trace = own.exists() ? own.text() : trace["traceID"].text();
    span.id = node["spanID"].text();
    span.parent = parent_of(node, diagnostics);
    span.service = process.service;
    span.host = process.host;
    span.operation = node["operationName"].text();
    span.start_s = amount_of(node["startTime"], "startTime", diagnostics) * kMicrosecond;
    span.duration_s = amount_of(node["duration"], "duration", diagnostics) * kMicrosecond;
    span.where = node.span();
    const Node tags = list_at(node["tags"], "tags", diagnostics);
    for (std::size_t k = 0; k < tags.size(); ++k) {
      take_attribute(tags.at(k)["key"].text(), tags.at(k)["value"], span);
    }
    if (is_whole(span, diagnostics)) {
      traces.spans.push_back(span);
    }
  }
}

Node list_of(Node root) {
  return root.is(NodeKind::list) ? root : root["data"];
}

bool is_dependency(Node node) {
  return node["parent"].exists() && node["child"].exists() && node["callCount"].exists();
}

bool is_trace(Node node) {
  return node["spans"].is(NodeKind::list) &&
         (node["processes"].exists() || node["spans"].at(0)["operationName"].exists());
}

}  // namespace

bool is_jaeger(Node root) {
  const Node first = list_of(root).at(0);
  return is_trace(root) || is_dependency(first) || is_trace(first);
}

void append_jaeger(Node root, Traces& traces, base::Diagnostics& diagnostics) {
  if (is_trace(root)) {
    append_trace(root, traces, diagnostics);
    return;
  }
  const Node list = list_of(root);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Node node = list.at(i);
    if (is_dependency(node)) {
      traces.counted.push_back({node["parent"].text(), node["child"].text(),
                                amount_of(node["callCount"], "callCount", diagnostics),
                                amount_of(node["errorCount"], "errorCount", diagnostics),
                                node.span()});
    } else {
      append_trace(node, traces, diagnostics);
    }
  }
}

}  // namespace outlast::import
