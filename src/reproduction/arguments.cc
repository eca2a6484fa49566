#include "reproduction/arguments.h"

namespace outlast::reproduction {
namespace {

constexpr Argument kBadDraw[] = {{"every"},
                                 {"upgrade", Unit::rate},
                                 {"size", Unit::number},
                                 {"limit", Unit::number},
                                 {"checked", Unit::flag, false}};
constexpr Argument kAllDrawsBad[] = {{"every"}, {"upgrade", Unit::rate}};
constexpr Argument kNextDraw[] = {{"every"}};
constexpr Argument kChannel[] = {{"propagates"},
                                 {"steps", Unit::share, false},
                                 {"bake", Unit::seconds, false},
                                 {"activation", Unit::seconds, false},
                                 {"watched", Unit::flag, false},
                                 {"requests", Unit::number, false},
                                 {"hit", Unit::share, false},
                                 // Only what goes back needs these three.
                                 {"notice", Unit::seconds, false},
                                 {"revert", Unit::seconds, false},
                                 {"validated", Unit::flag, false}};
constexpr Argument kExpires[] = {{"after"}};
constexpr Argument kProbes[] = {{"every"}, {"times", Unit::number}};
constexpr Argument kWorksOff[] = {
    {"rate", Unit::rate}, {"gives_up", Unit::seconds, false}, {"admits", Unit::flag, false}};
constexpr Argument kCatchesUp[] = {{"spare", Unit::number}};

}  // namespace

std::span<const Argument> arguments_of(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::bad_draw:
      return kBadDraw;
    case Mechanism::all_draws_bad:
      return kAllDrawsBad;
    case Mechanism::next_draw:
      return kNextDraw;
    case Mechanism::first_reached:
    case Mechanism::all_reached:
      return std::span(kChannel).first(std::size(kChannel) - 3);
    case Mechanism::goes_back:
      return kChannel;
    case Mechanism::expires:
      return kExpires;
    case Mechanism::probes:
      return kProbes;
    case Mechanism::works_off:
      return kWorksOff;
    case Mechanism::catches_up:
      return kCatchesUp;
    case Mechanism::decided:
    case Mechanism::earliest:
      return {};
  }
  return {};
}

}  // namespace outlast::reproduction
