#include "mef/mistakes.h"

#include <utility>

#include "base/text.h"

namespace outlast::mef {

std::string suggest_or(std::string_view written, std::span<const std::string_view> known,
                       std::string otherwise) {
  std::string meant = base::suggest(written, known);
  return meant.empty() ? std::move(otherwise) : meant;
}

void Mistakes::add(base::Diagnostic diagnostic) {
  has_errors_ = has_errors_ || diagnostic.severity == base::DiagnosticSeverity::error;
  OfKind& kind = kinds_[diagnostic.code];
  if (++kind.count <= kMostKept) {
    kind.last_kept = kept_.size();
    kept_.push_back(std::move(diagnostic));
  }
}

void Mistakes::error(std::string code, base::Span span, std::string message, std::string help) {
  add({base::DiagnosticSeverity::error, std::move(code), span, std::move(message),
       std::move(help)});
}

void Mistakes::warn(std::string code, base::Span span, std::string message, std::string help) {
  add({base::DiagnosticSeverity::warning, std::move(code), span, std::move(message),
       std::move(help)});
}

void Mistakes::tell(base::Diagnostics& diagnostics) && {
  for (const auto& [code, kind] : kinds_) {
    if (kind.count > kMostKept) {
      kept_[kind.last_kept].notes.push_back("and " + std::to_string(kind.count - kMostKept) +
                                            " more of this kind");
    }
  }
  for (base::Diagnostic& diagnostic : kept_) {
    diagnostics.add(std::move(diagnostic));
  }
}

}  // namespace outlast::mef
