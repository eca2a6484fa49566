#include "base/diagnostics.h"

#include <functional>
#include <utility>

namespace outlast::base {

namespace {

std::size_t hash_of(const Diagnostic& diagnostic) {
  const std::size_t place = diagnostic.span.source.index + diagnostic.span.begin * 0x9E3779B1ULL +
                            diagnostic.span.end * 0x85EBCA77ULL;
  return std::hash<std::string>()(diagnostic.message) ^ place;
}

bool is_repeat(const Diagnostic& left, const Diagnostic& right) {
  return left.code == right.code && left.span.source == right.span.source &&
         left.span.begin == right.span.begin && left.span.end == right.span.end &&
         left.message == right.message;
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  const std::size_t hash = hash_of(diagnostic);
  const auto [begin, end] = known_.equal_range(hash);
  for (auto known = begin; known != end; ++known) {
    if (is_repeat(items_[known->second], diagnostic)) {
      return;
    }
  }
  known_.emplace(hash, items_.size());
  errors_ += diagnostic.severity == DiagnosticSeverity::error ? 1 : 0;
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::error(std::string code, Span span, std::string message, std::string help) {
  add({DiagnosticSeverity::error, std::move(code), span, std::move(message), std::move(help)});
}

void Diagnostics::warning(std::string code, Span span, std::string message, std::string help) {
  add({DiagnosticSeverity::warning, std::move(code), span, std::move(message), std::move(help)});
}

}  // namespace outlast::base
