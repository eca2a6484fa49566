#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "import/desk.h"

namespace outlast::import {

/// A format: how it is recognised, and who reads it. Adding one touches no other.
struct Format {
  using Read = void(base::Node root, blueprint::Draft& draft, base::Diagnostics& diagnostics);
  using ReadTogether = void(const std::vector<InputDocument>& documents, Desk& desk);

  std::string_view name;
  bool (*recognise)(base::Node root);
  Read* read = nullptr;  ///< each document by itself
  /// Or all documents of all inputs at once, for they refer to each other; after those that are
  /// read by themselves, in the order of this list.
  ReadTogether* read_together = nullptr;
  bool yields = false;  ///< is read after all others, for they know more of the same things
};

/// Terraform's own files, which are no documents: told by name, or by how they are written.
inline constexpr std::string_view kTerraform = "terraform";

/// The formats of documents, in the order in which they are tried.
[[nodiscard]] std::span<const Format> formats();

/// Is `format` read where the user says that all is `only`? Blueprints and overlays say themselves
/// what they are, and stand beside whatever they are about.
[[nodiscard]] bool is_read_as(std::string_view format, std::string_view only);

/// The first format that a document is recognised as, of those that are read; null: none.
/// in  only  what the user says it is; empty: any
[[nodiscard]] const Format* format_of(base::Node root, std::string_view only);

/// Is there a format of this name? Else that is told.
[[nodiscard]] bool check_format(std::string_view name, base::Diagnostics& diagnostics);

}  // namespace outlast::import
