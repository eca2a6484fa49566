#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// How a change reaches users, and what a bad one has done before it is stopped.
namespace outlast::findings {

/// Where a bad change stops: at one end of what is not known.
struct ChangeReach {
  double reached = 0;   ///< mean share of the users it can hit that it reaches
  double everyone = 0;  ///< probability that it reaches all of them
  double harm_s = 0;    ///< mean of failed requests' share times how long
};

struct Change {
  std::string what;                  ///< component, or the artifact or channel that several share
  bool is_release = true;            ///< else a configuration that is no part of one
  std::string strategy;              ///< empty: not known
  std::vector<double> steps;         ///< shares reached before everyone
  double users = 0;                  ///< share of all users that one which reaches everyone hits
  bool is_watched = false;           ///< by something that stops it
  std::vector<std::string> unknown;  ///< what nobody stated and the ends differ in
  ChangeReach best;
  ChangeReach worst;
  std::optional<double> bad_per_year;      ///< absent where nobody says how often changes are made
  std::optional<double> minutes_per_year;  ///< of all users, at the worst end
};

}  // namespace outlast::findings
