// What was seen to be called, joined with what other inputs hold.
//
// Problem  a trace calls things by names that its services gave to themselves; manifests call the
//          same things by theirs.
// Method   a traced service is the workload that answers to its name, else the one that its spans
//          say they ran on; stores wrote no spans and are told by the attributes of their callers'
//          spans or, where these say nothing, by a word of the operation's name ("mongo"), and are
//          then the one store of that word whose name shares most words with caller and operation.
//          What a blueprint declares by that name is it, too: its resource then has the id declared,
//          and the catalog keeps all that is declared of it.
// Else     what is found nowhere becomes a resource of its own.

#include "import/traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "blueprint/call_record.h"
#include "import/trace_calls.h"
#include "import/trace_conflicts.h"
#include "import/trace_names.h"
#include "import/trace_spans.h"
#include "import/trace_work.h"

namespace outlast::import {

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

/// Exports overlap: what several hold is one span.
void leave_out_repeated(std::vector<TraceSpan>& spans) {
  std::set<std::tuple<std::string_view, std::string_view, std::string_view, TraceSpan::Kind>> seen;
  std::erase_if(spans, [&](const TraceSpan& span) {
    return !seen.emplace(span.trace, span.id, span.service, span.kind).second;
  });
}

void append(Node root, Traces& traces, base::Diagnostics& diagnostics) {
  if (is_otlp(root)) {
    append_otlp(root, traces, diagnostics);
  } else if (is_jaeger(root)) {
    append_jaeger(root, traces, diagnostics);
  } else {
    append_zipkin(root, traces, diagnostics);
  }
}

// Below, what a failed call did to its caller may be chance.
constexpr double kLeastErrors = 3;
constexpr double kMostly = 0.9;

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

class Joiner {
 public:
  Joiner(Draft& draft, base::Diagnostics& diagnostics)
      : draft_(draft), diagnostics_(diagnostics), names_(draft) {}

