#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/source.h"
#include "blueprint/vocabulary.h"
#include "incidents/incident.h"

/// Known outcomes of real architectures, and how well replays tell them.
namespace outlast::backtest {

/// What became of a function of users: at least 99 % of requests served or at most five minutes
/// lost; a part of users or requests; most of them, for longer.
enum class Fell { stood, partly, down };

/// What became of data: none of it was lost, some, all that a store held.
enum class Data { none, some, all };

struct Function {
  std::string journey;
  Fell fell = Fell::stood;
  /// How long, at least and at most; the second may be infinite.
  std::optional<std::pair<double, double>> lost_s;
  std::string source;  ///< key of `Case::sources`
  /// What it takes to tell it is known from the outcome alone (`I` in `x-source`): not scored.
  bool is_inferred = false;
};

/// One architecture on one day.
struct Case {
  std::string id;
  std::string title;
  std::string incident;
  std::map<std::string, std::string> as_if;  ///< roles that are someone else's: {facility: …}
  std::string grade;  ///< A: the owner's own report with architecture and times; B: a part of it
  std::string lesson;
  std::map<std::string, incidents::Citation> sources;
  std::vector<Function> functions;
  std::optional<Data> data;  ///< absent: the sources do not tell
  std::string declared;      ///< blueprint of what was known before
  std::string revealed;      ///< overlay of what the report told; empty: nothing more
};

/// errors  all of a case's mistakes, with their places; then absent
[[nodiscard]] std::optional<Case> read_case(base::Node root, base::Diagnostics& diagnostics);

}  // namespace outlast::backtest

namespace outlast::blueprint {

template <>
inline constexpr auto kNames<backtest::Fell> =
    std::to_array<std::string_view>({"stood", "partly", "down"});
template <>
inline constexpr auto kNames<backtest::Data> =
    std::to_array<std::string_view>({"none", "some", "all"});

}  // namespace outlast::blueprint
