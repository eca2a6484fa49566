#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace outlast::mef {

/// What is wrong with a model. Of each kind the first kMostKept are told and the rest counted: a
/// generated file of a million mistakes must not take gigabytes to refuse.
class Mistakes {
 public:
  static constexpr std::size_t kMostKept = 20;

  void add(base::Diagnostic diagnostic);
  void error(std::string code, base::Span span, std::string message, std::string help = "");
  [[nodiscard]] bool any() const { return !kept_.empty(); }

  /// Tells all, in the order in which they were found, and how many there are beside.
  void tell(base::Diagnostics& diagnostics) &&;

 private:
  struct OfKind {
    std::size_t count = 0;
    std::size_t last_kept = 0;
  };
  std::vector<base::Diagnostic> kept_;
  std::map<std::string, OfKind, std::less<>> kinds_;  ///< by code
};

}  // namespace outlast::mef
