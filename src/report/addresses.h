#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace outlast::report {

/// A path as a URI reference: relative to `folder` where it lies below it, one spelling for one
/// file, and percent-encoded (RFC 3986). An absolute path outside of `folder` becomes a file URI.
[[nodiscard]] std::string uri_of(std::string_view path, std::string_view folder);

/// Lines of many places of the same texts, in one pass over each text.
class LineFinder {
 public:
  explicit LineFinder(const base::Sources& sources) : sources_(sources) {}
  [[nodiscard]] const base::Sources& sources() const { return sources_; }
  /// The line of the span's first byte, from 1.
  [[nodiscard]] std::size_t line_of(base::Span span);

 private:
  const base::Sources& sources_;
  std::map<std::size_t, std::vector<std::size_t>> ends_;  ///< of lines, by source
};

}  // namespace outlast::report
