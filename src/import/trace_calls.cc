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

/// By the name of an operation or of what was asked: "cart_redis_get", "mysql".
const StoreWord* store_in(std::string_view name) {
  const std::string small = base::to_lower(name);
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
    for (const OwnTime& time : own_times(spans_, parents_, waits())) {
      const TraceSpan& span = spans_[time.span];
      TracedService& service = services_.at(std::string(span.service));
      service.own_s.push_back(time.seconds);
      service.by_file[span.where.source].own_s.push_back(time.seconds);
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
    if (is_inner(i)) {
      return;
    }
    service.requests += 1;
    TracedShare& share = service.by_file[span.where.source];
    share.requests += 1;
    share.where = share.where.exists() ? share.where : span.where;
    if (parent != kNoSpan && !is_behind_a_queue(i)) {
      calls_out_[parent] = true;
      TracedService& caller = services_[std::string(spans_[parent].service)];
      const std::string called(span.service);
      add(caller.calls[called], span, span.has_failed || spans_[parent].has_failed,
          is_borne(parent));
      caller.by_file[spans_[parent].where.source].calls[called] += 1;
    }
  }

  /// Was it made for a message that its sender put where the sender's span says? Then both need
  /// that place, and neither the other.
  [[nodiscard]] bool is_behind_a_queue(std::size_t i) const {
    const TraceSpan& sent = spans_[parents_[i]];
    const bool is_message = spans_[i].is_message || spans_[i].kind == Kind::consumer;
    return is_message && sent.is_message && !sent.peer.empty() && sent.peer != spans_[i].service;
  }

  /// Was it made within another span of its own service?
  [[nodiscard]] bool is_inner(std::size_t i) const {
    return parents_[i] != kNoSpan && spans_[parents_[i]].service == spans_[i].service;
  }

  /// The store that the name of an operation speaks of, if any; of what a service was asked for it
  /// tells only what the service is.
  [[nodiscard]] const StoreWord* named_store(std::size_t i) const {
    const TraceSpan& span = spans_[i];
    const bool is_served = span.kind == Kind::server || span.kind == Kind::consumer ||
                           (parents_[i] != kNoSpan && !is_inner(i));
    return span.system.empty() && !is_served ? store_in(span.operation) : nullptr;
  }

  /// In which spans a service waits for the answer of something else.
  [[nodiscard]] std::vector<bool> waits() const {
    std::vector<bool> waits(spans_.size(), false);
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      const TraceSpan& span = spans_[i];
      const bool is_call = span.kind == Kind::client || !span.system.empty();
      waits[i] = !span.is_message && (is_call || named_store(i) != nullptr);
    }
    return waits;
  }

  /// What a span calls that wrote none itself.
  void describe(std::size_t i) {
    const TraceSpan& span = spans_[i];
    const bool goes_out = span.kind == Kind::client || span.kind == Kind::producer ||
                          (span.kind == Kind::consumer && !span.peer.empty());
    const StoreWord* word = named_store(i);
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
    const StoreWord* by_name = word != nullptr ? word : store_in(callee.name);
    callee.kind = span.is_message        ? TracedKind::queue
                  : !span.system.empty() ? TracedKind::database
                  : by_name != nullptr   ? by_name->kind
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
