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
  /// The line of the span's first byte, from 1. Of JSON in one line, as Terraform prints a plan, the
  /// line that it would be in if it were written out: line 1 for all of it would tell nobody where.
  [[nodiscard]] std::size_t line_of(base::Span span);

 private:
  const base::Sources& sources_;
  std::map<std::size_t, std::vector<std::size_t>> ends_;  ///< of lines, by source
};

}  // namespace outlast::report
