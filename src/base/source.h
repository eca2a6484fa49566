#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace outlast::base {

using SourceId = Id<struct SourceTag>;

/// A half-open range of bytes of one input; an empty range marks a point.
struct Span {
  SourceId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool exists() const { return source.exists(); }
};

/// Line and column of a byte, both counted from 1; the column counts code points.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// The texts of all inputs of a run, so that a span can be shown long after reading.
/// Texts are UTF-8 (converted when read) and never move.
class Sources {
 public:
  SourceId add(std::string path, std::string text, std::string sha256);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] const std::string& path(SourceId id) const { return files_[id.index].path; }
  [[nodiscard]] const std::string& text(SourceId id) const { return files_[id.index].text; }
  /// Of the bytes as they were on disk, before any conversion.
  [[nodiscard]] const std::string& sha256(SourceId id) const { return files_[id.index].sha256; }

  /// cost: linear in the offset
  [[nodiscard]] Position position(SourceId id, std::size_t offset) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::string sha256;
  };
  std::deque<File> files_;
};

/// Where one is after reading `text` from a position:
/// positions in rising order cost one pass over the text together.
[[nodiscard]] Position advance(Position from, std::string_view text);

}  // namespace outlast::base
