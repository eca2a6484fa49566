#include "replay/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "base/units.h"
#include "blueprint/reached.h"
#include "failure/dependence.h"
#include "failure/reading.h"
#include "replay/strikes.h"

namespace outlast::replay {

using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Operations;

namespace {

/// What an own connection or a kept address put off, for a need that names fail.
std::string patience_text(const Need& need) {
  std::string out;
  if (need.pool.is_known() && need.pool->value > 0) {
    out += fmt::format("; connections live up to {} (pool)", base::format_duration(*need.pool));
  }
  if (need.ttl.is_known() && need.ttl->value > 0 && !need.via.exists()) {
    out += fmt::format("; its address was kept {} (ttl)", base::format_duration(*need.ttl));
  }
  return out;
}

/// What time of day it is then: who plays the same at another hour sees what it changed.
std::string clock_text(double at_s) {
  const auto minutes = std::lround(std::fmod(at_s, base::kSecondsPerDay) / 60);
  return fmt::format("; it is {:02}:{:02} UTC", minutes / 60 % 24, minutes % 60);
}

/// How fast a change reached all that it hits.
std::string spread_text(const incidents::Phase& phase) {
  const double reaches_s = phase.reaches ? phase.reaches->value : 0;
  std::string out =
      phase.fault == incidents::Fault::push && reaches_s > 0
          ? fmt::format("; it is everywhere within {}", base::format_duration({reaches_s}))
          : "";
  if (phase.redraw) {
    out += fmt::format("; drawn anew every {}: told is the mean of good and bad draws",
                       base::format_duration({phase.redraw->every.value}));
  }
  return out;
}

}  // namespace

std::string Causes::of(ComponentId id, Operations asked, double at_s) const {
  const Cause cause = cause_at(id, asked, at_s);
  return cause.text + cause.detail;
}

std::string Causes::root_of(ComponentId id, Operations asked) const {
  const double most = lost(id, asked).most_lost();
  if (most < kNoticed) {
    return "";
  }
  const double at_s = lost(id, asked).first(most >= kDown ? kDown : kNoticed);
  Cause cause = cause_at(id, asked, at_s);
  std::set<std::pair<ComponentId, Operations>> seen = {{id, asked}};
  while (cause.next.exists() && seen.insert({cause.next, cause.asked}).second) {
    const std::string& name = bp_[cause.next].name;
    // What a buffer hid began before it was felt, and may be over.
    const Timeline& theirs = lost(cause.next, cause.asked);
    const double then_s = theirs.lost_at(at_s) >= kNoticed ? at_s : theirs.first(kNoticed);
    Cause deeper = cause_at(cause.next, cause.asked, then_s);
    const bool names_it = deeper.next.exists() || deeper.text.starts_with("needs ");
    cause = {names_it ? deeper.text : name + ": " + deeper.text, "", deeper.next, deeper.asked};
  }
  return cause.text;
}

std::string Causes::on_the_way(const Need& need, ComponentId target, Operations asked,
                               double at_s) const {
  const incidents::Phase* phase = phase_on_the_way(need, target, asked, at_s);
  return phase == nullptr ? std::string() : phase->what;
}

/// The target that fails first tells it.
std::string Causes::unmet(const Beside& beside) const {
  const Need& need = *beside.need;
  ComponentId first;
  double first_s = std::numeric_limits<double>::infinity();
  bool is_on_the_way = false;
  for (const ComponentId target : need.any_of) {
    const double way_s = player_.on_the_way(need, target, beside.asked, staging_).first(kNoticed);
    const double own_s = lost(target, need.operations & beside.asked).first(kNoticed);
    if (std::min(way_s, own_s) < first_s) {
      first = target;
      first_s = std::min(way_s, own_s);
      is_on_the_way = way_s <= own_s;
    }
  }
  if (!first.exists()) {
    return "";
  }
  const std::string cause = is_on_the_way ? way_cause(need, first, beside.asked, first_s)
                                          : root_of(first, need.operations & beside.asked);
  const std::string& name = bp_[first].name;
  return cause.starts_with(name + ": ") || is_on_the_way
             ? fmt::format("{} does without: {}", bp_[need.from].name, cause)
             : fmt::format("{} does without {}: {}", bp_[need.from].name, name, cause);
}

/// What is down is so because of something that is, and so is a part: a smaller loss beside it is no
/// cause of that.
Causes::Cause Causes::cause_at(ComponentId id, Operations asked, double at_s) const {
  constexpr double kRounding = 1e-9;
  const double share = std::clamp(lost(id, asked).lost_at(at_s) - kRounding, kNoticed, kDown);
  if (Cause own = own_cause(id, asked, at_s, share); !own.text.empty()) {
    return own;
  }
  Cause struck = struck_cause(id, at_s);
  if (!struck.text.empty() && (share < kDown || too_few_are_left(id, at_s))) {
    return struck;
  }
  if (Cause cause = overload_cause(id, at_s, share); !cause.text.empty()) {
    return cause;
  }
  const Shortage shortage = player_.shortage(id, staging_);
  if (shortage.lost.lost_at(at_s) >= share) {
    return {fmt::format("the busy hours begin, and no more than {} replicas can be launched{}",
                        std::lround(shortage.standing),
                        shortage.is_assumed ? " (on a usual day, for none is stated)" : ""),
            clock_text(staging_.starts_at_s + at_s)};
  }
  // Where several small losses make a great one, any of them is a cause.
  for (const double least : {share, kNoticed}) {
    for (const blueprint::NeedId need : blueprint::all_needs(bp_[id])) {
      if (Cause cause = need_cause(bp_[need], asked, at_s, least); !cause.text.empty()) {
        return cause;
      }
    }
  }
  return struck.text.empty() ? Cause{"what it needs is not there"} : struck;
}

Causes::Cause Causes::own_cause(ComponentId id, Operations asked, double at_s, double share) const {
  const auto& phases = player_.incident().phases;
  for (const std::size_t at : player_.blows_at(id)) {
    const Blow& blow = player_.blows()[at];
    const auto& phase = phases[blow.phase];
    if (player_.counts(blow, staging_) && strikes_whole(bp_, phase, id, asked) &&
        Player::wave_of(player_.incident(), phase).lost_at(at_s) >= share) {
      return {phase.what, spread_text(phase)};
    }
  }
  return {};
}

bool Causes::is_struck(const Struck& struck, double at_s) const {
  const double begins_s = player_.incident().phases[struck.phase].at.value;
  return player_.counts(struck, staging_) && begins_s <= at_s &&
         at_s < begins_s + struck.down(staging_.luck);
}

Causes::Cause Causes::struck_cause(ComponentId id, double at_s) const {
  for (const std::size_t at : player_.struck_at(id)) {
    if (const Struck& struck = player_.struck()[at]; is_struck(struck, at_s)) {
      return {player_.incident().phases[struck.phase].what};
    }
  }
  return {};
}

/// A group that has enough replicas elsewhere is down by something else.
bool Causes::too_few_are_left(ComponentId id, double at_s) const {
  const blueprint::Component& c = bp_[id];
  std::set<std::size_t> gone;
  for (const std::size_t at : player_.struck_at(id)) {
    if (const Struck& struck = player_.struck()[at]; is_struck(struck, at_s)) {
      gone.insert(struck.replica);
    }
  }
  return c.redundancy != blueprint::Redundancy::active_active ||
         c.replicas.size() - gone.size() < failure::Reading().replicas_needed(c);
}

/// Of what load alone makes it lose, as long as its structure is good.
Causes::Cause Causes::overload_cause(ComponentId id, double at_s, double share) const {
  const auto over = played_.overloads.find(id);
  if (over == played_.overloads.end() || over->second.lost.lost_at(at_s) < share ||
      over->second.by_structure.lost_at(at_s) >= share) {
    return {};
  }
  const auto is_it = [&](const FullPart& part) { return part.component == id; };
  const auto& full = played_.full;
  const std::string what = "what is left does not carry the load";
  return full.empty() ? Cause{what}
         : std::any_of(full.begin(), full.end(), is_it)
             ? Cause{what + ": it is full"}
             : Cause{fmt::format("{}: {} is full", what, full.front().name)};
}

Causes::Cause Causes::need_cause(const Need& need, Operations asked, double at_s,
                                 double share) const {
  const Operations below = need.operations & asked;
  if (!failure::stops(need.strength) || below == 0 ||
      need.confidence == blueprint::Confidence::inferred) {
    return {};
  }
  for (const ComponentId target : need.any_of) {
    if (player_.on_the_way(need, target, asked, staging_).lost_at(at_s) >= share) {
      return {way_cause(need, target, asked, at_s), switch_text(need, asked, at_s)};
    }
    // A buffer hides when its cause began.
    const bool is_buffered = failure::is_buffered(need.strength);
    const Timeline& theirs = lost(target, below);
    const bool is_lost = is_buffered ? theirs.most_lost() >= share : theirs.lost_at(at_s) >= share;
    if (is_lost) {
      return {fmt::format("needs {}{}", bp_[target].name,
                          is_buffered ? fmt::format(", and lasted {} without (buffer)",
                                                    base::format_duration(need.buffer.value_or({})))
                                      : ""),
              switch_text(need, asked, at_s), target, below};
    }
  }
  return {};
}

/// What would lead elsewhere may be down as well, and users follow it as their addresses run out.
std::string Causes::switch_text(const Need& need, Operations asked, double at_s) const {
  if (!need.via.exists()) {
    return "";
  }
  if (lost(need.via, asked).lost_at(at_s) >= kDown) {
    return fmt::format("; {}, which switches, is down too", bp_[need.via].name);
  }
  return need.ttl.is_known() && need.ttl->value > 0
             ? fmt::format("; users follow a switch within {} (ttl)",
                           base::format_duration(*need.ttl))
             : "";
}

/// The phase that lasts at that moment; one whose addresses are kept longer, where none does.
const incidents::Phase* Causes::phase_on_the_way(const Need& need, ComponentId target,
                                                 Operations asked, double at_s) const {
  const incidents::Phase* cause = nullptr;
  for (const std::size_t at : player_.blows_at(target)) {
    const Blow& blow = player_.blows()[at];
    const auto& phase = player_.incident().phases[blow.phase];
    if (!player_.counts_on_the_way(blow, need, asked, staging_)) {
      continue;
    }
    const bool lasts =
        phase.at.value <= at_s && at_s < incidents::ending_of(player_.incident(), phase).until_s;
    cause = lasts || cause == nullptr ? &phase : cause;
    if (lasts) {
      break;
    }
  }
  return cause;
}

std::string Causes::way_cause(const Need& need, ComponentId target, Operations asked,
                              double at_s) const {
  const incidents::Phase* cause = phase_on_the_way(need, target, asked, at_s);
  const std::string who = "needs " + bp_[target].name;
  return cause == nullptr
             ? who
             : fmt::format("{}: {}{}", who, cause->what,
                           is_about_connections(*cause) ? patience_text(need) : std::string());
}

}  // namespace outlast::replay
