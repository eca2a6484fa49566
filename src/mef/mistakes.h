#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"

namespace outlast::mef {

/// What was probably meant; where nothing is near, `otherwise`.
[[nodiscard]] std::string suggest_or(std::string_view written,
                                     std::span<const std::string_view> known,
                                     std::string otherwise);

/// What is wrong with a model. Of each kind the first kMostKept are told and the rest counted: a
/// generated file of a million mistakes must not take gigabytes to refuse.
class Mistakes {
 public:
  static constexpr std::size_t kMostKept = 20;

  void add(base::Diagnostic diagnostic);
  void error(std::string code, base::Span span, std::string message, std::string help = "");
  void warn(std::string code, base::Span span, std::string message, std::string help);
  /// Is anything wrong? A warning is not.
  [[nodiscard]] bool any() const { return has_errors_; }

  /// Tells all, in the order in which they were found, and how many there are beside.
  void tell(base::Diagnostics& diagnostics) &&;

 private:
  struct OfKind {
    std::size_t count = 0;
    std::size_t last_kept = 0;
  };
  bool has_errors_ = false;
  std::vector<base::Diagnostic> kept_;
  std::map<std::string, OfKind, std::less<>> kinds_;  ///< by code
};

}  // namespace outlast::mef
