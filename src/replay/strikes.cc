#include "replay/strikes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Operations;
using incidents::Fault;
using incidents::Operation;
using incidents::Phase;
using incidents::Plane;

namespace {

constexpr std::array kChanges = {Operation::launch, Operation::scale, Operation::config};

bool is_about(const Phase& phase, Operation operation) {
  const auto& all = phase.match.operations;
  return std::find(all.begin(), all.end(), operation) != all.end();
}

/// Machines, containers or functions.
bool is_about_launching(const Phase& phase) {
  return is_about(phase, Operation::launch) || is_about(phase, Operation::scale);
}

Operations bit_of(const Blueprint& bp, Operation operation) {
  return bp.operation_called(blueprint::name_of(operation));
}

Operations bits_of_changes(const Blueprint& bp) {
  Operations bits = 0;
  for (const Operation change : kChanges) {
    bits |= bit_of(bp, change);
  }
  return bits;
}

/// Are operations listed one by one, instead of all, or all but some? A list never has the last bit,
/// unless a blueprint names as many as there can be.
bool is_listed(Operations asked) {
  return (asked >> (blueprint::kMostOperations - 1)) == 0;
}

/// Does it ask for nothing but changes?
bool asks_only_for_changes(const Blueprint& bp, Operations asked) {
  return is_listed(asked) && (asked & ~bits_of_changes(bp)) == 0;
}

/// Sign-in itself, or a credential that is renewed before it ends.
bool is_for_credentials(const Need& need) {
  return need.strength == blueprint::Strength::auth ||
         need.strength == blueprint::Strength::refresh;
}

/// Does a need name one of these itself?
bool names(const Blueprint& bp, const Need& need, Operations asked,
           std::initializer_list<std::string_view> words) {
  return need.operations != blueprint::kAllOperations &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return (need.operations & asked & bp.operation_called(word)) != 0;
         });
}

/// A queue or a stream has what it holds taken out for who works on it.
bool hands_on_work(const Blueprint& bp, const Need& need) {
  return bp[need.from].kind == blueprint::Kind::messaging;
}

/// Who needs a service that signs people in may ask it for that, or only for keys to check tokens by.
bool may_be_for_sign_in(const Phase& phase, const Need& need) {
  return phase.match.operations == std::vector{Operation::auth} &&
         phase.match.plane == Plane::data && need.operations == blueprint::kAllOperations &&
         need.kind == blueprint::EdgeKind::service;
}

/// The operations of a provider that a list names.
std::vector<std::string_view> words_in(const Blueprint& bp, Operations asked) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; is_listed(asked) && i < blueprint::kNames<Operation>.size(); ++i) {
    if ((asked & bit_of(bp, static_cast<Operation>(i))) != 0) {
      words.push_back(blueprint::kNames<Operation>[i]);
    }
  }
  return words;
}

}  // namespace

std::string asked_text(const Blueprint& bp, Operations asked) {
  return fmt::format("{}", fmt::join(words_in(bp, asked), ", "));
}

bool is_for_sign_in(const Blueprint& bp, const Need& need, Operations asked) {
  return is_for_credentials(need) || names(bp, need, asked, {"auth", "login", "sign_in"});
}

bool is_about_connections(const Phase& phase) {
  const bool is_so_by_kind = phase.fault == Fault::unresolve || phase.fault == Fault::invalidate;
  return is_about(phase, Operation::connect_new) ||
         (is_so_by_kind && phase.match.operations.empty());
}

bool is_deletion(const Phase& phase) {
  return phase.fault == Fault::destroy && phase.match.place.empty();
}

bool stops_launches(const Phase& phase) {
  return phase.match.plane == Plane::control &&
         (phase.match.operations.empty() || is_about_launching(phase));
}

bool strikes_whole(const Blueprint& bp, const Phase& phase, ComponentId id, Operations asked) {
  if (phase.match.plane != Plane::data || is_about_connections(phase) || is_deletion(phase)) {
    return false;
  }
  // A function is launched as requests come: what fails to launch is a request that fails.
  if (is_about_launching(phase)) {
    return bp[id].service_model == blueprint::ServiceModel::faas;
  }
  if (phase.match.operations.empty()) {
    return !asks_only_for_changes(bp, asked);
  }
  // Who cannot list cannot read; sign-in and changes are a matter of the way (`strikes_way`).
  const bool reads = is_about(phase, Operation::read) || is_about(phase, Operation::list);
  const bool writes = is_about(phase, Operation::write);
  const Operations hit = (reads ? bit_of(bp, Operation::read) : 0) |
                         (writes ? bit_of(bp, Operation::write) : 0) |
                         (is_about(phase, Operation::list) ? bit_of(bp, Operation::list) : 0);
  const bool names_none = is_listed(asked) && words_in(bp, asked).empty();
  return (hit & asked) != 0 || ((reads || writes) && names_none);
}

Exposure strikes_way(const Blueprint& bp, const Phase& phase, const Need& need, Operations asked) {
  const bool is_of_changes = phase.match.plane == Plane::control && phase.match.operations.empty();
  const bool is_hit =
      is_about_connections(phase) ||
      (is_about(phase, Operation::poll) && hands_on_work(bp, need)) ||
      (is_about(phase, Operation::auth) && is_for_sign_in(bp, need, asked)) ||
      ((is_about_launching(phase) || is_of_changes) &&
       names(bp, need, asked, {"launch", "scale"})) ||
      ((is_about(phase, Operation::config) || is_of_changes) && names(bp, need, asked, {"config"}));
  return is_hit                            ? Exposure::hit
         : may_be_for_sign_in(phase, need) ? Exposure::unknown
                                           : Exposure::spared;
}

}  // namespace outlast::replay
