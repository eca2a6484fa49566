/// Which stations fare alike.
///
/// Method: colours are refined until they are stable (Paige & Tarjan 1987; of rates, Buchholz 1994):
/// a station's next colour is made of its own, of the calls that it makes in their order with the
/// colours of those they go to, and of the calls that come with the colours of those they come from.
/// Stations of one colour then have the same equations and begin alike: so they stay alike.
///
/// Ends: each round parts some colour or is the last. Limits: a colour is a number of 64 bits; that
/// any two of a hundred thousand stations share one by chance has a probability of 3e-10.

#include "engines/simulation/colouring.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/splitmix.h"

namespace outlast::engines::simulation {
namespace {

using Colour = std::uint64_t;
constexpr Colour kOfUsers = 1;

Colour mixed(Colour a, Colour b) {
  return base::splitmix((a ^ (b * base::kGolden)) + base::kGolden);
}

Colour mixed(Colour a, double b) {
  return mixed(a, std::bit_cast<Colour>(b));
}

template <class... Values>
Colour colour_of(Values... values) {
  Colour all = 0;
  ((all = mixed(all, values)), ...);
  return all;
}

Colour own_colour(const Station& s) {
  return colour_of(Colour{s.replicas}, Colour{s.servers}, Colour{s.queues_apart}, s.service.mean_s,
                   s.service.cv2, Colour{s.queue_limit}, static_cast<Colour>(s.discipline),
                   s.target_s, s.interval_s, Colour{s.drops_expired}, Colour{s.slots}, s.failing);
}

Colour own_colour(const Call& c) {
  const Colour retry = colour_of(Colour{c.retry.most}, c.retry.backoff_s, c.retry.backoff_most_s,
                                 Colour{c.retry.jitter}, c.retry.budget, c.retry.saved_s);
  const Colour cache = colour_of(c.cache.items, c.cache.hits, c.cache.full_at_start);
  return colour_of(c.per_request, c.part, c.timeout_s, retry, cache, Colour{c.is_needed},
                   Colour{c.waits}, c.failing, Colour{c.kind}, c.among);
}

}  // namespace

std::vector<std::span<const CallId>> choices_in(const Model& model, const Station& station) {
  std::vector<std::span<const CallId>> choices;
  const std::span<const CallId> calls = station.calls;
  for (std::size_t begin = 0; begin < calls.size();) {
    const std::size_t choice = model.calls[calls[begin]].choice;
    std::size_t end = begin + 1;
    while (choice != 0 && end < calls.size() && model.calls[calls[end]].choice == choice) {
      ++end;
    }
    choices.push_back(calls.subspan(begin, end - begin));
    begin = end;
  }
  return choices;
}

Colouring::Colouring(const Model& model) : model_(model), from_(model.calls.size(), kUsers) {
  for (const Station& station : model.stations) {
    own_.push_back(own_colour(station));
  }
  for (const Call& call : model.calls) {
    calls_.push_back(own_colour(call));
  }
  for (const StationId id : base::ids<StationId>(own_.size())) {
    for (const CallId call : model.stations[id].calls) {
      from_[call.index] = id.index;
    }
  }
  mark_alternatives();
  mark_sources();
  mark_changes();
  mark_what_is_watched();
}

void Colouring::mark(CallId call, Colour by) {
  calls_[call.index] = mixed(calls_[call.index], by);
}

void Colouring::mark(StationId station, Colour by) {
  own_[station.index] = mixed(own_[station.index], by);
}

/// It has a colour of its own.
void Colouring::set_apart(StationId station) {
  mark(station, mixed(kOfUsers, Colour{station.index}));
}

void Colouring::set_apart(CallId call) {
  mark(call, mixed(kOfUsers, Colour{call.index}));
  set_apart(model_.calls[call].to);
  if (from_[call.index] != kUsers) {
    set_apart(StationId(from_[call.index]));
  }
}

/// One is not another, though they are the same.
void Colouring::mark_alternatives() {
  for (const Station& station : model_.stations) {
    for (const auto choice : choices_in(model_, station)) {
      for (std::size_t i = 0; i < choice.size() && model_.calls[choice[i]].choice != 0; ++i) {
        mark(choice[i], i + 1);
      }
    }
  }
}

/// Those that come to one station are told apart, so that each brings its own.
void Colouring::mark_sources() {
  std::vector<Colour> come(own_.size());
  for (const Source& source : model_.sources) {
    mark(source.call, colour_of(++come[model_.calls[source.call].to.index], source.cv2));
    for (const RatePoint& point : source.rate) {
      mark(source.call, colour_of(point.at_s, point.per_s));
    }
  }
}

void Colouring::mark_changes() {
  for (const Change& change : model_.changes) {
    const Colour what = colour_of(change.at_s, static_cast<Colour>(change.quantity), change.value);
    const bool is_told = !change.cause.empty();
    if (is_of_call(change.quantity)) {
      const CallId call(change.subject);
      is_told ? set_apart(call) : mark(call, what);
    } else if (is_of_station(change.quantity)) {
      const StationId station(change.subject);
      is_told ? set_apart(station) : mark(station, what);
    }
  }
}

/// What is led, watched or told of by name; and what a call counts that is not linear in who makes it.
void Colouring::mark_what_is_watched() {
  for (const Autoscaler& scaler : model_.autoscalers) {
    set_apart(scaler.station);
  }
  for (const Router& router : model_.routers) {
    if (router.from.exists()) {
      set_apart(router.from);
    }
    for (const Router::Target& target : router.targets) {
      for (const auto& [call, rate] : target.calls) {
        set_apart(call);
      }
    }
  }
  for (const CallId id : base::ids<CallId>(calls_.size())) {
    const Call& call = model_.calls[id];
    if (call.breaker.share <= 1 || call.pool != kUnbounded) {
      set_apart(id);
    }
  }
}

bool Colouring::settle() {
  constexpr int kMostTimes = 8;
  for (int i = 0; i < kMostTimes && refine(); ++i) {
    count_calls();
    if (!part_what_is_mixed()) {
      return true;
    }
  }
  return false;
}

/// out  stable, and fewer colours than stations
bool Colouring::refine() {
  constexpr int kMostRounds = 64;
  colours_ = own_;
  std::size_t before = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    known_ = colours_;
    std::sort(known_.begin(), known_.end());
    known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
    if (known_.size() == before) {
      return true;
    }
    if (10 * known_.size() > 9 * colours_.size()) {
      return false;
    }
    before = known_.size();
    refine_once();
  }
  return false;
}

