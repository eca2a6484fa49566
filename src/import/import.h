#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/file_source.h"
#include "blueprint/draft.h"
#include "blueprint/remark.h"

namespace outlast::import {

/// One input file and what it was taken for.
struct Input {
  std::string path;
  std::string format;  ///< "blueprint", "terraform-plan", "cloudformation", …
  base::SourceId source;
};

struct Imported {
  blueprint::Draft draft;
  std::vector<Input> inputs;               ///< those of a supported format, in order
  std::vector<std::string> unsupported;    ///< files given that are of no supported format
  std::vector<blueprint::Remark> remarks;  ///< what formats with a place for them say to us
};

/// What is known beside the inputs.
struct Given {
  std::vector<std::string> parameters = {};  ///< NAME=VALUE each, for what inputs ask for
  /// What they are to be compared with: what has no name of its own is named as it is there.
  const blueprint::Draft* base = nullptr;
  std::string format = {};  ///< of all inputs but blueprints; empty: their content tells
};

/// Reads inputs into one draft. The format of each is told by its content.
///
/// in      paths       files, folders (every file below that may be of a supported format) and "-"
///                     for standard input, as the user gave them
/// errors  files that cannot be read, are no text, or are wrong inside: all to `diagnostics`;
///         a file of no supported format is a warning that says what it is, and is listed; one that
///         is named and not of the format it is said to be is an error
[[nodiscard]] Imported import_inputs(const std::vector<std::string>& paths,
                                     const base::FileSource& files, base::Sources& sources,
                                     base::Diagnostics& diagnostics,
                                     const base::DocumentLimits& limits = {},
                                     const Given& given = {});

}  // namespace outlast::import
