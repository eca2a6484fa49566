#pragma once

#include <string>
#include <vector>

#include "base/source.h"

namespace outlast::blueprint {

/// Something an input says to outlast itself, beside the architecture: a tag or a comment.
struct Remark {
  enum class Kind { tag, comment };
  Kind kind = Kind::comment;
  std::string text;                    ///< what stands behind the mark
  std::vector<std::string> addresses;  ///< without indexes; what it is attached to; may be empty
  base::Span span;
};

}  // namespace outlast::blueprint
