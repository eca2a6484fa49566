#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backtest/case.h"
#include "base/diagnostics.h"
#include "base/file_source.h"
#include "base/source.h"

namespace outlast::backtest {

/// What a replay tells of a function. Nothing is told where what is not known decides.
struct Told {
  std::optional<Fell> fell;
  double lost_s = 0;   ///< down, or of what fell partly the time in which something was lost
  double least_s = 0;  ///< the same where what is uncertain turns out well, and badly
  double most_s = 0;
};

/// What three simple rules tell: always down; down where anything of the architecture is at the
/// provider that failed; down where the entry, or what it needs outright, is hit.
struct Baselines {
  Fell always = Fell::down;
  Fell anywhere = Fell::stood;
  Fell one_hop = Fell::stood;
};

struct Result {
  std::string id;
  std::string incident;
  std::string grade;
  Function seen;
  Told declared;
  Told revealed;
  /// What the rules tell of the same architecture, as declared and as revealed: a rule knows no more
  /// than what it is held against.
  Baselines simple_declared;
  Baselines simple_revealed;
};

/// How many were told right; and of those with a time that was seen, how many times lie in it.
struct Score {
  std::size_t functions = 0;
  std::size_t right = 0;
  std::size_t not_known = 0;  ///< never right, and not told otherwise either
  std::size_t timed = 0;
  std::size_t meets =
      0;  ///< what is told, between its ends, has a time in common with what was seen
  std::size_t in_time = 0;  ///< its middle lies in it
  /// By how much the middle is off what was seen (1: not at all), of those told right that have one.
  std::vector<double> factors;
};

/// Functions of one incident that fell unequally deep, two by two: in so many pairs it is told which fell
/// deeper.
struct Ranking {
  std::size_t pairs = 0;
  std::size_t ordered = 0;
};

/// What became of the data of a case; not known, where what is told of it is neither.
struct DataResult {
  std::string id;
  Data seen = Data::none;
  std::optional<Data> declared;
  std::optional<Data> revealed;
};

struct Backtest {
  std::vector<Result> results;
  std::vector<DataResult> data;  ///< of cases whose sources tell it
  Ranking ranked_declared;
  Ranking ranked_revealed;
  Score declared;
  Score revealed;
  Score always;
  Score anywhere_declared;
  Score one_hop_declared;
  Score anywhere_revealed;
  Score one_hop_revealed;
};

/// Replays every case twice, as declared and as revealed.
///
/// in      paths  files or folders of cases
/// out     in the order of the files
/// errors  cases that are wrong, to `diagnostics`; then absent
[[nodiscard]] std::optional<Backtest> run_backtest(const std::vector<std::string>& paths,
                                                   const base::FileSource& files,
                                                   base::Sources& sources,
                                                   base::Diagnostics& diagnostics);

[[nodiscard]] std::string backtest_text(const Backtest& backtest);
[[nodiscard]] std::string backtest_json(const Backtest& backtest);

}  // namespace outlast::backtest