void Colouring::refine_once() {
  std::vector<Colour> come(colours_.size());
  for (const CallId call : base::ids<CallId>(calls_.size())) {
    come[model_.calls[call].to.index] += mixed(calls_[call.index], colour_from(call));
  }
  std::vector<Colour> next(colours_.size());
  for (std::size_t s = 0; s < next.size(); ++s) {
    Colour makes = colours_[s];
    for (const CallId call : model_.stations[StationId(s)].calls) {
      makes = mixed(makes, look_of(call));
    }
    next[s] = mixed(makes, come[s]);
  }
  colours_ = std::move(next);
}

Colouring::Colour Colouring::colour_from(CallId call) const {
  const std::size_t from = from_[call.index];
  return from == kUsers ? kOfUsers : colours_[from];
}

std::uint64_t Colouring::look_of(CallId call) const {
  return mixed(calls_[call.index], colours_[model_.calls[call].to.index]);
}

std::uint64_t Colouring::look_of(std::span<const CallId> choice) const {
  Colour look = choice.size();
  for (const CallId call : choice) {
    look = mixed(look, look_of(call));
  }
  return look;
}

/// A call as the one station that it goes to sees it.
Colouring::Colour Colouring::arrival_of(CallId call) const {
  return colour_of(calls_[call.index], colour_from(call), Colour{model_.calls[call].to.index});
}

void Colouring::count_calls() {
  arrivals_.clear();
  for (const CallId call : base::ids<CallId>(calls_.size())) {
    arrivals_.push_back(arrival_of(call));
  }
  std::sort(arrivals_.begin(), arrivals_.end());
}

double Colouring::callers_of(CallId call) const {
  const auto alike = std::equal_range(arrivals_.begin(), arrivals_.end(), arrival_of(call));
  return static_cast<double>(alike.second - alike.first);
}

std::size_t Colouring::rank_of(StationId station) const {
  const auto at = std::lower_bound(known_.begin(), known_.end(), colours_[station.index]);
  return static_cast<std::size_t>(at - known_.begin());
}

/// Only neighbouring calls can become one; and alternatives only where as many callers bring each.
/// out  something was parted
bool Colouring::part_what_is_mixed() {
  bool is_any = false;
  for (const StationId id : base::ids<StationId>(own_.size())) {
    const Choices choices = choices_in(model_, model_.stations[id]);
    const bool has_runs = has_twins_apart(choices);
    const bool is_uneven = has_uneven_choice(choices);
    if (has_runs) {
      part_runs(choices);
    }
    if (is_uneven) {
      set_apart(id);
    }
    is_any = is_any || has_runs || is_uneven;
  }
  return is_any;
}

void Colouring::part_runs(const Choices& choices) {
  std::vector<Colour> run(choices.size(), 1);
  for (std::size_t i = 1; i < choices.size(); ++i) {
    run[i] = run[i - 1] + (look_of(choices[i]) == look_of(choices[i - 1]) ? 0 : 1);
  }
  for (std::size_t i = 0; i < choices.size(); ++i) {
    for (const CallId call : choices[i]) {
      mark(call, run[i]);
    }
  }
}

bool Colouring::has_twins_apart(const Choices& choices) const {
  std::vector<Colour> looks;
  for (const auto choice : choices) {
    const Colour look = look_of(choice);
    if (looks.empty() || looks.back() != look) {
      looks.push_back(look);
    }
  }
  std::sort(looks.begin(), looks.end());
  return std::adjacent_find(looks.begin(), looks.end()) != looks.end();
}

bool Colouring::has_uneven_choice(const Choices& choices) const {
  return std::any_of(choices.begin(), choices.end(), [this](std::span<const CallId> choice) {
    return std::any_of(choice.begin(), choice.end(), [this, choice](CallId call) {
      return callers_of(call) != callers_of(choice.front());
    });
  });
}

}  // namespace outlast::engines::simulation
