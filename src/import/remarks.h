#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "blueprint/draft.h"
#include "blueprint/remark.h"
#include "import/import.h"

namespace outlast::import {

/// A part of a text that a comment can belong to.
struct Place {
  std::string address;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Comment {
  std::string_view text;
  base::Span span;
  bool is_alone = false;  ///< its line holds nothing else
};

/// Adds a comment that begins with the mark `outlast:`: it belongs to the place whose first line
/// comes next after it, if it stands alone, else to the innermost place it stands in. The same
/// comment under another address is one remark of both.
void add_comment(const Comment& comment, std::string_view file, const std::vector<Place>& places,
                 std::vector<blueprint::Remark>& remarks);

/// Tags and labels called `outlast-ignore`, or so with a further word (`outlast-ignore-2`), and
/// annotations of Kubernetes: `ignore.outlast.dev/OUT-A001: reason`.
[[nodiscard]] std::vector<blueprint::Remark> remarks_of_tags(const blueprint::Draft& draft);

/// Comments of YAML: of blueprints and overlays, where the addresses are the components' keys, and
/// of infrastructure files, where they are those of the resources.
[[nodiscard]] std::vector<blueprint::Remark> remarks_of_comments(const blueprint::Draft& draft,
                                                                 const std::vector<Input>& inputs,
                                                                 const base::Sources& sources);

}  // namespace outlast::import
