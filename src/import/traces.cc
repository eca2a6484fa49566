// What was seen to be called, joined with what other inputs hold.
//
// Problem  a trace calls things by names that its services gave to themselves; manifests call the
//          same things by theirs.
// Method   a traced service is the workload that answers to its name, else the one that its spans
//          say they ran on; stores wrote no spans and are told by the attributes of their callers'
//          spans or, where these say nothing, by a word of the operation's name ("mongo"), and are
//          then the one store of that word whose name shares most words with caller and operation.
// Else     what is found nowhere becomes a resource of its own.

#include "import/traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "import/trace_calls.h"
#include "import/trace_spans.h"

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using blueprint::CallRecord;
using blueprint::Draft;
using blueprint::DraftCall;
using blueprint::DraftResource;
using blueprint::ResourceId;
using blueprint::Strength;
using blueprint::Value;

namespace {

constexpr std::string_view kTrace = "trace";

// Below, what a failed call did to its caller may be chance.
constexpr double kLeastErrors = 3;
constexpr double kMostly = 0.9;

double quantile(const std::vector<double>& sorted, double share) {
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(last * share))];
}

CallRecord record_of(TracedCall& call, double requests) {
  constexpr double kP95 = 0.95;
  CallRecord record;
  record.calls = static_cast<std::int64_t>(call.calls);
  record.per_request = requests > 0 ? call.calls / requests : 0;
  record.errors = call.calls > 0 ? std::min(1.0, call.errors / call.calls) : 0;
  record.is_awaited = !call.is_message;
  if (!call.durations_s.empty()) {
    std::sort(call.durations_s.begin(), call.durations_s.end());
    record.median = {quantile(call.durations_s, 0.5)};
    record.p95 = {quantile(call.durations_s, kP95)};
  }
  return record;
}

Value<Strength> strength_of(const TracedCall& call) {
  const auto seen = [](Strength strength) {
    return Value<Strength>::of(strength, blueprint::Provenance::inferred);
  };
  if (call.is_message) {
    return seen(Strength::async);
  }
  if (call.errors >= kLeastErrors && call.errors_borne >= kMostly * call.errors) {
    return seen(Strength::soft);
  }
  if (call.errors >= kLeastErrors && call.errors_borne <= (1 - kMostly) * call.errors) {
    return seen(Strength::hard);
  }
  return {};
}

/// Words of a name: "user-timeline-mongodb" → user, timeline, mongodb.
std::set<std::string> words_of(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  for (const char c : base::to_lower(name) + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  return words;
}

/// The names by which other inputs' resources can be called.
class Names {
 public:
  explicit Names(const Draft& draft) {
    for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
      const DraftResource& resource = draft.resources[id];
      const bool is_service = resource.type.starts_with("Service");
      if (!resource.names.empty()) {
        add(workloads_, resource.name, id);
        for (const std::string& name : resource.names) {
          add(workloads_, name, id);
        }
        words_.emplace_back(id, words_of(resource.name));
      } else if (is_service) {
        add(services_, resource.address.substr(resource.address.rfind('/') + 1), id);
      }
    }
  }

  /// Workloads that are called so; of a pod "web-5d4f7-x2x1z" those called "web".
  [[nodiscard]] std::vector<ResourceId> called(std::string_view name) const {
    std::string word = base::to_lower(name);
    constexpr std::size_t kSuffixes = 2;
    for (std::size_t i = 0; i <= kSuffixes; ++i) {
      if (const auto found = workloads_.find(word); found != workloads_.end()) {
        return found->second;
      }
      const auto dash = word.rfind('-');
      if (dash == std::string::npos ||
          word.find_first_of("0123456789", dash) == std::string::npos) {
        break;
      }
      word.resize(dash);
    }
    return {};
  }

  /// What is called by that name: the service in front of several workloads, else they themselves.
  [[nodiscard]] std::vector<ResourceId> answering(std::string_view name) const {
    const auto service = services_.find(base::to_lower(name.substr(0, name.find('.'))));
    const auto all = called(name);
    return service != services_.end() && all.size() != 1 ? service->second : all;
  }

  /// The store of a word that shares most other words with a caller and an operation; none where
  /// two share as many.
  [[nodiscard]] std::vector<ResourceId> store_of(std::string_view store,
                                                 const std::set<std::string>& told) const {
    std::size_t most = 0;
    std::vector<ResourceId> best;
    for (const auto& [id, words] : words_) {
      const bool is_of_kind = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return word.starts_with(store);
      });
      std::size_t shared = 0;
      for (const std::string& word : words) {
        shared += told.contains(word) && !word.starts_with(store) ? 1 : 0;
      }
      if (is_of_kind && shared > 0 && shared >= most) {
        best = shared > most ? std::vector{id} : std::vector<ResourceId>();
        most = shared;
      }
    }
    return best;
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<ResourceId>>;
  static void add(Index& index, std::string_view name, ResourceId id) {
    auto& all = index[base::to_lower(name)];
    if (std::find(all.begin(), all.end(), id) == all.end()) {
      all.push_back(id);
    }
  }

  Index workloads_;
  Index services_;
  std::vector<std::pair<ResourceId, std::set<std::string>>> words_;  ///< of workloads' names
};

class Joiner {
 public:
  explicit Joiner(Draft& draft) : draft_(draft), names_(draft) {}

