#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/evaluation.h"
#include "report/report.h"

namespace outlast::report {

/// What answers about load over time have in common: lines in the reader's language, rows with a
/// head, charts, and what was taken to be so.
class Frame {
 public:
  explicit Frame(const TextStyle& style) : style_(style) {}

  void line(const std::string& text);
  void heading(const std::string& text) { line(painted(text, "1")); }
  void row(std::string_view head, const std::string& text);
  /// A line of blocks behind a name, as high as its part of `most`.
  void chart(std::string_view head, const std::vector<double>& track, double most,
             const std::string& unit);
  /// Under the charts: how long they are.
  void axis(double end_s);
  void assumptions(const std::vector<blueprint::Assumption>& all);

  [[nodiscard]] std::string painted(const std::string& text, std::string_view code) const;
  [[nodiscard]] std::string painted(findings::Verdict verdict) const;
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const TextStyle& style_;
  std::string out_;
};

}  // namespace outlast::report
