#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "base/source.h"
#include "mef/model.h"

namespace outlast::mef {

inline constexpr double kHoursAYear = 8760;

/// What a model takes beside its files.
struct ReadOptions {
  double mission_time = kHoursAYear;  ///< hours, or whatever the model's rates are per
  std::vector<std::string> tops{};    ///< gates asked about; empty: every gate that no other uses
  std::size_t most_bytes = std::size_t{256} << 20;  ///< of one file
};

/// Reads a model in the Open-PSA Model Exchange Format; several files make one.
///
/// in      paths  as the user gave them; "-" is standard input
/// out     nothing where something is wrong
/// cost    linear in the bytes
/// errors  all to `diagnostics`, OUT-E1500 … E1521, those of all files at once: files that cannot
///         be read, no XML, what is undefined, defined twice, needs itself or is not supported,
///         probabilities outside [0, 1]; a warning OUT-E1521 where units of time are mixed
/// source  Open-PSA Model Exchange Format 2.0d (2017)
[[nodiscard]] std::optional<Model> read_model(const std::vector<std::string>& paths,
                                              const base::FileSource& files,
                                              const ReadOptions& options, base::Sources& sources,
                                              base::Diagnostics& diagnostics);

}  // namespace outlast::mef
