#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/blueprint.h"
#include "blueprint/own_prices.h"
#include "blueprint/remark.h"
#include "findings/comparison.h"
#include "findings/evaluation.h"
#include "import/import.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

struct Options {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  std::string source_folder = {};            ///< of the Terraform files behind a plan; empty: none
  std::string history = {};                  ///< file of the owners' own failures; empty: none
  std::string prices = {};                   ///< file of the owners' own prices; empty: none
  std::vector<std::string> parameters = {};  ///< NAME=VALUE, for what inputs ask for
  std::string format = {};                   ///< of all inputs but blueprints; empty: it is told
  const blueprint::Draft* base = nullptr;    ///< what it is compared with; null: nothing
  std::vector<findings::Rename> renames = {};  ///< names that are read as others
  std::optional<base::Date> as_of = {};        ///< ends of support; else the catalog's own day
  std::optional<double> asked_of_year =
      {};  ///< how probable one is to be that meets all objectives
  /// What is there and what it costs, and no more: for who asks a question of another kind. What the
  /// owners' own records change is still told.
  bool reads_only = false;
  bool tries_fixes = true;  ///< apply the top findings' remedies and evaluate again
  /// Told the name of every pass when it starts; may be empty.
  std::function<void(std::string_view pass)> on_pass = {};
};

/// Everything a run found out; what report prints.
struct Evaluation {
  std::vector<import::Input> inputs;
  std::vector<std::string> unsupported;  ///< inputs of no supported format
  base::Sources sources;
  base::Diagnostics diagnostics;
  std::optional<blueprint::Blueprint> blueprint;  ///< absent where an input is wrong
  blueprint::Draft draft;                         ///< as it was validated
  std::vector<blueprint::OwnRecord> records;      ///< of the history
  blueprint::OwnPrices own_prices;
  findings::Analysis analysis;
  Workings workings;  ///< of that analysis
  std::vector<findings::Fix> fixes;
  std::vector<blueprint::Remark> remarks;  ///< of tags and comments, for the gate
  std::vector<findings::Rename> renames;   ///< by which it was read
  std::uint64_t seed = 1;
};

/// From inputs to answers: the one way there is.
///
/// in      paths    as the user gave them
///         sources  what was read before, kept so that all places are of one collection
/// errors  all to `diagnostics` of the result; then there is no blueprint and no analysis
[[nodiscard]] Evaluation evaluate(const std::vector<std::string>& paths,
                                  const base::FileSource& files, const Options& options,
                                  base::Sources sources = {});

/// Tries the remedies of these findings, as `evaluate` tries those of all: where some are ignored,
/// what only they ask for takes no part in any fix.
///
/// in      told     by finding: is it told?
///         options  of the evaluation
/// out     `fixes` of the evaluation
void try_fixes_of(const std::vector<bool>& told, const Options& options, Evaluation& evaluation);

}  // namespace outlast::pipeline
