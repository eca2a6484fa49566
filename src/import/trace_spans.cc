#include "import/trace_spans.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

bool is_true(Node value) {
  return value.text() == "true" || value.as_bool().value_or(false);
}

TraceSpan::Kind kind_called(std::string_view name) {
  using enum TraceSpan::Kind;
  constexpr std::array<std::pair<std::string_view, TraceSpan::Kind>, 5> kNames = {
      {{"server", server},
       {"client", client},
       {"producer", producer},
       {"consumer", consumer},
       {"internal", internal}}};
  for (const auto& [known, kind] : kNames) {
    if (known == name) {
      return kind;
    }
  }
  return unknown;
}

/// "https://user@api.example.com:8443/x" asks api.example.com; numbers are no name.
std::string_view host_of_url(std::string_view url) {
  constexpr std::string_view kBehindScheme = "://";
  const auto scheme = url.find(kBehindScheme);
  if (scheme == std::string_view::npos) {
    return {};
  }
  url.remove_prefix(scheme + kBehindScheme.size());
  url = url.substr(0, url.find_first_of("/?#"));
  url.remove_prefix(url.find('@') == std::string_view::npos ? 0 : url.rfind('@') + 1);
  const std::string_view host = url.substr(0, url.find(':'));
  const bool is_number = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_number ? std::string_view() : host;
}

}  // namespace

/// Does this attribute name who is asked, where `peer.service` does not?
bool names_a_peer(std::string_view key) {
  return key == "messaging.destination" || key == "messaging.destination.name" ||
         key == "server.address" || key == "net.peer.name" || key == "peer.hostname" ||
         key == "peer.address";
}

void take_attribute(std::string_view key, Node value, TraceSpan& span) {
  constexpr int kServerError = 500;
  const std::string_view text = value.text();
  if (key == "span.kind") {
    span.kind = kind_called(text);
  } else if (key == "error" || key == "otel.status_code" || key == "status.code") {
    span.has_failed = span.has_failed || is_true(value) || text == "ERROR";
  } else if (key == "http.status_code" || key == "http.response.status_code") {
    span.has_failed = span.has_failed || value.as_number().value_or(0) >= kServerError;
  } else if (key == "db.system" || key == "db.system.name" || key == "db.type") {
    span.system = text;
  } else if (key == "messaging.system") {
    span.system = text;
    span.is_message = true;
  } else if (key == "sampler.type") {
    span.sampler = text;
  } else if (key == "sampler.param") {
    span.sampler_keeps = is_true(value) ? 1 : value.as_number().value_or(0);
  } else if (key == "peer.service" || (span.peer.empty() && names_a_peer(key))) {
    span.peer = text;
  } else if (span.peer.empty() && (key == "url.full" || key == "http.url")) {
    span.peer = host_of_url(text);
  }
}

void take_place(std::string_view key, Node value, std::string_view& host) {
  const bool is_workload = key == "k8s.deployment.name" || key == "k8s.statefulset.name";
  const bool is_host = key == "hostname" || key == "host.name" || key == "k8s.pod.name";
  if (is_workload || (is_host && host.empty())) {
    host = value.text();
  }
}

double amount_of(Node node, std::string_view what, base::Diagnostics& diagnostics) {
  if (!node.exists() || node.is(NodeKind::null)) {
    return 0;
  }
  auto amount = node.as_number();
  const std::string_view text = node.text();
  double read = 0;
  if (const auto end = text.data() + text.size();
      !amount && !text.empty() && std::from_chars(text.data(), end, read).ptr == end) {
    amount = read;
  }
  if (!amount || !std::isfinite(*amount) || *amount < 0) {
    diagnostics.warning("OUT-E1714", node.span(),
                        fmt::format("{} must be a number that is not negative", what),
                        "it is taken as not told");
    return 0;
  }
  return *amount;
}

namespace {

Node of_kind(Node node, NodeKind kind, std::string_view what, std::string_view called,
             base::Diagnostics& diagnostics) {
  if (!node.exists() || node.is(NodeKind::null) || node.is(kind)) {
    return node;
  }
  diagnostics.warning("OUT-E1714", node.span(), fmt::format("{} must be a {}", what, called),
                      "it is left out");
  return {};
}

}  // namespace

Node map_in(Node node, std::string_view what, base::Diagnostics& diagnostics) {
  return of_kind(node, NodeKind::map, what, "map", diagnostics);
}

Node list_at(Node node, std::string_view what, base::Diagnostics& diagnostics) {
  return of_kind(node, NodeKind::list, what, "list", diagnostics);
}

bool is_whole(const TraceSpan& span, base::Diagnostics& diagnostics) {
  const std::string_view absent = span.id.empty()        ? "a span without an id"
                                  : span.service.empty() ? "a span without a service"
                                  : span.trace.empty()   ? "a span without a trace"
                                                         : "";
  if (!absent.empty()) {
    diagnostics.warning("OUT-E1702", span.where, std::string(absent), "it is left out");
  }
  return absent.empty();
}

}  // namespace outlast::import
