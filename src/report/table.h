#pragma once

#include <functional>
#include <string>
#include <vector>

#include "words/phrasebook.h"

namespace outlast::report {

/// Text of a cell, and the same with colours where it has some.
struct Cell {
  std::string plain;
  std::string painted = {};
};

/// Columns as wide as their widest cell; the last one is wrapped to what is left of the width.
class Table {
 public:
  /// in  book  of the language that heads and cells are said in; null: as they are
  explicit Table(std::vector<std::string> heads, const words::Phrasebook* book = nullptr);
  void add(std::vector<Cell> row);

  /// in  paint_head  how a head is painted, after it was padded
  [[nodiscard]] std::string text(
      std::size_t width, const std::function<std::string(const std::string&)>& paint_head) const;

 private:
  std::vector<std::string> heads_;
  const words::Phrasebook* book_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace outlast::report
