#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source.h"

namespace outlast::base {

enum class DiagnosticSeverity { error, warning, note };

/// One thing to tell the user about an input, with its place and a remedy.
struct Diagnostic {
  DiagnosticSeverity severity = DiagnosticSeverity::error;
  std::string code;     ///< stable: "OUT-E1203"
  Span span;            ///< may be absent, for a file that could not be opened
  std::string message;  ///< what is wrong, in one sentence
  std::string help;     ///< what to do about it; may be empty
  std::vector<std::string> notes = {};
};

/// Collects what is wrong with the inputs, so that all of it is told at once.
/// Repeats of the same code at the same place with the same message are dropped.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  void error(std::string code, Span span, std::string message, std::string help = "");
  void warning(std::string code, Span span, std::string message, std::string help = "");

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }

 private:
  std::vector<Diagnostic> items_;
  std::unordered_multimap<std::size_t, std::size_t> known_;  ///< hash to index in items_
  std::size_t errors_ = 0;
};

struct DiagnosticStyle {
  bool color = false;
  std::size_t width = 100;     ///< the quoted line is cut around the span to fit
  std::size_t max_shown = 20;  ///< the rest is counted
};

/// All diagnostics as text: place, message, the quoted line with carets, remedy.
///
/// out     input order, errors and warnings together, one empty line between two
/// assumes string values other than the marked one may be secrets: they are masked
[[nodiscard]] std::string render(const Diagnostics& diagnostics, const Sources& sources,
                                 const DiagnosticStyle& style = {});

}  // namespace outlast::base
