#pragma once

#include <span>
#include <vector>

namespace outlast::engines::faulttree {

/// How much one event matters, p its probability, P that of the gate, P1 and P0 that of the gate
/// where the event has surely happened, or surely not.
struct Importance {
  double birnbaum = 0;        ///< P1 − P0
  double criticality = 0;     ///< p (P1 − P0) / P: the event happened, and decides
  double fussell_vesely = 0;  ///< (P − P0) / P: what goes where the event cannot happen
  double diagnosis = 0;       ///< p P1 / P: the event happened, given that the gate is true
  double raw = 1;             ///< risk achievement worth, P1 / P; infinite where only P is 0
  double rrw = 1;             ///< risk reduction worth, P / P0; infinite where P0 is 0
};

/// in      gate      P; where it is 0 only `birnbaum` and `raw` say anything
///         birnbaum  by variable
/// source  Birnbaum 1969; NUREG/CR-3385 (1983). With independent events criticality and
///         Fussell–Vesely so defined are one number, reached in two ways
[[nodiscard]] std::vector<Importance> importances(double gate, std::span<const double> p,
                                                  std::span<const double> birnbaum);

}  // namespace outlast::engines::faulttree