  /// Sorts the times of the calls.
  void join(std::map<std::string, TracedService>&& services) {
    for (const auto& [name, service] : services) {
      known_.emplace(name, meant_by(name, service));
    }
    for (auto& [name, service] : services) {
      const Known& caller = known_.at(name);
      for (auto& [callee, call] : service.calls) {
        add_call(caller, known_.at(callee).answering, call, service.requests);
      }
      for (auto& [callee, call] : service.described) {
        add_call(caller, described(name, callee, call), call, service.requests);
      }
    }
  }

 private:
  struct Known {
    std::vector<ResourceId> workloads;  ///< who calls
    std::vector<ResourceId> answering;  ///< who is called
  };

  Known meant_by(const std::string& name, const TracedService& service) {
    Known known{names_.called(name), names_.answering(name)};
    if (known.workloads.empty() && !service.host.empty()) {
      known = {names_.called(service.host), names_.called(service.host)};
      if (!known.workloads.empty()) {
        draft_.assumptions.push_back({"traced service " + name,
                                      draft_.resources[known.workloads.front()].name,
                                      "inferred: its spans say they ran on " + service.host});
      }
    }
    if (known.workloads.empty()) {
      const ResourceId fresh = add_resource("service", name, service.where);
      known = {{fresh}, {fresh}};
    }
    return known;
  }

  ResourceId add_resource(std::string_view type, const std::string& name, base::Span where) {
    DraftResource resource;
    resource.format = kTrace;
    resource.type = type;
    resource.address = fmt::format("trace/{}", name);
    resource.name = name;
    resource.group = resource.address;
    resource.evidence = {resource.address, where, ""};
    return draft_.resources.push_back(std::move(resource));
  }

  std::vector<ResourceId> described(const std::string& caller, const Described& callee,
                                    const TracedCall& call) {
    if (const auto traced = known_.find(callee.name); traced != known_.end()) {
      return traced->second.answering;
    }
    if (auto found = names_.answering(callee.name); !callee.name.empty() && !found.empty()) {
      return found;
    }
    if (callee.name.empty()) {
      auto told = words_of(caller + " " + callee.operation);
      if (auto found = names_.store_of(callee.system, told); !found.empty()) {
        return found;
      }
    }
    const std::string name =
        callee.name.empty() ? fmt::format("{} of {}", callee.system, caller) : callee.name;
    const std::string_view type = callee.kind == TracedKind::database ? "database"
                                  : callee.kind == TracedKind::queue  ? "queue"
                                                                      : "service";
    const auto [at, is_new] = seen_.emplace(name, ResourceId());
    if (is_new) {
      at->second = add_resource(type, name, call.where);
    }
    return {at->second};
  }

  void add_call(const Known& caller, const std::vector<ResourceId>& targets, TracedCall& traced,
                double requests) {
    DraftCall call;
    call.targets = targets;
    call.confidence = blueprint::Confidence::stated;
    call.strength = strength_of(traced);
    call.record = Value<CallRecord>::of(record_of(traced, requests));
    for (const ResourceId id : caller.workloads) {
      if (std::find(targets.begin(), targets.end(), id) != targets.end()) {
        continue;
      }
      call.evidence = {draft_.resources[id].address, traced.where, ""};
      merge(call, draft_.resources[id].calls);
    }
  }

  /// The same call may be made by several operations, and may stand in another input too; what
  /// was seen counts before what was only written.
  static void merge(const DraftCall& call, std::vector<DraftCall>& calls) {
    const auto same = std::find_if(calls.begin(), calls.end(), [&](const DraftCall& known) {
      return known.targets == call.targets && known.record.is_known();
    });
    if (same == calls.end()) {
      calls.push_back(call);
      return;
    }
    CallRecord sum = *same->record;
    const CallRecord& more = *call.record;
    const auto all = static_cast<double>(sum.calls + more.calls);
    sum.errors = all > 0 ? (sum.errors * static_cast<double>(sum.calls) +
                            more.errors * static_cast<double>(more.calls)) /
                               all
                         : 0;
    sum.calls += more.calls;
    sum.per_request += more.per_request;
    sum.median = {std::max(sum.median.value, more.median.value)};
    sum.p95 = {std::max(sum.p95.value, more.p95.value)};
    sum.is_awaited = sum.is_awaited || more.is_awaited;
    same->record = Value<CallRecord>::of(sum);
    if (sum.is_awaited && same->strength.is_known() && *same->strength == Strength::async) {
      same->strength = call.strength;
    }
  }

  Draft& draft_;
  Names names_;
  std::map<std::string, Known> known_;
  std::map<std::string, ResourceId> seen_;  ///< resources of what wrote no spans
};

}  // namespace

bool is_traces(Node root) {
  return is_jaeger(root) || is_zipkin(root) || is_otlp(root);
}

void read_traces(const std::vector<Node>& roots, Draft& draft, Diagnostics& diagnostics) {
  Traces traces;
  for (const Node root : roots) {
    if (is_otlp(root)) {
      append_otlp(root, traces, diagnostics);
    } else if (is_jaeger(root)) {
      append_jaeger(root, traces, diagnostics);
    } else {
      append_zipkin(root, traces, diagnostics);
    }
  }
  Joiner(draft).join(find_traced_calls(traces));
}

}  // namespace outlast::import
