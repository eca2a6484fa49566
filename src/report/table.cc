#include "report/table.h"

#include <algorithm>

#include "base/quoted_line.h"

namespace outlast::report {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kLeastLastColumn = 24;

std::string padded(const Cell& cell, std::size_t width) {
  const std::string& shown = cell.painted.empty() ? cell.plain : cell.painted;
  const std::size_t used = base::count_cells(cell.plain);
  return shown + std::string(width > used ? width - used : 0, ' ');
}

/// Breaks at spaces; a word that is too long stands alone.
std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const bool is_first = lines.back().empty();
    if (!is_first && base::count_cells(lines.back()) + 1 + base::count_cells(word) > width) {
      lines.push_back(word);
    } else {
      lines.back() += (is_first ? "" : " ") + word;
    }
    begin = end + 1;
  }
  return lines;
}

void trim_end(std::string& text) {
  text.erase(text.find_last_not_of(' ') + 1);
}

}  // namespace

Table::Table(std::vector<std::string> heads, const words::Phrasebook* book)
    : heads_(std::move(heads)), book_(book) {
  if (book_ != nullptr) {
    for (std::string& head : heads_) {
      head = book_->say(head);
    }
  }
}

void Table::add(std::vector<Cell> row) {
  if (book_ != nullptr) {
    for (Cell& cell : row) {
      cell = {book_->say(cell.plain), book_->say(cell.painted)};
    }
  }
  rows_.push_back(std::move(row));
}

std::string Table::text(std::size_t width,
                        const std::function<std::string(const std::string&)>& paint_head) const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < heads_.size(); ++c) {
    std::size_t widest = base::count_cells(heads_[c]);
    for (const auto& row : rows_) {
      widest = std::max(widest, base::count_cells(row[c].plain));
    }
    widths.push_back(widest);
  }
  const std::size_t last = heads_.size() - 1;
  std::size_t before_last = 0;
  for (std::size_t c = 0; c < last; ++c) {
    before_last += widths[c] + kGap;
  }
  const std::size_t room =
      width > before_last + kLeastLastColumn ? width - before_last : kLeastLastColumn;

  std::string head;
  for (std::size_t c = 0; c < heads_.size(); ++c) {
    head += padded({heads_[c]}, c == last ? 0 : widths[c] + kGap);
  }
  std::string out = paint_head(head) + "\n";
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < last; ++c) {
      line += padded(row[c], widths[c] + kGap);
    }
    const auto lines = wrapped(row[last].plain, room);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string whole = (i == 0 ? line : std::string(before_last, ' ')) + lines[i];
      trim_end(whole);
      out += whole + "\n";
    }
  }
  return out;
}

}  // namespace outlast::report
