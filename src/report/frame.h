#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/evaluation.h"
#include "report/report.h"
#include "report/table.h"

namespace outlast::report {

/// What answers for people have in common: lines in the reader's language, titles, rows with a head,
/// tables, charts, and what was taken to be so.
class Frame {
 public:
  explicit Frame(const TextStyle& style) : style_(style) {}

  void line(std::string_view text) { out_ += style_.said(text) + "\n"; }
  /// Further in by two cells a level.
  void line(std::size_t level, const std::string& text);
  void heading(std::string_view text) { line(painted(text, "1")); }
  /// Above what comes next, behind an empty line.
  void title(std::string_view text);
  void row(std::string_view head, const std::string& text);
  /// in  ink  of its heads
  void table(const Table& table, std::string_view ink);
  /// A line of blocks behind a name, as high as its part of `most`.
  void chart(std::string_view head, const std::vector<double>& track, double most,
             const std::string& unit);
  /// Under the charts: how long they are.
  void axis(double end_s);
  void assumptions(const std::vector<blueprint::Assumption>& all);

  [[nodiscard]] std::string painted(std::string_view text, std::string_view code) const {
    return style_.painted(text, code);
  }
  [[nodiscard]] std::string painted(findings::Verdict verdict) const;
  [[nodiscard]] std::string take() { return std::move(out_); }

 protected:
  [[nodiscard]] const TextStyle& style() const { return style_; }

 private:
  const TextStyle& style_;
  std::string out_;
};

}  // namespace outlast::report