  /// Sorts the times of the calls.
  void join(TracedWorld&& world) {
    auto& services = world.services;
    for (const auto& [name, service] : services) {
      known_.emplace(name, meant_by(name, service));
    }
    for (auto& [name, service] : services) {
      const Known& caller = known_.at(name);
      for (auto& [callee, call] : service.calls) {
        add_call(caller, known_.at(callee).answering, call, service.requests);
      }
      for (auto& [callee, call] : service.described) {
        const Meant meant = described(name, callee, call);
        add_call(caller, meant.targets, call, service.requests, meant.confidence);
        note_waits(meant.targets, callee, call);
      }
    }
    for (auto& [name, service] : services) {
      note_work(known_.at(name).workloads, service.own_s, false, service.where);
    }
    for (auto& [id, waits] : waits_) {
      note_work({id}, waits.times_s, true, waits.where);
    }
    if (world.load) {
      note_load(*world.load);
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
    const std::string declared = names_.declared(name);
    resource.address = declared.empty() ? fmt::format("trace/{}", name) : declared;
    resource.name = name;
    resource.group = resource.address;
    resource.evidence = {resource.address, where, ""};
    return draft_.resources.push_back(std::move(resource));
  }

  /// Whom a call was made to, and how sure that is: that it was made is certain.
  struct Meant {
    std::vector<ResourceId> targets;
    blueprint::Confidence confidence = blueprint::Confidence::stated;
  };

  Meant described(const std::string& caller, const Described& callee, const TracedCall& call) {
    if (const auto traced = known_.find(callee.name); traced != known_.end()) {
      return {traced->second.answering};
    }
    if (auto found = names_.answering(callee.name); !callee.name.empty() && !found.empty()) {
      return {std::move(found)};
    }
    if (callee.name.empty()) {
      const auto told = words_of_name(caller + " " + callee.operation);
      if (auto found = names_.store_of(callee.system, told); !found.empty()) {
        const std::string whose = fmt::format("traced {} of {}", callee.system, caller);
        const std::string& store = draft_.resources[found.front()].name;
        if (told_stores_.emplace(whose, store).second) {
          draft_.assumptions.push_back(
              {whose, store,
               "inferred: of all such stores its name is nearest to caller and operation"});
        }
        return {std::move(found), blueprint::Confidence::referenced};
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
    return {{at->second}};
  }

  /// What wrote no spans is known by how long its callers waited.
  void note_waits(const std::vector<ResourceId>& targets, const Described& callee,
                  const TracedCall& call) {
    if (call.is_message || callee.kind == TracedKind::queue || targets.size() != 1) {
      return;  // a message is handed over; of several nobody tells which answered
    }
    std::vector<ResourceId> working = targets;
    for (const auto& reference : draft_.resources[targets.front()].references) {
      working = reference.path == "pods" ? reference.targets : working;
    }
    if (working.size() == 1) {
      Waits& waits = waits_[working.front()];
      waits.times_s.insert(waits.times_s.end(), call.durations_s.begin(), call.durations_s.end());
      waits.where = waits.where.exists() ? waits.where : call.where;
    }
  }

  void note_work(const std::vector<ResourceId>& workloads, std::vector<double>& times_s,
                 bool is_from_callers, base::Span where) {
    const auto work = work_of(times_s, is_from_callers, where);
    for (const ResourceId id : workloads) {
      draft_.resources[id].work.fill(work);
    }
  }

  /// As many users as ask so much; nobody's own word is overridden.
  void note_load(const TracedLoad& load) {
    constexpr double kUsual = 4;  // requests a minute of a user, where nobody states them
    auto& users = draft_.objectives.users;
    const double per_minute = users.requests_per_minute.value_or(kUsual);
    if (users.now.is_known()) {
      tell_other_load(users, per_minute, load, diagnostics_);
      return;
    }
    const double now = std::max(1.0, std::round(load.per_second * 60 / per_minute));
    users.now = Value<double>::of(now, blueprint::Provenance::inferred, load.where);
    draft_.assumptions.push_back(
        {"users now", fmt::format("{:.0f}", now),
         fmt::format(
             "inferred from traces: {} in {}, of which their sampler kept {:.3g} %, at {:.3g} "
             "requests a minute of a user",
             load.traces, base::format_duration({load.over_s}), load.sampled * 100, per_minute)});
  }

  void add_call(const Known& caller, const std::vector<ResourceId>& targets, TracedCall& traced,
                double requests, blueprint::Confidence confidence = blueprint::Confidence::stated) {
    DraftCall call;
    call.targets = targets;
    call.confidence = confidence;
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
    const CallRecord sum = blueprint::sum_of(*same->record, *call.record);
    same->record = Value<CallRecord>::of(sum);
    if (sum.is_awaited && same->strength.is_known() && *same->strength == Strength::async) {
      same->strength = call.strength;
    }
  }

  struct Waits {
    std::vector<double> times_s;
    base::Span where;
  };

  Draft& draft_;
  base::Diagnostics& diagnostics_;
  TracedNames names_;
  std::map<ResourceId, Waits> waits_;  ///< for what wrote no spans
  std::map<std::string, Known> known_;
  std::map<std::string, ResourceId> seen_;                     ///< resources of what wrote no spans
  std::set<std::pair<std::string, std::string>> told_stores_;  ///< by words of names
};

}  // namespace

bool is_traces(Node root) {
  return is_jaeger(root) || is_zipkin(root) || is_otlp(root);
}

void read_traces(const std::vector<InputDocument>& inputs, Desk& desk) {
  Traces traces;
  for (const InputDocument& input : inputs) {
    append(input.root, traces, desk.diagnostics);
  }
  leave_out_repeated(traces.spans);
  TracedWorld world = find_traced_calls(traces);
  tell_disagreements(world.services, desk.sources, desk.diagnostics);
  Joiner(desk.draft, desk.diagnostics).join(std::move(world));
}

}  // namespace outlast::import
