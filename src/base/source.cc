#include "base/source.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace outlast::base {

SourceId Sources::add(std::string path, std::string text, std::string sha256) {
  files_.push_back({std::move(path), std::move(text), std::move(sha256)});
  return SourceId(files_.size() - 1);
}

Position Sources::position(SourceId id, std::size_t offset) const {
  const std::string_view all = text(id);
  return advance(Position(), all.substr(0, std::min(offset, all.size())));
}

// Only the last line matters for the column, so code points are counted in that one alone.
Position advance(Position from, std::string_view text) {
  std::size_t line_begin = 0;
  for (std::size_t found = text.find('\n'); found != std::string_view::npos;
       found = text.find('\n', line_begin)) {
    line_begin = found + 1;
    from = {from.line + 1, 1};
  }
  from.column += count_code_points(text.substr(line_begin));
  return from;
}

}  // namespace outlast::base
