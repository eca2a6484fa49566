#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/file_source.h"
#include "blueprint/draft.h"
#include "blueprint/remark.h"

namespace outlast::import {

/// A value that the user gives for a parameter or variable of an input: `--param NAME=VALUE`.
struct Parameter {
  std::string name;
  std::string value;
  bool is_used = false;  ///< an input has a parameter of this name
};

/// One document of a format, and the file it stands in.
struct InputDocument {
  std::string path;
  base::Node root;
};

/// What readers work with that are given all documents of their format together, because these
/// name each other or further files.
struct Desk {
  const base::FileSource& files;
  base::Sources& sources;
  base::Diagnostics& diagnostics;
  const base::DocumentLimits& limits;
  std::vector<Parameter>& parameters;
  blueprint::Draft& draft;
  std::vector<blueprint::Remark>& remarks;
  const blueprint::Draft* base;  ///< what this is compared with, read before; null: nothing
};

/// The folder part of a path with its slash; empty where there is none.
[[nodiscard]] std::string folder_of(const std::string& path);

/// `local` as seen from `folder` (with its slash, or empty): "a/b/" and "../c" → "a/c"; absolute
/// paths stay, and so do leading "..".
[[nodiscard]] std::string path_below(const std::string& folder, std::string_view local);

/// Reads one more file that an input names, as YAML or JSON; its documents live in the draft.
/// Null, and told, if it cannot be read or is wrong; `named_at` is where it is named.
[[nodiscard]] base::Node read_named_file(Desk& desk, const std::string& path, base::Span named_at);

/// Finds secrets in what a reader has made of an input: their places are told by lines, for the
/// input's own pointers lead elsewhere.
void find_secrets_by_line(base::Node value, const blueprint::Evidence& evidence, Desk& desk,
                          std::string_view name = "");

/// An entry { id, reason, until } that hides a finding, as the remark a comment would be.
[[nodiscard]] blueprint::Remark remark_of_ignore(const std::string& address, base::Node entry);

}  // namespace outlast::import
