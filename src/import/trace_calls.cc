#include "import/trace_calls.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "import/trace_work.h"

namespace outlast::import {

namespace {

using Kind = TraceSpan::Kind;

/// Words by which clients of stores call their operations, where no attribute tells.
struct StoreWord {
  std::string_view word;
  TracedKind kind;
};
constexpr std::array<StoreWord, 15> kStoreWords = {{{"mongo", TracedKind::database},
                                                    {"mongodb", TracedKind::database},
                                                    {"redis", TracedKind::database},
                                                    {"memcached", TracedKind::database},
                                                    {"mmc", TracedKind::database},
                                                    {"mysql", TracedKind::database},
                                                    {"postgres", TracedKind::database},
                                                    {"postgresql", TracedKind::database},
                                                    {"cassandra", TracedKind::database},
                                                    {"dynamodb", TracedKind::database},
                                                    {"elasticsearch", TracedKind::database},
                                                    {"sql", TracedKind::database},
                                                    {"kafka", TracedKind::queue},
                                                    {"rabbitmq", TracedKind::queue},
                                                    {"sqs", TracedKind::queue}}};

const StoreWord* store_in(std::string_view operation) {
  const std::string small = base::to_lower(operation);
  for (const std::string_view word : base::split(small, '_')) {
    for (const StoreWord& store : kStoreWords) {
      if (word == store.word) {
        return &store;
      }
    }
  }
  return nullptr;
}

class Finder {
 public:
  explicit Finder(const Traces& traces)
      : spans_(traces.spans), parents_(spans_.size(), kNoSpan), calls_out_(spans_.size(), false) {
    index();
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      find_parent(i);
    }
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      count(i);
    }
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      describe(i);
    }
    for (const CountedCall& counted : traces.counted) {
      add_counted(counted);
    }
    for (auto& [name, times] : own_times(spans_, parents_)) {
      services_.at(name).own_s = std::move(times);
    }
  }

  TracedWorld take() { return {std::move(services_), traced_load(spans_, parents_)}; }

 private:
  static std::string key(std::string_view trace, std::string_view id) {
    return std::string(trace) + "|" + std::string(id);
  }

  void index() {
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      by_id_[key(spans_[i].trace, spans_[i].id)].push_back(i);
    }
  }

  /// Halves of one span: the caller's is the parent of the other. Where a parent has two halves,
  /// it is the one that the service of the child wrote, else that of the called.
  void find_parent(std::size_t i) {
    const TraceSpan& span = spans_[i];
    const auto& halves = by_id_[key(span.trace, span.id)];
    if (span.shares_id || (span.kind == Kind::server && halves.size() > 1)) {
      for (const std::size_t other : halves) {
        if (other != i && spans_[other].kind != Kind::server && !spans_[other].shares_id) {
          parents_[i] = other;
          return;
        }
      }
    }
    const auto above = by_id_.find(key(span.trace, span.parent));
    if (span.parent.empty() || above == by_id_.end() || span.parent == span.id) {
      return;
    }
    parents_[i] = above->second.back();
    for (const std::size_t candidate : above->second) {
      if (spans_[candidate].service == span.service) {
        parents_[i] = candidate;
      }
    }
  }

  /// Did the service answer without failing, for which this span was made?
  [[nodiscard]] bool is_borne(std::size_t caller) const {
    for (std::size_t depth = 0; depth < kDeepestSpans; ++depth) {
      const std::size_t above = parents_[caller];
      if (above == kNoSpan || spans_[above].service != spans_[caller].service) {
        break;
      }
      caller = above;
    }
    return !spans_[caller].has_failed;
  }

  void add(TracedCall& call, const TraceSpan& span, bool has_failed, bool is_borne) const {
    call.durations_s.push_back(span.duration_s);
    call.calls += 1;
    call.errors += has_failed ? 1 : 0;
    call.errors_borne += has_failed && is_borne ? 1 : 0;
    call.is_message = call.is_message || span.is_message || span.kind == Kind::consumer;
    if (!call.where.exists()) {
      call.where = span.where;
    }
  }

  void count(std::size_t i) {
    const TraceSpan& span = spans_[i];
    TracedService& service = services_[std::string(span.service)];
    if (!service.where.exists()) {
      service.where = span.where;
    }
    if (service.host.empty()) {
      service.host = span.host;
    }
    const std::size_t parent = parents_[i];
    const bool is_root = parent == kNoSpan;
    if (is_root || spans_[parent].service != span.service) {
      service.requests += 1;
    }
    if (!is_root && spans_[parent].service != span.service) {
      calls_out_[parent] = true;
      add(services_[std::string(spans_[parent].service)].calls[std::string(span.service)], span,
          span.has_failed || spans_[parent].has_failed, is_borne(parent));
    }
  }

  /// What a span calls that wrote none itself.
  void describe(std::size_t i) {
    const TraceSpan& span = spans_[i];
    const bool goes_out = span.kind == Kind::client || span.kind == Kind::producer ||
                          (span.kind == Kind::consumer && !span.peer.empty());
    const StoreWord* word = span.system.empty() ? store_in(span.operation) : nullptr;
    if (calls_out_[i] || (!goes_out && span.system.empty() && word == nullptr)) {
      return;
    }
    const bool is_named = !span.peer.empty() || !span.system.empty();
    if ((!is_named && word == nullptr) || span.peer == span.service) {
      return;
    }
    Described callee;
    callee.name = base::to_lower(span.peer);
    callee.system = base::to_lower(word != nullptr ? word->word : span.system);
    callee.operation = callee.name.empty() ? std::string(span.operation) : std::string();
    callee.kind = span.is_message        ? TracedKind::queue
                  : word != nullptr      ? word->kind
                  : !span.system.empty() ? TracedKind::database
                                         : TracedKind::service;
    add(services_[std::string(span.service)].described[callee], span, span.has_failed, is_borne(i));
  }

  void add_counted(const CountedCall& counted) {
    if (counted.parent.empty() || counted.child.empty() || counted.parent == counted.child) {
      return;
    }
    TracedCall& call = services_[std::string(counted.parent)].calls[std::string(counted.child)];
    call.calls += counted.calls;
    call.errors += counted.errors;
    call.where = counted.where;
    for (const std::string_view name : {counted.parent, counted.child}) {
      TracedService& service = services_[std::string(name)];
      service.where = service.where.exists() ? service.where : counted.where;
    }
  }

  const std::vector<TraceSpan>& spans_;
  std::vector<std::size_t> parents_;
  std::vector<bool> calls_out_;  ///< another service wrote a span below
  std::unordered_map<std::string, std::vector<std::size_t>> by_id_;
  std::map<std::string, TracedService> services_;
};

}  // namespace

TracedWorld find_traced_calls(const Traces& traces) {
  return Finder(traces).take();
}

}  // namespace outlast::import
